"""Cells in rows and columns, each with its number: a colour's depth says how large it is, its hue the sign."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from dashboard.studies.figures.frame import Figure, axis, figure, room, safe, words

ROW = 26  # px
HEAD, FOOT = 26, 8
LINE = 14  # more above the first row, where a column's name takes two lines
LONG = 12  # letters, from which on it does
GAP = 0.03  # between panels, of the width
DEEPEST = 0.72  # opacity of the largest cell
UP, DOWN = "g0", "hostile"


class Cell(NamedTuple):
    """None: not defined."""

    value: float | None
    shown: str
    told: str  # on hover
    clear: bool = True  # bold; else it cannot be told from zero


class Panel(NamedTuple):
    """Cells by row, and its head."""

    head: str
    columns: Sequence[str]
    cells: Sequence[Sequence[Cell]]


def matrix(
    key: str, title: str, sub: str, rows: Sequence[str], panels: Sequence[Panel], *, largest: float | None = None,
    note: str = "",
) -> Figure:  # fmt: skip
    """The figure. `largest`: the size drawn deepest, if not the largest there is."""
    every = [abs(cell.value) for panel in panels for row in panel.cells for cell in row if cell.value is not None]
    most = largest or max(every, default=0.0) or 1.0
    width, count = room(rows, most=190), len(panels)
    share = (1 - GAP * (count - 1)) / count
    tall = LINE if any("<br>" in _broken(column) for panel in panels for column in panel.columns) else 0
    layout: dict[str, Any] = {
        "margin": {
            "l": width,
            "r": 4,
            "t": HEAD + tall + (16 if any(panel.head for panel in panels) else 0),
            "b": FOOT,
        },
        "shapes": [],
        "annotations": [],
        "hovermode": "closest",
    }
    data = []
    for p, panel in enumerate(panels):
        n = "" if p == 0 else str(p + 1)
        left = p * (share + GAP)
        columns = len(panel.columns)
        layout[f"xaxis{n}"] = axis(
            domain=[left, left + share], range=[-0.5, columns - 0.5], side="top", showgrid=False,
            tickvals=list(range(columns)), ticktext=[_broken(column) for column in panel.columns], anchor=f"y{n}",
            tickangle=0,
        )  # fmt: skip
        layout[f"yaxis{n}"] = axis(
            range=[len(rows) - 0.5, -0.5], showgrid=False, anchor=f"x{n}", tickvals=list(range(len(rows))),
            ticktext=[safe(row) for row in rows] if p == 0 else [""] * len(rows),
            tickfont={"size": 12, "color": "@ink"},
        )  # fmt: skip
        if panel.head:
            layout["annotations"].append(
                words(safe(panel.head), left, 1, size=12, colour="ink2", xref="paper", yref="paper", xanchor="left",
                      yanchor="bottom", yshift=22 + tall)
            )  # fmt: skip
        data.append(_texts(panel, n))
        layout["shapes"] += _fields(panel, n, most)
    return figure(key, title, sub, data, layout, layout["margin"]["t"] + FOOT + ROW * len(rows), whole=True, note=note)


def _broken(column: str) -> str:
    """A column's name in two lines, if it is long: the last word in the second."""
    first, _, last = column.rpartition(" ")
    return f"{safe(first)}<br>{safe(last)}" if first and len(column) > LONG else safe(column)


def _fields(panel: Panel, n: str, most: float) -> list[dict[str, Any]]:
    found = []
    for y, row in enumerate(panel.cells):
        for x, cell in enumerate(row):
            value = cell.value or 0.0
            depth = min(1.0, abs(value) / most) * DEEPEST
            fill = f"@{UP if value > 0 else DOWN}/{depth:.3f}" if cell.value is not None else "@sunk"
            found.append({
                "type": "rect", "xref": f"x{n}", "yref": f"y{n}", "x0": x - 0.48, "x1": x + 0.48, "y0": y - 0.46,
                "y1": y + 0.46, "fillcolor": fill, "line": {"width": 0}, "layer": "below",
            })  # fmt: skip
    return found


def _texts(panel: Panel, n: str) -> dict[str, Any]:
    places = [(x, y, cell) for y, row in enumerate(panel.cells) for x, cell in enumerate(row)]
    return {
        "type": "scatter", "mode": "text", "xaxis": f"x{n}", "yaxis": f"y{n}",
        "x": [x for x, _, _ in places], "y": [y for _, y, _ in places],
        "text": [f"<b>{safe(cell.shown)}</b>" if cell.clear and cell.value is not None else safe(cell.shown)
                 for _, _, cell in places],
        "textfont": {"size": 11.5, "color": "@ink"}, "hoverinfo": "text",
        "hovertext": [safe(cell.told) for _, _, cell in places],
    }  # fmt: skip
