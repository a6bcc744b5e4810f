"""From one page to another, with a query in its address."""

from typing import NoReturn

import streamlit as st

from dashboard.limits import limits
from dashboard.opening import opened
from dashboard.view import views


def go(path: str, **query: str) -> NoReturn:
    """Leave for the page of that path."""
    menu = views()
    view = next(view for view in menu if view.path == path)
    page = st.Page(view.show, title=view.title, url_path=view.path, default=view is menu[0])
    st.switch_page(page, query_params=query)


def open_run(identity: str, day: int) -> NoReturn:
    """Show a kept run on the Community page, in place of the run that is open there."""
    let_go()
    query = {"id": identity, "day": str(day)}
    session, draft = opened({key: [value] for key, value in query.items()}, limits())
    if (before := st.session_state.get("session")) is not None:
        session.visit = before.visit  # the page stays the same one
    st.session_state["session"], st.session_state["draft"] = session, draft
    go("community", **query)


def let_go(identity: str | None = None) -> None:
    """Stop writing the run that this tab has open, if it is that one, so that others can have its file."""
    keeper = getattr(st.session_state.get("session"), "keeper", None)
    if keeper is not None and identity in (None, keeper.id):
        keeper.let_go()
