"""Run files named on the command line: there, or not there yet, and checked before anything is done with them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sim.errors import SettingError
from sim.runs.intake import Bounds, inspect
from sim.runs.lease import held
from sim.runs.library import folder
from sim.runs.stored import Stored
from sim.state import World

LARGEST = 10_000_000_000  # bytes: whoever names a file here asks for it; `import` is stricter
PATIENCE = 600  # seconds that looking through a file may take


def existing(path: Path) -> Path:
    """The path. SettingError if there is no file."""
    if not path.is_file():
        raise SettingError(f"there is no file {path}; check the name")
    return path


def fresh(path: Path) -> Path:
    """The path. SettingError if something is there already."""
    if path.exists():
        raise SettingError(f"{path} exists already; choose another name, or delete it first")
    return path


class Foreign(Stored):
    """A run file from anywhere: the states it keeps are not believed, its days are lived again instead."""

    def state(self, day: int) -> tuple[int, World] | None:
        """None."""
        return None


@contextmanager
def opened(path: Path) -> Iterator[Stored]:
    """A run file, for reading. One that is not from our library is checked as a whole first.

    SettingError, RunError for anything wrong with it.
    """
    own = existing(path).resolve().parent == folder().resolve()
    if not own:
        _settle(path)
        inspect(path, Bounds(bytes=LARGEST, seconds=PATIENCE)).close()
    with (Stored if own else Foreign)(path) as stored:
        yield stored


def write(path: Path, content: bytes) -> None:
    """Write a whole file. SettingError if that is not possible."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise SettingError(f"{path} cannot be written ({error.strerror}); choose another place") from None


def _settle(path: Path) -> None:
    """Bring the journal of an interrupted run into its file, unless somebody writes it now."""
    if path.with_name(f"{path.name}-wal").exists() and not held(path):
        with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=0.2)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA journal_mode = DELETE")
