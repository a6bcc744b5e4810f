"""Is that luck? Two scenarios repeated with the same new seeds (common random numbers), and their paired differences.

Work is done in slices, so that whoever waits can be told how far it is and can stop it.
"""

import time
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np

from sim.engine import Batch, Engine
from sim.errors import SettingError
from sim.interventions import NewLuck
from sim.scenario import Scenario
from sim.state import Array

SEEDS = 64
FIRST_SEED = 500_000  # of the repetitions; no scenario of ours is shown with one near it
TOGETHER = 16  # seeds lived at once
ROOM = 8_000  # residents on day 0 lived at once
STRIDE = 1_000_003  # between the seeds that new luck takes on in two repetitions
CONFIDENCE = 0.95
MEASURES = {  # metric -> what its final value counts, in words
    "alive": "residents alive",
    "head": "units a head",
    "gini": "Gini of holdings",
    "SC": "social capital",
    "nAUP": "area under the population curve",
    "betrayals": "betrayals in all",
    "deceptions": "deceptions in all",
}


class Paired(NamedTuple):
    """One measure of the two sides over the seeds in which both define it. Not defined is NaN."""

    name: str
    words: str  # residents alive
    seeds: int  # that count
    means: tuple[float, float]
    difference: float  # mean of second less first
    low: float  # of the interval that holds the true difference with CONFIDENCE
    high: float
    more: float  # share of seeds in which the second is higher
    fewer: float  # share of seeds in which it is lower

    @property
    def clear(self) -> bool:
        """Whether the interval excludes zero: luck alone would hardly do that."""
        return self.low > 0 or self.high < 0


class Luck:
    """Both sides on the same seeds, lived a slice at a time. Both last as long as the shorter."""

    def __init__(self, one: Scenario, other: Scenario, seeds: int = SEEDS) -> None:
        """SettingError if that many seeds make no sense, or the sides are not scripted."""
        if not 2 <= seeds <= 1_000:
            raise SettingError(f"a comparison repeats 2 to 1000 seeds, and {seeds} were asked for")
        if talking := [side.mind for side in (one, other) if side.mind != "scripted"]:
            raise SettingError(
                f"only scripted residents can be lived again on {seeds} seeds; these decide by '{talking[0]}'"
            )
        days = min(one.days, other.days)
        self.sides = one.with_(days=days), other.with_(days=days)
        self.seeds = fresh_seeds(seeds, {one.seed, other.seed})
        self.finals = {name: np.full((2, seeds), np.nan) for name in MEASURES}
        self.impossible: tuple[set[int], set[int]] = (set(), set())  # seeds in which an order could not be carried out
        self._days = 2 * seeds * days  # to be lived, if no community dies out
        self._lived = 0
        self._work = self._live()
        self._over = False

    @property
    def finished(self) -> bool:
        """Whether all repetitions are lived."""
        return self._over

    @property
    def progress(self) -> float:
        """Share of the work that is done, 0 to 1."""
        return 1.0 if self._over else min(1.0, self._lived / self._days)

    def advance(self, seconds: float) -> bool:
        """Live on for about so long, at least one day of one batch. True once all are lived."""
        until = time.monotonic() + seconds
        while not self._over:
            lived = next(self._work, None)
            self._over = lived is None
            self._lived += lived or 0
            if time.monotonic() > until:
                break
        return self._over

    def results(self) -> list[Paired]:
        """The measures, over the seeds that both sides have lived to the end."""
        return [paired(name, *self.finals[name]) for name in MEASURES]

    def _live(self) -> Iterator[int]:
        """Yields the days lived at each step. Both sides of some seeds, then of the next: a part is a result too."""
        room = max(1, min(TOGETHER, ROOM // max(side.size for side in self.sides)))
        for first in range(0, len(self.seeds), room):
            chosen = range(first, min(len(self.seeds), first + room))
            for row, side in enumerate(self.sides):
                if side.interventions:  # worlds of one batch cannot be meddled with
                    for k in chosen:
                        yield from self._one(row, k)
                else:
                    yield from self._many(row, chosen)

    def _many(self, row: int, chosen: range) -> Iterator[int]:
        batch = Batch([repeated(self.sides[row], self.seeds[k], k) for k in chosen])
        while batch.day < self.sides[row].days and batch.world.alive.any():
            batch.step()
            yield len(chosen)
        self._keep(row, chosen, batch.measures.final())

    def _one(self, row: int, k: int) -> Iterator[int]:
        engine = Engine(repeated(self.sides[row], self.seeds[k], k), keep=False)
        try:
            while not engine.finished:
                engine.step()
                yield 1
        except SettingError:  # it names a resident or a factory that this seed has not
            self.impossible[row].add(self.seeds[k])
            return
        self._keep(row, range(k, k + 1), {name: np.array([value]) for name, value in engine.summary().items()})

    def _keep(self, row: int, chosen: range, finals: Mapping[str, Array]) -> None:
        for name in MEASURES:
            self.finals[name][row, chosen.start : chosen.stop] = finals[name]


def fresh_seeds(count: int, shown: set[int]) -> list[int]:
    """So many seeds that are not among those shown."""
    return [seed for seed in range(FIRST_SEED, FIRST_SEED + count + len(shown)) if seed not in shown][:count]


def repeated(scenario: Scenario, seed: int, k: int) -> Scenario:
    """The scenario with another seed, in repetition `k`; where an order gives new luck, that is another one too."""
    orders = [
        order.model_copy(update={"seed": (order.seed + STRIDE * (k + 1)) % 2**63})
        if isinstance(order, NewLuck)
        else order
        for order in scenario.interventions
    ]
    return scenario.with_(seed=seed, interventions=[order.model_dump() for order in orders])


def paired(name: str, one: Array, other: Array) -> Paired:
    """The paired difference of a measure, other less one, over the seeds in which both are defined; both (seeds,).

    Interval: mean ± t(0.975, n − 1) s / √n, Student's t for paired samples. Not defined under two seeds.
    """
    both = ~(np.isnan(one) | np.isnan(other))
    one, other = one[both], other[both]
    apart = other - one
    n = len(apart)
    mean = _mean(apart)
    reach = np.nan if n < 2 else _student(n) * float(apart.std(ddof=1)) / np.sqrt(n)
    return Paired(
        name=name,
        words=MEASURES[name],
        seeds=n,
        means=(_mean(one), _mean(other)),
        difference=mean,
        low=float(mean - reach),
        high=float(mean + reach),
        more=_mean(apart > 0),
        fewer=_mean(apart < 0),
    )


def _mean(values: Array) -> float:
    return float(values.mean()) if len(values) else np.nan


def _student(n: int) -> float:
    from scipy import special  # here, because a comparison without repetitions needs none

    return float(special.stdtrit(n - 1, (1 + CONFIDENCE) / 2))
