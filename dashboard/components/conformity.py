"""The Conformity page's live part, drawn by assets/conformity with the cockpit's own modules
(contract: docs/conformity-page.md)."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from dashboard.components.modules import shim


@cache
def _mount() -> Callable[..., Any]:
    js = shim("conformity/conformity.js", "cockpit/cockpit.css", "conformity/conformity.css")
    html = '<div class="cockpit conformity" style="min-height:calc(100vh - 80px)"></div>'
    return st.components.v2.component("conformity", html=html, js=js, isolate_styles=False)


def conformity(data: dict[str, Any], key: str, on_ask: Callable[[], None]) -> None:
    """Mount it with `data`. `on_ask`: the page asks; the question is in the session's state of `key`, as `ask`."""
    # As bytes: a dictionary Streamlit would write out twice, and load pandas to look for tables in it.
    told = json.dumps(data, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    _mount()(key=key, data=told, on_ask_change=on_ask)
