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
    title: str  # what its docstring starts with, up to the colon, comma or full stop
    text: str  # the rest of it
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
    title, _, rest = re.split(r"([:.,])", text, maxsplit=1)
    rest = rest.strip()
    return Module(path.stem, title.strip(), f"{rest[:1].upper()}{rest[1:]}", source)


def typeset(text: str) -> str:
    """Signs as they are set in print, where plain source has only those of a typewriter."""
    text = re.sub(r"(?<![\w)])-(?=[\d(])", "−", text.replace("+-", "±").replace(" - ", " − ").replace(" x ", " × "))
    return text.replace("->", "→").replace("'", "’")


def markdown(text: str) -> str:
    """A docstring as Markdown: its paragraphs joined, formulas and names safe from being read as markup."""
    return "\n\n".join(_SPECIAL.sub(r"\\\1", " ".join(typeset(part).split())) for part in text.split("\n\n"))
