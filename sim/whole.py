"""Files that are there whole or not at all, whoever writes the same at the same time or is killed meanwhile."""

import os
import threading
from contextlib import suppress
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Put a file in its place at once, with its folder. OSError if it cannot be; nothing is left then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise


def forget_oldest(folder: Path, most: int) -> None:
    """Remove all files of a folder but the newest so many."""
    times = {}
    for path in folder.iterdir():
        with suppress(OSError):  # another process removed it just now
            times[path] = path.stat().st_mtime
    for old in sorted(times, key=times.__getitem__, reverse=True)[most:]:
        with suppress(OSError):
            old.unlink()
