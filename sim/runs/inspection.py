"""A file from elsewhere, opened as the trap it may be: in memory, within limits, and only if it is built like ours.

No name, text or number of the file is used before this is done. What it says of its days is for `soundness.py`.
"""

import sqlite3
import struct
import time
import unicodedata
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import cache

from sim.errors import RunError
from sim.runs import schema
from sim.runs.migrate import MIGRATIONS, Migration, migrate

Part = tuple[str, str, str, str | None]  # of a file: name, kind, table, statement

_MAGIC = b"SQLite format 3\0"
_GROWING, _CLOSED = b"\2\2", b"\1\1"  # in a file's head: with a journal of its own, and with a plain one
_LIMITS = {
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 20_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 64,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 64,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 4,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 8,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 64,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 64,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_READ = ("sqlite_master", "run", "day", "part", *schema.WORDED)  # of a file's tables
_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}  # bidirectional controls
_STEPS = 10_000  # of SQLite's machine between two looks at the clock


def opened(
    data: bytes, name: str, until: float, migrations: Mapping[int, Migration] = MIGRATIONS
) -> sqlite3.Connection:
    """The file's content as a database in memory that can only be read; built like ours, whole, of our version.

    `name`: what it is called in messages. `until`: by `time.monotonic`, when SQLite stops. RunError says what is wrong
    with it; the caller turns sqlite3.Error into words as well.
    """
    _head(data, name)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for what, most in _LIMITS.items():
            connection.setlimit(what, most)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, len(data))
        connection.deserialize(_without_journal(data))
        connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        _parts(connection, name, _harmless)
        migrate(connection, name, migrations)
        connection.execute("PRAGMA query_only = ON")
        connection.set_authorizer(_reading_only)
        if missing := sorted({*schema.TABLES, *schema.VIEWS} - _parts(connection, name, _ours)):
            raise RunError(f"{name} lacks '{missing[0]}', which every run has; it is damaged or not a run")
        (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if state != "ok":
            raise RunError(f"{name} is damaged: {plain(state, 100)}; get another copy of it")
    except BaseException:
        connection.close()
        raise
    return connection


def plain(text: object, most: int = 200) -> str:
    """The beginning of a text in one line, without characters that steer a terminal or turn the order of writing."""
    marks = (" " if mark.isspace() else mark for mark in str(text)[:most])
    return "".join(mark for mark in marks if not steers(mark)).strip()


def steers(mark: str) -> bool:
    """Whether a character steers a terminal, turns the order of writing, or is none."""
    return unicodedata.category(mark) in ("Cc", "Cs") or unicodedata.bidirectional(mark) in _TURNS


def _head(data: bytes, name: str) -> None:
    """RunError if the first hundred bytes are not those of a run of a version that may be read."""
    if not data:
        raise RunError(f"{name} is empty; get another copy of it")
    if not data.startswith(_MAGIC[: len(data)]):
        raise RunError(f"{name} is not a run of Commonweal: those are SQLite files")
    if len(data) < 100:
        raise RunError(f"{name} is cut short after {len(data)} bytes; get another copy of it")
    (page,), (pages,) = struct.unpack_from(">H", data, 16), struct.unpack_from(">I", data, 28)
    (version,), (application,) = struct.unpack_from(">i", data, 60), struct.unpack_from(">I", data, 68)
    if application != schema.APPLICATION and data[18:20] == _GROWING:
        raise RunError(
            f"{name} is not a whole run: if it is one that has not ended, its days are beside it, in a file that ends "
            "in -wal; let it end or close it, then share it"
        )
    if application != schema.APPLICATION:
        raise RunError(f"{name} is not a run of Commonweal; it is another program's SQLite file, or damaged")
    if version > schema.VERSION:
        raise RunError(
            f"{name} is of format {version}, and this program reads up to {schema.VERSION}; update Commonweal"
        )
    whole = pages * (65_536 if page == 1 else page)
    if len(data) < whole:
        raise RunError(f"{name} is cut short: it has {len(data):,} of {whole:,} bytes; get another copy of it")


def _without_journal(data: bytes) -> bytes:
    """The same file, said to have a plain journal: a database in memory cannot have the other sort."""
    return data[:18] + _CLOSED + data[20:]


def _parts(connection: sqlite3.Connection, name: str, allowed: Callable[[Part], bool]) -> set[str]:
    """The names of all tables, views and so on. RunError if one is not `allowed`, or is there twice."""
    found: set[str] = set()
    for part in connection.execute("SELECT name, type, tbl_name, sql FROM sqlite_master"):
        if part[0] in found or not allowed(part):
            what = f"the {plain(part[1], 20)} '{plain(part[0], 40)}'"
            raise RunError(f"{name} is not built like a run: {what} is not as Commonweal makes it; it is not opened")
        found.add(part[0])
    return found


def _harmless(part: Part) -> bool:
    """Whether a part of a file may be there while a migration works on it."""
    return part[1] in ("table", "index", "view") and "virtual" not in (part[3] or "").lower()


def _ours(part: Part) -> bool:
    """Whether a part of a file is word for word as we make it."""
    return part in _built()


@cache
def _built() -> frozenset[Part]:
    """Everything in a run file."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in (*schema.statements(), *schema.indexes()):
            connection.execute(statement)
        return frozenset(connection.execute("SELECT name, type, tbl_name, sql FROM sqlite_master"))


def _reading_only(action: int, one: str | None, two: str | None, database: str | None, inside: str | None) -> int:
    """SQLite's question whether it may do that."""
    allowed = (
        action == sqlite3.SQLITE_SELECT
        or (action == sqlite3.SQLITE_READ and one in _READ)
        or (action == sqlite3.SQLITE_PRAGMA and one == "quick_check")
    )
    return sqlite3.SQLITE_OK if allowed and inside is None else sqlite3.SQLITE_DENY
