"""What all figures share: how one is put together, its axes, its words. Text from elsewhere is escaped here."""

import html
from collections.abc import Sequence
from typing import Any

Figure = dict[str, Any]
Trace = dict[str, Any]
LETTER = 6.0  # px of a letter in 11 px type, about
HUES = ("g0-ink", "g1-ink", "help-ink", "deal-ink", "g3-ink", "hostile-ink", "g2-ink", "talk-ink")
DASHES = ("solid", "dash", "dot", "dashdot")


def figure(
    key: str, title: str, sub: str, data: list[Trace], layout: dict[str, Any], height: int, *, whole: bool = False,
    note: str = "",
) -> Figure:  # fmt: skip
    """A whole figure. `whole`: it takes the width of the page."""
    base = {
        "showlegend": False, "hovermode": "closest", "dragmode": False,
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
    }  # fmt: skip
    return {
        "key": key, "kind": "figure", "title": title, "sub": sub, "note": note, "span": "whole" if whole else "half",
        "height": height, "data": data, "layout": {**base, **layout},
    }  # fmt: skip


def nothing(key: str, title: str, *lines: str) -> Figure:
    """In the place of a figure that cannot be drawn: why not."""
    return {"key": key, "kind": "words", "title": title, "sub": "", "note": "", "span": "half", "lines": list(lines)}


def axis(**more: Any) -> dict[str, Any]:
    """A quiet axis, as on the other pages."""
    return {
        "showline": False, "zeroline": False, "ticks": "", "fixedrange": True, "automargin": False,
        "ticklabelstandoff": 4, "gridcolor": "@grid", "gridwidth": 1, "showgrid": True, **more,
    }  # fmt: skip


def safe(text: object) -> str:
    """Text that Plotly shows as it is: it would take some tags for its own."""
    return html.escape(str(text), quote=False)


def room(labels: Sequence[str], *, least: int = 60, most: int = 250) -> int:
    """Px to leave for labels beside an axis."""
    return int(min(most, max(least, max((len(label) for label in labels), default=0) * LETTER + 14)))


def cut(label: str, width: int) -> str:
    """The label as far as it fits into so many px."""
    letters = round((width - 14) / LETTER)
    return label if len(label) <= letters else label[: max(1, letters - 1)].rstrip() + "…"


def words(text: str, x: float, y: float, *, colour: str = "ink2", **more: Any) -> dict[str, Any]:
    """An annotation without an arrow, at data coordinates unless `more` says otherwise."""
    font = {"size": more.pop("size", 11), "color": f"@{colour}"}
    return {"text": text, "x": x, "y": y, "showarrow": False, "font": font, **more}


def rule(x0: float, y0: float, x1: float, y1: float, *, colour: str = "line2", width: float = 1, dash: str = "solid",
         **more: Any) -> dict[str, Any]:  # fmt: skip
    """A straight line, under the data."""
    line = {"color": f"@{colour}", "width": width, "dash": dash}
    return {"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": line, "layer": "below", **more}
