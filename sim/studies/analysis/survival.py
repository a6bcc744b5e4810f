"""How long communities last: until fewer than half of their founders are alive (`sim.studies.results.COLLAPSE`).

Curves by Kaplan & Meier (1958), intervals by Greenwood's variance on the log(-log) scale (Kalbfleisch & Prentice 1980);
compared with the reference by the log-rank test (Mantel 1966), corrected by Holm. The test takes runs for independent:
that two conditions share their seeds makes it a little too cautious. Probability of collapse with Wilson's interval
(1927).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.state import Array
from sim.studies.analysis import words
from sim.studies.analysis.effects import holm
from sim.studies.analysis.grid import references, spread
from sim.studies.results import Results


class Survival(NamedTuple):
    """One condition. NaN where not defined, with the `reason`."""

    condition: int
    label: str
    curve: Array  # f8 (3, days + 1): share standing at each day's end, and its interval
    runs: int = 0
    collapsed: int = 0
    probability: float = np.nan  # of a collapse within the days of the study
    low: float = np.nan
    high: float = np.nan
    median: float = np.nan  # day by which half have collapsed; not defined if fewer do
    p: float = np.nan  # log-rank against the reference, before correction
    p_holm: float = np.nan
    reason: str = ""  # why there is no p

    @property
    def words(self) -> str:
        """ "25 % without Benevolence: 52 of 64 collapse (81 %, 95 % interval 70 to 89 %), half of them by day 23"."""
        if self.runs == 0:
            return f"{self.label}: not defined, {self.reason}"
        span = words.span(100 * self.low, 100 * self.high)
        said = f"{self.label}: {self.collapsed} of {self.runs} collapse ({words.share(self.probability)}, {span})"
        return said + (f", half by day {self.median:.0f}" if np.isfinite(self.median) else "")


def survival(results: Results) -> tuple[Survival, ...]:
    """Every condition, in the order of the design."""
    study, against = results.study, references(results.study)
    days = results.population.shape[1] - 1
    lived = ~np.isnan(spread(results, np.ones(len(results.runs))))
    falls = spread(results, results.collapses())
    groups = [falls[number, lived[number]] for number in range(len(study.conditions))]
    tests = [_log_rank(group, groups[other], days) for group, other in zip(groups, against)]
    tests[0] = (np.nan, "it is the reference")
    corrected = holm(np.array([p for p, _ in tests]))
    return tuple(
        _one(condition.number, condition.label, group, days, p, float(p_holm), reason)
        for condition, group, (p, reason), p_holm in zip(study.conditions, groups, tests, corrected)
    )


def title(found: Sequence[Survival]) -> str:
    """Which condition collapses most often, or soonest of several, and the reference beside it."""
    lived = [each for each in found if each.runs]
    if not lived:
        return "No run has been lived yet"
    if not any(each.collapsed for each in lived):
        return f"No community collapses in {words.count(sum(each.runs for each in lived), 'run')}"
    highest = max(each.probability for each in lived)
    most = [each for each in lived if each.probability == highest]
    soonest = min(most, key=lambda each: each.median if np.isfinite(each.median) else np.inf)
    if len(most) == 1:
        said = f"Collapse is most frequent in {soonest.words}"
    else:
        said = f"{len(most)} conditions collapse most often, {words.share(highest)} each; among them {soonest.words}"
    return said if soonest is lived[0] else f"{said}. {lived[0].words}"


def _one(number: int, label: str, falls: Array, days: int, p: float, p_holm: float, reason: str) -> Survival:
    runs, collapsed = len(falls), int((~np.isnan(falls)).sum())
    if runs == 0:
        return Survival(number, label, np.full((3, days + 1), np.nan), reason="no run has been lived yet")
    from statsmodels.stats.proportion import proportion_confint  # here, because it is slow to load

    low, high = proportion_confint(collapsed, runs, method="wilson")
    curve = _kaplan_meier(falls, days)
    half = curve[0] <= 0.5
    median = float(half.argmax()) if half.any() else np.nan
    share = collapsed / runs
    return Survival(number, label, curve, runs, collapsed, share, float(low), float(high), median, p, p_holm, reason)


def _kaplan_meier(falls: Array, days: int) -> Array:
    from statsmodels.duration.survfunc import SurvfuncRight

    out = np.ones((3, days + 1))
    happened = ~np.isnan(falls)
    if not happened.any():
        return out
    fitted = SurvfuncRight(np.where(happened, falls, days), happened)
    share, error = np.asarray(fitted.surv_prob), np.asarray(fitted.surv_prob_se)
    reach = np.zeros_like(share)
    inside = (share > 0) & (share < 1)
    reach[inside] = 1.959964 * error[inside] / (share[inside] * np.log(share[inside]))  # below 0: log S is
    rows = np.array([share, share ** np.exp(-reach), share ** np.exp(reach)])
    at = np.searchsorted(fitted.surv_times, np.arange(days + 1), side="right") - 1
    out[:, at >= 0] = rows[:, at[at >= 0]]
    return out


def _log_rank(one: Array, other: Array, days: int) -> tuple[float, str]:
    if len(one) == 0 or len(other) == 0:
        return np.nan, "no run has been lived yet"
    falls = np.concatenate([one, other])
    happened = ~np.isnan(falls)
    if not happened.any():
        return np.nan, "no community collapses in either"
    from statsmodels.duration.survfunc import survdiff

    times = np.where(happened, falls, days)
    if np.ptp(times) == 0:
        return np.nan, "no variance: all fall on the same day"
    p = float(survdiff(times, happened, np.repeat([0, 1], [len(one), len(other)]))[1])
    return p, "" if np.isfinite(p) else "no variance: nobody is left to compare when the first fall"
