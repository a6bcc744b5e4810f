"""Snapshot: what the page is told of the opening run, kept between processes.

That run is the same each time, and to live it takes the engine, which takes longer to load than the page to draw. So
the message about it is written down once, as JSON in the cache folder. The file is named by a hash of all it follows
from, so it is never stale; one that is missing or damaged counts as none.
"""

import hashlib
import json
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from sim import whole
from sim.caches import cache_folder

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("numpy", "numba", "networkx", "pydantic", "pyvis")  # of those, what the message depends on
MOST = 8  # files kept, the newest


class Snapshot(NamedTuple):
    """The first paint without an engine."""

    message: dict[str, Any]  # to the page, docs/cockpit.md
    minds: list[str]  # names of all kinds of mind, for the sidebar


def place(settings: Iterable[str]) -> Path:
    """The file for the sources and packages at hand and these settings."""
    text = hashlib.sha256()
    sources = (path for folder in ("sim", "dashboard") for path in (ROOT / folder).rglob("*.*"))
    for path in sorted(path for path in sources if path.suffix in (".py", ".txt")):
        text.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    packages = (f"{name} {version(name)}" for name in PACKAGES)
    for setting in (platform.python_version(), platform.machine(), *packages, *settings):
        text.update(setting.encode() + b"\0")
    return folder() / f"{text.hexdigest()[:32]}.json"


def folder() -> Path:
    """Beside the compiled kernels."""
    return cache_folder() / "opening"


def read(path: Path) -> Snapshot | None:
    """What was kept there. None if it is not there or cannot be used."""
    try:
        found = json.loads(path.read_text("utf-8"))
        kept = Snapshot(found["message"], found["minds"])
        usable = bool(kept.minds and kept.message["series"] and kept.message["meta"]["factories"])
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return kept if usable else None


def write(path: Path, snapshot: Snapshot) -> None:
    """Keep it there, whole or not at all, and forget the oldest. OSError if the folder cannot be written to."""
    whole.write(path, json.dumps(snapshot._asdict(), allow_nan=False).encode())
    whole.forget_oldest(path.parent, MOST)
