"""The Studies page's live part and its list at the side, drawn by assets/studies with the cockpit's own modules
(contract: docs/studies-page.md)."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from dashboard.components.modules import shim


@cache
def _mount() -> Callable[..., Any]:
    js = shim("studies/studies.js", "cockpit/cockpit.css", "studies/studies.css", soon=("vendor/plotly-basic.min.js",))
    html = '<div class="cockpit studies" style="min-height:calc(100vh - 140px)"></div>'
    return st.components.v2.component("studies", html=html, js=js, isolate_styles=False)


@cache
def _mount_list() -> Callable[..., Any]:
    js = shim("studies/list.js", "cockpit/cockpit.css", "studies/studies.css")
    html = '<div class="studies-list" hidden></div>'
    return st.components.v2.component("studieslist", html=html, js=js, isolate_styles=False)


def studies(data: dict[str, Any], key: str, on_ask: Callable[[], None]) -> None:
    """Mount it with `data`. `on_ask`: the page asks; the question is in the session's state of `key`, as `ask`."""
    # As bytes: a dictionary Streamlit would write out twice, and load pandas to look for tables in it.
    told = json.dumps(data, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    _mount()(key=key, data=told, on_ask_change=on_ask)


def studies_list(data: dict[str, Any], key: str, on_ask: Callable[[], None]) -> None:
    """The list of studies; the same."""
    _mount_list()(key=key, data=data, on_ask_change=on_ask)
