"""Do early-warning indicators rise before a collapse more often than without one? The scores of runs.

The definition is in docs/distance.md: a run that collapses is read up to where its fall began, and one that does not up
to the same days, so that neither the fall nor the length of a run is what warns.
"""

import math
from collections.abc import Sequence
from itertools import cycle
from typing import Any, NamedTuple

import numpy as np

from sim.metrics.early_warning import FEWEST, TREND
from sim.state import Array
from sim.studies.results import COLLAPSE

STANDING = 0.9  # of the highest number so far: with fewer alive, the fall has begun
TOGETHER = "all"  # the mean of the four, as the Community page shows it


class Series(NamedTuple):
    """What warns, day by day, in some runs. Not defined is NaN."""

    seeds: list[int]
    alive: Array  # f8 (days + 1, runs)
    indicators: dict[str, Array]  # f8 (days + 1, runs) each


class Warned(NamedTuple):
    """One run's scores: Kendall's tau of each indicator against time; None where it is not defined."""

    condition: int
    seed: int
    collapsed: bool
    until: int  # the last day read
    scores: dict[str, float | None]


def warned(conditions: dict[int, Series]) -> list[Warned]:
    """The scores of all runs that have any, by condition and seed. Empty if no run collapsed, or all did too early."""
    runs = [(number, k) for number in sorted(conditions) for k in range(len(conditions[number].seeds))]
    begun = {run: fall(conditions[run[0]].alive[:, run[1]]) for run in runs}
    cuts = [cut for cut in begun.values() if cut is not None]
    found, turn = [], cycle(cuts)
    for number, k in runs if cuts else ():
        cut = begun[number, k]
        until = next(turn) if cut is None else cut
        series = conditions[number]
        scores = {name: tau(values[: until + 1, k]) for name, values in series.indicators.items()}
        defined = [score for score in scores.values() if score is not None]
        if defined:
            scores[TOGETHER] = float(np.mean(defined))
            found.append(Warned(number, series.seeds[k], cut is not None, until, scores))
    return found


def fall(alive: Array) -> int | None:
    """The last day before a collapse with nine in ten of the highest number so far alive; None without a collapse.

    `alive`: f8 (days + 1,).
    """
    low = alive < COLLAPSE * alive[0]
    if not low.any():
        return None
    until = alive[: int(low.argmax())]
    return int(np.flatnonzero(until >= STANDING * np.maximum.accumulate(until))[-1])


def tau(values: Array) -> float | None:
    """Kendall's tau-b against time over the defined values of the last 60 days; None if too few, or all alike."""
    last = values[-TREND:]
    days = np.flatnonzero(~np.isnan(last))
    if len(days) < FEWEST:
        return None
    from scipy import stats  # here, because it takes a second to load

    score = float(stats.kendalltau(days, last[days].round(9)).statistic)
    return None if math.isnan(score) else score


def records(found: Sequence[Warned]) -> list[dict[str, Any]]:
    """The scores as data for JSON."""
    return [one._asdict() for one in found]
