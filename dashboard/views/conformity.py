"""Conformity: a population that follows its majority, and where that locks it in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from dashboard import measurements
from dashboard.components.conformity import conformity
from dashboard.conformity import address
from dashboard.conformity.fits import Fits
from dashboard.conformity.lab import Lab
from dashboard.failure import Boundary
from dashboard.typed import complain
from dashboard.view import View
from sim.errors import SettingError

KEY = "conformity"
SLICE = 0.25  # seconds of a loop between two signs of life


def show() -> None:
    """The page: own measurements and fits at the side; beside them the live lab, or a measurement in its place."""
    lab = _lab()
    measurements.settle()
    with st.sidebar:
        _side(lab)
    lab.show_measured(measurements.in_plane())
    lab.forget()
    if not measurements.body(partial(_let_live, lab)):
        with st.container(gap=None):
            _live(lab)


def _let_live(lab: Lab, beta: float, h: float) -> None:
    """Back to the lab, its agents as they were measured."""
    measurements.close()
    lab.change({"beta": round(beta, 2), "h": round(h, 2)})


def _lab() -> Lab:
    """This tab's lab, opened from the address the first time and when a link leads to another one."""
    query = {name: st.query_params[name] for name in st.query_params}
    lab: Lab | None = st.session_state.get("lab")
    if lab is None or (query and not lab.knows(urlencode(query))):
        lab = st.session_state["lab"] = Lab(address.read(query))
    return lab


@st.fragment
def _live(lab: Lab) -> None:
    """The live part. A question of the page reruns this alone, and the new data are the answer."""
    with Boundary("go on with this loop", lab.tell):
        lab.advance(SLICE)
    with Boundary("show this population"):
        conformity(lab.message(), key=KEY, on_ask=_heard(lab))


def _heard(lab: Lab) -> Callable[[], None]:
    def heard() -> None:
        if state := st.session_state.get(KEY):  # it may ask while another page or form takes its place
            with Boundary("do that", lab.tell):
                lab.ask(state.get("ask"))

    return heard


def _side(lab: Lab) -> None:
    """What the page is about, the visitor's own measurements and fits."""
    st.html('<div class="cw-head"><h2>The model</h2></div>')
    st.html(
        '<p class="cw-said">One agent at a time sees all the others and declares +1 or \u22121. It follows the '
        "majority with force <b>beta</b> and its own bias <b>h</b>: it says +1 with probability "
        "[tanh(beta (m + h)) + 1] / 2, where m is the mean opinion it sees.</p>"
    )
    st.caption("De Marzo et al. 2026, arXiv 2605.10721")
    st.divider()
    measurements.side()
    st.divider()
    st.html('<div class="cw-head"><h2>Your own files</h2><span>in the plane</span></div>')
    file = st.file_uploader(
        "Fits or a measurement", type=["csv", "json"], key="conformity_fits",
        help="A CSV of fits (model, pair, beta, h), or a measurement: its CSV of answers, or all of it as JSON",
    )  # fmt: skip
    if file:
        _load(lab, file.name, file.getvalue())
    else:
        st.session_state.pop("conformity_read", None)
        lab.show_fits(None)


def _load(lab: Lab, name: str, content: bytes) -> None:
    """Take in an uploaded file once; why it holds nothing is told under it."""
    key = name, hash(content)
    known, fits, wrong = st.session_state.get("conformity_read", (None, None, ""))
    if known != key:
        fits, wrong, brought = None, "", False
        try:
            brought = measurements.bring(name, content)
            fits = None if brought else Fits.of(name, content)
        except SettingError as error:
            wrong = f"{name}: {error}."
        st.session_state["conformity_read"] = key, fits, wrong
        if brought:
            st.rerun()
    lab.show_fits(fits)
    if wrong:
        complain(wrong)


VIEW = View("Conformity", "conformity", 4, show)
