"""The full form of minds: who lives by a language model, where it is, how it is asked, and what it may cost.

The next run takes it over on "Use for the next run". A key is held in this tab's memory and goes nowhere else.
"""

import html
from collections.abc import Callable
from typing import Any

import streamlit as st

from dashboard import endpoint
from dashboard.casting import Casting, minds_words
from dashboard.draft import Draft
from dashboard.failure import Boundary
from dashboard.library import library
from dashboard.minds_form import MOST, Form, ModelRow, Read, addresses, recordable
from dashboard.taking import estimate_words
from dashboard.typed import Fields, complain
from sim.errors import SettingError
from sim.interview import Terms
from sim.models import Record
from sim.prompts.texts import phrasings
from sim.providers.budget import Caps
from sim.providers.endpoints import Endpoints
from sim.providers.prices import Prices

WHO = {"all": "All residents", "share": "A share of each group", "groups": "Group by group"}
PROTOCOLS = {"lean": "Lean: two questions a day", "full": "Full: one a phase, as in CIVA"}
PAUSES = "Checked before each call. The run pauses there with everything kept; a higher cap lets it go on."

Use = Callable[[Casting, Terms], None]


def form(draft: Draft) -> Form:
    """What is typed in this tab; at first as the draft has it."""
    if "minds_form" not in st.session_state:
        first = st.session_state["minds_form"] = Form()
        first.models[0].base_url = next(iter(addresses(Endpoints.from_environment())), "")
        first.take(draft.casting)
    found: Form = st.session_state["minds_form"]
    return found


def under(draft: Draft, run: str, caps: Caps) -> None:
    """A run was opened that has been asked under these caps: it goes on under them, until they are changed here."""
    if st.session_state.get("minds_under") != run:
        st.session_state["minds_under"] = run
        form(draft).hold(caps)


def terms(draft: Draft) -> Terms:
    """On which terms this tab has models asked. SettingError if what is typed is none."""
    read = form(draft).read(draft, Endpoints.from_environment(), _records(draft))
    if read.terms is None:
        raise SettingError("; ".join(read.wrong.values()))
    return read.terms


def editor(draft: Draft, use: Use, close: Callable[[], None]) -> None:
    """The form. `use`: take over what is typed; `close`: go back to the run."""
    endpoint.keys()
    work, endpoints = form(draft), Endpoints.from_environment()
    read = work.read(draft, endpoints, _records(draft))
    fields = Fields(f"minds{work.version}", read.wrong)
    _head(draft, read, use, close)
    if not endpoints.allowed:
        complain(endpoint.CLOSED)
        return
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        _who(draft, work, fields)
        shown = work.models if work.who == "groups" else work.models[:1]
        for k, row in enumerate(shown):
            _model(work, row, k, fields, endpoints)
        if work.who == "groups" and len(work.models) < MOST:
            st.button("Another model", key="minds_add", icon=":material/add:", on_click=work.add)
    with right:
        endpoint.caps(fields, work, PAUSES)
        _estimate(draft, read)


def _head(draft: Draft, read: Read, use: Use, close: Callable[[], None]) -> None:
    said = "not complete"
    if read.casting:
        said = minds_words(draft.scenario.with_(**read.casting.cast(draft.mix)))
    st.html(
        f'<div class="cw-head cw-title"><h1>Minds of the next run: {html.escape(said)}</h1>'
        "<span>caps and key hold for a run that asks already, too</span></div>"
    )

    def take() -> None:
        if read.casting and read.terms:
            use(read.casting, read.terms)

    with st.container(horizontal=True, gap="xsmall", key="minds_buttons"):
        ready = read.casting is not None and read.terms is not None
        st.button("Use for the next run", disabled=not ready, on_click=take, icon=":material/check:", key="minds_use")
        st.button("Back without change", on_click=close, type="tertiary", key="minds_back")


def _who(draft: Draft, work: Form, fields: Fields) -> None:
    st.subheader("Who lives by a language model", anchor=False)
    fields.radio(work, "who", "Who", WHO)
    if work.who == "share":
        fields.number(work, "share", "Share, in %", step=5.0)
    if work.who == "groups":
        work.minds += ["scripted"] * (len(draft.mix) - len(work.minds))
        kept = _kept(draft)
        names = ["scripted", *(row.name for row in work.models), *kept]
        called = {"scripted": "Scripted"} | {row.name: row.model or row.name for row in work.models}
        called |= {name: f"As recorded in {title}" for name, (_, title) in kept.items()}
        for column, (g, group) in zip(_columns(len(draft.mix)), enumerate(draft.mix)):
            with column:
                key = f"minds{work.version}_group{g}"
                at = names.index(work.minds[g]) if work.minds[g] in names else 0
                label = f"{group.share:g} % {group.label}"
                st.selectbox(label, names, at, lambda n: called[n], key, on_change=_grouped, args=(work, g, key))
    if fault := fields.wrong.get("minds"):
        complain(fault)


def _kept(draft: Draft) -> dict[str, tuple[Record, str]]:
    """Kept runs by whose answers groups can live, with their titles."""
    here = library()
    return recordable(here.entries(), draft.scenario.seed) if here else {}


def _records(draft: Draft) -> list[Record]:
    return [record for record, _ in _kept(draft).values()]


def _columns(count: int) -> list[Any]:
    rows = [st.columns(2, gap="small") for _ in range(-(-count // 2))]
    return [column for row in rows for column in row]


def _grouped(work: Form, g: int, key: str) -> None:
    work.minds[g] = st.session_state[key]


def _model(work: Form, row: ModelRow, k: int, fields: Fields, endpoints: Endpoints) -> None:
    st.subheader(f"Model {k + 1}" if k or work.who == "groups" else "The model", anchor=False)
    left, right = st.columns(2, gap="small")
    with left:
        endpoint.address(fields, row, endpoints, k)
        fields.select(row, "protocol", "Protocol", list(PROTOCOLS), k, words=PROTOCOLS)
        fields.number(row, "temperature", "Temperature", k, placeholder="as the endpoint has it", step=0.1)
    with right:
        endpoint.named(fields, row, k)
        fields.select(row, "phrasing", "How values are put to it", list(phrasings()), k, words={})
        fields.number(row, "max_tokens", "Longest answer, tokens", k, step=100)
    endpoint.prices(fields, row, k)
    endpoint.access(row, k, endpoints)


def _estimate(draft: Draft, read: Read) -> None:
    st.subheader("The whole run takes about", anchor=False)
    if read.casting is None or read.terms is None:
        st.caption("Told as soon as the form is complete.")
        return
    scenario = draft.scenario.with_(**read.casting.cast(draft.mix))
    with Boundary("estimate this run"):
        estimate_words(scenario, Prices(read.terms.prices))
