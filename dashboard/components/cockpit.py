"""The cockpit component: registered once, mounted by the Community page (contract: docs/cockpit.md)."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from dashboard.components import modules

_FILES = ("cockpit/cockpit.js", *(f"cockpit/{name}.css" for name in ("cockpit", "panels", "edge", "present")))
_SOON = ("vendor/plotly-basic.min.js",)

# The shape of the page until the modules are here: grey blocks where headline, run bar, timeline and tiles will stand.
_BLOCKS = (
    "0 6px/44% 22px",
    "0 44px/60% 32px",
    "140px 90px/calc(100% - 156px) 36px",
    "0 182px/100% 1px",
    "0 262px/100% 1px",
)
_GREY = "linear-gradient(color-mix(in srgb,var(--st-text-color) 7%,transparent) 0 0)"
SHAPE = "min-height:calc(100vh - 80px);background:" + ",".join(f"{_GREY} {block} no-repeat" for block in _BLOCKS)


@cache
def _mount() -> Callable[..., Any]:
    """Register the component; its styles stay in the page, not in a shadow root, because Plotly's rules live there."""
    html = f'<div class="cockpit" style="{SHAPE}"></div>'
    return st.components.v2.component("cockpit", html=html, js=modules.shim(*_FILES, soon=_SOON), isolate_styles=False)


@cache
def _mount_ahead() -> Callable[..., Any]:
    return st.components.v2.component("ahead", js=modules.ahead(*_FILES, soon=_SOON))


def ahead() -> None:
    """Have the browser load the cockpit's modules while Python is still at work on what they will show."""
    with st.container(key="ahead"):
        _mount_ahead()(key="ahead_loader")


def cockpit(data: dict[str, Any], key: str, on_ask: Callable[[], None] | None = None) -> Any:
    """Mount the cockpit with `data`; the result's `ask` is the page's question of this run of the script, or None."""
    # As bytes: a dictionary Streamlit would write out twice, and load pandas to look for tables in it.
    told = json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode()
    return _mount()(key=key, data=told, on_ask_change=on_ask or (lambda: None))
