"""A run file opened for reading: its facts, its days as the engine knows them, its tables as data frames.

For files of one's own folder. What comes from elsewhere goes through `intake.py` first.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from sim.asking import Place
from sim.errors import RunError
from sim.journal import Entry
from sim.runs import calls, schema
from sim.runs.ahead import Ahead
from sim.runs.facts import Facts, recognise
from sim.runs.packing import unpack_day, unpack_labels, unpack_world
from sim.scenario import Group
from sim.state import Array, Day, World

if TYPE_CHECKING:
    from pandas import DataFrame


class Stored:
    """One run file. It is a `sim.past.Past`, so an Engine can take it up. RunError where it cannot be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise RunError(f"there is no run file {path.name}; look for it on the page Runs")
        with self._reading():
            self._connection = sqlite3.connect(path, timeout=2, isolation_level=None, check_same_thread=False)
            self._connection.execute("PRAGMA trusted_schema = OFF")
            self._connection.execute("PRAGMA query_only = ON")
            recognise(self._connection, path.name)
            self.facts = Facts.read(self._connection)
            (last,) = self._connection.execute("SELECT max(day) FROM day").fetchone()
        if last is None:
            raise RunError(f"{path.name} holds no day yet; there is nothing to open")
        self.last: int = last
        self._ahead = Ahead(lambda day: self._blob("pack", day), last)

    @cached_property
    def digests(self) -> list[str]:
        """The digest at the end of each day."""
        with self._reading():
            return [digest for (digest,) in self._connection.execute("SELECT digest FROM day ORDER BY day")]

    @cached_property
    def population(self) -> list[int]:
        """Residents alive at the end of each day."""
        with self._reading():
            return [alive for (alive,) in self._connection.execute("SELECT alive FROM day ORDER BY day")]

    @property
    def groups(self) -> list[Group]:
        """Groups of the mix, then those that interventions added."""
        return list(self.facts.groups)

    def day(self, day: int) -> Day:
        """The record of a day."""
        return unpack_day(self._ahead(day), day)

    def labels(self, day: int) -> dict[str, Array]:
        """A day's labels by detector."""
        return unpack_labels(self._blob("labels", day), self.facts.detectors)

    def series(self) -> dict[str, list[float]]:
        """Each metric's value on each day, NaN where it is not defined."""
        with self._reading():
            rows = [row for (row,) in self._connection.execute("SELECT figures FROM day ORDER BY day")]
        names = self.facts.metrics
        if any(len(row) != 8 * len(names) for row in rows):
            raise RunError(f"the figures of {self.path.name} do not fit its metrics; the file is damaged")
        values = np.frombuffer(b"".join(rows), "<f8").reshape(len(rows), len(names))
        return {name: values[:, k].tolist() for k, name in enumerate(names)}

    def state(self, day: int) -> tuple[int, World] | None:
        """The nearest kept state up to that evening; none if the rules have changed since."""
        if not self.facts.same_rules:
            return None
        with self._reading():
            row = self._connection.execute(
                "SELECT day, pack FROM state WHERE day <= ? ORDER BY day DESC LIMIT 1", (day,)
            ).fetchone()
        return row and (row[0], unpack_world(row[1]))

    def words(self, day: int) -> dict[int, str]:
        """Own words of a day's messages, by their number."""
        if not self.facts.scenario.worded:
            return {}
        with self._reading():
            return dict(self._connection.execute("SELECT i, text FROM utterance WHERE day = ?", (day,)))

    def notes(self) -> dict[tuple[int, int], str]:
        """Entries of memory, by day and resident."""
        if not self.facts.scenario.worded:
            return {}
        with self._reading():
            return {(day, who): text for day, who, text in self._connection.execute("SELECT * FROM note")}

    def journal(self) -> list[tuple[Place, Entry]]:
        """What residents were asked in words, and answered."""
        if not self.facts.scenario.worded:
            return []
        with self._reading():
            return list(calls.read(self._connection))

    def frame(self, table: str) -> "DataFrame":
        """One of the file's tables or views as a data frame. RunError if there is none of that name."""
        import pandas as pd

        if table not in schema.VIEWS and table not in schema.TABLES:
            raise RunError(f"there is no table '{table[:40]}'; there are {', '.join(schema.VIEWS)}")
        with self._reading():
            return pd.read_sql_query(f"SELECT * FROM {table}", self._connection)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _blob(self, column: str, day: int) -> bytes:
        with self._reading():
            row = self._connection.execute(f"SELECT {column} FROM day WHERE day = ?", (day,)).fetchone()
        if row is None:
            raise RunError(f"{self.path.name} has no day {day}; its last is day {self.last}")
        return bytes(row[0])

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError, UnicodeDecodeError) as error:
            raise RunError(
                f"{self.path.name} cannot be read ({str(error)[:100]}); it is damaged or not a run"
            ) from None
