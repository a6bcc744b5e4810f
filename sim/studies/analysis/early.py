"""Do early-warning indicators warn? Whether they rise before collapse more than where none comes (ROC curve).

The area under the curve is the probability that a run that collapses shows more than one that does not (Hanley & McNeil
1982); its interval is that of Brunner & Munzel (2000), as statsmodels computes it. Scheffer et al. 2009, Dakos et al.
2012: an indicator is how far variance or autocorrelation has risen, as Kendall's tau against time.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.state import Array
from sim.studies.analysis import words
from sim.studies.warning import TOGETHER

FEWEST = 5  # runs on either side without which no area is told


class Roc(NamedTuple):
    """One indicator. NaN where not defined, with the `reason`."""

    indicator: str
    collapsed: int  # runs with a value before their collapse
    spared: int  # runs with a value and without a collapse
    area: float = np.nan
    low: float = np.nan
    high: float = np.nan
    curve: Array = np.zeros((2, 0))  # false and true alarms as shares, from (0, 0) to (1, 1), f8 (2, points)
    reason: str = ""

    @property
    def verdict(self) -> str:
        """In a word, by the interval."""
        if not np.isfinite(self.area):
            return "not told"
        if self.low > 0.5:
            return "warns"
        return "warns the wrong way" if self.high < 0.5 else "no better than chance, as far as can be told"

    @property
    def words(self) -> str:
        """ "Variance of the population: warns, area 0.81 (95 % interval 0.74 to 0.88, 52 collapses, 76 without)"."""
        name = "All indicators together" if self.indicator == TOGETHER else words.called(self.indicator)
        if not np.isfinite(self.area):
            return f"{name}: not told, {self.reason}"
        inside = f"{words.interval(self.low, self.high)}, {words.count(self.collapsed, 'collapse')}"
        return f"{name}: {self.verdict}, area {words.number(self.area)} ({inside}, {self.spared} without)"


def early(warned: Sequence[Mapping[str, Any]]) -> tuple[Roc, ...]:
    """Each indicator over the records of `sim.studies.warning`: runs with their scores, collapsed or not."""
    names = list(dict.fromkeys(name for run in warned for name in run["scores"]))
    return tuple(roc(_scores(warned, name, True), _scores(warned, name, False), name) for name in names)


def _scores(warned: Sequence[Mapping[str, Any]], name: str, collapsed: bool) -> Array:
    found = [run["scores"].get(name) for run in warned if run["collapsed"] is collapsed]
    return np.array([score for score in found if score is not None], float)


def roc(before: Array, without: Array, indicator: str = "warning") -> Roc:
    """The curve of one indicator; f8 (runs,) each, NaN is left out."""
    before, without = before[~np.isnan(before)], without[~np.isnan(without)]
    counts = len(before), len(without)
    if min(counts) < FEWEST:
        have = f"{words.count(counts[0], 'run')} with a collapse and {counts[1]} without define it"
        return Roc(indicator, *counts, reason=f"it takes {FEWEST} runs of each kind, and {have}")
    levels = np.unique(np.concatenate([before, without]))[::-1]
    if len(levels) == 1:
        return Roc(indicator, *counts, reason="no variance: the same in every run")
    alarms = [(0.0, *(np.mean(side >= level) for level in levels)) for side in (without, before)]
    area, low, high = _area(before, without)
    return Roc(indicator, *counts, area, low, high, np.array(alarms, float))


def title(found: tuple[Roc, ...]) -> str:
    """How many of the indicators warn, and the best of them."""
    told = [each for each in found if np.isfinite(each.area)]
    if not told:
        return f"Whether there is an early warning cannot be told: {found[0].reason if found else 'none was measured'}"
    warn = sum(each.verdict == "warns" for each in told)
    best = max(told, key=lambda each: each.area)
    return f"{warn} of {words.count(len(told), 'indicator')} {'warns' if warn == 1 else 'warn'}; best: {best.words}"


def _area(before: Array, without: Array) -> tuple[float, float, float]:
    from statsmodels.stats.nonparametric import rank_compare_2indep  # here, because it is slow to load

    if before.min() > without.max() or before.max() < without.min():
        area = float(before.min() > without.max())
        return area, *_apart(len(before), len(without), area)
    found = rank_compare_2indep(before, without)
    low, high = np.clip(found.conf_int(alpha=0.05), 0.0, 1.0)
    return float(found.prob1), float(low), float(high)


def _apart(n: int, m: int, area: float) -> tuple[float, float]:
    """Where all of one kind lie above the other no scatter is seen: Wilson's interval for the fewer runs."""
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(area * min(n, m), min(n, m), method="wilson")
    return float(low), float(high)
