"""A run file on a disk while it is written: one writer, whole transactions, and what goes wrong in our words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.errors import RunError
from sim.runs.lease import Lease

COMPANIONS = ("-wal", "-shm", "-journal", ".lock")  # ends of what may lie beside a file that is written
PATIENCE = 2.0  # seconds to wait for another program to let go of the file
JOURNAL = 256 * 2**20  # bytes of days that may wait beside the file: moving them into it takes a disk's time


class SaveError(RunError):
    """The file could not be written. What it held stays whole; the run itself is untouched."""


def _connect(path: Path | None) -> sqlite3.Connection:
    where = ":memory:" if path is None else str(path)
    return sqlite3.connect(where, timeout=PATIENCE, isolation_level=None, check_same_thread=False)


def grow(connection: sqlite3.Connection) -> None:
    """How a file on disk is written while it grows: a day committed survives the death of the program."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    (page,) = connection.execute("PRAGMA page_size").fetchone()
    connection.execute(f"PRAGMA wal_autocheckpoint = {JOURNAL // page}")


@contextmanager
def opened(path: Path | None) -> Iterator[sqlite3.Connection]:
    """A connection, closed again if what follows fails."""
    connection = _connect(path)
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


@contextmanager
def fresh(path: Path | None) -> Iterator[sqlite3.Connection]:
    """A new file, gone again if what follows fails."""
    if path is not None:
        path.touch(exist_ok=False)
    try:
        with opened(path) as connection:
            yield connection
    except BaseException:
        if path is not None:
            path.unlink(missing_ok=True)
        raise


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of what follows, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk may have ended it already
            connection.execute("ROLLBACK")
        raise


@contextmanager
def leased(path: Path | None) -> Iterator[Lease | None]:
    """The lease of the file, given up again if what follows fails."""
    lease = None if path is None else Lease.take(path)
    if path is not None and lease is None:
        raise SaveError(f"{path.name} is being written elsewhere; this run goes on without it")
    try:
        yield lease
    except BaseException:
        if lease is not None:
            lease.release()
        raise


@contextmanager
def telling(path: Path | None) -> Iterator[None]:
    """SQLite's and the system's complaints in our words."""
    name = path.name if path else "the run in memory"
    try:
        yield
    except FileExistsError:
        raise SaveError(f"{name} exists already; choose another name, or delete it first") from None
    except FileNotFoundError:
        raise SaveError(f"{name} cannot be written: its folder does not exist; create it first") from None
    except PermissionError:
        raise SaveError(f"{name} cannot be written: no permission to write there; choose another folder") from None
    except sqlite3.IntegrityError:
        raise SaveError(f"{name} is being continued elsewhere; this run goes on without it") from None
    except (sqlite3.Error, OSError) as error:
        raise SaveError(f"{name} cannot be written: {_cause(error)}") from None


def _cause(error: Exception) -> str:
    text = str(error)
    if "full" in text or "No space" in text:
        return "the disk is full; free some space"
    if "readonly" in text or "unable to open" in text:
        return "the file or its folder is read-only; choose another folder"
    if "locked" in text or "busy" in text:
        return "another program holds on to it; close that program"
    if "not a database" in text or "malformed" in text:
        return "it is damaged or not a run"
    if "I/O error" in text:
        return "the disk is full, over its quota or damaged; free some space, or choose another disk"
    return f"{text}; choose another folder"
