"""Studies: many communities over values, prevalences, seeds and settings, and answers with intervals."""

from __future__ import annotations

import html
import secrets
from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard import endpoint
from dashboard.components.studies import studies, studies_list
from dashboard.failure import Boundary, panel
from dashboard.kept.strips import strip
from dashboard.library import OFF
from dashboard.studies import form, handout, look, renewal
from dashboard.studies.archive import Entry
from dashboard.studies.draft import Read
from dashboard.studies.manager import Manager, Progress, manager
from dashboard.studies.showing import SAYS, Showing
from dashboard.view import View
from sim.interview import Terms
from sim.providers.keys import Keys
from sim.studies.analysis import words

KEY, LIST = "studies", "studies_list"
PICKED = "study_picked"  # id of the study that is shown; "" while one is designed
SAID = "study_said"  # the id the address said last
DELETED = "study_deleted"  # id and title of the one deleted last
TURNED = "study_turned"  # whether the page is to be drawn anew: a click at the side reruns the side alone
TOLD = "study_told"  # what went wrong, in words


def show() -> None:
    """The page: the list at the side; the study that is looked at, or the form of the next one."""
    here = manager()
    if here is None:
        panel("Studies are kept in the library", OFF.replace("Runs", "Studies", 1))
        return
    st.html(look.SHEET)
    entries = here.entries()
    picked = _picked(entries)
    st.session_state.pop(TURNED, None)
    with st.sidebar:
        _side(here, picked)
    if words := st.session_state.pop(TOLD, ""):
        st.html(f'<div role="alert" class="cw-strip cw-alert">{html.escape(words)}</div>')
    if not picked:
        _leave_address()
        form.form(form.draft(), lambda read: _start(here, read), _say)
        return
    with Boundary("show this study"):
        showing = _showing(here, picked)
        showing.forget()
        with st.container(gap=None):
            with st.container(key="study_out", horizontal=True, gap="xsmall"):
                renewal.menu(here, picked, lambda terms: _renew(here, picked, terms))
                handout.menu(here, picked)
            _live(showing)


def _picked(entries: list[tuple[Entry, Progress]]) -> str:
    """The study looked at: the one chosen, else the one the address names, else the latest; "" for a new one."""
    known = [entry.id for entry, _ in entries]
    said = st.query_params.get("id", "")
    if said and said != st.session_state.get(SAID):
        st.session_state[SAID] = said
        if said not in known:
            _say(f"There is no study {said[:12]} on this server: it was deleted, or the address is of another one.")
        else:
            st.session_state[PICKED] = said
    chosen = st.session_state.get(PICKED)
    if chosen == "" or (chosen is not None and chosen in known):
        return str(chosen)
    return known[0] if known else ""


# the side


@st.fragment
def _side(here: Manager, picked: str) -> None:
    """Every study of this server. A look at the list reruns this alone, unless another study is to be shown."""
    if st.session_state.pop(TURNED, False):
        st.rerun()
    st.html('<div class="cw-head"><h2>Studies</h2><span>kept on this server</span></div>')
    st.button("New study", icon=":material/add:", key="study_new", width="stretch", on_click=_pick, args=("",))
    if gone := st.session_state.get(DELETED):
        strip(f"“{gone[1]}” was deleted.", "deleted", ("Undo", "undo", lambda: _undelete(here)))
    entries = here.entries()
    if not entries:
        st.html(f'<p class="cw-said">{look.NONE}</p>')
        return
    rows = [_row(entry, progress) for entry, progress in entries]
    live = any(progress.live for _, progress in entries)
    studies_list({"picked": picked, "live": live, "rows": rows}, LIST, lambda: _listed(here))


def _row(entry: Entry, progress: Progress) -> dict[str, Any]:
    share = progress.share
    says = "Finishing" if progress.ending else SAYS[progress.state]
    all_runs, part = words.count(progress.total, "run"), progress.done < progress.total
    runs = f"{100 * progress.done // progress.total} % of {all_runs}" if part else all_runs
    said = says if progress.state == "damaged" else f"{says} · {runs}"
    return {"id": entry.id, "title": entry.title, "state": progress.state, "says": said, "share": share}


def _listed(here: Manager) -> None:
    """What the list asks: to look at a study, or to delete one."""
    match _asked(LIST):
        case {"type": "pick", "id": str(identity)}:
            _pick(identity)
        case {"type": "delete", "id": str(identity)}:
            with Boundary("delete this study", _failed):
                titles = {entry.id: entry.title for entry, _ in here.entries()}
                here.delete(identity)
                st.session_state[DELETED] = (identity, titles.get(identity, identity))
                if st.session_state.get(PICKED) == identity:
                    st.session_state.pop(PICKED)
            st.session_state[TURNED] = True


def _asked(key: str) -> object:
    """What a component asks; it may be asking while another page or study takes its place."""
    state = st.session_state.get(key)
    return state.get("ask") if state else None


def _undelete(here: Manager) -> None:
    identity, _ = st.session_state.pop(DELETED)
    with Boundary("bring this study back", _failed):
        here.archive.undelete(identity)
        _pick(identity)


# the study


def _showing(here: Manager, identity: str) -> Showing:
    """This tab's look at it."""
    now: Showing | None = st.session_state.get("study_showing")
    if now is None or now.id != identity or now.manager is not here:
        query = {name: st.query_params[name] for name in st.query_params}
        now = Showing(here, identity, _visitor(), query, lambda: Keys(endpoint.keys()))
        st.session_state["study_showing"] = now
    return now


@st.fragment
def _live(showing: Showing) -> None:
    """The live part. A question of the page reruns this alone, and the new data are the answer."""
    with Boundary("show this study"):
        studies(showing.message(), KEY, _heard(showing))


def _heard(showing: Showing) -> Callable[[], None]:
    def heard() -> None:
        with Boundary("do that", showing.tell):
            showing.ask(_asked(KEY))

    return heard


def _start(here: Manager, read: Read) -> None:
    with Boundary("start this study", _failed):
        if read.study and not read.wrong:
            _pick(here.begin(read.study, _visitor(), read.terms, Keys(endpoint.keys())))


def _renew(here: Manager, identity: str, terms: Terms) -> None:
    with Boundary("go on with this study", _failed):
        here.resume(identity, _visitor(), Keys(endpoint.keys()), terms)


def _visitor() -> str:
    """Who this tab is, to the server alone."""
    found: str = st.session_state.setdefault("study_visitor", secrets.token_hex(8))
    return found


def _pick(identity: str) -> None:
    st.session_state[PICKED] = st.session_state[SAID] = identity
    st.session_state[TURNED] = True
    _leave_address()


def _leave_address() -> None:
    for name in ("id", "tab"):
        st.query_params.pop(name, None)


def _failed(title: str, text: str) -> None:
    _say(f"{title}: {text}")


def _say(words: str) -> None:
    st.session_state[TOLD] = words


VIEW = View("Studies", "studies", 3, show)
