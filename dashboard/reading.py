"""What the sources say about themselves: docstrings read as text, so that the Method page cannot drift."""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent

_SPECIAL = re.compile(r"([\\*$\[\]<>~#|]|^[-+])")


class Module(NamedTuple):
    """One source file in its own words."""

    name: str  # "attack"
    title: str  # what its docstring starts with, up to the colon or full stop
    text: str  # the docstring
    source: str  # the whole file


@cache
def modules(folder: str) -> tuple[Module, ...]:
    """The modules of a package folder that have a docstring, sorted by name. Nothing is imported."""
    return tuple(module for path in sorted((ROOT / folder).glob("*.py")) if (module := module_at(path)))


@cache
def module_at(path: Path) -> Module | None:
    """One file; None if it does not exist or says nothing about itself."""
    if not path.is_file():
        return None
    source = path.read_text("utf-8")
    text = ast.get_docstring(ast.parse(source))
    if not text:
        return None
    title = re.split(r"[:.,]", text, maxsplit=1)[0].strip()
    return Module(path.stem, title, text, source)


def markdown(text: str) -> str:
    """A docstring as Markdown: its paragraphs joined, formulas and names safe from being read as markup."""
    return "\n\n".join(_SPECIAL.sub(r"\\\1", " ".join(part.split())) for part in text.split("\n\n"))
