"""What judges and people say of a run, as rows of its file. Each goes in at once, also while the run is lived.

Reads what any file says with care: rows that make no sense are damage, and an older file may lack the tables.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from sim.errors import RunError
from sim.judge.judge import Judged
from sim.judge.opinion import Hearing, Judgement, Opinions, Unit, Verdict
from sim.judge.rubric import rubric, rubric_hash
from sim.runs import schema
from sim.runs.disk import telling, transaction
from sim.runs.facts import recognise

_HEARINGS = TypeAdapter(tuple[Hearing, ...])
_JUDGEMENTS = TypeAdapter(tuple[Judgement, ...])
_VERDICTS = TypeAdapter(tuple[Verdict, ...])
_TABLES = ("rubric", "hearing", "judgement", "verdict")
_MOST = 1_000_000  # rows of a table that are read
_REPLACED = (  # hearings of the same days, but for the other pieces of the same long day
    "SELECT first, piece FROM hearing WHERE judge = :judge AND rubric = :rubric AND first <= :last AND last >= :first "
    "AND (piece = :piece OR first <> :first OR last <> :last OR pieces <> :pieces)"
)


def keep_judged(path: Path, judged: Judged) -> None:
    """Put a hearing and its labels into a file. SaveError.

    One that was heard takes the place of what the same judge has said of these days when they were put otherwise.
    """
    hearing, labels = judged
    with telling(path), closing(_connect(path)) as connection, transaction(connection):
        _complete(connection)
        text = rubric()
        if rubric_hash(text) == hearing.rubric:
            connection.execute("INSERT OR IGNORE INTO rubric VALUES (?, ?)", (hearing.rubric, text))
        if hearing.heard:
            for first, piece in connection.execute(_REPLACED, hearing._asdict()).fetchall():
                gone = (hearing.judge, hearing.rubric, first, piece)
                for table in ("judgement", "hearing"):
                    where = "judge = ? AND rubric = ? AND first = ? AND piece = ?"
                    connection.execute(f"DELETE FROM {table} WHERE {where}", gone)
        connection.execute(f"INSERT OR REPLACE INTO hearing VALUES ({_marks(Hearing)})", hearing)
        connection.executemany(f"INSERT OR IGNORE INTO judgement VALUES ({_marks(Judgement)})", labels)


def keep_verdicts(path: Path, verdicts: Iterable[Verdict], withdrawn: Iterable[Unit] = ()) -> None:
    """Put a person's verdicts into a file, the last on a label counts; take back those on `withdrawn`. SaveError."""
    with telling(path), closing(_connect(path)) as connection:
        write_verdicts(connection, verdicts, withdrawn)


def write_verdicts(connection: sqlite3.Connection, verdicts: Iterable[Verdict], withdrawn: Iterable[Unit] = ()) -> None:
    """The same on an open file."""
    with transaction(connection):
        _complete(connection)
        where = "day = ? AND kind = ? AND i = ? AND behaviour = ?"
        connection.executemany(f"DELETE FROM verdict WHERE {where}", withdrawn)
        connection.executemany(f"INSERT OR REPLACE INTO verdict VALUES ({_marks(Verdict)})", verdicts)


def with_verdicts(content: bytes, verdicts: Sequence[Verdict]) -> bytes:
    """The bytes of a run file with these verdicts in it."""
    if not verdicts:
        return content
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.deserialize(content)
        write_verdicts(connection, verdicts)
        return connection.serialize()


def opinions(path: Path) -> Opinions:
    """All that is on record. RunError if it cannot be read."""
    try:
        with closing(_connect(path)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA query_only = ON")
            recognise(connection, path.name)
            return Opinions(
                _HEARINGS.validate_python(_rows(connection, "hearing", Hearing._fields)),
                _JUDGEMENTS.validate_python(_rows(connection, "judgement", Judgement._fields)),
                _VERDICTS.validate_python(_rows(connection, "verdict", Verdict._fields)),
            )
    except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
        raise RunError(f"{path.name} cannot be read ({str(error)[:100]}); it is damaged or not a run") from None
    except ValidationError:
        raise RunError(f"what judges or people said in {path.name} makes no sense; the file was changed") from None


def _rows(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> list[tuple[object, ...]]:
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()
    return connection.execute(f"SELECT {', '.join(columns)} FROM {table} LIMIT {_MOST}").fetchall() if there else []


def _complete(connection: sqlite3.Connection) -> None:
    """Make the tables that a file of an earlier day lacks."""
    for name in _TABLES:
        connection.execute(f"CREATE TABLE IF NOT EXISTS {name} ({schema.TABLES[name]}) WITHOUT ROWID")


def _marks(row: type[Hearing] | type[Judgement] | type[Verdict]) -> str:
    return ", ".join("?" * len(row._fields))


def _connect(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise RunError(f"there is no run file {path.name}; look for it on the page Runs")
    return sqlite3.connect(path, timeout=2, isolation_level=None)
