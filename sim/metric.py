"""What a measure is, and what it is given: one day of a run, its labels, and the values of earlier days.

Knows no measure in particular; those are the files of `sim/metrics/`. Everything here is computed block by block, in
the order of a block's rows, so that a block yields the same value alone or in a batch.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np

from sim.compiled import njit
from sim.state import Array, Day, Happening

_KINDS = len(Happening)
_CAUSES = 4


@dataclass(frozen=True)
class Context:
    """One day as a measure sees it: n residents, W blocks. All of it is public and none of it may be changed."""

    day: Day
    before: Day | None = None  # the day before; None on day 0
    labels: Mapping[str, Array] = field(default_factory=dict)  # today's LABEL arrays by detector
    founders: Array = field(default_factory=lambda: np.ones(1))  # f8 (W,), residents on day 0
    past: Mapping[str, Array] = field(default_factory=dict)  # f8 (t + 1, W) of each metric needed, today included

    @cached_property
    def alive(self) -> Array:
        """Living residents at the day's end, f8 (W,): N_t."""
        return self.per_block(self.day.world, self.day.alive)

    @cached_property
    def total(self) -> Array:
        """What the living hold, units, f8 (W,)."""
        return self.per_block(self.day.world, self.day.holdings * (self.day.alive != 0))

    @cached_property
    def ranked(self) -> tuple[Array, Array]:
        """Holdings of the living, ascending within each block; block w is at [starts[w], starts[w + 1])."""
        return _rank(self.day.world, self.day.alive, self.day.holdings, self.day.worlds)

    @cached_property
    def ends(self) -> tuple[Array, Array]:
        """Senders and receivers of the day's messages, rows, i4 (m,) each."""
        return np.ascontiguousarray(self.day.messages["sender"]), np.ascontiguousarray(self.day.messages["receiver"])

    @cached_property
    def _events(self) -> Array:
        events = self.day.events
        actor = events["actor"]
        key = self.day.world[actor] * _KINDS + events["kind"]
        return np.bincount(key[actor >= 0], minlength=self.day.worlds * _KINDS).reshape(self.day.worlds, _KINDS)

    @cached_property
    def _deaths(self) -> Array:
        dead = self.day.events[self.day.events["kind"] == Happening.DEATH]
        key = self.day.world[dead["actor"]] * _CAUSES + dead["flag"]
        return np.bincount(key, minlength=self.day.worlds * _CAUSES).reshape(self.day.worlds, _CAUSES)

    def happened(self, kind: int) -> Array:
        """Events of a kind today that somebody did, f8 (W,)."""
        return self._events[:, kind].astype(np.float64)

    def died(self, cause: int) -> Array:
        """Deaths of a cause today, f8 (W,)."""
        return self._deaths[:, cause].astype(np.float64)

    def labelled(self, detector: str) -> Array:
        """Labels of a detector today, f8 (W,), by the block of their subject; NaN if the detector did not run."""
        found = self.labels.get(detector)
        if found is None:
            return np.full(self.day.worlds, np.nan)
        return self.per_block(self.day.world[found["subject"]])

    def per_block(self, block: Array, weights: Array | None = None) -> Array:
        """Entries (or the sum of their weights) in each block, f8 (W,), added in the order they come in."""
        return np.bincount(block, weights, self.day.worlds).astype(np.float64, copy=False)


class Run(NamedTuple):
    """A whole run as `final` sees it: T days, day 0 first, W blocks. After a block's last day all is NaN."""

    values: Array  # f8 (T, W), the measure's own daily values
    past: Mapping[str, Array]  # f8 (T, W) of each metric it needs
    last: Array  # i8 (W,), the last day each block lived
    extinct: Array  # bool (W,), nobody was left on that day
    horizon: Array  # i8 (W,), days the run was to last


def last(run: Run) -> Array:
    """The value of the last day lived, f8 (W,)."""
    return run.values[run.last, np.arange(run.values.shape[1])]


def total(run: Run) -> Array:
    """The sum over all days lived on which it was defined, f8 (W,); NaN if it never was."""
    return summed(run.values)


@dataclass(frozen=True)
class Metric:
    """One measure. `daily` gives a float a block, NaN where it is not defined, and changes nothing it is given."""

    name: str  # key in Engine.series
    title: str
    unit: str
    low: float | None  # lowest and highest possible value, None: unbounded
    high: float | None
    source: str  # formula and citation
    daily: Callable[[Context], Array]  # -> f8 (W,)
    needs: tuple[str, ...] = ()  # metrics whose values it reads from Context.past
    final: Callable[[Run], Array] = last  # -> f8 (W,), the run's value out of the days'


def ratio(above: Array, below: Array) -> Array:
    """above / below, NaN where below is zero."""
    return np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below != 0)


@njit
def summed(values: Array) -> Array:
    """Sum down the days over defined values, f8 (T, W) -> (W,); NaN where none is defined."""
    out = np.full(values.shape[1], np.nan)
    for t in range(values.shape[0]):
        for w in range(values.shape[1]):
            if not np.isnan(values[t, w]):
                out[w] = values[t, w] if np.isnan(out[w]) else out[w] + values[t, w]
    return out


@njit
def averaged(values: Array) -> Array:
    """Mean down the days over defined values, f8 (T, W) -> (W,); NaN where none is defined."""
    out = np.zeros(values.shape[1])
    count = np.zeros(values.shape[1])
    for t in range(values.shape[0]):
        for w in range(values.shape[1]):
            if not np.isnan(values[t, w]):
                out[w] += values[t, w]
                count[w] += 1
    for w in range(values.shape[1]):
        out[w] = out[w] / count[w] if count[w] else np.nan
    return out


@njit
def _rank(world: Array, alive: Array, holdings: Array, worlds: int) -> tuple[Array, Array]:
    starts = np.zeros(worlds + 1, np.int64)
    for i in range(world.size):
        if alive[i]:
            starts[world[i] + 1] += 1
    for w in range(worlds):
        starts[w + 1] += starts[w]
    place = starts[:-1].copy()
    ranked = np.empty(starts[worlds])
    for i in range(world.size):
        if alive[i]:
            ranked[place[world[i]]] = holdings[i]
            place[world[i]] += 1
    for w in range(worlds):
        ranked[starts[w] : starts[w + 1]].sort()
    return ranked, starts
