"""The curve of one measurement, drawn by assets/conformity/curve.js (contract: docs/conformity-page.md)."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from dashboard.components.modules import shim


@cache
def _mount() -> Callable[..., Any]:
    js = shim("conformity/curve.js", "cockpit/cockpit.css", "conformity/conformity.css")
    html = '<div class="cockpit conformity" style="min-height:430px"></div>'
    return st.components.v2.component("curve", html=html, js=js, isolate_styles=False)


def curve(data: dict[str, Any], key: str) -> None:
    """Mount it with `data`."""
    _mount()(key=key, data=json.dumps(data, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode())
