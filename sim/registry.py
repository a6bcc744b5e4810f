"""Finds what an extension folder offers: one file an extension, no list to edit. Knows nothing of what it finds."""

import difflib
import importlib
import pkgutil
from collections.abc import Mapping
from types import ModuleType
from typing import Protocol, TypeVar

from sim.errors import RunError, SettingError


class Placed(Protocol):
    """An extension that is offered in a list."""

    @property
    def slug(self) -> str: ...
    @property
    def place(self) -> int: ...


P = TypeVar("P", bound=Placed)
T = TypeVar("T")


def discover(package: str, attribute: str) -> dict[str, object]:
    """What the modules of a package export as `attribute`, by name, sorted.

    A module exports one object (`METRIC = ...`) or, under the plural, a tuple of them (`METRICS = (...)`). An object's
    name is its own `name` if it has one, else its module's. Modules whose name starts with an underscore are passed
    over. RunError if a module cannot be imported, exports neither or both, or repeats a name.
    """
    found: dict[str, object] = {}
    owner: dict[str, str] = {}
    for path in _modules(package):
        module = _load(path)
        for item in _exports(module, attribute):
            name = getattr(item, "name", None) or path.rpartition(".")[2]
            if not isinstance(name, str):
                raise RunError(f"{path}: the name of a {attribute} must be text, not {type(name).__name__}")
            if name in found:
                raise RunError(f"'{name}' is defined twice, in {owner[name]} and in {path}; rename one of them")
            found[name], owner[name] = item, path
    return dict(sorted(found.items()))


def listed(package: str, attribute: str, kind: type[P]) -> dict[str, P]:
    """What the modules of a package export as `attribute`, by slug, in their places. RunError if one is malformed."""
    found = []
    for name, item in discover(package, attribute).items():
        if not isinstance(item, kind):
            raise RunError(f"{package}: '{name}' is a {type(item).__name__}; it must be a {kind.__name__}")
        found.append(item)
    return {item.slug: item for item in sorted(found, key=lambda item: (item.place, item.slug))}


def called(slug: str, known: Mapping[str, T], one: str, many: str) -> T:
    """The one of that slug. SettingError, naming the likely ones, if there is none. `one`, `many`: what they are."""
    if slug in known:
        return known[slug]
    close = difflib.get_close_matches(slug.casefold(), known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(close)}?" if close else f"the {many} are {', '.join(known)}"
    raise SettingError(f"there is no {one} '{slug[:60]}'; {hint}")


def _modules(package: str) -> list[str]:
    root = _load(package)
    if not hasattr(root, "__path__"):
        raise RunError(f"{package} is a module, not a folder of extensions")
    names = (module.name for module in pkgutil.iter_modules(root.__path__))
    return [f"{package}.{name}" for name in sorted(names) if not name.startswith("_")]


def _load(path: str) -> ModuleType:
    try:
        return importlib.import_module(path)
    except (ImportError, SyntaxError) as error:
        raise RunError(f"{path} cannot be imported: {error}") from error


def _exports(module: ModuleType, attribute: str) -> tuple[object, ...]:
    one, many = getattr(module, attribute, None), getattr(module, attribute + "S", None)
    if (one is None) == (many is None):
        raise RunError(f"{module.__name__} must define either {attribute} or a tuple {attribute}S")
    if one is not None:
        return (one,)
    if not isinstance(many, tuple):
        raise RunError(f"{module.__name__}: {attribute}S must be a tuple, not {type(many).__name__}")
    return many
