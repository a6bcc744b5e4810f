"""The text files: found, taken apart into sections, and filled. Knows no world and no resident."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from string import Template

from sim.errors import RunError, SettingError

_ROOT = Path(__file__).parent
_SECTION = re.compile(r"^\[([a-z]+)\]\n", re.MULTILINE)


@cache
def text(name: str) -> str:
    """A file by its name without ending, for example "full/role"."""
    return (_ROOT / f"{name}.txt").read_text("utf-8").rstrip("\n")


@cache
def sections(name: str) -> Mapping[str, str]:
    """A file's sections by their headings."""
    _, *parts = _SECTION.split(text(name))
    return {heading: body.strip("\n") for heading, body in zip(parts[::2], parts[1::2])}


def fill(template: str, needed: Iterable[str] | None = None, /, **facts: str) -> str:
    """The template with its placeholders filled. RunError if it has others than the facts given.

    `needed`: the facts that must occur in it; None: all.
    """
    asked, valid = _placeholders(template)
    missing, extra = asked - set(facts), set(facts if needed is None else needed) - asked
    if missing or extra or not valid:
        wrong = [f"${name} is not known here" for name in sorted(missing)]
        wrong += [f"${name} does not occur" for name in sorted(extra)]
        wrong = wrong or ["a $ stands in it that marks no placeholder"]
        raise RunError(f"the prompt beginning '{template[:40]}' cannot be filled: {', '.join(wrong)}; correct its file")
    return Template(template).substitute(facts)


@cache
def _placeholders(template: str) -> tuple[frozenset[str], bool]:
    """The names a template asks for, and whether every $ in it marks one."""
    return frozenset(Template(template).get_identifiers()), Template(template).is_valid()


@cache
def phrasings() -> tuple[str, ...]:
    """Names of the ways in which values can be put to a resident, one a file."""
    return tuple(sorted(path.stem for path in (_ROOT / "phrasings").glob("*.txt")))


def phrasing(name: str) -> Mapping[str, str]:
    """A phrasing's sections. SettingError if there is none of that name."""
    if name not in phrasings():
        raise SettingError(f"phrasing: there is no phrasing '{name[:40]}'; there are {', '.join(phrasings())}")
    return sections(f"phrasings/{name}")


@cache
def prompts_hash() -> str:
    """Hash of all text files, 16 hexadecimal digits: which wording a run was lived with."""
    print_ = hashlib.sha256()
    for path in sorted(_ROOT.rglob("*.txt")):
        body = path.read_text("utf-8")
        print_.update(f"{path.relative_to(_ROOT).as_posix()}\n{len(body)}\n{body}".encode())
    return print_.hexdigest()[:16]
