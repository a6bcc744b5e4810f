"""Files that are there whole or not at all, whoever writes the same at the same time or is killed meanwhile."""

import os
import threading
from contextlib import suppress
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Put a file in its place at once, with its folder. OSError if it cannot be; nothing is left then."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = _unfinished(path)
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise


def create(path: Path, content: bytes) -> None:
    """Put a new file in its place at once, and onto the disk. FileExistsError if there is one; else OSError."""
    unfinished = _unfinished(path)
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _name(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def _name(unfinished: Path, path: Path) -> None:
    """Give a file its name. FileExistsError if another has it."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise
    except OSError:  # a file system where a file has one name only
        if path.exists():
            raise FileExistsError(path) from None
        unfinished.rename(path)


def _unfinished(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")


def forget_oldest(folder: Path, most: int) -> None:
    """Remove all files of a folder but the newest so many."""
    times = {}
    for path in folder.iterdir():
        with suppress(OSError):  # another process removed it just now
            times[path] = path.stat().st_mtime
    for old in sorted(times, key=times.__getitem__, reverse=True)[most:]:
        with suppress(OSError):
            old.unlink()
