"""Which program made a run: its version, a hash of the engine's sources, and the packages its numbers depend on."""

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

VERSION = "0.1.0"
PACKAGES = ("numpy", "numba", "pydantic")
_ROOT = Path(__file__).parent


@cache
def code() -> str:
    """Hash of every source of `sim`, 16 hexadecimal digits: runs of equal code can be continued from a kept state."""
    text = hashlib.sha256()
    for path in sorted(path for end in ("*.py", "*.txt") for path in _ROOT.rglob(end)):
        text.update(path.relative_to(_ROOT).as_posix().encode())
        text.update(path.read_bytes())
    return text.hexdigest()[:16]


@cache
def packages() -> dict[str, str]:
    """Python and the packages in use, with their versions."""
    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}
