"""Community: one live community. Settings of the next run and acts on this one at the side, the cockpit beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st
from pydantic import ValidationError

from dashboard import act, mix, sidebar
from dashboard.casting import Casting, Who
from dashboard.components.cockpit import cockpit
from dashboard.draft import Draft
from dashboard.failure import Boundary
from dashboard.going import go
from dashboard.limits import limits
from dashboard.opening import Opening, opened
from dashboard.question import Question
from dashboard.view import View
from sim.errors import SettingError
from sim.interventions import Intervention, Remove
from sim.preset import presets
from sim.providers.prices import Prices
from sim.scenario import explain

if TYPE_CHECKING:
    from dashboard.asker import Agreement
    from dashboard.seat import Around
    from dashboard.session import Session
    from sim.asking import Request
    from sim.interview import Terms

KEY = "cockpit"
PATIENCE = 0.8  # seconds a visitor waits before being told for what
SLICE = 0.25  # seconds of work between two signs of life
TO_LAB = "An illustration: as many agents, the share that values Benevolence, and the weight of Conformity as beta"
BEAT = 0.5  # seconds between two looks at residents who are being asked


def show() -> None:
    """The page. What is ready is put on it first; beside a run that is still to be lived, the settings are."""
    run, draft = _here()
    st.session_state["shown"] = _outside(run)
    if not isinstance(run, Opening) and run.shown.caps is not None:
        from dashboard import minds

        minds.under(draft, run.run, run.shown.caps)
    first = st.session_state.pop("asking_first", "")
    st.session_state["whole"] = True
    if run.presentation != st.session_state.get("presenting", False):
        st.session_state["presenting"] = run.presentation
        st.rerun()
    for part in (_side, _body) if run.waiting else (_body, _side):
        part(run, draft)
    if first:
        _ask_first(first, draft)


def _side(run: Session | Opening, draft: Draft) -> None:
    """Settings of the next run, and acts on this one."""
    with st.sidebar:
        st.html('<a class="cw-skip" href="#community">Skip to the community</a>')
        if not isinstance(run, Opening) and (asked := run.place()):
            _place(run, *asked)
        sidebar.next_run(draft, presets(), _minds(run), start=_start, edit=_edit, edit_minds=_edit_minds)
        st.divider()
        act.act_now(run.factories, _blocked(run), _act)
        if run.unkept:
            st.download_button(
                "Download this run", lambda: _session().content(), f"{run.run}.sqlite", "application/vnd.sqlite3",
                key="download_run", icon=":material/download:", on_click="ignore", width="stretch",
            )  # fmt: skip
        if st.button("Open in the conformity lab", key="to_lab", help=TO_LAB, type="tertiary"):
            from dashboard.conformity.borrowed import query

            with Boundary("open this community in the lab"):
                world = _session().engine.world
                go("conformity", **query(world.weights, world.alive))


def _body(run: Session | Opening, draft: Draft) -> None:
    """The cockpit, or the full form of the value mix in its place."""
    if editing := st.session_state.get("editing"):
        session = _session()
        session.forget()
        if editing == "minds":
            from dashboard import minds

            minds.editor(draft, use=_use_minds, close=_close)
        else:
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
    whole = st.session_state.pop("whole", False)  # run with the page, which it cannot have run again by itself
    with Boundary("live the next day", run.tell):
        run.advance(BEAT if run.asks else SLICE)
    if st.session_state["shown"] != _outside(run) or "asking_first" in st.session_state:
        st.rerun()  # what the sidebar says has changed with the run
    with Boundary("show this day"):
        cockpit(run.message(draft.scenario), key=KEY, on_ask=_heard)
        run.delivered()
    if run.waiting and not whole:
        st.rerun(scope="fragment")


def _heard() -> None:
    run, draft = _here()
    state = st.session_state.get(KEY)
    if not state:
        return  # it asked while another page or form took its place
    with Boundary("do that", run.tell):
        question = state.get("ask")
        if Question(question).kind == "new" and draft.scenario.models:
            _start()
            return
        session = _session()
        session.ask(question, draft.scenario)
        if session.unagreed:
            session.unagreed = False
            st.session_state["asking_first"] = "go on"


def _outside(run: Session | Opening) -> tuple[object, ...]:
    """What the page outside the cockpit depends on."""
    asked = None if isinstance(run, Opening) else run.place()
    return run.run, run.finished, run.presentation, asked and asked[0].place


def _place(session: Session, request: Request, around: Around) -> None:
    """What the person is asked who has taken a resident's place."""
    from dashboard import place

    assert session.asker is not None
    place.form(request, around, session.asker.seat.say)
    st.divider()


def _wait(session: Session | Opening) -> None:
    """Live the days that were asked for; a longer wait says for what, how far it is, and can be stopped."""
    slot = st.empty()
    if isinstance(session, Opening) or session.asks:
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
    """Begin the next run; one that asks a language model says first what that takes."""
    run, draft = _here()
    with Boundary("start this run", run.tell):
        if draft.scenario.models:
            from dashboard import minds, taking

            terms = minds.terms(draft)
            if taking.costs(taking.of(draft.scenario, Prices(terms.prices))):
                st.session_state["asking_first"] = "new"
                return
        _begin("new")


def _begin(what: str) -> None:
    """Begin the next run, or go on with the one shown, its models asked on this tab's terms."""
    run, draft = _here()
    with Boundary("start this run" if what == "new" else "go on", run.tell):
        session = _session()
        agreement = _agreement(draft) if draft.scenario.models or what != "new" else None
        if what == "new":
            session.start(draft.scenario, agreement=agreement)
        elif agreement:
            session.agree(agreement)
            session.live_on()
        _close()


def _agreement(draft: Draft) -> Agreement:
    from dashboard import endpoint, minds
    from dashboard.asker import Agreement

    return Agreement.of(minds.terms(draft), endpoint.keys())


def _ask_first(what: str, draft: Draft) -> None:
    """The window that says what a run with a language model takes."""
    from dashboard import minds, taking
    from dashboard.asker import in_words

    session = _session()
    new = what == "new"
    note = "" if new else f"Days 0 to {session.engine.day} are on record and cost nothing again."
    with Boundary("say what this run takes"):
        terms = minds.terms(draft)
        taking.ask(
            "Start a run with a language model?" if new else "Go on asking the language model?",
            "Start it" if new else "Go on", draft.scenario if new else session.scenario, Prices(terms.prices),
            in_words(terms.caps), begin=lambda: _begin(what), edit=_edit_minds, note=note,
        )  # fmt: skip


def _use_minds(casting: Casting, terms: Terms) -> None:
    """Take over what the form of minds says; its terms hold for a run that asks already, too."""
    run, draft = _here()
    with Boundary("use these minds", run.tell):
        draft.take_minds(casting)
        draft.version += 1
        if not isinstance(run, Opening) and run.agreement is not None:
            run.agree(_agreement(draft))
        _close()


def _act(kind: Callable[..., Intervention], fields: dict[str, Any]) -> str:
    """Carry out an order; what is wrong with it, in words."""
    told: list[str] = []
    with Boundary("do that", lambda title, text: told.append(text)):
        try:
            session = _session()
            order = kind(day=session.engine.day + 1, **fields)
            living = int((session.engine.world.alive > 0).sum())
            if isinstance(order, Remove) and order.count > living:
                raise SettingError(f"count: must be at most {living:,}, as many as are alive")
            session.intervene(order)
        except ValidationError as error:
            raise SettingError(explain(error)) from None
    return "".join(told)


def _blocked(run: Session | Opening) -> str:
    """Why nothing can be done to the community now; "" if it can."""
    if not run.finished:
        return ""
    return "This run is finished. Start a new run, then act while it lives."


def _edit() -> None:
    st.session_state["editing"] = "mix"


def _edit_minds(who: Who | None = None) -> None:
    """Open the form of minds; `who`: what it is to begin with."""
    from dashboard import minds

    _, draft = _here()
    form = minds.form(draft)
    if who is not None and not (who == "share" and form.who == "groups"):
        form.who, form.version = who, form.version + 1
    st.session_state["editing"] = "minds"


def _close() -> None:
    st.session_state["editing"] = ""


VIEW = View("Community", "community", 1, show)
