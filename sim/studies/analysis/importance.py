"""Which values hold a community together: by how much it changes when a value is bent, the stronger of its directions.

Importance of a value = the larger of |mean difference to the reference| with and without it, at the highest prevalence,
paired by seed, averaged over the other factors. Intervals and ranks by resampling seeds (see `bootstrap`). A largest
size is never below zero, so its interval cannot say whether there is any change: the paired t-test, by Holm over all
values and directions, does.
"""

from typing import NamedTuple

import numpy as np

from sim import values
from sim.state import Array
from sim.studies.analysis import bootstrap, words
from sim.studies.analysis.effects import ALPHA, effect, holm
from sim.studies.analysis.grid import by_seed, lines, references
from sim.studies.results import Results


class Standing(NamedTuple):
    """One value's place."""

    value: str  # code
    name: str
    direction: str  # the stronger
    change: float  # the mean difference in that direction
    importance: float
    low: float
    high: float
    rank: int  # 1: moves most
    rank_low: int
    rank_high: int
    first: float  # share of resampled studies in which it ranks first
    p_holm: float  # of the change in the stronger direction; NaN where it does not vary


class Importance(NamedTuple):
    """The ranking, most important first; empty with a `reason` where there is none."""

    metric: str
    seeds: int
    standings: tuple[Standing, ...]
    reason: str = ""

    @property
    def title(self) -> str:
        """ "Benevolence moves the area under the population curve most, by 1.76 (...), then Universalism, by 1.51"."""
        name = words.lower(words.called(self.metric))
        if not self.standings:
            return f"No ranking of values by {name}: {self.reason}"
        first = self.standings[0]
        size = f"{words.number(first.importance)} ({words.interval(first.low, first.high)})"
        told = f"first in {words.share(first.first)} of resampled studies"
        if not any(each.p_holm < ALPHA for each in self.standings):
            return f"No value clearly moves the {name}; the largest change is {first.name}'s, {size}, {told}"
        second = self.standings[1]
        then = f"then {second.name}, by {words.number(second.importance)}"
        return f"{first.name} moves the {name} most, by {size}, {then}; {first.name} is {told}"


def importance(results: Results, metric: str = "nAUP") -> Importance:
    """The ranking of the values of this design by one metric."""
    pairs, changes = _changes(results, metric)
    codes = list(dict.fromkeys(code for code, _ in pairs))
    if len(codes) < 2:
        return Importance(metric, 0, (), f"the design varies {'one value alone' if codes else 'no value'}")
    known = ~np.isnan(changes).any(axis=0)
    seeds = int(known.sum())
    if seeds < 2:
        have = words.count(seeds, "seed defines", "seeds define")
        return Importance(metric, seeds, (), f"it takes two seeds, and {have} the metric in every condition needed")
    rows = [[k for k, (code, _) in enumerate(pairs) if code == each] for each in codes]
    means = changes[:, known].mean(axis=1)
    again = np.abs(bootstrap.weights(seeds) @ changes[:, known].T)  # (times, pairs)
    p = holm(np.array([effect(row, np.zeros(seeds)).p for row in changes[:, known]]))
    size = np.array([np.abs(means[row]).max() for row in rows])
    sizes = np.column_stack([again[:, row].max(axis=1) for row in rows])  # (times, values)
    ranks = 1 + (-sizes).argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    found = []
    for rank, k in enumerate(np.argsort(-size, kind="stable"), 1):
        strongest = max(rows[k], key=lambda row: abs(means[row]))
        ends = np.percentile(ranks[:, k], bootstrap.ENDS, method="nearest").astype(int)
        found.append(
            Standing(
                codes[k],
                values.VALUES[values.index(codes[k])].name,
                pairs[strongest][1],
                float(means[strongest]),
                float(size[k]),
                *bootstrap.ends(sizes[:, k]),
                rank,
                int(ends[0]),
                int(ends[1]),
                float(np.mean(ranks[:, k] == 1)),
                float(p[strongest]),
            )
        )
    return Importance(metric, seeds, tuple(found))


def _changes(results: Results, metric: str) -> tuple[list[tuple[str, str]], Array]:
    """Values and directions, and their differences to the reference, f8 (pairs, seeds)."""
    table, against = by_seed(results, metric), references(results.study)
    apart: dict[tuple[str, str], list[Array]] = {}
    for line in lines(results.study):
        top = line.conditions[-1]
        if line.prevalences[-1] > 0:
            apart.setdefault((line.value, line.direction), []).append(table[top] - table[against[top]])
    return list(apart), np.array([np.mean(rows, axis=0) for rows in apart.values()])
