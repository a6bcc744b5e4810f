"""The list of runs, drawn by assets/runs: searched, sorted and marked in the browser."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from dashboard.components.modules import shim


@cache
def _mount() -> Callable[..., Any]:
    js = shim("runs/shelf.js", "runs/shelf.css")
    return st.components.v2.component("shelf", html='<div class="shelf" hidden></div>', js=js, isolate_styles=False)


def shelf(data: dict[str, Any], key: str, on_ask: Callable[[], None]) -> None:
    """Mount the list. `on_ask`: the page asks; the question is in the session's state of `key`, as `ask`."""
    _mount()(key=key, data=data, on_ask_change=on_ask)
