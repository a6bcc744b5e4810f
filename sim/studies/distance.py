"""The distance to the edge: how many residents a community can lose and recover in half of its futures.

After Dai et al. (2012); the definition, fixed before any result was looked at, is docs/distance.md, and the numbers
here are its own. Work is done in slices, so that whoever waits can be told how far it is and can stop it.
"""

import math
import time
from collections.abc import Generator, Sequence
from typing import Literal, NamedTuple

import numpy as np

from sim import randomness as luck
from sim.errors import SettingError
from sim.forks import Forks, Present
from sim.state import Array
from sim.studies.crossing import crossing

HORIZON = 60  # days of a future
SETTLED = 7  # last days of it whose mean counts
RECOVERED = 0.9  # of the present size
FUTURES = 32  # of each loss
HALF = 0.5  # of the futures
FINE = 50  # residents, from which on losses need not be told apart more finely than one part in so many
STEADY_DAYS, STEADY = 20, 0.1  # days looked back on, and how far their trend may go, as a share of their mean

Case = Literal["measured", "any loss", "cannot hold", "died out"]


class Tried(NamedTuple):
    """The futures of one loss."""

    loss: int
    futures: int
    recovered: int
    died: int  # nobody was alive at the end

    @property
    def holds(self) -> bool:
        """Whether at least half recovered."""
        return self.recovered >= HALF * self.futures


class Distance(NamedTuple):
    """The answer for one present. Not defined is NaN."""

    case: Case
    day: int
    size: int
    place: float  # residents that can be lost: where half of the futures recover
    low: float  # of its 95 % interval
    high: float
    drift: float  # change of the population over the last 20 days, as a share of its mean; NaN before day 20
    tried: tuple[Tried, ...]

    @property
    def steady(self) -> bool:
        """Whether the population hardly rose or fell."""
        return abs(self.drift) <= STEADY

    @property
    def can_lose(self) -> int:
        """Whole residents."""
        return 0 if math.isnan(self.place) else math.floor(self.place)

    @property
    def title(self) -> str:
        """The answer in words: "Can lose 19 of 48"."""
        match self.case:
            case "died out":
                return "It has died out"
            case "cannot hold":
                return "It cannot hold itself, even without a loss"
            case "any loss":
                return f"It recovers from any loss: one of {self.size} is enough"
        return f"It can lose {self.can_lose or 'none'} of {self.size}"

    @property
    def note(self) -> str:
        """What belongs to the answer: interval, steadiness."""
        between = "" if math.isnan(self.low) else f"95 % interval {self.low:.1f} to {self.high:.1f}. "
        if math.isnan(self.drift):
            return f"{between}Before day {STEADY_DAYS} no community is called steady."
        if self.steady or self.case == "died out":
            return between.strip()
        way = "grew" if self.drift > 0 else "shrank"
        return f"{between}Not a steady state: it {way} by {100 * abs(self.drift):.0f} % in {STEADY_DAYS} days."


class Search:
    """The distance of one present, found a slice at a time."""

    def __init__(self, present: Present, population: Sequence[float], futures: int = FUTURES) -> None:
        """`population`: of each day up to the present one. SettingError if there are too few or many futures."""
        if not 2 <= futures <= 10_000:
            raise SettingError(f"a loss is tried on 2 to 10000 futures, and {futures} were asked for")
        self.present, self.futures = present, futures
        self.drift = drift(population)
        self.tried: list[Tried] = []
        self.answer: Distance | None = None
        self._steps = 0  # days of a batch lived
        self._work = self._look()

    @property
    def progress(self) -> float:
        """Share of the work that is done, 0 to 1, as far as can be told."""
        size = self.present.size
        sizes = 2 + math.ceil(math.log2(max(size / _width(size), 2)))
        return 1.0 if self.answer else min(0.99, self._steps / (HORIZON * sizes))

    def advance(self, seconds: float) -> bool:
        """Live on for about so long, at least one day of one batch. True once there is an answer."""
        until = time.monotonic() + seconds
        while self.answer is None:
            if next(self._work, None) is None or time.monotonic() > until:
                break
        return self.answer is not None

    def _look(self) -> Generator[bool, None, None]:
        """Bisection: yields after each day lived."""
        size = self.present.size
        if not size:
            self.answer = self._answer("died out", math.nan)
            return
        low, high = 0, max(size - 1, 1)
        if not (yield from self._try(low)):
            self.answer = self._answer("cannot hold", 0.0)
            return
        if (yield from self._try(high)):
            self.answer = self._answer("any loss", float(high))
            return
        while high - low > _width(size):
            middle = (low + high) // 2
            if (yield from self._try(middle)):
                low = middle
            else:
                high = middle
        tried = np.array(self.tried, float).T
        self.answer = self._answer("measured", *crossing(tried[0], tried[1], tried[2], float(size)))

    def _try(self, loss: int) -> Generator[bool, None, bool]:
        """Live the futures of one loss; whether at least half recover."""
        forks = Forks(self.present, seeds(self.present, loss, self.futures), loss)
        for _ in range(HORIZON):
            alive = forks.step()
            self._steps += 1
            yield True
            if not alive.any():
                break
        self.tried.append(judged(loss, np.array(forks.population, float), self.present.size))
        return self.tried[-1].holds

    def _answer(self, case: Case, place: float, low: float = math.nan, high: float = math.nan) -> Distance:
        tried = tuple(sorted(self.tried))
        return Distance(case, self.present.day, self.present.size, place, low, high, self.drift, tried)


def judged(loss: int, population: Array, size: int) -> Tried:
    """Which futures recovered. `population`: f8 (days lived, futures); all died out if fewer days than HORIZON."""
    ended = population[-SETTLED:].mean(axis=0) if len(population) >= HORIZON else np.zeros(population.shape[1])
    gone = population[-1] == 0
    return Tried(loss, population.shape[1], int((ended >= RECOVERED * size - 1e-9).sum()), int(gone.sum()))


def drift(population: Sequence[float]) -> float:
    """Rise of the least-squares line over the last 20 days as a share of their mean; NaN if there are fewer."""
    last = np.array(population[-STEADY_DAYS - 1 :], float)
    if len(last) <= STEADY_DAYS or not last.any():
        return math.nan
    return float(np.polyfit(np.arange(len(last)), last, 1)[0]) * STEADY_DAYS / float(last.mean())


def seeds(present: Present, loss: int, futures: int) -> list[int]:
    """Luck of the futures of one loss: their own, and the same whenever they are lived."""
    own = int(present.world.seed[0])
    return [int(luck.bits(own, luck.INTERVENE, present.day, loss, k + 1)) & (2**63 - 1) for k in range(futures)]


def _width(size: int) -> int:
    return max(1, size // FINE)
