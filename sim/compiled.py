"""Compiled kernels: one decorator, `njit`, whose cache can never be stale.

Numba keys its cache by the file a function stands in, not by the functions it calls in other files. So the cache
folder's name is a hash of the defining module and of every `sim` module it imports, directly or not.

Kernels let go of Python's lock: on a server one visitor's day is lived beside another's, and a day is written into its
file while the next one is lived.
"""

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numba
from numba import config

from sim.caches import cache_folder

_ROOT = Path(__file__).parent
_IMPORT = re.compile(r"^\s*(?:from (sim[\w.]*) import (\([^)]*\)|[^\n]*)|import (sim[\w.]*))", re.MULTILINE)
_NAME = re.compile(r"\w+")


def njit(function: Callable[..., Any]) -> Any:
    """Compile a plain-loop kernel on first use and keep the machine code for later processes."""
    config.CACHE_DIR = str(_folder() / _digest(function.__module__))
    return numba.njit(cache=True, nogil=True, error_model="numpy")(function)


def inlined(function: Callable[..., Any]) -> Any:
    """Like `njit`, for what a kernel's inner loop calls with whole records.

    A record of thirty arrays that goes through a real call costs thirty reference counts there and back: measured, more
    than the work inside. Inlined, the counts cancel out.
    """
    config.CACHE_DIR = str(_folder() / _digest(function.__module__))
    return numba.njit(cache=True, nogil=True, error_model="numpy", forceinline=True)(function)


def _folder() -> Path:
    return cache_folder() / f"kernels-{numba.__version__}"


@cache
def _digest(module: str) -> str:
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name not in seen and name.split(".")[0] == "sim":
            seen.add(name)
            waiting += _imports(name)
    text = hashlib.sha256()
    for name in sorted(seen):
        path = _path(name)
        if path is not None:
            text.update(path.read_bytes())
    return text.hexdigest()[:16]


def _imports(module: str) -> list[str]:
    path = _path(module)
    if path is None:
        return []
    found = []
    for package, names, whole in _IMPORT.findall(path.read_text(encoding="utf-8")):
        found += [whole] if whole else [package, *(f"{package}.{part}" for part in _NAME.findall(names))]
    return found


def _path(module: str) -> Path | None:
    base = _ROOT.joinpath(*module.split(".")[1:])
    for path in (base.with_suffix(".py"), base / "__init__.py"):
        if path.is_file():
            return path
    return None
