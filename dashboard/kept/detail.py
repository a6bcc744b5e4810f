"""The pane beside the list: one run in full, and everything that can be done with it."""

import html
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

import streamlit as st

from dashboard.components.portrait import portrait
from dashboard.kept import agreement, handout
from dashboard.kept.family import family
from dashboard.limits import grouped
from sim.runs.entry import Entry
from sim.runs.library import Library


class Deeds(NamedTuple):
    """What the page does when asked."""

    open: Callable[[str, int], None]  # id, day
    duplicate: Callable[[str], None]
    amend: Callable[[str], None]
    delete: Callable[[str], None]
    pick: Callable[[str], None]  # key of the component that asks


def pane(library: Library, entry: Entry, entries: Sequence[Entry], deeds: Deeds) -> None:
    """Top to bottom: what it is, what to do with it, its name, its relatives."""
    st.html(_head(entry))
    if entry.damaged:
        st.button(
            "Delete the file", icon=":material/delete:", key="run_delete", on_click=deeds.delete, args=(entry.id,)
        )
        return
    key = "run_portrait"
    drawn = {name: getattr(entry, name) for name in ("curve", "last", "horizon")}
    portrait({**drawn, "runs": family(entries, entry.id), "picked": entry.id}, key, lambda: deeds.pick(key))
    _doing(entry, deeds)
    _naming(entry, deeds)
    with st.container(horizontal=True, gap="xsmall", key="run_out"):
        handout.menu(library, entry)
        st.button("Delete", icon=":material/delete:", key="run_delete", on_click=deeds.delete, args=(entry.id,))
    if entry.last:
        _judge(library, entry)
    agreement.section(library, entry)
    handout.receipt(library, entry)


def _doing(entry: Entry, deeds: Deeds) -> None:
    unfinished = entry.state == "unfinished"
    with st.container(horizontal=True, gap="xsmall", key="run_deeds"):
        st.button(
            f"Resume on day {entry.last}" if unfinished else "Open", icon=":material/play_arrow:" if unfinished else
            ":material/open_in_full:", key="run_open", on_click=deeds.open, args=(entry.id, entry.last),
        )  # fmt: skip
        st.button(
            "Replay",
            icon=":material/replay:",
            key="run_replay",
            help="From day 0, at any speed.",
            on_click=deeds.open,
            args=(entry.id, 0),
        )
        st.button(
            "Duplicate with changes", icon=":material/content_copy:", key="run_duplicate", on_click=deeds.duplicate,
            args=(entry.id,), help="Takes all its settings over into the sidebar of the Community page.",
        )  # fmt: skip


def _judge(library: Library, entry: Entry) -> None:
    """Folded until it is wanted; while a judge is at work on this run, it is seen."""
    path = library.path(entry.id)
    mine = getattr(st.session_state.get("judging"), "path", None) == path
    if mine:
        st.session_state.setdefault("run_judge", True)
    with st.expander("Judge", icon=":material/gavel:", key="run_judge", on_change="rerun") as folded:
        if folded.open or mine:
            from dashboard.kept import judge  # brings the models' client

            judge.section(path, entry)


def _naming(entry: Entry, deeds: Deeds) -> None:
    """Widgets of each run have keys of their own, so that nothing typed for one is saved for another."""
    keys = naming_keys(entry.id)
    with st.form(f"run_naming_{entry.id}", border=False):
        st.text_input("Title", entry.title, max_chars=200, key=keys[0])
        st.text_input("Tags", ", ".join(entry.tags), placeholder="none; separate several by commas", key=keys[1])
        st.text_area("Notes", entry.notes, max_chars=20_000, height=88, placeholder="none", key=keys[2])
        st.form_submit_button("Save", icon=":material/check:", on_click=deeds.amend, args=(entry.id,))


def naming_keys(identity: str) -> tuple[str, str, str]:
    """Keys of the fields of title, tags and notes."""
    return f"run_title_{identity}", f"run_tags_{identity}", f"run_notes_{identity}"


def _head(entry: Entry) -> str:
    title = html.escape(entry.title or entry.file)
    if entry.damaged:
        return f'<div class="cw-run"><h2>{title}</h2><p>{html.escape(entry.damaged)}.</p></div>'
    begun = datetime.fromisoformat(entry.created)
    made = f"{begun.day} {begun:%B %Y, %H:%M} UTC"
    what = [entry.minds, entry.mix, f"{grouped(entry.size)} residents", entry.scenario, f"seed {entry.seed}"]
    lines = [
        " · ".join(filter(None, what)),
        f"{_state(entry)} · begun {made} · {entry.bytes / 1e6:.1f} MB · {entry.id}",
    ]
    return f'<div class="cw-run"><h2>{title}</h2>{"".join(f"<p>{html.escape(line)}</p>" for line in lines)}</div>'


def _state(entry: Entry) -> str:
    days = f"{entry.last} of {entry.horizon}"
    return {
        "running": f"being lived now, on day {days}",
        "unfinished": f"stopped on day {days}",
        "finished": f"finished on day {days}",
        "died out": f"died out on day {days}",
    }[entry.state]
