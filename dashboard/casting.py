"""Who of a community lives by which mind, apart from its values: the mix stays as typed, and is cast when needed.

Knows no Streamlit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sim.models import Model, Record
from sim.runs.minds import in_words as minds_words
from sim.scenario import Group, Scenario

__all__ = ["SCRIPTED", "Casting", "Who", "minds_words", "plain"]

SCRIPTED = "scripted"

Who = Literal["scripted", "all", "share", "groups"]


@dataclass(frozen=True)
class Casting:
    """`share`: per cent of each group that live by the first model, for "share". `minds`: by group, for "groups"."""

    who: Who = "scripted"
    models: tuple[Model, ...] = ()
    share: float = 50.0
    minds: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()  # kept runs whose answers residents give again, for "groups"

    def cast(self, mix: Sequence[Group]) -> dict[str, Any]:
        """The fields of a Scenario that say so: mind, models, records, mix. What nobody lives by is left out."""
        match self.who:
            case "all":
                return {"mind": self.models[0].name, "models": self.models[:1], "records": (), "mix": tuple(mix)}
            case "share" if self.share > 0:
                first = self.models[0].name
                shares = ((None, 100 - self.share), (first, self.share))
                cast = [_cast(group, mind, group.share * share / 100) for group in mix for mind, share in shares]
                return {
                    "mind": SCRIPTED,
                    "models": self.models[:1],
                    "records": (),
                    "mix": tuple(g for g in cast if g.share > 0),
                }
            case "groups":
                minds = [*self.minds, *[SCRIPTED] * len(mix)]
                cast = [
                    _cast(group, None if mind == SCRIPTED else mind, group.share) for group, mind in zip(mix, minds)
                ]
                used = {group.mind for group in cast}
                models, records = (tuple(m for m in some if m.name in used) for some in (self.models, self.records))
                return {"mind": SCRIPTED, "models": models, "records": records, "mix": tuple(cast)}
        return {"models": (), "records": (), "mix": tuple(mix)}

    @classmethod
    def of(cls, scenario: Scenario) -> "Casting":
        """That of a scenario."""
        minds = tuple(group.mind or scenario.mind for group in scenario.mix)
        if not scenario.asked or set(minds) == {SCRIPTED}:
            return cls()
        if len(set(minds)) == 1 and not scenario.records:
            first = sorted(scenario.models, key=lambda model: model.name != minds[0])
            return cls("all", tuple(first))
        return cls("groups", scenario.models, minds=minds, records=scenario.records)


def plain(mix: Sequence[Group]) -> tuple[Group, ...]:
    """The mix without minds: values only."""
    return tuple(_cast(group, None, group.share) for group in mix)


def _cast(group: Group, mind: str | None, share: float) -> Group:
    return group.model_copy(update={"mind": mind, "share": share})
