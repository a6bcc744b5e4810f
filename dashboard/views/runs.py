"""Runs: the library. Every run that was kept, to be found, opened, named, compared, taken away, deleted."""

import html
from collections.abc import Sequence

import streamlit as st

from dashboard.components.shelf import shelf
from dashboard.failure import Boundary, panel
from dashboard.going import go, let_go, open_run
from dashboard.kept import look
from dashboard.kept.bringing import bring_in
from dashboard.kept.detail import Deeds, naming_keys, pane
from dashboard.kept.rows import MOST_COMPARED, told
from dashboard.kept.strips import interrupted, strip
from dashboard.library import OFF, library
from dashboard.limits import grouped, limits
from dashboard.opening import opened
from dashboard.view import View
from sim.runs.entry import Entry
from sim.runs.identity import is_identity
from sim.runs.intake import KnownRunError, take_in
from sim.runs.library import MEGABYTE, Library
from sim.runs.stored import Stored

PICKED = "run_picked"  # id of the run whose details are shown
DELETED = "run_deleted"  # id and title of the one deleted last
TOLD = "run_told"  # what went wrong or was done, in words
GOING = "run_going"  # where a click leads: id and day, or the ids to compare
KEY = "shelf"


def show() -> None:
    """The page, top to bottom."""
    here = library()
    if here is None:
        panel("There is no library here", OFF)
        return
    st.html(look.SHEET)
    _leave()
    entries = here.entries()
    with st.container(key="runs_top"):  # around what comes and goes, so that the list stays where it is
        _head(here, entries)
        _strips(here, entries)
    if not entries:
        st.html(look.EMPTY)
        st.button(
            "Go to the community",
            icon=":material/arrow_forward:",
            key="to_community",
            on_click=_go,
            args=("community",),
        )
        return
    picked = _picked(entries)
    with st.container(key="runs"):
        left, right = st.columns([1.75, 1], gap="medium")
        with right, st.container(key="run_pane", gap="small"), Boundary("show this run"):  # first: the list is large
            if picked:
                pane(here, picked, entries, _deeds(here))
            else:
                st.html('<p class="cw-none">Choose a run to see more of it.</p>')
        with left:
            shelf(told(entries, picked.id if picked else ""), KEY, lambda: _asked(KEY))


def _head(here: Library, entries: Sequence[Entry]) -> None:
    used = sum(entry.bytes for entry in entries) / MEGABYTE
    room = f"{grouped(round(used))} of {grouped(here.most_bytes // MEGABYTE)} MB"
    with st.container(horizontal=True, vertical_alignment="center", key="runs_head"):
        words = f"{grouped(len(entries))} {'run' if len(entries) == 1 else 'runs'} kept" if entries else "Runs"
        st.html(
            f'<div class="cw-head cw-title"><h1>{words}</h1><span>{room if entries else ""}</span></div>',
            width="stretch",
        )
        bring_in(lambda data: _bring(here, data))


def _strips(here: Library, entries: Sequence[Entry]) -> None:
    if words := st.session_state.pop(TOLD, ""):
        st.html(f'<div role="alert" class="cw-strip cw-alert">{html.escape(words)}</div>')
    if gone := st.session_state.get(DELETED):
        strip(f"“{gone[1]}” was deleted.", "deleted", ("Undo", "undo", lambda: _undelete(here)))
    interrupted(
        [entry for entry in entries if entry.state == "unfinished"],
        _go_to_run,
        lambda identity: _delete(here, identity),
    )


def _picked(entries: Sequence[Entry]) -> Entry | None:
    """The run looked at: the one chosen, or the one the address names, or the newest."""
    wanted = st.session_state.get(PICKED) or st.query_params.get("id", "")
    named = [entry for entry in entries if entry.id]
    return next((entry for entry in named if entry.id == wanted), named[0] if named else None)


def _deeds(here: Library) -> Deeds:
    return Deeds(
        open=_go_to_run,
        duplicate=lambda identity: _duplicate(here, identity),
        amend=lambda identity: _amend(here, identity),
        delete=lambda identity: _delete(here, identity),
        pick=_asked,
    )


def _asked(key: str) -> None:
    """What list or tree ask: to look at a run, or to compare some."""
    match st.session_state[key].get("ask"):
        case {"type": "pick", "id": str(identity)}:
            st.session_state[PICKED] = identity
        case {"type": "compare", "ids": [*ids]} if 2 <= len(ids) <= MOST_COMPARED:
            chosen = [identity for identity in ids if isinstance(identity, str) and is_identity(identity)]
            _go("compare", runs=",".join(chosen))


# leaving: a click is heard before the page is drawn, and only a page that is being drawn can be left


def _go(path: str, **query: str) -> None:
    st.session_state[GOING] = (path, query)


def _go_to_run(identity: str, day: int) -> None:
    _go("", id=identity, day=str(day))


def _leave() -> None:
    if (to := st.session_state.pop(GOING, None)) is not None:
        path, query = to
        if path:
            go(path, **query)
        else:
            with Boundary("open this run"):
                open_run(query["id"], int(query["day"]))


# doing


def _duplicate(here: Library, identity: str) -> None:
    with Boundary("take its settings over", _tell), Stored(here.path(identity)) as kept:
        if "session" not in st.session_state:
            st.session_state["session"], st.session_state["draft"] = opened({}, limits())
        st.session_state["draft"].load(limits().check(kept.facts.scenario))
        _go("community")


def _amend(here: Library, identity: str) -> None:
    title, tags, notes = (st.session_state[key] for key in naming_keys(identity))
    words = dict.fromkeys(tag.strip() for tag in tags.split(","))
    with Boundary("save that", _tell):
        here.amend(identity, title=title.strip(), tags=[word for word in words if word], notes=notes)


def _delete(here: Library, identity: str) -> None:
    with Boundary("delete this run", _tell):
        entry = here.entry(identity)
        let_go(identity)
        here.delete(identity)
        st.session_state[DELETED] = (identity, entry.title or entry.file)


def _undelete(here: Library) -> None:
    identity, _ = st.session_state.pop(DELETED)
    with Boundary("bring this run back", _tell):
        here.undelete(identity)
        st.session_state[PICKED] = identity


def _bring(here: Library, data: bytes) -> None:
    with Boundary("import this file", _tell):
        try:
            st.session_state[PICKED] = take_in(data, here)
        except KnownRunError as known:
            st.session_state[PICKED] = known.identity
            raise


def _tell(title: str, text: str) -> None:
    st.session_state[TOLD] = f"{title}: {text}"


VIEW = View("Runs", "runs", 7, show)
