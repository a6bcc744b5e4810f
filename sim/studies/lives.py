"""A unit of a study's work: runs that can be lived as one batch. Lives them, and says of each what the study keeps.

Which runs share a unit, and where a unit is lived, makes no difference to any of its runs.
"""

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.engine import Batch
from sim.errors import CommonwealError
from sim.measures import Measures, catalogue
from sim.metrics.early_warning import INDICATORS
from sim.scenario import Scenario
from sim.state import Array
from sim.studies.failure import Failure

REASON = 300  # letters of a failure's reason


class Life(NamedTuple):
    """A run that was lived: what a study keeps of it."""

    condition: int
    seed: int
    digest: str  # SHA-256 of all daily measures up to the last day lived, 64 hexadecimal digits
    values: Array  # f8 (metrics,), the run's value of each metric in the order of `metrics`; NaN: not defined
    population: Array  # i4 (days + 1,), residents alive at each day's end; 0 from the day of dying out on
    warnings: Array  # f4 (days + 1, INDICATORS), early-warning indicators by day; NaN: not defined


Row = Life | Failure


class Unit(NamedTuple):
    """Runs whose scenarios may share a batch: condition, seed and what is lived."""

    number: int
    runs: tuple[tuple[int, int, Scenario], ...]

    @property
    def cost(self) -> int:
        """Founders times days: the work it takes, more or less."""
        return sum(scenario.size * scenario.days for _, _, scenario in self.runs)


def metrics() -> tuple[str, ...]:
    """Names of the metrics, in the order in which a study keeps them."""
    return tuple(catalogue())


def live(unit: Unit) -> list[Row]:
    """Live the runs of a unit; one that cannot be lived is a Failure, and the others are lived without it."""
    try:
        return _together(unit.runs)
    except CommonwealError as error:
        if len(unit.runs) == 1:
            condition, seed, _ = unit.runs[0]
            return [Failure(condition, seed, str(error)[:REASON])]
    return [row for run in unit.runs for row in live(Unit(unit.number, (run,)))]


def lives(numbers: Sequence[tuple[int, int]], measures: Measures, horizon: int) -> list[Row]:
    """What is kept of runs that are over. `numbers`: condition and seed of each block of these measures."""
    finals = measures.final()
    series = np.array([measures.series(name) for name in metrics()])  # metric, day, block
    alive = measures.series("alive").astype(np.int32)
    population = np.zeros((len(numbers), horizon + 1), np.int32)
    population[:, : len(alive)] = alive.T
    ended = np.where((population == 0).any(axis=1), (population == 0).argmax(axis=1), horizon)
    values = np.array([finals[name] for name in metrics()])  # metric, block
    warnings = np.full((len(numbers), horizon + 1, len(INDICATORS)), np.nan, np.float32)
    for k, name in enumerate(INDICATORS):
        warnings[:, : len(alive), k] = series[metrics().index(name)].T
    return [
        Life(
            condition, seed, _fingerprint(series[:, : ended[w] + 1, w]), values[:, w].copy(), population[w],
            np.where(np.arange(horizon + 1)[:, None] > ended[w], np.float32(np.nan), warnings[w]),
        )
        for w, (condition, seed) in enumerate(numbers)
    ]  # fmt: skip


def _together(runs: Sequence[tuple[int, int, Scenario]]) -> list[Row]:
    batch = Batch([scenario.model_copy(update={"seed": seed}) for _, seed, scenario in runs])
    horizon = runs[0][2].days
    while batch.day < horizon and batch.world.alive.any():
        batch.step()
    return lives([(condition, seed) for condition, seed, _ in runs], batch.measures, horizon)


def _fingerprint(series: Array) -> str:
    """`series`: f8 (metrics, days lived)."""
    plain = np.where(np.isnan(series), np.nan, series)  # one and the same NaN
    text = hashlib.sha256(" ".join(metrics()).encode())
    text.update(np.ascontiguousarray(plain, "<f8").tobytes())
    return text.hexdigest()
