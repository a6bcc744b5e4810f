"""What a page is: a title, an address, a place in the menu, what to show. Pages are the files of `dashboard/views`."""

import ast
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from sim.errors import RunError

FOLDER = Path(__file__).parent / "views"


@dataclass(frozen=True)
class View:
    """One page. A file in the folder exports one as `VIEW`; nothing else is needed for it to be in the menu."""

    title: str
    path: str  # in the address
    place: int  # in the menu; the lowest is the start page
    show: Callable[[], None]


@cache
def views() -> tuple[View, ...]:
    """All pages in the order of the menu. RunError if a file in the folder is no page.

    For the menu only their declarations are read; a page is imported, with the engine it may need, when it is shown.
    """
    found = [_declared(path) for path in sorted(FOLDER.glob("*.py")) if not path.name.startswith("_")]
    return tuple(sorted(found, key=lambda view: (view.place, view.title)))


def _declared(path: Path) -> View:
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case ast.Assign(
                targets=[ast.Name("VIEW")],
                value=ast.Call(args=[ast.Constant(str(title)), ast.Constant(str(web)), ast.Constant(int(place)), _]),
            ):
                return View(title, web, place, partial(_show, path.stem))
    raise RunError(f'{path.name} is no page: it needs a line such as VIEW = View("Title", "address", 1, show)')


def _show(name: str) -> None:
    view: View = importlib.import_module(f"dashboard.views.{name}").VIEW
    view.show()
