"""Community: one live community. Settings of the next run and acts on this one at the side, the cockpit beside them."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from pydantic import ValidationError

from dashboard import act, mix, sidebar
from dashboard.components.cockpit import cockpit
from dashboard.draft import Draft
from dashboard.failure import Boundary
from dashboard.limits import limits
from dashboard.opening import opened
from dashboard.session import Session
from dashboard.view import View
from sim.errors import SettingError
from sim.interventions import Intervention
from sim.mind import minds
from sim.preset import presets
from sim.scenario import explain

KEY = "cockpit"
PATIENCE = 0.8  # seconds a visitor waits before being told for what
SLICE = 0.25  # seconds of work between two signs of life


def show() -> None:
    """The page, top to bottom."""
    session, draft = _here()
    st.session_state["shown"] = _outside(session)
    if session.presentation != st.session_state.get("presenting", False):
        st.session_state["presenting"] = session.presentation
        st.rerun()

    with st.sidebar:
        st.html('<a class="cw-skip" href="#community">Skip to the community</a>')
        sidebar.next_run(draft, presets(), list(minds()), start=lambda: _start(session, draft), edit=_edit)
        st.divider()
        act.act_now(session.factories, _blocked(session), lambda kind, fields: _act(session, kind, fields))

    if st.session_state.get("editing"):
        session.forget()
        mix.editor(draft, session.engine.day, close=_close)
        return
    with st.container(gap=None):
        with Boundary("live the days up to this one", session.tell):
            _wait(session)
        st.html('<div id="community"></div>')
        _live(session, draft)


def _here() -> tuple[Session, Draft]:
    """This tab's session, opened from the page's address the first time."""
    if "session" not in st.session_state:
        query = {key: st.query_params.get_all(key) for key in st.query_params}
        st.session_state["session"], st.session_state["draft"] = opened(query, limits())
    return st.session_state["session"], st.session_state["draft"]


@st.fragment
def _live(session: Session, draft: Draft) -> None:
    """The cockpit. A question of the page reruns this alone, and the cockpit's new data are the answer."""
    with Boundary("live the next day", session.tell):
        session.advance(SLICE)
    if st.session_state["shown"] != _outside(session):
        st.rerun()  # what the sidebar says has changed with the run
    with Boundary("show this day"):
        cockpit(session.message(draft.scenario), key=KEY, on_ask=lambda: _heard(session, draft))
        session.delivered()
    if session.waiting:
        st.rerun(scope="fragment")


def _heard(session: Session, draft: Draft) -> None:
    with Boundary("do that", session.tell):
        session.ask(st.session_state[KEY].get("ask"), draft.scenario)


def _outside(session: Session) -> tuple[str, bool, bool]:
    """What the page outside the cockpit depends on."""
    return session.run, session.finished, session.presentation


def _wait(session: Session) -> None:
    """Live the days that were asked for; a longer wait says for what, how far it is, and can be stopped."""
    slot = st.empty()
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


def _start(session: Session, draft: Draft) -> None:
    with Boundary("start this run", session.tell):
        session.start(draft.scenario)
        _close()


def _act(session: Session, kind: Callable[..., Intervention], fields: dict[str, Any]) -> str:
    """Carry out an order; what is wrong with it, in words."""
    told: list[str] = []
    with Boundary("do that", lambda title, text: told.append(text)):
        try:
            session.intervene(kind(day=session.engine.day + 1, **fields))
        except ValidationError as error:
            raise SettingError(explain(error)) from None
    return "".join(told)


def _blocked(session: Session) -> str:
    """Why nothing can be done to the community now; "" if it can."""
    if not session.finished:
        return ""
    return "This run is finished. Start a new run, then act while it lives."


def _edit() -> None:
    st.session_state["editing"] = True


def _close() -> None:
    st.session_state["editing"] = False


VIEW = View("Community", "community", 1, show)
