"""Value by prevalence: how far each moves a metric from the reference, as coloured cells."""

from collections.abc import Sequence

import numpy as np

from dashboard.studies.figures.frame import Figure, nothing
from dashboard.studies.figures.matrix import Cell, Panel, matrix
from sim import values
from sim.studies.analysis import words
from sim.studies.analysis.heat import Heat

MOST = 4  # maps


def heat_figure(found: Sequence[Heat]) -> Figure:
    """`found`: of `sim.studies.analysis.heat`, all of one metric."""
    known = [each for each in found if np.isfinite(each.changes[:, 1:]).any()]
    if not known:
        return nothing("heat", found[0].title if found else "No map of values: this study varies none")
    name = words.lower(words.called(known[0].metric))
    unit = f", {words.unit(known[0].metric)}" if words.unit(known[0].metric) else ""
    codes = list(dict.fromkeys(code for each in known for code in each.values))
    note = f"The first {MOST} of {len(known)} maps." if len(known) > MOST else ""
    return matrix(
        "heat", max(known, key=lambda each: float(np.nanmax(np.abs(each.changes)))).title,
        f"Change of the {name}{unit}, against the original, by share of residents; bold: clear after Holm",
        [values.VALUES[values.index(code)].name for code in codes],
        [_panel(each, codes) for each in known[:MOST]], note=note,
    )  # fmt: skip


def _panel(each: Heat, codes: Sequence[str]) -> Panel:
    columns = [k for k, level in enumerate(each.prevalences) if level > 0]
    others = "".join(f", {field.replace('_', ' ')} {level}" for field, level in each.others)
    cells = [
        [_cell(each, each.values.index(code), k) if code in each.values else Cell(None, "", "") for k in columns]
        for code in codes
    ]
    return Panel(f"{each.direction} it{others}", [f"{each.prevalences[k]:g} %" for k in columns], cells)


def _cell(each: Heat, row: int, column: int) -> Cell:
    value, name = each.changes[row, column], values.VALUES[values.index(each.values[row])].name
    where = f"{each.prevalences[column]:g} % {each.direction} {name}"
    if not np.isfinite(value):
        return Cell(None, "\N{EN DASH}", f"{where}: not defined")
    clear = bool(each.clear[row, column])
    told = (
        f"{where}: {words.signed(value)} to a mean of {words.number(each.means[row, column])}"
        f"{'' if clear else ', not clear'}"
    )
    return Cell(float(value), words.signed(value), told, clear)
