"""What a page is: a title, an address, a place in the menu, what to show. Pages are the files of `dashboard/views`."""

from collections.abc import Callable
from dataclasses import dataclass

from sim.registry import discover

FOLDER = "dashboard.views"


@dataclass(frozen=True)
class View:
    """One page. A file in the folder exports one as `VIEW`; nothing else is needed for it to be in the menu."""

    title: str
    path: str  # in the address
    place: int  # in the menu; the lowest is the start page
    show: Callable[[], None]


def views() -> list[View]:
    """All pages in the order of the menu. RunError if a file in the folder is no page."""
    found = [view for view in discover(FOLDER, "VIEW").values() if isinstance(view, View)]
    return sorted(found, key=lambda view: (view.place, view.title))
