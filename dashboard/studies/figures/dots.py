"""Rows with a dot and its interval each, under one another: effects, rankings, shares, distances."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from dashboard.studies.figures.frame import Figure, axis, cut, figure, room, rule, safe, words

ROW = 22  # px
HEAD, FOOT = 6, 26  # px above the first row and below the last


class Dot(NamedTuple):
    """One row. None: not defined, and `told` says why."""

    label: str
    mean: float | None
    low: float | None
    high: float | None
    shown: str  # the number, beside it
    told: str  # on hover
    colour: str = "ink2"
    symbol: str = "circle"
    filled: bool = True  # hollow: it cannot be told from nothing


def dots(
    key: str, title: str, sub: str, rows: Sequence[Dot], *, zero: bool = True, whole: bool = False, note: str = "",
    span: tuple[float, float] | None = None, ticks: dict[str, Any] | None = None,
) -> Figure:  # fmt: skip
    """The figure. `zero`: a strong line at zero, which is in sight; `span`: the axis, if not as the data have it."""
    width = room([row.label for row in rows])
    low, high = span or _reach(rows, zero=zero)
    height = HEAD + FOOT + ROW * len(rows)
    at = [-k for k in range(len(rows))]
    shapes = [rule(low, y, high, y, colour="grid") for y in at]
    if zero:
        shapes.append(rule(0, 0.5, 0, at[-1] - 0.5 if at else -0.5))
    layout = {
        "margin": {"l": width, "r": 8 + room([row.shown for row in rows], least=58, most=150), "t": HEAD, "b": FOOT},
        "xaxis": axis(range=[low, high], showgrid=False, nticks=7, **(ticks or {})),
        "yaxis": axis(
            range=[at[-1] - 0.5 if at else -0.5, 0.5], showgrid=False, tickvals=at,
            ticktext=[safe(cut(row.label, width)) for row in rows], tickfont={"size": 12, "color": "@ink"},
        ),
        "shapes": shapes,
        "annotations": [
            words(safe(row.shown), 1, y, colour="ink" if row.filled else "ink3", size=12, xref="paper",
                  xanchor="left", xshift=8)
            for row, y in zip(rows, at)
        ],
    }  # fmt: skip
    return figure(key, title, sub, _traces(rows, at), layout, height, whole=whole, note=note)


def _traces(rows: Sequence[Dot], at: Sequence[float]) -> list[dict[str, Any]]:
    """One trace of intervals a colour, then the dots."""
    found: list[dict[str, Any]] = []
    for colour in dict.fromkeys(row.colour for row in rows):
        x: list[float | None] = []
        y: list[float | None] = []
        for row, place in zip(rows, at):
            if row.colour == colour and row.low is not None and row.high is not None:
                x += [row.low, row.high, None]
                y += [place, place, None]
        line = {"color": f"@{colour}", "width": 2}
        found.append({"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip"})
    known = [(row, place) for row, place in zip(rows, at) if row.mean is not None]
    marker = {
        "size": 9,
        "symbol": [row.symbol for row, _ in known],
        "color": [f"@{row.colour}" if row.filled else "@bg" for row, _ in known],
        "line": {"width": 2, "color": [f"@{row.colour}" for row, _ in known]},
    }
    found.append({
        "type": "scatter", "mode": "markers", "x": [row.mean for row, _ in known], "y": [place for _, place in known],
        "marker": marker, "cliponaxis": False, "hoverinfo": "text", "hovertext": [safe(row.told) for row, _ in known],
    })  # fmt: skip
    return found


def _reach(rows: Sequence[Dot], *, zero: bool) -> tuple[float, float]:
    ends = [end for row in rows for end in (row.low, row.mean, row.high) if end is not None]
    if zero or not ends:
        ends = [*ends, 0.0]
    low, high = min(ends), max(ends)
    pad = 0.04 * (high - low) or 0.5
    return low - pad, high + pad
