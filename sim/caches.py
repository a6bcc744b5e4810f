"""Where what can be made anew is kept: compiled kernels, answers of models, snapshots of the page."""

import os
from pathlib import Path


def cache_folder() -> Path:
    """$COMMONWEAL_CACHE, else $XDG_CACHE_HOME, else ~/.cache; in it, our own folder. It need not exist."""
    base = os.environ.get("COMMONWEAL_CACHE") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "commonweal"
