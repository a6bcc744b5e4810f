"""One run, drawn by assets/runs/portrait.js: its population, and the tree of runs that branched from each other."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from dashboard.components.modules import shim


@cache
def _mount() -> Callable[..., Any]:
    js = shim("runs/portrait.js", "runs/shelf.css")
    return st.components.v2.component("portrait", html='<div class="portrait"></div>', js=js, isolate_styles=False)


def portrait(data: dict[str, Any], key: str, on_ask: Callable[[], None]) -> None:
    """Mount it. `on_ask`: a run of the tree was chosen; it is in the session's state of `key`, as `ask`."""
    _mount()(key=key, data=data, on_ask_change=on_ask)
