"""Compare: two to four kept runs on one time axis, where they part, what was different, and whether that is luck."""

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.comparing import Comparing
from dashboard.components.compare import compare
from dashboard.failure import Boundary, panel
from dashboard.library import OFF, library
from dashboard.limits import limits
from dashboard.view import View
from sim.runs.comparison import FEWEST, MOST
from sim.runs.entry import Entry
from sim.runs.library import Library

KEY = "compare"
CHOSEN = "compared"  # of the session: ids of the runs chosen
SAID = "compared_said"  # of the session: the same, as the address says it
SLICE = 0.4  # seconds of repetitions between two signs of life


def show() -> None:
    """The page, top to bottom."""
    kept = library()
    if kept is None:
        _say("No runs to compare", OFF)
        return
    known = {entry.id: entry for entry in kept.entries() if entry.id}
    entries = {identity: entry for identity, entry in known.items() if not entry.damaged}
    missing = _from_address(entries)
    with st.sidebar:
        chosen = _choose(entries)
    for identity in missing:
        gone = f"There is no run {identity[:12]} in this library: it was deleted, or the address is of another library."
        panel("One of these runs cannot be shown", known[identity].damaged if identity in known else gone)
    if len(chosen) < FEWEST:
        _close()
        _empty(entries, len(chosen))
        return
    with st.container(gap=None), Boundary("compare these runs"):
        _live(_comparing(kept, chosen))


def _from_address(entries: dict[str, Entry]) -> list[str]:
    """Take up what the address says, if it is news: `?runs=id1,id2&day=12`. The runs it names that are not here."""
    said = st.query_params.get("runs") or st.session_state.get(SAID, "")  # back from another page: as it was left
    ids = list(dict.fromkeys(part for part in said[:200].split(",") if part))
    if CHOSEN not in st.session_state or said != st.session_state.get(SAID):
        st.session_state[CHOSEN] = [one for one in ids if one in entries][:MOST]
    st.session_state[SAID] = said
    if said:
        st.query_params["runs"] = said
    return [one for one in ids if one not in entries][:MOST]


def _choose(entries: dict[str, Entry]) -> list[str]:
    st.html('<div class="cw-head"><h2>Runs on this page</h2></div>')
    chosen: list[str] = st.multiselect(
        "Two to four runs",
        list(entries),
        key=CHOSEN,
        max_selections=MOST,
        format_func=lambda identity: _title(entries[identity]),
        placeholder="Search by title or seed",
        on_change=lambda: _tell_address(st.session_state[CHOSEN]),
    )
    st.caption("The first is A; differences are to it.")
    return chosen


def _title(entry: Entry) -> str:
    return f"{entry.title} · {entry.last} days · seed {entry.seed} · {entry.id[:4]}"


def _tell_address(ids: Sequence[str]) -> None:
    if ids:
        st.query_params["runs"] = ",".join(ids)
    else:
        st.query_params.pop("runs", None)
    st.query_params.pop("day", None)
    st.session_state[SAID] = ",".join(ids)


def _comparing(kept: Library, ids: Sequence[str]) -> Comparing:
    """This tab's comparison, opened anew when other runs are chosen."""
    now: Comparing | None = st.session_state.get("comparing")
    if now is None or now.key != ",".join(ids):
        _close()
        now = Comparing([kept.path(identity) for identity in ids], limits())
        day = st.query_params.get("day", "")
        if day.isascii() and day.isdigit():
            now.show(int(day[:9]))
        st.session_state["comparing"] = now
    now.forget()
    return now


def _close() -> None:
    past: Comparing | None = st.session_state.pop("comparing", None)
    if past is not None:
        past.close()


@st.fragment
def _live(comparing: Comparing) -> None:
    """The live part. A question of the page reruns this alone, and the new data are the answer."""
    with Boundary("repeat these runs", comparing.tell):
        comparing.advance(SLICE)
    with Boundary("show this comparison"):
        compare(comparing.message(), key=KEY, on_ask=_heard(comparing))
        st.query_params["day"] = str(comparing.day)


def _heard(comparing: Comparing) -> Callable[[], None]:
    def heard() -> None:
        if state := st.session_state.get(KEY):  # it may ask while another page takes its place
            with Boundary("do that", comparing.tell):
                comparing.ask(state.get("ask"))

    return heard


def _empty(entries: dict[str, Entry], chosen: int) -> None:
    """What to do while there is nothing to compare."""
    if len(entries) < FEWEST:
        have = "one run is" if entries else "no run is"
        _say(
            "Two futures, side by side",
            f"So far {have} kept here. Every run of the Community page is kept as it is lived; use “Branch here” on "
            "any of its days to start another future from there, then come back.",
        )
        return
    _say(
        "Two futures, side by side" if not chosen else "One more run is needed",
        "Choose two to four runs at the side: they are drawn on one time axis, with the day on which they part, what "
        "was different on it, and a test whether the difference is luck.",
    )
    newest = list(entries.values())[:FEWEST]
    st.button(
        "Compare the two newest",
        help=" and ".join(entry.title for entry in newest),
        on_click=lambda: _take([entry.id for entry in newest]),
    )


def _take(ids: list[str]) -> None:
    st.session_state[CHOSEN] = ids
    _tell_address(ids)


def _say(title: str, words: str) -> None:
    st.html(f'<div class="cw-title"><h1>{title}</h1></div>')
    st.text(words)


VIEW = View("Compare", "compare", 2, show)
