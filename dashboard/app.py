"""The dashboard's entrance: navigation only. Start it with `python3 dashboard/start.py`."""

import sys
from pathlib import Path

# Streamlit puts this folder on the path, not the project's; and it runs this file again and again.
sys.path.extend({str(Path(__file__).resolve().parent.parent)}.difference(sys.path))

import streamlit as st

from dashboard import garbage, style
from dashboard.components.cockpit import ahead
from dashboard.failure import Boundary
from dashboard.reading import ROOT
from dashboard.view import View, views

LOGO = str(ROOT / "assets" / "logo.svg")


def page(view: View, *, start: bool) -> st.Page:
    """A page of the menu; what fails in it is told in it."""

    def show() -> None:
        with Boundary(f"show the page {view.title}"):
            view.show()

    return st.Page(show, title=view.title, url_path=view.path, default=start)


garbage.seldom()
st.set_page_config("Commonweal", LOGO, layout="wide", initial_sidebar_state=288)
st.logo(LOGO, size="medium")
style.apply(presenting=st.session_state.get("presenting", False))
ahead()
menu = views()
st.navigation([page(view, start=view is menu[0]) for view in menu], position="top").run()
