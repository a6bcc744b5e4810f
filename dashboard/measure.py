"""Measuring a model of one's own on the Conformity page: the form, its estimate and caps, and how far the asking is."""

import html
from collections.abc import Callable

import streamlit as st

from dashboard import endpoint
from dashboard.asker import in_words
from dashboard.conformity.measure_form import OPINION, PLAN, Form, Read, price_of, told
from dashboard.conformity.measuring import Measuring, Progress
from dashboard.failure import Boundary
from dashboard.measurements import tell
from dashboard.minds_form import addresses
from dashboard.typed import Fields, complain
from sim.conformity.estimate import BASIS
from sim.providers.endpoints import Endpoints
from sim.providers.keys import Keys

BEAT = 0.4  # seconds between two looks at what is asked
STOPS = "Checked before each call. It ends there with what was answered; the same questions go on from those answers."


def form(told_before: Callable[[], None], back: Callable[[], None]) -> None:
    """The form. `told_before`: says what is still to be said; `back`: to the lab."""
    endpoint.keys()
    work, endpoints = _typed(), Endpoints.from_environment()
    read = work.read(endpoints)
    fields = Fields("measure", read.wrong)
    st.html('<div class="cw-head cw-title"><h1>Measure how a model follows a majority</h1>'
            "<span>the protocol of De Marzo et al. unless changed</span></div>")  # fmt: skip
    st.button("Back to the lab", key="measure_back", type="tertiary", icon=":material/arrow_back:", on_click=back)
    told_before()
    if not endpoints.allowed:
        complain(endpoint.CLOSED)
        return
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        _question(work, fields)
        _model(work, fields, endpoints)
    with right:
        _estimate(work, read)
        if "measuring" in st.session_state:
            progress()
        else:
            count = f"Ask {read.foreseen.calls:,} questions" if read.foreseen else "Ask the model"
            st.button(count, key="measure_go", type="primary", disabled=read.plan is None, icon=":material/play_arrow:",
                      on_click=_begin, args=(read,))  # fmt: skip
            st.caption(in_words(read.terms.caps) or "No cap is set." if read.terms else "The form is not complete yet.")
        endpoint.caps(fields, work, STOPS)


def _typed() -> Form:
    if "measure_form" not in st.session_state:
        first = st.session_state["measure_form"] = Form()
        first.row.base_url = next(iter(addresses(Endpoints.from_environment())), "")
    found: Form = st.session_state["measure_form"]
    return found


def _question(work: Form, fields: Fields) -> None:
    st.subheader("Two opinions", anchor=False)
    left, right = st.columns(2, gap="small")
    with left:
        fields.words(work, "plus", "Opinion +1", longest=OPINION, placeholder="trains are better")
    with right:
        fields.words(work, "minus", "Opinion \u22121", longest=OPINION, placeholder="buses are better")
    st.caption(
        "A member is told what all others declare and declares one opinion. Names are drawn anew each time; the order "
        "of naming and four wordings get equal shares, and what they change is reported."
    )
    for names in (("members", "points", "answers"), ("alone", "seed")):
        for column, name in zip(st.columns(3, gap="small"), names):
            with column:
                label, low, _ = PLAN[name]
                fields.number(work, name, label, step=10 if low < 2 and name != "seed" else 1)


def _model(work: Form, fields: Fields, endpoints: Endpoints) -> None:
    st.subheader("The model", anchor=False)
    left, right = st.columns(2, gap="small")
    with left:
        endpoint.address(fields, work.row, endpoints)
        fields.number(work.row, "temperature", "Temperature", placeholder="as the endpoint has it", step=0.1)
    with right:
        endpoint.named(fields, work.row)
        fields.number(work.row, "max_tokens", "Longest answer, tokens", step=50)
    endpoint.prices(fields, work.row)
    endpoint.access(work.row, "_lab", endpoints)


def _estimate(work: Form, read: Read) -> None:
    st.subheader("It takes about", anchor=False)
    if read.foreseen is None:
        st.caption("Told as soon as the two opinions and the numbers are there.")
        return
    _figures(told(read.foreseen, price_of(work, read.model)))
    with st.expander("What this rests on"):
        st.html("<br>".join(html.escape(sentence) for sentence in BASIS))


def _begin(read: Read) -> None:
    if read.plan is None or read.model is None or read.terms is None or "measuring" in st.session_state:
        return
    with Boundary("ask this model", lambda title, text: tell(f"{title}. {text}")):
        st.session_state["measuring"] = Measuring(read.plan, read.model, read.terms, Keys(endpoint.keys()))


@st.fragment(run_every=BEAT)
def progress() -> None:
    """How far it is. Looked at, it goes on; ended, the whole page is drawn anew."""
    under_way: Measuring | None = st.session_state.get("measuring")
    if under_way is None:
        return
    now = under_way.look()
    if not under_way.busy:
        st.rerun()
    st.progress(now.done / max(1, now.whole), f"{now.done:,} of {now.whole:,} questions answered")
    st.caption(_spent(now))
    st.button("Stop", key="measure_stop", icon=":material/stop:", on_click=_stop, args=(under_way,))


def _stop(under_way: Measuring) -> None:
    under_way.stop()
    under_way.wait(BEAT)  # so that the next page shows what came of it


def _spent(now: Progress) -> str:
    money = "" if now.spent.money is None else f" · ${now.spent.money:,.4f}"
    left = "" if now.seconds is None else f" · about {max(1, round(now.seconds)):,} s left"
    lost = f" · {now.lost:,} without an answer" if now.lost else ""
    return f"{now.spent.calls:,} calls · {now.spent.tokens:,} tokens{money}{left}{lost}".replace("$", r"\$")


def _figures(figures: dict[str, str]) -> None:
    cells = "".join(f"<div><small>{html.escape(k)}</small><b>{html.escape(v)}</b></div>" for k, v in figures.items())
    st.html(f'<div class="cw-figures">{cells}</div>')
