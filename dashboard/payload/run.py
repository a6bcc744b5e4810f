"""What the payload reads of a running engine, and nothing more: any object with this face will do."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from sim.asking import Place
from sim.journal import Entry
from sim.scenario import Group, Scenario
from sim.state import Array, Day, World


class Option(Protocol):
    """One weighed option of a resident's day."""

    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def target(self) -> int: ...
    @property
    def score(self) -> float: ...
    @property
    def chosen(self) -> bool: ...


class Run(Protocol):
    """One community, lived up to `day`. Lists have one entry a day, from day 0."""

    @property
    def scenario(self) -> Scenario: ...
    @property
    def groups(self) -> list[Group]: ...
    @property
    def world(self) -> World: ...
    @property
    def day(self) -> int: ...
    @property
    def finished(self) -> bool: ...
    @property
    def history(self) -> Sequence[Day]: ...
    @property
    def labels(self) -> Sequence[dict[str, Array]]: ...
    @property
    def series(self) -> dict[str, list[float]]: ...
    @property
    def words(self) -> Sequence[Mapping[int, str]]: ...  # own words of a day's messages, by their number
    @property
    def notes(self) -> Mapping[tuple[int, int], str]: ...  # entries of memory, by day and resident
    @property
    def journal(self) -> Iterable[tuple[Place, Entry]]: ...  # what residents were asked, and answered
    def state(self, day: int) -> World: ...
    def why(self, day: int, resident: int) -> Sequence[Option]: ...
