"""Who of a community lives by which mind, apart from its values: the mix stays as typed, and is cast when needed.

Knows no Streamlit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sim.models import Model
from sim.scenario import Group, Scenario

SCRIPTED = "scripted"

Who = Literal["scripted", "all", "share", "groups"]


@dataclass(frozen=True)
class Casting:
    """`share`: per cent of each group that live by the first model, for "share". `minds`: by group, for "groups"."""

    who: Who = "scripted"
    models: tuple[Model, ...] = ()
    share: float = 50.0
    minds: tuple[str, ...] = ()

    def cast(self, mix: Sequence[Group]) -> dict[str, Any]:
        """The fields of a Scenario that say so: mind, models, mix. Models nobody lives by are left out."""
        match self.who:
            case "all":
                return {"mind": self.models[0].name, "models": self.models[:1], "mix": tuple(mix)}
            case "share" if self.share > 0:
                first = self.models[0].name
                shares = ((None, 100 - self.share), (first, self.share))
                cast = [_cast(group, mind, group.share * share / 100) for group in mix for mind, share in shares]
                return {"mind": SCRIPTED, "models": self.models[:1], "mix": tuple(g for g in cast if g.share > 0)}
            case "groups":
                minds = [*self.minds, *[SCRIPTED] * len(mix)]
                cast = [
                    _cast(group, None if mind == SCRIPTED else mind, group.share) for group, mind in zip(mix, minds)
                ]
                used = {group.mind for group in cast}
                return {"mind": SCRIPTED, "models": tuple(m for m in self.models if m.name in used), "mix": tuple(cast)}
        return {"models": (), "mix": tuple(mix)}

    @classmethod
    def of(cls, scenario: Scenario) -> "Casting":
        """That of a scenario."""
        minds = tuple(group.mind or scenario.mind for group in scenario.mix)
        if not scenario.models or set(minds) == {SCRIPTED}:
            return cls()
        if len(set(minds)) == 1:
            first = sorted(scenario.models, key=lambda model: model.name != minds[0])
            return cls("all", tuple(first))
        return cls("groups", scenario.models, minds=minds)


def plain(mix: Sequence[Group]) -> tuple[Group, ...]:
    """The mix without minds: values only."""
    return tuple(_cast(group, None, group.share) for group in mix)


def minds_words(scenario: Scenario) -> str:
    """ "scripted"; "gpt-5.4-mini"; "6 of 25 gpt-5.4-mini"."""
    found: dict[str, int] = {}
    for group, count in zip(scenario.mix, scenario.counts()):
        mind = group.mind or scenario.mind
        found[mind] = found.get(mind, 0) + count
    called: Mapping[str, str] = {model.name: model.model for model in scenario.models}
    asked = {mind: count for mind, count in found.items() if mind in called}
    if not asked:
        return scenario.mind
    if len(found) == 1:
        return called[next(iter(asked))]
    return ", ".join(f"{count} of {scenario.size} {called[mind]}" for mind, count in asked.items())


def _cast(group: Group, mind: str | None, share: float) -> Group:
    return group.model_copy(update={"mind": mind, "share": share})
