"""Two to four runs beside each other: how long they are the same, by hash; how far apart they are; what differs first.

Pure functions over what a run has written down. Nothing is lived again here.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple, Self

import numpy as np

from sim.engine import Engine
from sim.errors import SettingError
from sim.runs.stored import Stored
from sim.scenario import Scenario
from sim.state import PUBLIC_EVENT, PUBLIC_MESSAGE, Array, Day

FEWEST, MOST = 2, 4  # runs in one comparison
LETTERS = "ABCD"
Words = Mapping[int, str]


@dataclass(frozen=True)
class Side:
    """One run as a comparison reads it: lived from day 0 to `last`."""

    title: str
    scenario: Scenario
    digests: Sequence[str]  # the fingerprint of all days up to each day
    series: Mapping[str, Sequence[float]]  # each metric by day, NaN where not defined
    day: Callable[[int], Day]
    words: Callable[[int], Words] = lambda day: {}  # own words of a day's messages, by their number

    @property
    def last(self) -> int:
        """The last day lived."""
        return len(self.digests) - 1

    @classmethod
    def of(cls, run: Engine | Stored, title: str = "") -> Self:
        """Of a running or a kept run. `title`: the kept run's own, and the scenario's name, unless given."""
        if isinstance(run, Stored):
            return cls(title or run.facts.title, run.facts.scenario, run.digests, run.series(), run.day, run.words)
        days, words = run.history.__getitem__, run.words.__getitem__
        return cls(title or run.scenario.name, run.scenario, run.digests, run.series, days, words)


class Unlike(NamedTuple):
    """How one day differs between two runs. Lines are numbered as everywhere: messages first, then events."""

    day: int
    only: tuple[list[int], list[int]]  # lines that the other run has not, by what is public of them
    columns: list[str]  # fields of Day that differ, in their order

    @property
    def told(self) -> bool:
        """Whether a message or an event differs; else only the ledger, or what residents kept to themselves."""
        return any(self.only)


def check(count: int) -> None:
    """SettingError unless so many runs can be compared."""
    if not FEWEST <= count <= MOST:
        raise SettingError(f"{FEWEST} to {MOST} runs can be compared at once, and {count} were chosen")


def parting(one: Side, other: Side) -> int | None:
    """The first day that is not the same in both; None: the same on all days that both have lived.

    Digests form a chain: equal on a day means equal on all days before it, so the day is found by halving.
    """
    low, high = 0, common([one, other]) + 1
    while low < high:
        middle = (low + high) // 2
        if one.digests[middle] == other.digests[middle]:
            low = middle + 1
        else:
            high = middle
    return low if low <= common([one, other]) else None


def partings(sides: Sequence[Side]) -> dict[tuple[int, int], int | None]:
    """`parting` of every two of them, by their numbers in rising order."""
    return {(i, j): parting(sides[i], sides[j]) for i, j in combinations(range(len(sides)), 2)}


def first_parting(sides: Sequence[Side]) -> int | None:
    """The first day on which any two of them differ; None if none do."""
    days = [day for day in partings(sides).values() if day is not None]
    return min(days, default=None)


def common(sides: Sequence[Side]) -> int:
    """The last day that all of them have lived."""
    return min(side.last for side in sides)


def aligned(sides: Sequence[Side], metric: str) -> Array:
    """A metric of all runs on one time axis, f8 (runs, days of the longest); NaN where not defined or not lived."""
    table = np.full((len(sides), max(side.last for side in sides) + 1), np.nan)
    for row, side in zip(table, sides):
        values = side.series.get(metric, ())
        row[: len(values)] = values
    return table


def differences(table: Array) -> Array:
    """Each run less the first, day by day; NaN where either is not defined."""
    return table - table[0]


def exactly_zero(one: Side, other: Side) -> bool:
    """Whether the two are one and the same run: equally long, equal fingerprints, and every metric equal to the bit."""
    if one.last != other.last or one.digests[-1] != other.digests[-1] or set(one.series) != set(other.series):
        return False
    return all(np.array_equal(one.series[name], other.series[name], equal_nan=True) for name in one.series)


def apart(one: Side, other: Side, day: int) -> Unlike:
    """What differs on a day that both have lived."""
    return unlike(one.day(day), other.day(day), (one.words(day), other.words(day)))


def unlike(one: Day, other: Day, words: tuple[Words, Words] = ({}, {})) -> Unlike:
    """What differs between the same day of two runs. `words`: own words of their messages; others make another line."""
    columns = [name for name in Day._fields[2:] if not _same(getattr(one, name), getattr(other, name))]
    lines = _lines(one, words[0]), _lines(other, words[1])
    return Unlike(one.day, (_surplus(*lines), _surplus(*reversed(lines))), columns)


def _same(one: Array, other: Array) -> bool:
    return one.shape == other.shape and one.tobytes() == other.tobytes()


def _lines(day: Day, words: Words) -> list[bytes]:
    """What is public of each message, then of each event, as bytes that can be counted."""
    messages = _packed(day.messages, PUBLIC_MESSAGE)
    events = _packed(day.events, PUBLIC_EVENT)
    told = [b"m" + line.tobytes() + words.get(i, "").encode() for i, line in enumerate(messages)]
    return told + [b"e" + line.tobytes() for line in events]


def _packed(records: Array, columns: list[str]) -> Array:
    """These columns without the gaps that a view of them would have."""
    packed = np.empty(len(records), [(name, records.dtype[name]) for name in columns])
    for name in columns:
        packed[name] = records[name]
    return packed


def _surplus(one: Sequence[bytes], other: Sequence[bytes]) -> list[int]:
    """Numbers of the lines that `one` has more often than `other`; of equal ones the later."""
    left = Counter(other)
    found = []
    for i, line in enumerate(one):
        if left[line]:
            left[line] -= 1
        else:
            found.append(i)
    return found
