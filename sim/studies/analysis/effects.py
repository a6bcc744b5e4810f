"""What each condition changes: its runs against the reference's runs of the same seeds.

Mean difference with Student's interval for pairs, Cohen's d_z = mean / sd of the differences (Cohen 1988, 2.3.5), and p
by the paired t-test, or by Wilcoxon's signed ranks (1945) if asked for: chosen beforehand, never by what comes out.
p is corrected by Holm (1979) over all conditions and metrics of the table.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from sim.state import Array
from sim.studies.analysis import words
from sim.studies.analysis.estimates import alike, estimate, student
from sim.studies.analysis.grid import by_seed, died_out, references
from sim.studies.results import Results

SHOWN = ("nAUP", "SC", "ED", "IC", "CC")  # CIVA's measures of the whole: what a study compares unless asked for others
ALPHA = 0.05
Test = Literal["paired t", "Wilcoxon"]


class Effect(NamedTuple):
    """One metric in one condition less the reference, over the seeds in which both define it. NaN: see `reason`."""

    n: int  # pairs
    mean: float = np.nan  # of the condition, over these pairs
    reference_mean: float = np.nan
    difference: float = np.nan
    low: float = np.nan
    high: float = np.nan
    d: float = np.nan  # Cohen's d_z
    p: float = np.nan  # before correction
    reason: str = ""  # why there is no interval or p


def effect(values: Array, reference: Array, test: Test = "paired t") -> Effect:
    """The paired difference of one metric, values less reference, both f8 (seeds,), seed by seed."""
    both = ~(np.isnan(values) | np.isnan(reference))
    x, y = values[both], reference[both]
    n = len(x)
    if n == 0:
        return Effect(0, reason="no seed defines it in both conditions")
    apart = x - y
    means = float(x.mean()), float(y.mean()), float(apart.mean())
    if n == 1:
        return Effect(1, *means, reason="one pair of runs alone gives no interval")
    if alike(np.concatenate([x, y])):
        return Effect(n, *means, reason="no variance: the same in every run")
    if alike(apart):
        return Effect(n, *means, reason="no variance: the same difference in every pair of runs")
    sd = float(apart.std(ddof=1))
    reach = student(n) * sd / np.sqrt(n)
    return Effect(n, *means, float(means[2] - reach), float(means[2] + reach), means[2] / sd, _p(apart, test))


def effects(results: Results, metrics: Sequence[str] = SHOWN, test: Test = "paired t") -> pd.DataFrame:
    """Every condition but 0 against its reference, one row a metric.

    Columns: condition, label, reference, reference_label, metric, the fields of Effect, p_holm, clear, test.
    `clear`: whether p_holm is below ALPHA.
    """
    conditions, against = results.study.conditions, references(results.study)
    dead, rows = died_out(results), []
    for metric in [name for name in metrics if name in results.metrics]:
        table = by_seed(results, metric)
        for condition in conditions[1:]:
            other = against[condition.number]
            found = effect(table[condition.number], table[other], test)
            if found.n == 0:
                found = found._replace(reason=_why(table, dead, (condition.number, other)) or found.reason)
            rows.append((condition.number, condition.label, other, conditions[other].label, metric, *found))
    columns = ["condition", "label", "reference", "reference_label", "metric", *Effect._fields]
    out = pd.DataFrame(rows, columns=columns)
    out["p_holm"] = holm(out["p"].to_numpy(float))
    out["clear"] = out["p_holm"] < ALPHA
    out["test"] = test
    return out


def holm(p: Array) -> Array:
    """Holm's corrected p-values, f8 (tests,); those not defined (NaN) count as no test."""
    out, known = np.full(len(p), np.nan), np.flatnonzero(~np.isnan(p))
    order = known[p[known].argsort(kind="stable")]
    # As statsmodels' multipletests, which collects all garbage at each call: 0.15 s in which a page stands still.
    out[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(order), 0, -1)), 1.0)
    return out


def sentence(row: pd.Series) -> str:
    """A row of the table in words."""
    name = f"{words.called(row['metric'])}, {row['label']}"
    if not np.isfinite(row["difference"]):
        return f"{name}: not defined, {row['reason']}"
    change = f"{name}: {words.signed(row['difference'])} against {row['reference_label']}"
    if row["reason"]:
        return f"{change} ({row['reason']}, {words.count(row['n'], 'pair')})"
    return (
        f"{change} ({words.interval(row['low'], row['high'])}, d = {words.number(row['d'])}, "
        f"{words.chance(row['p_holm'])} after Holm, {words.count(row['n'], 'pair')})"
    )


def summary(table: pd.DataFrame) -> str:
    """How many differences are clear, and the largest one: a title for the table."""
    tested = table[table["p"].notna()]
    if tested.empty:
        return "No difference can be told yet"
    clear = tested[tested["clear"]]
    said = f"{len(clear)} of {words.count(len(tested), 'difference')} clear after Holm's correction"
    if clear.empty:
        return said
    return f"{said}; the largest for its scatter: {sentence(clear.loc[clear['d'].abs().idxmax()])}"


def _why(table: Array, dead: Array, numbers: tuple[int, int]) -> str:
    """Why the first of these conditions that defines the metric nowhere does not; empty if both do somewhere."""
    for number in numbers:
        lived = ~np.isnan(dead[number])
        found = estimate(table[number, lived], dead=dead[number, lived] == 1)
        if found.n == 0:
            return found.reason
    return ""


def _p(apart: Array, test: Test) -> float:
    """Two-sided p of differences whose mean, or median, is 0."""
    from scipy import special, stats  # here, because they are slow to load

    if test == "Wilcoxon":
        return float(stats.wilcoxon(apart).pvalue)
    t = apart.mean() / (apart.std(ddof=1) / np.sqrt(len(apart)))
    return float(2 * special.stdtr(len(apart) - 1, -abs(t)))  # ttest_1samp says the same, fifty times slower
