"""Finds what an extension folder offers: one file an extension, no list to edit. Knows nothing of what it finds."""

import importlib
import pkgutil
from types import ModuleType

from sim.errors import RunError


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
