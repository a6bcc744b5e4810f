"""HTML built from elements, so that no text of a resident, a file or a visitor can ever become markup."""

import json
from html import escape
from typing import Any


class Html(str):
    """Text that is markup already. Only this module makes one from text of others."""

    __slots__ = ()


EMPTY = Html("")
Child = str | None  # an Html is put in as it is, any other text escaped, None left out
_VOID = {"meta", "link", "br"}


def el(name: str, /, *children: Child, **attributes: str | bool) -> Html:
    """An element. Attributes: `class_` for class, `aria_label` for aria-label; True for one without a value."""
    told = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{told}>")
    return Html(f"<{name}{told}>{join(*children)}</{name}>")


def join(*children: Child) -> Html:
    """Several children after each other."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children if child is not None))


def data(identity: str, told: Any) -> Html:
    """JSON for a script to read: nothing in it can end the element that holds it."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Html(f'<script type="application/json" id="{escape(identity)}">{text}</script>')


def _attribute(key: str, value: str | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
