"""The bytes of a file somebody names, read once and only if it is a plain file that nobody writes."""

import shutil
import sqlite3
import stat
import tempfile
from contextlib import closing
from pathlib import Path

from sim.errors import RunError, SettingError
from sim.runs.inspection import plain
from sim.runs.lease import held


def content(path: Path, name: str, most: int) -> bytes:
    """The file's bytes, with the days that an interrupted run has left in a journal beside it.

    `name`: what it is called in messages. SettingError if it is a link, a folder, a device or not there; RunError if it
    is larger than `most` bytes, or being written.
    """
    try:
        if path.is_symlink():
            raise SettingError(f"{name} is a link; import the file it leads to")
        what = path.stat()
        if not stat.S_ISREG(what.st_mode):
            raise SettingError(f"{name} is no plain file; choose a run file, which ends in .sqlite")
        journal = path.with_name(f"{path.name}-wal")
        left = journal.stat().st_size if journal.is_file() and not journal.is_symlink() else 0
        if left and held(path):
            raise RunError(f"{name} is being written just now; let that run end or close it, then try again")
        if what.st_size + left > most:
            raise RunError(
                f"{name} is too large: it has {(what.st_size + left) / 1e6:,.0f} MB, and files of up to "
                f"{most / 1e6:,.0f} MB are taken in; allow more, or share it in another way"
            )
        return _joined(path, journal) if left else path.read_bytes()[: most + 1]
    except FileNotFoundError:
        raise SettingError(f"there is no file {name}; look at its path") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SettingError(f"{name} cannot be read ({plain(reason, 100)}); choose a run file") from None
    except sqlite3.Error:
        raise RunError(
            f"{name} and the journal beside it cannot be read; one of them is damaged or not a run's"
        ) from None


def _joined(path: Path, journal: Path) -> bytes:
    """SQLite joins copies of both: beside the file itself it would leave traces."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "run"
        shutil.copyfile(path, copy)
        shutil.copyfile(journal, copy.with_name("run-wal"))
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            return connection.serialize()
