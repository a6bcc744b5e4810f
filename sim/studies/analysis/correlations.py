"""Does a behaviour go with the prevalence of a value? Pearson's r over all runs, not over means.

x is the prevalence of a run's condition, y its labels of the behaviour per 100 resident-days: labels in all over the
residents alive each morning. The interval is of resampled seeds (see `bootstrap`), since runs of one seed share their
luck.
"""

from typing import NamedTuple

import numpy as np

from sim.metrics.behaviours import METRICS
from sim.state import Array
from sim.studies.analysis import bootstrap, words
from sim.studies.analysis.estimates import alike
from sim.studies.analysis.grid import Line, by_seed, lines, spread
from sim.studies.results import Results

BEHAVIOURS = tuple(metric.name for metric in METRICS)
PER = 100  # resident-days of a rate
FEWEST = 3  # seeds, without which no interval is told


class Correlation(NamedTuple):
    """One behaviour along one line of the design. NaN where not defined, with the `reason`."""

    line: Line
    behaviour: str  # metric
    runs: int
    seeds: int
    r: float = np.nan
    low: float = np.nan
    high: float = np.nan
    reason: str = ""

    @property
    def words(self) -> str:
        """ "With Power: betrayals, r = 0.83 (95 % interval 0.79 to 0.86, 320 runs)"."""
        said = f"{self.line.name}: {words.lower(words.called(self.behaviour))}"
        if not np.isfinite(self.r):
            return f"{said}, no correlation: {self.reason}"
        return f"{said}, r = {words.number(self.r)} ({words.interval(self.low, self.high)}, {self.runs:,} runs)"


def correlations(results: Results) -> tuple[Correlation, ...]:
    """Each of the behaviours along every line; none where no value is varied."""
    known = [name for name in BEHAVIOURS if name in results.metrics]
    per_day = {name: rates(results, name) for name in known}
    return tuple(_along(line, name, per_day[name]) for line in lines(results.study) for name in known)


def rates(results: Results, behaviour: str) -> Array:
    """Labels per 100 resident-days, f8 (conditions, seeds); NaN where the detector did not run."""
    days = spread(results, results.population[:, :-1].sum(axis=1).astype(float))
    return PER * by_seed(results, behaviour) / days


def title(found: tuple[Correlation, ...]) -> str:
    """The strongest correlation in words."""
    told = [each for each in found if np.isfinite(each.r)]
    if not told:
        return f"No correlation can be told: {found[0].reason if found else 'the design varies no value'}"
    strongest = max(told, key=lambda each: abs(each.r)).words
    return f"{strongest}; the strongest of {words.count(len(told), 'correlation')}"


def _along(line: Line, behaviour: str, per_day: Array) -> Correlation:
    y = per_day[list(line.conditions)]
    known = ~np.isnan(y)
    runs, seeds = int(known.sum()), int(known.any(axis=0).sum())
    if len(line.prevalences) < 2 or known.any(axis=1).sum() < 2:
        return Correlation(line, behaviour, runs, seeds, reason="it takes runs at two prevalences")
    if seeds < FEWEST:
        return Correlation(line, behaviour, runs, seeds, reason=f"it takes {FEWEST} seeds, and there are {seeds}")
    if alike(y[known]):
        return Correlation(line, behaviour, runs, seeds, reason="no variance: the same rate in every run")
    differ = int((np.where(known, y, -np.inf).max(axis=0) > np.where(known, y, np.inf).min(axis=0)).sum())
    if differ < FEWEST:
        few = f"too rare: it differs between runs of {words.count(differ, 'seed')} only"
        return Correlation(line, behaviour, runs, seeds, reason=few)
    x = np.broadcast_to(np.array(line.prevalences)[:, None], y.shape)
    mean_x, mean_y = x[known].mean(), y[known].mean()  # near the means, sums of squares lose no figures
    dx, dy = np.where(known, x - mean_x, 0.0), np.where(known, y - mean_y, 0.0)
    sums = np.array([known.sum(axis=0), *(each.sum(axis=0) for each in (dx, dy, dx * dx, dy * dy, dx * dy))])
    r = _pearson(sums.mean(axis=1, keepdims=True))[0]
    again = _pearson(sums @ bootstrap.weights(y.shape[1]).T)
    again = again[np.isfinite(again)]
    return Correlation(line, behaviour, runs, seeds, float(r), *bootstrap.ends(again))


def _pearson(sums: Array) -> Array:
    """r from n and the sums of x, y, xx, yy, xy, f8 (6, B); NaN where one does not vary."""
    n, x, y, xx, yy, xy = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        return (xy - x * y / n) / np.sqrt((xx - x * x / n) * (yy - y * y / n))
