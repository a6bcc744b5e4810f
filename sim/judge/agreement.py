"""How far two raters agree on which lines show a behaviour: confusion table, Cohen's kappa, precision and recall.

A rater is the detectors, a judge, or a person. Two are compared on what both have looked at, and on nothing else.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

import numpy as np

from sim.judge.opinion import Unit
from sim.state import Array

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Rater:
    """Who labels. `marked`: what it labels. It has looked at all lines of `days`, or, if given, only at `units`."""

    name: str
    marked: frozenset[Unit]
    days: frozenset[int] = frozenset()
    units: frozenset[Unit] | None = field(default=None)


class Agreement(NamedTuple):
    """Two raters and one behaviour. NaN is what is not defined: kappa, where either always says the same."""

    behaviour: str
    one: str
    other: str
    both: int  # units that both label
    only_one: int
    only_other: int
    neither: int
    kappa: float  # Cohen 1960: -1 to 1, 0 is what chance would bring
    low: float  # its interval
    high: float

    @property
    def precision(self) -> float:
        """Share of the labels of `one` that `other` gives too."""
        return _share(self.both, self.both + self.only_one)

    @property
    def recall(self) -> float:
        """Share of the labels of `other` that `one` gives too."""
        return _share(self.both, self.both + self.only_other)

    @property
    def units(self) -> int:
        """How many were compared."""
        return self.both + self.only_one + self.only_other + self.neither


def agreements(raters: Sequence[Rater], behaviours: Sequence[str], lines: Mapping[int, int]) -> list[Agreement]:
    """Every pair of raters that have looked at the same, behaviour by behaviour. `lines`: of each day, how many."""
    found = []
    for one, other in combinations(raters, 2):
        for behaviour in behaviours:
            tables = by_day(one, other, behaviour, lines)
            if tables.sum():
                found.append(_agreement(one.name, other.name, behaviour, tables))
    return found


def by_day(one: Rater, other: Rater, behaviour: str, lines: Mapping[int, int]) -> Array:
    """Counts, i8 (days, 4): labelled by both, only by the one, only by the other, by neither. No day without lines."""
    seen: dict[int, set[Unit]] = {}  # where not every line was looked at
    whole = [rater.days for rater in (one, other) if rater.units is None]
    listed = [rater.units for rater in (one, other) if rater.units is not None]
    days = frozenset.intersection(frozenset(lines), *whole)
    for unit in frozenset.intersection(*listed) if listed else ():
        if unit.behaviour == behaviour:
            seen.setdefault(unit.day, set()).add(unit)
    marks = [_by_day(rater.marked, behaviour) for rater in (one, other)]
    rows = []
    for day in sorted(days):
        here = [mark.get(day, set()) for mark in marks]
        if listed:
            here = [mark & seen.get(day, set()) for mark in here]
        total = len(seen.get(day, ())) if listed else lines[day]
        both = len(here[0] & here[1])
        first, second = len(here[0]) - both, len(here[1]) - both
        rows.append((both, first, second, total - both - first - second))
    counts = np.array(rows, np.int64).reshape(-1, 4)
    return counts[counts.sum(1) > 0]


def kappa(table: Array) -> float:
    """Cohen's kappa of counts (both, one, other, neither): agreement beyond chance (Cohen 1960).

    NaN where a rater labels everything or nothing: then it is 0 or undefined whatever the other does.
    """
    both, first, second, neither = (float(count) for count in table)
    chance = (both + first) * (first + neither) + (both + second) * (second + neither)
    if 0 in (both + first, both + second, first + neither, second + neither):
        return math.nan
    return 2 * (both * neither - first * second) / chance


def interval(tables: Array) -> tuple[float, float]:
    """95 % interval of kappa: kappa ± t(0.975, D - 1) s, s from leaving out one of D days at a time.

    The delete-one jackknife over days (Efron & Tibshirani 1993, chapter 11): lines of a day are not independent, days
    nearly are. Cut to -1 and 1. NaN under two days, or where kappa hangs on a single day.
    """
    n = len(tables)
    total = tables.sum(0)
    left = np.array([kappa(total - day) for day in tables])
    if n < 2 or np.isnan(left).any():
        return math.nan, math.nan
    from scipy import special  # here, because few ask for it

    middle = kappa(total)
    spread = math.sqrt((n - 1) / n * float(((left - left.mean()) ** 2).sum()))
    reach = float(special.stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * spread
    return max(-1.0, middle - reach), min(1.0, middle + reach)


def _agreement(one: str, other: str, behaviour: str, tables: Array) -> Agreement:
    total = tables.sum(0)
    value = kappa(total)
    low, high = (math.nan, math.nan) if math.isnan(value) else interval(tables)
    both, first, second, neither = (int(count) for count in total)
    return Agreement(behaviour, one, other, both, first, second, neither, value, low, high)


def _by_day(marked: frozenset[Unit], behaviour: str) -> dict[int, set[Unit]]:
    found: dict[int, set[Unit]] = {}
    for unit in marked:
        if unit.behaviour == behaviour:
            found.setdefault(unit.day, set()).add(unit)
    return found


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan
