"""Which behaviours go with the prevalence of which value: correlations as a table of coloured cells."""

from collections.abc import Sequence

import numpy as np

from dashboard.payload.wording import MINUS
from dashboard.studies.figures.frame import Figure, nothing
from dashboard.studies.figures.matrix import Cell, Panel, matrix
from sim.studies.analysis import words
from sim.studies.analysis.correlations import Correlation, title


def correlations_figure(found: Sequence[Correlation]) -> Figure:
    """`found`: of `sim.studies.analysis.correlations`."""
    if not any(np.isfinite(each.r) for each in found):
        return nothing("correlations", title(tuple(found)))
    rows = list(dict.fromkeys(each.line.name for each in found))
    columns = list(dict.fromkeys(each.behaviour for each in found))
    by_place = {(each.line.name, each.behaviour): each for each in found}
    cells = [[_cell(by_place[row, column]) for column in columns] for row in rows]
    runs = max(each.runs for each in found)
    return matrix(
        "correlations", title(tuple(found)), "Pearson's r of prevalence and labels per 100 resident-days, over "
        f"{runs:,} runs a value; bold: the 95 % interval leaves out zero",
        rows, [Panel("", [words.called(column) for column in columns], cells)], largest=1.0,
    )  # fmt: skip


def _cell(each: Correlation) -> Cell:
    if not np.isfinite(each.r):
        return Cell(None, "\N{EN DASH}", each.words)
    return Cell(each.r, f"{each.r:+.2f}".replace("-", MINUS), each.words, clear=each.low > 0 or each.high < 0)
