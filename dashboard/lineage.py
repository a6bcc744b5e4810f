"""Where a branch comes from: its parent's curve beside its own, and how long both were the same, by hash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.engine import Engine
from sim.errors import RunError
from sim.runs.facts import Parent
from sim.runs.library import Library
from sim.runs.stored import Stored

SHOWN = ("alive", "total", "head", "gini")  # metrics of the parent that the page can draw


@dataclass(frozen=True)
class Lineage:
    """The parent of a branch, as far as its child needs it. Lists have one entry a day, from day 0."""

    id: str  # "" if the parent is not kept
    title: str
    day: int  # branched from
    digests: Sequence[str]
    series: Mapping[str, Sequence[float]]

    @classmethod
    def of_run(cls, run: Engine, identity: str, title: str, day: int) -> "Lineage":
        """Of a run at hand."""
        series = {name: list(run.series[name]) for name in SHOWN}
        return cls(identity, title, day, list(run.digests), series)

    @classmethod
    def of_kept(cls, library: Library, parent: Parent) -> "Lineage | None":
        """Of a run in the library; None if it is not there any more, or not what it was."""
        try:
            with Stored(library.path(parent.id)) as stored:
                if stored.last < parent.day or stored.digests[parent.day] != parent.digest:
                    return None
                series = {name: values for name, values in stored.series().items() if name in SHOWN}
                return cls(parent.id, stored.facts.title, parent.day, stored.digests, series)
        except RunError:
            return None

    @property
    def parent(self) -> Parent | None:
        """As the branch's file says it."""
        return Parent(id=self.id, title=self.title, day=self.day, digest=self.digests[self.day]) if self.id else None

    def until(self, digests: Sequence[str]) -> int:
        """The last day on which both are identical; everything up to it is, for the digests are a chain."""
        same = [one == two for one, two in zip(self.digests, digests)]
        return same.index(False) - 1 if False in same else len(same) - 1

    def told(self, digests: Sequence[str], *, whole: bool) -> dict[str, Any]:
        """What the page is told (docs/cockpit.md, "parent"). `whole`: with the parent's curves."""
        until = self.until(digests)
        return {
            "id": self.id,
            "title": self.title,
            "day": self.day,
            "until": until,
            "parted": until < min(len(digests), len(self.digests)) - 1,
            "last": len(self.digests) - 1,
            "curves": {name: _plain(values) for name, values in self.series.items()} if whole else None,
        }


def _plain(values: Sequence[float]) -> list[float | None]:
    return [None if value != value else round(value, 4) for value in values]
