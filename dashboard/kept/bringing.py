"""Bringing a run file in from elsewhere. Nothing of it is believed: `sim.runs.intake` checks it and makes a copy."""

from collections.abc import Callable

import streamlit as st

LARGEST_MB = 100


def bring_in(take: Callable[[bytes], None]) -> None:
    """A popover with a field for one file."""
    turn = st.session_state.get("brought", 0)  # another popover after each file: closed, with an empty field
    key = f"bring_{turn}"
    with st.popover("Import", icon=":material/upload:", key=f"import_{turn}"):
        st.markdown("A run file that somebody gave you. It is checked first, and a copy goes into the library.")
        st.file_uploader(
            "Run file", type=["sqlite"], key=key, max_upload_size=LARGEST_MB, label_visibility="collapsed",
            on_change=_brought, args=(key, take),
        )  # fmt: skip


def _brought(key: str, take: Callable[[bytes], None]) -> None:
    if (file := st.session_state[key]) is not None:
        st.session_state["brought"] = st.session_state.get("brought", 0) + 1
        take(file.getvalue())
