"""Community: one live community. Settings of the next run and acts on this one at the side, the cockpit beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st
from pydantic import ValidationError

from dashboard import act, mix, sidebar
from dashboard.components.cockpit import cockpit
from dashboard.draft import Draft
from dashboard.failure import Boundary
from dashboard.limits import limits
from dashboard.opening import Opening, opened
from dashboard.view import View
from sim.errors import SettingError
from sim.interventions import Intervention
from sim.preset import presets
from sim.scenario import explain

if TYPE_CHECKING:
    from dashboard.session import Session

KEY = "cockpit"
PATIENCE = 0.8  # seconds a visitor waits before being told for what
SLICE = 0.25  # seconds of work between two signs of life


def show() -> None:
    """The page. What is ready is put on it first; beside a run that is still to be lived, the settings are."""
    run, draft = _here()
    st.session_state["shown"] = _outside(run)
    if run.presentation != st.session_state.get("presenting", False):
        st.session_state["presenting"] = run.presentation
        st.rerun()
    for part in (_side, _body) if run.waiting else (_body, _side):
        part(run, draft)


def _side(run: Session | Opening, draft: Draft) -> None:
    """Settings of the next run, and acts on this one."""
    with st.sidebar:
        st.html('<a class="cw-skip" href="#community">Skip to the community</a>')
        sidebar.next_run(draft, presets(), _minds(run), start=_start, edit=_edit)
        st.divider()
        act.act_now(run.factories, _blocked(run), _act)
        if run.unkept:
            st.download_button(
                "Download this run", lambda: _session().content(), f"{run.run}.sqlite", "application/vnd.sqlite3",
                key="download_run", icon=":material/download:", on_click="ignore", width="stretch",
            )  # fmt: skip


def _body(run: Session | Opening, draft: Draft) -> None:
    """The cockpit, or the full form of the value mix in its place."""
    if st.session_state.get("editing"):
        session = _session()
        session.forget()
        mix.editor(draft, session.engine.day, close=_close)
        return
    with st.container(gap=None):
        with Boundary("live the days up to this one", run.tell):
            _wait(run)
        st.html('<div id="community"></div>')
        _live()


def _here() -> tuple[Session | Opening, Draft]:
    """What this tab shows, opened from the page's address the first time, and the settings of its next run."""
    if "session" not in st.session_state:
        query = {key: st.query_params.get_all(key) for key in st.query_params}
        st.session_state["session"], st.session_state["draft"] = opened(query, limits())
    return st.session_state["session"], st.session_state["draft"]


def _session() -> Session:
    """This tab's session. An opening run that was only shown is lived first."""
    run, _ = _here()
    session = run.live() if isinstance(run, Opening) else run
    st.session_state["session"] = session
    return session


def _minds(run: Session | Opening) -> list[str]:
    """Names of the kinds of mind. To find them loads the engine, which a session has loaded anyway."""
    if isinstance(run, Opening):
        return run.minds
    from sim.mind import minds

    return list(minds())


@st.fragment
def _live() -> None:
    """The cockpit. A question of the page reruns this alone, and the cockpit's new data are the answer."""
    run, draft = _here()
    with Boundary("live the next day", run.tell):
        run.advance(SLICE)
    if st.session_state["shown"] != _outside(run):
        st.rerun()  # what the sidebar says has changed with the run
    with Boundary("show this day"):
        cockpit(run.message(draft.scenario), key=KEY, on_ask=_heard)
        run.delivered()
    if run.waiting:
        st.rerun(scope="fragment")


def _heard() -> None:
    run, draft = _here()
    with Boundary("do that", run.tell):
        _session().ask(st.session_state[KEY].get("ask"), draft.scenario)


def _outside(run: Session | Opening) -> tuple[str, bool, bool]:
    """What the page outside the cockpit depends on."""
    return run.run, run.finished, run.presentation


def _wait(session: Session | Opening) -> None:
    """Live the days that were asked for; a longer wait says for what, how far it is, and can be stopped."""
    slot = st.empty()
    if isinstance(session, Opening):
        return
    if session.cold and session.waiting:
        slot.caption("Getting the rules ready on this server: once, and up to a minute if they have just changed.")
    if session.advance(PATIENCE):
        slot.empty()
        return
    with slot.container():
        st.markdown(f"**On the way to day {session.target}**  \nThe days are lived again: same settings, same luck.")
        bar = st.progress(session.progress)
        st.button("Stop here", key="stop", icon=":material/stop:", on_click=session.stop)
    while not session.advance(SLICE):
        bar.progress(session.progress, f"Day {session.engine.day} of {session.target}")
    slot.empty()


def _start() -> None:
    run, draft = _here()
    with Boundary("start this run", run.tell):
        _session().start(draft.scenario)
        _close()


def _act(kind: Callable[..., Intervention], fields: dict[str, Any]) -> str:
    """Carry out an order; what is wrong with it, in words."""
    told: list[str] = []
    with Boundary("do that", lambda title, text: told.append(text)):
        try:
            session = _session()
            session.intervene(kind(day=session.engine.day + 1, **fields))
        except ValidationError as error:
            raise SettingError(explain(error)) from None
    return "".join(told)


def _blocked(run: Session | Opening) -> str:
    """Why nothing can be done to the community now; "" if it can."""
    if not run.finished:
        return ""
    return "This run is finished. Start a new run, then act while it lives."


def _edit() -> None:
    st.session_state["editing"] = True


def _close() -> None:
    st.session_state["editing"] = False


VIEW = View("Community", "community", 1, show)
