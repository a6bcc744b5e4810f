"""Lines with their intervals, in one chart or in several of the same axes; each line is named at its end."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from dashboard.studies.figures.frame import DASHES, HUES, LETTER, Figure, axis, cut, figure, rule, safe, words

PANEL = 168  # px high, one of several
WIDEST = 5  # panels beside each other
ALONE = 320  # px high, a chart alone
GAP_X, GAP_Y = 0.034, 46  # between panels: of the width; px
LINE = 13  # px a name at a line's end takes
NAME = 200  # px a name may be wide


class Mark(NamedTuple):
    """A place on the x axis that is found, with its interval."""

    at: float
    low: float | None
    high: float | None
    told: str


class Line(NamedTuple):
    """One line. None: not defined there."""

    name: str
    x: Sequence[float]
    y: Sequence[float | None]
    low: Sequence[float | None] = ()
    high: Sequence[float | None] = ()
    told: Sequence[str] = ()  # on hover, of each point
    mark: Mark | None = None
    steps: bool = False
    faint: bool = False  # something to compare with
    dotted: bool = True  # a mark at each point


class Panel(NamedTuple):
    """One chart."""

    head: str
    lines: Sequence[Line]


def panels(
    key: str, title: str, sub: str, charts: Sequence[Panel], *, x: tuple[float, float], y: tuple[float, float],
    unit: str = "", whole: bool = True, note: str = "", ticks: Sequence[float] = (),
    x_more: dict[str, Any] | None = None, y_more: dict[str, Any] | None = None,
) -> Figure:  # fmt: skip
    """The figure. `unit`: said at the first tick; `x_more`, `y_more`: more of Plotly's for all axes."""
    rows = -(-len(charts) // WIDEST)
    columns = -(-len(charts) // rows)
    several = len(charts) > 1
    each = PANEL if several else ALONE
    names = [line.name for chart in charts for line in chart.lines]
    right = int(min(NAME, max((len(name) for name in names), default=0) * LETTER + 12))
    top, bottom = (24 if several else 8), 24
    height = top + rows * each + (rows - 1) * GAP_Y + bottom
    inner = height - top - bottom
    share = (1 - GAP_X * (columns - 1)) / columns
    spare = right if not several else 0  # of several, names stand inside
    layout: dict[str, Any] = {
        "margin": {"l": 40, "r": spare or 8, "t": top, "b": bottom}, "shapes": [], "annotations": [],
        "hovermode": "closest",
    }  # fmt: skip
    data: list[dict[str, Any]] = []
    hues = {name: k for k, name in enumerate(dict.fromkeys(name for name in names))}
    for p, chart in enumerate(charts):
        n = "" if p == 0 else str(p + 1)
        column, row = p % columns, p // columns
        left, up = column * (share + GAP_X), 1 - row * (each + GAP_Y) / inner
        values = list(ticks) or _nice(*x)
        layout[f"xaxis{n}"] = axis(
            domain=[left, left + share], anchor=f"y{n}", range=_padded(x), showgrid=False, tickvals=values,
            ticktext=[f"{value:g}{' ' + unit if unit and k == 0 else ''}" for k, value in enumerate(values)],
            **(x_more or {}),
        )  # fmt: skip
        layout[f"yaxis{n}"] = axis(
            domain=[max(0.0, up - each / inner), up], anchor=f"x{n}", range=list(y), nticks=5,
            showticklabels=column == 0, zeroline=y[0] <= 0 <= y[1], zerolinecolor="@line2", zerolinewidth=1,
            **(y_more or {}),
        )  # fmt: skip
        if several:
            layout["annotations"].append(
                words(safe(chart.head), left, up, size=12, colour="ink", xref="paper", yref="paper", xanchor="left",
                      yanchor="bottom", yshift=3)
            )  # fmt: skip
        for line in chart.lines:
            data += _drawn(line, n, hues[line.name])
            if line.mark:
                layout["shapes"] += _marked(line.mark, n, y, hues[line.name])
        layout["annotations"] += _named(chart.lines, n, hues, y, each, inside=several)
    return figure(key, title, sub, data, layout, height, whole=whole, note=note)


def hue(k: int, *, faint: bool = False) -> str:
    """The colour of the k-th name."""
    return "talk-ink" if faint else HUES[k % len(HUES)]


def _drawn(line: Line, n: str, k: int) -> list[dict[str, Any]]:
    """Band, then line."""
    colour, axes = hue(k, faint=line.faint), {"xaxis": f"x{n}", "yaxis": f"y{n}"}
    shape = "hv" if line.steps else "linear"
    found: list[dict[str, Any]] = []
    known = [j for j in range(len(line.low)) if line.low[j] is not None and line.high[j] is not None]
    if known:
        common = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", **axes}
        base = {"width": 0, "shape": shape}
        found += [
            {**common, "x": [line.x[j] for j in known], "y": [line.low[j] for j in known], "line": base},
            {**common, "x": [line.x[j] for j in known], "y": [line.high[j] for j in known], "line": base,
             "fill": "tonexty", "fillcolor": f"@{colour}/0.14"},
        ]  # fmt: skip
    dash = "dot" if line.faint else DASHES[(k // len(HUES)) % len(DASHES)]
    found.append({
        "type": "scatter", "mode": "lines+markers" if line.dotted and not line.steps else "lines",
        "x": list(line.x), "y": list(line.y), **axes,
        "line": {"color": f"@{colour}", "width": 1.6 if line.faint else 2, "dash": dash, "shape": shape},
        "marker": {"size": 5, "color": f"@{colour}"}, "connectgaps": False,
        "hoverinfo": "text" if line.told else "skip", "hovertext": [safe(told) for told in line.told],
    })  # fmt: skip
    return found


def _marked(mark: Mark, n: str, y: tuple[float, float], k: int) -> list[dict[str, Any]]:
    """A dashed line where it is, and a band for its interval."""
    refs = {"xref": f"x{n}", "yref": f"y{n}"}
    found = [rule(mark.at, y[0], mark.at, y[1], colour=hue(k), width=1.2, dash="dash", **refs)]
    if mark.low is not None and mark.high is not None:
        found.append({
            "type": "rect", "x0": mark.low, "x1": mark.high, "y0": y[0], "y1": y[1], "layer": "below",
            "fillcolor": f"@{hue(k)}/0.08", "line": {"width": 0}, **refs,
        })  # fmt: skip
    return found


def _named(
    lines: Sequence[Line], n: str, hues: dict[str, int], y: tuple[float, float], px: float, *, inside: bool
) -> list[dict[str, Any]]:
    """Names at the lines' ends, pushed apart where they would lie on each other."""
    ends = []
    for line in lines:
        known = [(a, b) for a, b in zip(line.x, line.y) if b is not None]
        if line.name and known:
            ends.append((known[-1][1], known[-1][0], line))
    ends.sort(key=lambda end: -end[0])
    scale = px / ((y[1] - y[0]) or 1)
    wanted = [(y[1] - value) * scale for value, _, _ in ends]  # px from the top
    places = wanted
    if inside:  # above the end of a line that rises, below that of one that falls, so that it does not cross it
        places = [want + (0.8 if _falls(line) else -0.8) * LINE for want, (_, _, line) in zip(wanted, ends)]
    shift = {"xanchor": "right"} if inside else {"xanchor": "left", "xshift": 7}
    return [
        words(safe(cut(line.name, NAME)), at, value, colour=hue(hues[line.name], faint=line.faint), xref=f"x{n}",
              yref=f"y{n}", yanchor="middle", yshift=want - place, **shift)
        for (value, at, line), want, place in zip(ends, wanted, _spread(places, px - inside * LINE / 2))
    ]  # fmt: skip


def _falls(line: Line) -> bool:
    """Whether its last step goes down."""
    known = [value for value in line.y if value is not None]
    return len(known) > 1 and known[-1] < known[-2]


def _spread(wanted: Sequence[float], px: float) -> list[float]:
    """Places from the top, in order, a line apart: pushed down where they are close, then up where they leave."""
    found: list[float] = []
    for want in wanted:
        found.append(max(want, found[-1] + LINE) if found else want)
    last = px
    for k in reversed(range(len(found))):
        found[k] = min(found[k], last)
        last = found[k] - LINE
    return found


def _nice(low: float, high: float) -> list[float]:
    """Three to six round numbers between the two."""
    if high <= low:
        return [low]
    step = 10 ** math.floor(math.log10((high - low) / 3))
    while (high - low) / step > 6:
        step *= 2.5 if str(step)[-1] == "2" or math.isclose(step / 10 ** math.floor(math.log10(step)), 2) else 2
    first = math.ceil(low / step - 1e-9)
    return [round(k * step, 10) for k in range(first, math.floor(high / step + 1e-9) + 1)]


def _padded(x: tuple[float, float]) -> list[float]:
    pad = 0.02 * (x[1] - x[0]) or 0.5
    return [x[0] - pad, x[1] + pad]
