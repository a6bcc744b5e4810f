"""The mix as a bar whose dividers can be dragged, drawn by assets/cockpit/mixbar.js."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import streamlit as st

from dashboard.components.modules import shim


@cache
def _mount() -> Callable[..., Any]:
    return st.components.v2.component("mixbar", js=shim("cockpit/mixbar.js"), isolate_styles=False)


def mixbar(groups: Sequence[dict[str, Any]], *, key: str, on_shares: Callable[[list[float]], None]) -> None:
    """`groups`: label, share in per cent, count, fill and text colour (on); `on_shares`: hears the new shares."""

    def heard() -> None:
        shares = st.session_state[key].get("shares")
        if isinstance(shares, list) and len(shares) == len(groups):
            on_shares([float(share) for share in shares])

    _mount()(data={"groups": list(groups)}, key=key, on_shares_change=heard)
