"""Mean and 95 % interval of every metric in every condition, or the reason why there is none.

Interval: mean ± t(0.975, n − 1) s / √n, Student's t (Student 1908), over the seeds in which the metric is defined.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from sim.state import Array
from sim.studies.analysis import words
from sim.studies.analysis.grid import by_seed, died_out
from sim.studies.results import Results

CONFIDENCE = 0.95
_ALIKE = 1e-6  # spread, as a share of the largest size, that is nothing: social capital's epsilon shifts it by less


class Estimate(NamedTuple):
    """A mean with its interval. NaN is not defined; `reason` says why, for the mean or for the interval."""

    n: int  # runs that define it
    missing: int  # runs lived that do not
    mean: float
    low: float
    high: float
    sd: float
    reason: str = ""  # empty where all is defined

    @property
    def text(self) -> str:
        """ "0.72 (95 % interval 0.61 to 0.83, 64 runs)", or what there is and why not more."""
        if not np.isfinite(self.mean):
            return f"not defined: {self.reason}"
        inside = self.reason or words.interval(self.low, self.high)
        return f"{words.number(self.mean)} ({inside}, {words.count(self.n, 'run')})"


def estimate(values: Array, *, dead: Array | None = None) -> Estimate:
    """Mean and interval of values over seeds, f8 (seeds,); NaN is left out.

    `dead`: in which of these runs everybody had died, bool (seeds,); it explains what is not defined.
    """
    known = ~np.isnan(values)
    x, n, missing = values[known], int(known.sum()), int((~known).sum())
    if n == 0:
        return Estimate(0, missing, np.nan, np.nan, np.nan, np.nan, _nothing(missing, dead))
    mean = float(x.mean())
    if n == 1:
        return Estimate(1, missing, mean, np.nan, np.nan, np.nan, "one run alone gives no interval")
    if alike(x):
        return Estimate(n, missing, mean, np.nan, np.nan, 0.0, "no variance: all runs give this value")
    sd = float(x.std(ddof=1))
    reach = student(n) * sd / np.sqrt(n)
    return Estimate(n, missing, mean, float(mean - reach), float(mean + reach), sd)


def estimates(results: Results, metrics: Sequence[str] | None = None) -> pd.DataFrame:
    """Every metric (or those named) in every condition lived: condition, label, metric and the fields of Estimate."""
    dead = died_out(results)
    lived = ~np.isnan(dead)
    rows: list[tuple[Any, ...]] = []
    for metric in results.metrics if metrics is None else metrics:
        table = by_seed(results, metric)
        plain = _plain(table, lived)
        for condition in results.study.conditions:
            k, here = condition.number, lived[condition.number]
            found = plain.get(k) or estimate(table[k, here], dead=dead[k, here] == 1)
            rows.append((k, condition.label, metric, *found))
    return pd.DataFrame(rows, columns=["condition", "label", "metric", *Estimate._fields])


def _plain(table: Array, lived: Array) -> dict[int, Estimate]:
    """All rows at once that need no reason, by condition: a study can have thousands of them."""
    known = ~np.isnan(table)
    n = known.sum(axis=1)
    x = np.where(known, table, 0.0)
    mean = x.sum(axis=1) / np.maximum(n, 1)
    sd = np.sqrt(np.where(known, (table - mean[:, None]) ** 2, 0.0).sum(axis=1) / np.maximum(n - 1, 1))
    low, high = np.where(known, table, np.inf).min(axis=1), np.where(known, table, -np.inf).max(axis=1)
    usual = (n > 1) & (high - low > _ALIKE * np.abs(x).max(axis=1))
    reach = {count: student(count) / np.sqrt(count) for count in set(n[usual].tolist())}
    return {
        k: Estimate(
            int(n[k]), int(lived[k].sum() - n[k]), float(mean[k]),
            float(mean[k] - reach[int(n[k])] * sd[k]), float(mean[k] + reach[int(n[k])] * sd[k]), float(sd[k]),
        )
        for k in np.flatnonzero(usual).tolist()
    }  # fmt: skip


def alike(x: Array) -> bool:
    """Whether values do not vary by more than a millionth; x is not empty."""
    return bool(np.ptp(x) <= _ALIKE * np.abs(x).max())


def student(n: int) -> float:
    """Standard errors from the mean of n values to the end of its interval."""
    from scipy import special  # here, because the first page needs none

    return float(special.stdtrit(n - 1, (1 + CONFIDENCE) / 2))


def _nothing(missing: int, dead: Array | None) -> str:
    if missing == 0:
        return "no run has been lived yet"
    if dead is not None and dead.all():
        return f"everybody had died by the end of {'the run' if missing == 1 else f'all {missing} runs'}"
    return "the one run does not define it" if missing == 1 else f"none of {missing} runs defines it"
