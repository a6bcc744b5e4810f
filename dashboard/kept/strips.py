"""Strips above the list: what was just done, with a way back; and the run that waits for being gone on with."""

import html
from collections.abc import Callable, Sequence

import streamlit as st

from sim.runs.entry import Entry


def strip(text: str, key: str, *deeds: tuple[str, str, Callable[[], None]]) -> None:
    """One line with buttons. `text` is shown as it is, never as markup; `deeds`: words, icon, what to do."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"strip_{key}"):
        st.html(f'<div role="status" class="cw-strip">{html.escape(text)}</div>', width="stretch")
        for words, icon, do in deeds:
            st.button(words, icon=f":material/{icon}:", key=f"{key}_{icon}", on_click=do)


def interrupted(waiting: Sequence[Entry], resume: Callable[[str, int], None], delete: Callable[[str], None]) -> None:
    """Offer the newest of the runs that stopped before their end."""
    if not waiting:
        return
    run = waiting[0]
    more = len(waiting) - 1
    rest = f" {more} more {'runs are' if more > 1 else 'run is'} unfinished: see the state in the list." if more else ""
    strip(
        f"“{run.title}” was interrupted on day {run.last} of {run.horizon}.{rest}",
        "interrupted",
        ("Resume", "play_arrow", lambda: resume(run.id, run.last)),
        ("Delete", "delete", lambda: delete(run.id)),
    )
