"""A study's file: the design, its runs as they are done, and answers found by further simulation. One SQLite file.

A unit of work is one transaction, so that a program killed at any moment leaves whole runs. docs/study-file.md.
"""

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

import pandas as pd

from sim import version, whole
from sim.errors import RunError
from sim.runs.disk import telling, transaction
from sim.runs.inspection import plain
from sim.studies import schema
from sim.studies.design import Study
from sim.studies.facts import Facts
from sim.studies.failure import Failure
from sim.studies.limits import limits
from sim.studies.lives import REASON, Life, Row, metrics
from sim.studies.packing import belong, cells, check, life, populations
from sim.studies.results import Results

SUFFIX = ".study"
PATIENCE = 30.0  # seconds to wait for another program to let go of the file
LONGEST = 32_000_000  # bytes of any one cell


class StudyFile:
    """An open study file. Close it, or use it within `with`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, facts: Facts) -> None:
        self.path, self.facts = path, facts
        self.answers = Answers(path, connection)
        self._connection = connection

    @classmethod
    def create(cls, path: Path, study: Study, answers: Mapping[str, Any] | None = None) -> Self:
        """A new file without runs. SettingError if the study is larger than allowed, SaveError if it cannot be made."""
        limits().check(study)
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        facts = Facts(
            study=study, metrics=metrics(), created=now, version=version.VERSION, code=version.code(),
            packages=version.packages(),
        )  # fmt: skip
        return cls.written(path, facts, answers)

    @classmethod
    def written(cls, path: Path, facts: Facts, answers: Mapping[str, Any] | None = None) -> Self:
        """A new file with these facts and answers, there at once or not at all. SaveError."""
        with telling(path), closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
            connection.execute(f"PRAGMA user_version = {schema.VERSION}")
            for statement in schema.statements(facts.metrics):
                connection.execute(statement)
            facts.write(connection)
            connection.executemany(
                "INSERT INTO condition VALUES (?, ?, ?)",
                [(c.number, c.label, json.dumps(c.levels)) for c in facts.study.conditions],
            )
            connection.executemany(
                "INSERT INTO answer VALUES (?, ?)", [(k, _json(v)) for k, v in (answers or {}).items()]
            )
            whole.create(path, connection.serialize())
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """A file that is there. RunError, with what is wrong with it, if it cannot be read."""
        with _reading(path):
            if not path.is_file():
                raise RunError("there is no such file")
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None,
                check_same_thread=False,
            )  # fmt: skip
            try:
                connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
                connection.execute("PRAGMA trusted_schema = OFF")
                connection.execute("PRAGMA cell_size_check = ON")
                _recognise(connection)
                facts = _facts(connection)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection, facts)

    @property
    def study(self) -> Study:
        """The design."""
        return self.facts.study

    @property
    def done(self) -> int:
        """Runs that were lived, or could not be."""
        with _reading(self.path):
            counts = self._connection.execute("SELECT (SELECT COUNT(*) FROM run) + (SELECT COUNT(*) FROM failure)")
            return int(counts.fetchone()[0])

    def lived(self) -> set[tuple[int, int]]:
        """Condition and seed of every run that was lived."""
        with _reading(self.path):
            return set(self._connection.execute("SELECT condition, seed FROM run LIMIT ?", (self.study.runs + 1,)))

    def add(self, rows: Iterable[Row]) -> None:
        """Keep what a unit of work has brought, all of it or nothing. A run that is kept already must be the same.

        SaveError if it cannot be written; RunError if a run comes out otherwise than before.
        """
        with telling(self.path), transaction(self._connection):
            for row in rows:
                if isinstance(row, Failure):
                    lived = "EXISTS (SELECT 1 FROM run WHERE condition = ? AND seed = ?)"
                    self._connection.execute(
                        f"INSERT OR REPLACE INTO failure SELECT ?, ?, ? WHERE NOT {lived}",
                        (*row, row.condition, row.seed),
                    )
                else:
                    self._keep(row)

    def results(self) -> Results:
        """All that is done. RunError if a run in the file cannot be one of this study."""
        study, metrics_ = self.study, list(self.facts.metrics)
        with _reading(self.path):
            columns = ", ".join(f'"{name}"' for name in ("condition", "seed", "digest", "population", *metrics_))
            rows = self._connection.execute(f"SELECT {columns} FROM run ORDER BY condition, seed LIMIT ?", self._most)
            runs = rows.fetchall()
            check(study, runs)
            failures = self._failures()
        table = pd.DataFrame([(*row[:3], *row[4:]) for row in runs], columns=["condition", "seed", "digest", *metrics_])
        table = table.astype({"condition": int, "seed": int, **dict.fromkeys(metrics_, float)})
        return Results(study, table, populations([row[3] for row in runs], study.scenario.days), failures)

    def rows(self) -> Iterator[Row]:
        """All that is done, as it was added; failures first."""
        with _reading(self.path):
            yield from self._failures()
            for row in self._connection.execute("SELECT * FROM run ORDER BY condition, seed LIMIT ?", self._most):
                yield life(self.study, row)

    def copy(self) -> bytes:
        """The whole file as it stands, for a download while it is written."""
        with _reading(self.path):
            return self._connection.serialize()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _keep(self, row: Life) -> None:
        key = (row.condition, row.seed)
        found = self._connection.execute("SELECT digest FROM run WHERE condition = ? AND seed = ?", key).fetchone()
        if found and found[0] != row.digest:
            raise RunError(differs(self.study, *key))
        if not found:
            row_ = cells(row)
            self._connection.execute(f"INSERT INTO run VALUES ({', '.join('?' * len(row_))})", row_)
        self._connection.execute("DELETE FROM failure WHERE condition = ? AND seed = ?", key)

    @property
    def _most(self) -> tuple[int]:
        """Rows that are read of a table: one more than there can be would show."""
        return (self.study.runs + 1,)

    def _failures(self) -> tuple[Failure, ...]:
        query = "SELECT condition, seed, reason FROM failure ORDER BY condition, seed LIMIT ?"
        found = self._connection.execute(query, self._most).fetchall()
        belong(self.study, found)
        return tuple(Failure(condition, seed, plain(reason, REASON)) for condition, seed, reason in found)


class Answers:
    """What was found by further simulation, as JSON by name."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path, self._connection = path, connection

    def get(self, name: str) -> Any:
        """The answer of that name; None if there is none. RunError if it cannot be read."""
        with _reading(self._path):
            found = self._connection.execute("SELECT value FROM answer WHERE name = ?", (name,)).fetchone()
            return json.loads(found[0]) if found else None

    def put(self, name: str, value: Any) -> None:
        """Keep an answer in place of an earlier one of that name. SaveError."""
        with telling(self._path), transaction(self._connection):
            self._connection.execute("INSERT OR REPLACE INTO answer VALUES (?, ?)", (name, _json(value)))

    def names(self) -> list[str]:
        """The names of all answers."""
        with _reading(self._path):
            return [name for (name,) in self._connection.execute("SELECT name FROM answer ORDER BY name LIMIT 999")]

    def drop(self, name: str) -> None:
        """Forget an answer, if there is one. SaveError."""
        with telling(self._path), transaction(self._connection):
            self._connection.execute("DELETE FROM answer WHERE name = ?", (name,))

    def all(self) -> dict[str, Any]:
        """Every answer, by name."""
        with _reading(self._path):
            rows = self._connection.execute("SELECT name, value FROM answer ORDER BY name LIMIT 999").fetchall()
            return {str(name): json.loads(value) for name, value in rows}


def _json(value: Any) -> str:
    return json.dumps(value, allow_nan=False, ensure_ascii=False)


def differs(study: Study, condition: int, seed: int) -> str:
    """What to say of a run that came out in two ways."""
    label = study.conditions[condition].label
    return (
        f"the run of seed {seed} in the condition '{label}' came out otherwise than before: it was lived by another "
        "version of the program or of its packages, or a file was changed"
    )


def _recognise(connection: sqlite3.Connection) -> None:
    """RunError unless the file is marked as a study of the format this program writes."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (format_,) = connection.execute("PRAGMA user_version").fetchone()
    if application != schema.APPLICATION:
        raise RunError("it is not a study of Commonweal")
    if format_ != schema.VERSION:
        remedy = "update Commonweal" if format_ > schema.VERSION else "run the study again"
        raise RunError(f"it is of format {format_}, and this program reads format {schema.VERSION}; {remedy}")


def _facts(connection: sqlite3.Connection) -> Facts:
    """The facts of a file that is built, word for word, as we build it."""
    parts = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL LIMIT 64"))
    if parts.get("fact") != schema.FACT:
        raise RunError("it is not built like a study; it is not opened")
    facts = Facts.read(connection)
    if sorted(parts.values()) != sorted(schema.statements(facts.metrics)):
        raise RunError("it is not built like a study; it is not opened")
    return facts


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Complaints as sentences that name the file."""
    try:
        yield
    except RunError as error:
        text = str(error)
        raise RunError(text if path.name in text else f"{path.name} cannot be read: {text}") from None
    except (sqlite3.Error, OSError, ValueError) as error:
        raise RunError(
            f"{path.name} cannot be read ({plain(error, 100)}); it is damaged or not a study of Commonweal"
        ) from None
