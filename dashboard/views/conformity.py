"""Conformity: a population that follows its majority, and where that locks it in."""

from __future__ import annotations

import html
from collections.abc import Callable
from urllib.parse import urlencode

import streamlit as st

from dashboard.components.conformity import conformity
from dashboard.conformity import address
from dashboard.conformity.fits import Fits
from dashboard.conformity.lab import Lab
from dashboard.failure import Boundary
from dashboard.view import View
from sim.errors import SettingError

KEY = "conformity"
SLICE = 0.25  # seconds of a loop between two signs of life


def show() -> None:
    """The page: own fits at the side, the live lab beside them."""
    lab = _lab()
    with st.sidebar:
        _side(lab)
    with st.container(gap=None):
        lab.forget()
        _live(lab)


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
        with Boundary("do that", lab.tell):
            lab.ask(st.session_state[KEY].get("ask"))

    return heard


def _side(lab: Lab) -> None:
    """What the page is about, and the visitor's own fits."""
    st.html('<div class="cw-head"><h2>The model</h2></div>')
    st.html(
        '<p class="cw-said">One agent at a time sees all the others and declares +1 or \u22121. It follows the '
        "majority with force <b>beta</b> and its own bias <b>h</b>: it says +1 with probability "
        "[tanh(beta (m + h)) + 1] / 2, where m is the mean opinion it sees.</p>"
    )
    st.caption("De Marzo et al. 2026, arXiv 2605.10721")
    st.divider()
    st.html('<div class="cw-head"><h2>Your own fits</h2><span>in the plane</span></div>')
    file = st.file_uploader("CSV with the columns model, pair, beta, h", type="csv", key="conformity_fits")
    lab.show_fits(_read(file.name, file.getvalue(), lab) if file else None)


def _read(name: str, content: bytes, lab: Lab) -> Fits | None:
    """The fits of an uploaded file; why it holds none is told under it."""
    if lab.fits and lab.fits.file == name and st.session_state.get("conformity_read") == hash(content):
        return lab.fits
    try:
        fits = Fits.of(name, content)
    except SettingError as error:
        st.html(f'<div role="alert" class="cw-wrong">{html.escape(f"{name}: {error}.")}</div>')
        return None
    st.session_state["conformity_read"] = hash(content)
    return fits


VIEW = View("Conformity", "conformity", 4, show)
