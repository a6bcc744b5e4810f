"""The Compare page's live part, drawn by assets/compare with the cockpit's own modules (contract: docs/compare.md)."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from dashboard.components.modules import shim


@cache
def _mount() -> Callable[..., Any]:
    js = shim("compare/compare.js", "cockpit/cockpit.css", "cockpit/panels.css", "compare/compare.css")
    html = '<div class="cockpit compare" style="min-height:calc(100vh - 80px)"></div>'
    return st.components.v2.component("compare", html=html, js=js, isolate_styles=False)


def compare(data: dict[str, Any], key: str, on_ask: Callable[[], None]) -> None:
    """Mount it with `data`. `on_ask`: the page asks; the question is in the session's state of `key`, as `ask`."""
    _mount()(key=key, data=data, on_ask_change=on_ask)
