"""One answer of a study as markup: a figure to be drawn, a table, or some sentences; as the Studies page has them."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.report.markup import Html, el

Part = Mapping[str, Any]
BROAD = 12  # columns, from which on a table does not fit on paper
LONG = 40  # rows, from which on a table scrolls


def part(one: Part, place: int) -> Html:
    """`place`: number of its figure in the data of the page, if it is one."""
    body = {"figure": _figure, "table": _table, "words": _words}[one["kind"]](one, place)
    sub, note = ((el("p", one[key], class_=kind) if one.get(key) else None) for key, kind in _SAID)
    return el(
        "figure", el("figcaption", el("h3", one["title"]), sub), body, note,
        class_="wide" if one.get("span", "whole") == "whole" else "",
    )  # fmt: skip


def figures(every: Sequence[Part]) -> list[dict[str, Any]]:
    """What the page's script draws, in their order."""
    return [{key: one[key] for key in ("height", "data", "layout")} for one in every if one["kind"] == "figure"]


def table(columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Any]]) -> Html:
    """`columns`: words and kind, "words" or "number"; a cell is text or words, sign, told (on hover), below."""
    head = [el("th", said, scope="col", data_kind=kind) for said, kind in columns]
    body = [el("tr", *(_cell(cell, k, columns[k][1]) for k, cell in enumerate(row))) for row in rows]
    size = (" broad" if len(columns) > BROAD else "") + (" long" if len(rows) > LONG else "")
    made = el("table", el("thead", el("tr", *head)), el("tbody", *body), class_="answers")
    return el("div", made, class_=f"scroll{size}", tabindex="0")


_SAID = (("sub", "sub"), ("note", "sub note"))


def _figure(one: Part, place: int) -> Html:
    return el(
        "div", class_="plot", id=f"figure-{place}", role="img", aria_label=f"{one['title']}. {one['sub']}",
        style=f"height:{int(one['height'])}px",
    )  # fmt: skip


def _table(one: Part, _: int) -> Html:
    return table([(column["words"], column["kind"]) for column in one["columns"]], one["rows"])


def _words(one: Part, _: int) -> Html:
    return el("div", *(el("p", line) for line in one["lines"]), class_="words")


def _cell(cell: Any, place: int, kind: str) -> Html:
    whole = cell if isinstance(cell, dict) else {"words": cell}
    marks = {"title": whole.get("told", ""), "data_sign": whole.get("sign", "")}
    below = el("small", whole["below"]) if whole.get("below") else None
    told = {key: value for key, value in marks.items() if value}
    return el("td" if place else "th", str(whole["words"]), below, data_kind=kind, **told)
