"""Markup is built, never pasted: text stays text wherever it is put."""

import json

import pytest

from dashboard.report.markup import Html, data, el, join

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&"


def test_text_is_escaped_and_markup_is_not() -> None:
    assert el("p", "a < b & c") == "<p>a &lt; b &amp; c</p>"
    assert el("p", el("b", "x"), None, "y") == "<p><b>x</b>y</p>"
    assert el("meta", name="a", content='"') == '<meta name="a" content="&quot;">'
    assert (
        el("a", "x", class_="c", aria_label="l", hidden=True, open=False) == '<a class="c" aria-label="l" hidden>x</a>'
    )
    assert isinstance(join("a"), Html)


@pytest.mark.parametrize("place", ["text", "attribute"])
def test_nothing_breaks_out(place: str) -> None:
    made = el("p", EVIL) if place == "text" else el("p", title=EVIL)
    assert made.count("<") == 2 and "<script" not in made


def test_data_cannot_end_its_element() -> None:
    made = data("told", {"name": EVIL, "line": "\u2028<!--"})
    inner = made.removeprefix('<script type="application/json" id="told">').removesuffix("</script>")
    assert not set("<>&\u2028") & set(inner)
    assert json.loads(inner) == {"name": EVIL, "line": "\u2028<!--"}
