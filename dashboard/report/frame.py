"""The page around a report: head, policy, style, data and scripts. The same for a run and for a study."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from dashboard.report import inlined
from dashboard.report.markup import Html, data, el, join


class Kind(NamedTuple):
    """One kind of report: what it calls itself, and the scripts and style sheets it carries."""

    name: str  # "report of a run"
    scripts: tuple[str, ...]
    sheets: tuple[str, ...]


def page(kind: Kind, title: str, body: Html, told: Any) -> str:
    """The whole page. `told`: data for its scripts."""
    whole = el("body", body, data("told", told), Html("\n"), inlined.tail(kind.scripts))
    return f'<!DOCTYPE html>\n<html lang="en">\n{_top(kind, title)}\n{whole}\n</html>\n'


def brand(kind: Kind) -> Html:
    """The line above its headline."""
    return el("p", inlined.logo(), el("b", "Commonweal"), el("span", kind.name), class_="brand")


def facts(rows: Sequence[tuple[str, str]]) -> Html:
    """Names and values, the last value a code."""
    return el("dl", *(join(el("dt", name), el("dd", value)) for name, value in rows), class_="facts")


def inside(kind: Kind) -> Html:
    """What the file carries with it, and under which licences."""
    words = "This page opens without a network and asks for nothing. It carries these works with it:"
    return join(
        el("h2", "What is inside this file"), el("p", words, class_="sub"), inlined.licences(kind.scripts)
    )  # fmt: skip


def _top(kind: Kind, title: str) -> Html:
    return el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=inlined.policy(kind.scripts)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", f"{title} · Commonweal"),
        el("link", rel="icon", href=inlined.icon()),
        inlined.style(kind.sheets),
    )
