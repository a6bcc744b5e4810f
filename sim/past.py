"""Days already lived: what a kept run tells the engine that takes it up, and a list that fetches them as needed."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, Protocol, TypeVar, overload

import numpy as np

from sim.asking import Place
from sim.journal import Entry
from sim.scenario import Group
from sim.state import Array, Day, World

T = TypeVar("T")
AT_HAND = 192 * 2**20  # bytes of fetched entries that a History holds on to


class Past(Protocol):
    """A kept run of one block, lived from day 0 to `last`."""

    @property
    def last(self) -> int: ...
    @property
    def digests(self) -> list[str]: ...  # one a day, as Engine.digests
    @property
    def groups(self) -> list[Group]: ...  # of the mix, then those that interventions added
    def day(self, day: int) -> Day: ...
    def labels(self, day: int) -> dict[str, Array]: ...
    def series(self) -> dict[str, list[float]]: ...
    def state(self, day: int) -> tuple[int, World] | None: ...  # the nearest kept evening up to that day
    def words(self, day: int) -> Mapping[int, str]: ...  # own words of that day's messages, by their number
    def notes(self) -> Mapping[tuple[int, int], str]: ...  # entries of memory, by day and resident
    def journal(self) -> Iterable[tuple[Place, Entry]]: ...  # what residents were asked, and answered


class History(Sequence[T], Generic[T]):
    """One entry a day from day 0: the first ones fetched on demand, those appended held."""

    def __init__(self, fetch: Callable[[int], T] | None = None, last: int = -1) -> None:
        """`fetch`: an entry by its day, for days 0 to `last`."""
        self._fetch = fetch
        self._fetched = last + 1
        self._cache: OrderedDict[int, T] = OrderedDict()
        self._held = 0  # bytes of the cache
        self._own: list[T] = []

    def append(self, entry: T) -> None:
        """The next day's entry."""
        self._own.append(entry)

    def clear(self) -> None:
        """Forget all."""
        self._fetched = 0
        self._cache.clear()
        self._held = 0
        self._own.clear()

    def __len__(self) -> int:
        return self._fetched + len(self._own)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        if isinstance(index, slice):
            return [self[day] for day in range(*index.indices(len(self)))]
        day = index + len(self) if index < 0 else index
        if day >= self._fetched:
            return self._own[day - self._fetched]
        if day < 0 or self._fetch is None:
            raise IndexError(f"there is no day {index}")
        if day in self._cache:
            self._cache.move_to_end(day)
        else:
            self._cache[day] = self._fetch(day)
            self._held += _bytes(self._cache[day])
            while self._held > AT_HAND and len(self._cache) > 1:
                self._held -= _bytes(self._cache.popitem(last=False)[1])
        return self._cache[day]

    def __iter__(self) -> Iterator[T]:
        return (self[day] for day in range(len(self)))


def _bytes(entry: object) -> int:
    """Of the arrays of a Day or of a day's labels."""
    parts = entry.values() if isinstance(entry, dict) else entry if isinstance(entry, tuple) else ()
    return sum(part.nbytes for part in parts if isinstance(part, np.ndarray))
