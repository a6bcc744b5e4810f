"""What a visitor reads when something fails, and what the server's log keeps. The trace is for the log alone."""

import html
import logging
from collections.abc import Callable
from types import TracebackType
from typing import Self

import streamlit as st

from sim.errors import CommonwealError

LOG = logging.getLogger("commonweal")
REPORT = "Please report this with the address of the page: it carries everything needed to see it again."


class Boundary:
    """Around whatever may fail: an error ends here, is logged if it was not foreseen, and is told in words.

    Streamlit's own control flow (rerun, stop) is no Exception and passes through.
    """

    def __init__(self, doing: str, tell: Callable[[str, str], None] | None = None) -> None:
        """`doing`: "live the next day"; `tell` takes a title and a text, and shows a panel unless given."""
        self.doing = doing
        self.tell = tell or panel

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> bool:
        if not isinstance(error, Exception):
            return False
        if isinstance(error, CommonwealError):
            self.tell(f"Could not {self.doing}", f"{error}")
        else:
            LOG.error("could not %s", self.doing, exc_info=error)
            self.tell(f"The program failed to {self.doing}", f"{type(error).__name__}: {str(error)[:300]}. {REPORT}")
        return True


def panel(title: str, text: str) -> None:
    """A quiet panel: what happened, what to do."""
    st.html(
        '<section role="alert" style="border:1px solid #D55E00;border-left-width:4px;border-radius:8px;'
        'padding:14px 18px;margin:8px 0;max-width:720px">'
        f'<div style="font-weight:600;font-size:14.5px;line-height:19px;margin-bottom:4px">{html.escape(title)}</div>'
        f'<div style="font-size:13px;line-height:18px">{html.escape(text)}</div></section>'
    )
