"""Prevalence curves: a metric over the share of residents whose value is bent, one curve a value and direction."""

from typing import NamedTuple

import numpy as np

from sim.state import Array
from sim.studies.analysis import words
from sim.studies.analysis.estimates import Estimate, estimate
from sim.studies.analysis.grid import Line, by_seed, died_out, lines
from sim.studies.results import Results


class Curve(NamedTuple):
    """One metric along one line of the design."""

    line: Line
    metric: str
    values: Array  # f8 (prevalences, seeds), seeds as in the design; NaN where not defined or not yet lived
    points: tuple[Estimate, ...]  # of each prevalence

    @property
    def title(self) -> str:
        """ "Without Benevolence: social capital goes from 0.93 at 0 % to 0.11 at 100 %"."""
        known = [(at, point) for at, point in zip(self.line.prevalences, self.points) if np.isfinite(point.mean)]
        what = f"{self.line.name}: {words.lower(words.called(self.metric))}"
        if not known:
            return f"{what} is not defined, {self.points[0].reason}"
        first, last = known[0], known[-1]
        if len(known) == 1:
            return f"{what} is {words.number(first[1].mean)} at {first[0]:g} %"
        start, end = words.number(first[1].mean), words.number(last[1].mean)
        if start == end:
            return f"{what} is {start} at {first[0]:g} % and at {last[0]:g} %"
        return f"{what} goes from {start} at {first[0]:g} % to {end} at {last[0]:g} %"


def curves(results: Results, metric: str = "nAUP") -> tuple[Curve, ...]:
    """The metric along every line of the design; none where no value is varied."""
    table, dead = by_seed(results, metric), died_out(results)
    found = []
    for line in lines(results.study):
        rows = table[list(line.conditions)]
        lived = ~np.isnan(dead[list(line.conditions)])
        gone = dead[list(line.conditions)] == 1
        points = tuple(estimate(row[here], dead=end[here]) for row, here, end in zip(rows, lived, gone))
        found.append(Curve(line, metric, rows, points))
    return tuple(found)
