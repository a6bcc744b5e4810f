"""The settings of the next run while they are being edited: the last valid scenario, and what was typed that is not.

Knows no Streamlit. A wrong value is kept aside with its message, and tried again when another value changes (some are
right only together); the scenario itself is valid at every moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from dashboard.casting import SCRIPTED, Casting, minds_words, plain
from dashboard.limits import Limits
from dashboard.parameters import label, parameter, shown
from sim.errors import SettingError
from sim.scenario import Group, Scenario

Condition = Literal["with", "without"]


@dataclass(frozen=True)
class SimpleMix:
    """The mix in one sentence: `share` per cent of residents `condition` `value`; the others original."""

    share: float
    condition: Condition
    value: str

    def groups(self) -> tuple[Group, ...]:
        """SettingError if the share lies outside 0 to 100."""
        if not 0 <= self.share <= 100:
            raise SettingError("A share lies between 0 and 100 %.")
        bent = Group(share=self.share, condition=self.condition, value=self.value)
        original = Group(share=100 - self.share)
        return tuple(group for group in (original, bent) if group.share > 0)


@dataclass
class Draft:
    """What the sidebar edits. `version` grows when all fields are set anew, so that their widgets start again."""

    scenario: Scenario
    limits: Limits
    wrong: dict[str, str] = field(default_factory=dict)  # field -> message
    version: int = 0
    _typed: dict[str, Any] = field(default_factory=dict)
    _simple: SimpleMix = SimpleMix(0, "without", "BE")
    casting: Casting = field(init=False)  # who lives by which mind
    mix: tuple[Group, ...] = field(init=False)  # of the scenario, without the minds

    def __post_init__(self) -> None:
        self.casting, self.mix = Casting.of(self.scenario), plain(self.scenario.mix)

    def load(self, scenario: Scenario) -> None:
        """Take over all settings of a preset or a run, but no interventions: those belong to their run."""
        self.scenario = scenario.model_copy(update={"interventions": ()})
        self.casting, self.mix = Casting.of(scenario), plain(scenario.mix)
        self.wrong, self._typed = {}, {}
        self.version += 1

    def change(self, name: str, value: Any) -> None:
        """Set one field. What does not fit is told in `wrong` and changes nothing."""
        self._typed[name] = value
        if self._takes(self._typed):
            self._typed, self.wrong = {}, {}
            return
        for other, typed in list(self._typed.items()):
            if self._takes({other: typed}):
                del self._typed[other]
        self.wrong = {other: self._told(other, typed) for other, typed in self._typed.items()}

    def change_mix(self, simple: SimpleMix) -> None:
        """Set the mix by its sentence."""
        try:
            groups = simple.groups()
        except SettingError as error:
            self.wrong["mix"] = f"{error} The next run keeps {self.simple.share:g} %."
            return
        self._simple = simple
        self.wrong.pop("mix", None)
        self.change("mix", groups)

    def take_mix(self, groups: tuple[Group, ...]) -> None:
        """Take over a mix made elsewhere; all widgets show what the next run now has."""
        self.scenario = self.scenario.with_(**self.casting.cast(groups))
        self.mix = groups
        self.wrong, self._typed = {}, {}
        self.version += 1

    def take_minds(self, casting: Casting) -> None:
        """Who lives by which mind from the next run on. SettingError if that does not fit; then nothing changes."""
        self.scenario = self.limits.check(self.scenario.with_(**{"mind": SCRIPTED} | casting.cast(self.mix)))
        self.casting = casting

    @property
    def simple(self) -> SimpleMix:
        """The mix as a sentence. With more than one bent group, the last sentence that was set."""
        bent = [group for group in self.mix if group.condition != "original"]
        match bent:
            case []:
                return SimpleMix(0, self._simple.condition, self._simple.value)
            case [Group(condition="with" | "without" as condition, value=str(value))]:
                return SimpleMix(bent[0].share, condition, value)
        return self._simple

    @property
    def is_simple(self) -> bool:
        """Whether the sentence says the whole mix."""
        try:
            return _same(self.simple.groups(), self.mix)
        except SettingError:
            return False

    def _takes(self, changes: dict[str, Any]) -> bool:
        try:
            mix = tuple(changes.get("mix", self.mix))
            self.scenario = self.limits.check(
                self.scenario.with_(**self.casting.cast(mix) | {k: v for k, v in changes.items() if k != "mix"})
            )
        except SettingError:
            return False
        self.mix = mix
        return True

    def _told(self, name: str, typed: Any) -> str:
        kept = getattr(self.scenario, name)
        rest = f"The next run keeps {shown(kept) if isinstance(kept, int | float) else 'what it had'}."
        if isinstance(typed, int | float):
            what = parameter(name, self.limits)
            if not what.low <= typed <= what.high:
                words = label(name)
                return f"{words[0].upper()}{words[1:]}: between {shown(what.low)} and {shown(what.high)}. {rest}"
        try:
            self.limits.check(self.scenario.with_(**{name: typed}))
        except SettingError as error:
            return f"{_sentence(name, str(error))} {rest}"
        return ""


def differences(shown: Scenario, following: Scenario) -> list[str]:
    """What differs between the run shown and the next, one "name was → will be" each; interventions do not count."""
    found = []
    for name in Scenario.model_fields:
        before, after = _compared(shown, name), _compared(following, name)
        if before == after or name in ("name", "interventions"):
            continue
        if name == "models":
            found += ["how the model is asked"] if minds_words(shown) == minds_words(following) else []
            continue
        texts = (mix_words(shown.mix), mix_words(following.mix)) if name == "mix" else (before, after)
        found.append(f"{label(name)} {texts[0]} → {texts[1]}")
    return found


def _compared(scenario: Scenario, name: str) -> object:
    match name:
        case "mix":
            return _shares(scenario.mix)
        case "mind":
            return minds_words(scenario)
    return getattr(scenario, name)


def mix_words(mix: Sequence[Group]) -> str:
    """ "25 % without Benevolence"; "all original"."""
    bent = [(group, share) for group, share in _shares(mix).items() if group.condition != "original"]
    return ", ".join(f"{share:g} % {group.label}" for group, share in bent) or "all original"


def _shares(mix: Sequence[Group]) -> dict[Group, float]:
    """Per cent of the residents by values, whatever their minds."""
    shares: dict[Group, float] = {}
    for group in plain(mix):
        values = group.model_copy(update={"share": 0.0})
        shares[values] = shares.get(values, 0.0) + group.share
    return shares


def _same(one: Sequence[Group], other: Sequence[Group]) -> bool:
    return sorted(map(repr, one)) == sorted(map(repr, other))


def _sentence(name: str, message: str) -> str:
    """The message of a field, told at that field: without its name in front, with a capital and a full stop."""
    text = message.removeprefix(f"{name}: ").strip().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."
