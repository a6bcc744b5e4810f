"""Have a model judge a kept run: what that takes first, then in the background, beside whatever else is looked at."""

import html
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard import endpoint, taking
from dashboard.asker import in_words
from dashboard.failure import Boundary
from dashboard.judged import JudgedLines
from dashboard.judging import Judging
from dashboard.kept.judge_form import Form, Read
from dashboard.minds_form import addresses
from dashboard.session import Session
from dashboard.typed import Fields, complain
from sim.estimate import Estimate
from sim.judge.batch import Batch
from sim.judging import estimate, labels, outstanding
from sim.models import Model
from sim.providers.endpoints import Endpoints
from sim.providers.keys import Keys
from sim.providers.prices import Price, Prices
from sim.runs.entry import Entry
from sim.runs.judgements import opinions
from sim.runs.stored import Stored
from sim.speech.names import names

BEAT = 0.5  # seconds between two looks
STOPS = "Checked before each call. What was judged by then is kept; judging again asks only the rest."
ABOUT = (
    "A strong model reads what was said and done, and labels the behaviours that the detectors look for, as the "
    "authors of CIVA had it done. It sees no value, no plan and no label of a detector."
)


def section(path: Path, entry: Entry) -> None:
    """What is in the fold: the form, or how far a judge is that is at work, and how the last one ended."""
    at_work = _at_work()
    mine = at_work if at_work is not None and at_work.path == path else None
    busy = at_work is not None and at_work.busy
    if mine is not None and not busy:
        _finished(mine, entry.id)
    told = st.session_state.get("judge_told", ("", ""))
    if told[0] == path.name:
        st.html(f'<div role="status" class="cw-told">{html.escape(told[1])}</div>')
    if mine is not None and busy:
        progress()
    elif busy:
        st.caption("A judge is at work on another run of yours, and can be stopped there.")
    else:
        _form(path, entry)


def _form(path: Path, entry: Entry) -> None:
    endpoint.keys()
    work, endpoints = _typed(), Endpoints.from_environment()
    read = work.read(endpoints, max(1, entry.last))
    fields = Fields("judge", read.wrong)
    st.caption(ABOUT)
    if not endpoints.allowed:
        complain(endpoint.CLOSED)
        return
    endpoint.address(fields, work.row, endpoints)
    endpoint.named(fields, work.row)
    endpoint.access(work.row, "_judge", endpoints)
    left, right = st.columns(2, gap="small")
    with left:
        fields.number(work, "first", "From day", step=1)
    with right:
        fields.number(work, "last", "To day", step=1, placeholder="the last")
    endpoint.prices(fields, work.row)
    st.subheader("It takes about", anchor=False)
    if read.model is None or read.terms is None:
        st.caption("Told as soon as the form is complete.")
    else:
        with Boundary("estimate this"):
            _offer(path, entry, read, read.model)
    endpoint.caps(fields, work, STOPS)


def _offer(path: Path, entry: Entry, read: Read, model: Model) -> None:
    assert read.terms is not None
    asked, found = _asked(path, entry.modified, model, *read.days, tuple(read.terms.prices.items()))
    if not asked:
        st.caption(f"{model.model} has judged these days already.")
        return
    taking.figures(found)
    st.caption(" ".join(found.basis).replace("$", r"\$"))
    st.button(
        f"Judge: ask {len(asked):,} {'question' if len(asked) == 1 else 'questions'}", key="judge_go", type="primary",
        icon=":material/gavel:", on_click=_begin, args=(path, list(asked), read),
    )  # fmt: skip
    st.caption(in_words(read.terms.caps).replace("$", r"\$") or "No cap is set.")


@lru_cache(8)
def _asked(
    path: Path, modified: float, model: Model, first: int, last: int, own: tuple[tuple[str, Price], ...]
) -> tuple[tuple[Batch, ...], Estimate]:
    """The questions and what they take. `modified`: of the file, so that a change is seen."""
    with Stored(path) as run:
        asked = outstanding(run, opinions(path), model.model, first, last)
        return tuple(asked), estimate(asked, labels(run, asked), model, Prices(dict(own)))


def _begin(path: Path, asked: list[Batch], read: Read) -> None:
    at_work = _at_work()
    if (at_work is not None and at_work.busy) or read.model is None or read.terms is None:
        return
    st.session_state.pop("judge_told", None)
    with Boundary("have this run judged", lambda title, text: _tell(path, f"{title}. {text}")):
        with Stored(path) as run:
            residents = names(run.facts.scenario.seed, len(run.day(run.last).alive))
        keys = Keys(endpoint.keys())
        st.session_state["judging"] = Judging(path, asked, residents, read.model, read.terms, keys, _tab())


@st.fragment(run_every=BEAT)
def progress() -> None:
    """How far it is. Once it has ended, the whole page is drawn anew."""
    at_work = _at_work()
    if at_work is None or not at_work.busy:
        st.rerun()
    now = at_work.progress()
    st.progress(now.done / max(1, now.whole), f"{now.done:,} of {now.whole:,} questions answered")
    money = "" if now.spent.money is None else f" · \\${now.spent.money:,.4f}"
    lost = f" · {now.lost:,} without a usable answer" if now.lost else ""
    st.caption(f"{now.labels:,} labels · {now.spent.calls:,} calls · {now.spent.tokens:,} tokens{money}{lost}")
    st.button("Stop", key="judge_stop", icon=":material/stop:", on_click=_stop, args=(at_work,))


def _stop(at_work: Judging) -> None:
    at_work.stop()
    at_work.wait(BEAT)  # so that the next page shows what came of it


def _finished(at_work: Judging, run: str) -> None:
    """Say how it ended, once drawn; the run that is open on the Community page shows the new labels, too."""
    del st.session_state["judging"]
    if at_work.error is not None:
        raise at_work.error
    _tell(at_work.path, at_work.told)
    match st.session_state.get("session"):
        case Session(shown=shown) as session if shown.keeper.id == run:
            shown.judged = JudgedLines(opinions(at_work.path).judgements)
            session.forget()


def _tell(path: Path, words: str) -> None:
    """How a judging ended, or why it could not begin: said beside that run until the next one."""
    st.session_state["judge_told"] = path.name, words


def _at_work() -> Judging | None:
    found: Judging | None = st.session_state.get("judging")
    return found


def _typed() -> Form:
    if "judge_form" not in st.session_state:
        first = st.session_state["judge_form"] = Form()
        first.row.base_url = next(iter(addresses(Endpoints.from_environment())), "")
    found: Form = st.session_state["judge_form"]
    return found


def _tab() -> Callable[[], bool]:
    """Whether this tab is still open."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return lambda: True
    identity = context.session_id
    return lambda: runtime.get_instance().is_active_session(identity)
