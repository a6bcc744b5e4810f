"""Writes a run into its file: each day is one transaction, so that a file holds whole days whatever happens.

A day goes in packed, as the engine reads it, which costs next to nothing; the plain tables of larger communities follow
when the run ends. Knows no rule and no screen.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from pydantic import TypeAdapter

from sim import version
from sim.asking import Place
from sim.errors import RunError
from sim.journal import Entry
from sim.providers.budget import Budget, Caps, Spent
from sim.runs import calls, schema, tables
from sim.runs.disk import SaveError, fresh, grow, leased, opened, telling, transaction
from sim.runs.facts import Facts, Parent, recognise
from sim.runs.identity import is_identity, new_identity
from sim.runs.lease import Lease
from sim.runs.packing import pack_day, pack_labels, pack_world, unpack_day, unpack_labels
from sim.scenario import Group, Scenario
from sim.state import Array, Day, World

__all__ = ["RunWriter", "Running", "SaveError"]
SMALL = 300  # residents up to which a day's plain rows are written with it
STATES = 16  # states kept of a run that has ended, about
_INSERT = "INSERT INTO day VALUES (?, ?, ?, ?, ?, ?, ?)"
_CAPS, _SPENT = TypeAdapter(Caps), TypeAdapter(Spent)
REST = 50  # days between the states kept of a run that is being lived: so many have to be lived again after a kill


class Running(Protocol):
    """What is written of a run: an Engine has it."""

    @property
    def scenario(self) -> Scenario: ...
    @property
    def groups(self) -> list[Group]: ...
    @property
    def day(self) -> int: ...
    @property
    def finished(self) -> bool: ...
    @property
    def history(self) -> Sequence[Day]: ...
    @property
    def labels(self) -> Sequence[dict[str, Array]]: ...
    @property
    def series(self) -> Mapping[str, Sequence[float]]: ...
    @property
    def digests(self) -> Sequence[str]: ...
    @property
    def words(self) -> Sequence[Mapping[int, str]]: ...
    @property
    def notes(self) -> Mapping[tuple[int, int], str]: ...
    @property
    def journal(self) -> Iterable[tuple[Place, Entry]]: ...
    def kept_states(self) -> Mapping[int, World]: ...


class RunWriter:
    """One open run file. Use `create` or `append`; then `add` after each day, and `finish` or `close` at the end."""

    def __init__(
        self, path: Path | None, connection: sqlite3.Connection, facts: Facts, lease: Lease | None,
        last: int = -1, digest: str = "",
    ) -> None:  # fmt: skip
        self._path = path
        self._connection = connection
        self._lease = lease
        self._scenario = facts.scenario
        self._in_order = last >= 0  # as `finish` leaves the file; perhaps, if another made it
        self.facts = facts
        self.account: Budget | None = None  # of whoever asks for this run: kept with each day and answer
        self.last = last  # last day in the file
        self.digest = digest  # of that day
        self._beside = ThreadPoolExecutor(1, "keep")  # its thread is there once it is needed
        self._coming: tuple[int, str, Future[None]] | None = None  # a day on its way into the file, with its digest

    @classmethod
    def create(
        cls, path: Path | None, run: Running, title: str, *, parent: Parent | None = None, tags: Sequence[str] = (),
        notes: str = "", created: datetime | None = None, identity: str | None = None,
    ) -> Self:  # fmt: skip
        """A new file with all days of the run so far; no path: in memory, to be had from `content`. SaveError.

        The run's id is `identity`, else the file's name if that is one, else a new one.
        """
        named = path.stem if path is not None and is_identity(path.stem) else ""
        facts = Facts(
            id=identity or named or new_identity(),
            title=title[:200],
            scenario=run.scenario,
            groups=tuple(run.groups),
            detectors=tuple(run.labels[0]),
            metrics=tuple(sorted(run.series)),
            created=(created or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            version=version.VERSION,
            code=version.code(),
            packages=version.packages(),
            prompts=_prompts(run.scenario),
            parent=parent,
            tags=tuple(tags),
            notes=notes,
        )
        with telling(path), leased(path) as lease, fresh(path) as connection:
            size = "small" if run.scenario.size <= SMALL else "large"
            connection.execute(f"PRAGMA page_size = {schema.PAGE[size]}")
            if path is not None:
                grow(connection)
            with transaction(connection):
                connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
                connection.execute(f"PRAGMA user_version = {schema.VERSION}")
                for statement in schema.statements():
                    connection.execute(statement)
                connection.executemany("INSERT INTO word VALUES (?, ?, ?)", schema.words())
                facts.write(connection)
                tables.write_orders(connection, run.scenario.interventions)
            writer = cls(path, connection, facts, lease)
            writer.add(run)
        return writer

    @classmethod
    def append(cls, path: Path) -> Self:
        """Go on with a file of this version. SaveError if it cannot be written, RunError if it is no run."""
        if not path.is_file():
            raise RunError(f"there is no run file {path.name}; look for it on the page Runs")
        with telling(path), leased(path) as lease, opened(path) as connection:
            recognise(connection, path.name)
            facts = Facts.read(connection)
            grow(connection)
            stands = connection.execute("SELECT day, digest FROM day ORDER BY day DESC LIMIT 1").fetchone()
        last, digest = stands or (-1, "")
        return cls(path, connection, facts, lease, last, digest)

    def add(self, run: Running, *, wait: bool = True) -> None:
        """Write the days the run has and the file lacks, each whole. SaveError if that fails.

        Not to `wait`: the last day may go in while the next one is lived, and what is wrong is told by the next call.
        """
        self._arrive()
        with telling(self._path):
            if self._in_order and self._path is not None and self.last < run.day:
                grow(self._connection)  # again, after `finish`
            for day in range(self.last + 1, run.day + 1):
                if not wait and day == run.day and self._is_bare(run, day):
                    self._coming = day, run.digests[day], self._beside.submit(self._put, _row(*self._found(run, day)))
                    return
                with self._transaction():
                    self._add(run, day)
                self.last, self.digest = day, run.digests[day]

    def record(self, place: Place, entry: Entry) -> None:
        """Put an answer on record at once, before its day is over. SaveError."""
        with telling(self._path), self._transaction():
            calls.write(self._connection, [(place, entry)])
            self._spend()

    def settle(self) -> None:
        """Put on record what asking has taken and may take. SaveError."""
        with telling(self._path), self._transaction():
            self._spend()

    def finish(self, run: Running) -> None:
        """All plain tables, indexes, the states at hand; then one plain file without a journal beside it."""
        self.add(run)
        with telling(self._path):
            for day in self._untold():
                with self._transaction():
                    self._tell_again(day)
            with self._transaction():
                tables.write_residents(self._connection, run.history[-1], run.groups, run.scenario.seed)
                for day, world in run.kept_states().items():
                    if day % max(1, run.day // STATES) == 0 or day % REST == 0 or day == run.day:
                        self._keep(day, pack_world(world))
                for statement in schema.indexes():
                    self._connection.execute(statement)
                self._amend(ended=run.finished)
                self._spend()
            self._in_order = True
            if self._path is not None:
                with suppress(sqlite3.OperationalError):  # somebody reads it just now: it stays whole with its journal
                    self._connection.execute("PRAGMA journal_mode = DELETE")

    def amend(self, **changes: object) -> None:
        """Change facts: title, tags, notes. SaveError."""
        with telling(self._path), self._transaction():
            self._amend(**changes)

    def _amend(self, **changes: object) -> None:
        now = Facts.read(self._connection)  # the library may have given another title meanwhile
        self.facts = Facts.model_validate({**now.model_dump(), **changes})
        self.facts.write(self._connection)

    def content(self) -> bytes:
        """The whole file, as it would lie on a disk. SaveError."""
        self._arrive()
        return self._connection.serialize()

    def close(self) -> None:
        """Let go of the file; what was added is in it, or SaveError."""
        try:
            self._arrive()
        finally:
            self._beside.shutdown()
            self._connection.close()
            if self._lease is not None:
                self._lease.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _add(self, run: Running, day: int) -> None:
        if self._in_order:  # taken up again
            self._amend(ended=False)
            self._connection.execute("DELETE FROM resident")
            self._in_order = False
        today, digest, labels, figures = self._found(run, day)
        self._connection.execute(_INSERT, _row(today, digest, labels, figures))
        if words := run.words[day]:
            rows = [(day, i, text) for i, text in words.items()]
            self._connection.executemany("INSERT INTO utterance VALUES (?, ?, ?)", rows)
        if run.scenario.worded:
            notes = [(*place, text) for place, text in run.notes.items() if day - 1 <= place[0] <= day]
            self._connection.executemany("INSERT OR IGNORE INTO note VALUES (?, ?, ?)", notes)
            self._connection.execute("DELETE FROM call WHERE day = ?", (day,))  # some may have been asked anew
            calls.write(self._connection, (entry for entry in run.journal if entry[0].day == day))
        if _is_small(today):
            before = run.history[day - 1].alive if day else today.alive
            tables.write(self._connection, today, before, labels, self.facts.metrics, figures)
        if self._is_changed(run):
            self._scenario = run.scenario
            self._amend(scenario=run.scenario, groups=tuple(run.groups), prompts=_prompts(run.scenario))
            tables.write_orders(self._connection, run.scenario.interventions)
        self._spend()
        if day and day % REST == 0 and day == run.day:
            self._keep(day, pack_world(run.kept_states()[day], small=False))

    def _found(self, run: Running, day: int) -> tuple[Day, str, dict[str, Array], Array]:
        """A day, its digest, its labels and its figures."""
        figures = np.array([run.series[name][day] for name in self.facts.metrics], "<f8")
        return run.history[day], run.digests[day], run.labels[day], figures

    def _is_changed(self, run: Running) -> bool:
        """Whether somebody has intervened since the last day."""
        return run.scenario is not self._scenario or len(run.groups) != len(self.facts.groups)

    def _is_bare(self, run: Running, day: int) -> bool:
        """Whether a day is nothing but its row."""
        more = self._in_order or run.scenario.worded or self.account is not None or self._is_changed(run)
        return not more and day % REST != 0 and not _is_small(run.history[day])

    def _put(self, row: tuple[Any, ...]) -> None:
        self._connection.execute(_INSERT, row)  # a transaction by itself; each more would hand Python's lock about

    def _arrive(self) -> None:
        """Wait for the day on its way. SaveError if it does not get there."""
        coming, self._coming = self._coming, None
        if coming:
            day, digest, done = coming
            with telling(self._path):
                done.result()
            self.last, self.digest = day, digest

    def _spend(self) -> None:
        if self.account is not None:
            told = (("caps", _CAPS.dump_json(self.account.caps)), ("spent", _SPENT.dump_json(self.account.spent())))
            rows = [(key, text.decode()) for key, text in told]
            self._connection.executemany("INSERT OR REPLACE INTO run VALUES (?, ?)", rows)

    def _keep(self, day: int, state: bytes) -> None:
        self._connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (day, state))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of what follows, or nothing of it, here as in the file; after the day on its way."""
        self._arrive()
        before = self.facts, self._scenario, self._in_order
        try:
            with transaction(self._connection):
                yield
        except BaseException:
            self.facts, self._scenario, self._in_order = before
            raise

    def _untold(self) -> list[int]:
        return [day for (day,) in self._connection.execute("SELECT day FROM day WHERE NOT told ORDER BY day")]

    def _tell_again(self, day: int) -> None:
        """The plain rows of a day that so far is only packed; then it is packed small."""
        pack, marks, figures = self._connection.execute(
            "SELECT pack, labels, figures FROM day WHERE day = ?", (day,)
        ).fetchone()
        today, labels = unpack_day(pack, day), unpack_labels(marks, self.facts.detectors)
        (before,) = self._connection.execute("SELECT pack FROM day WHERE day = ?", (max(day - 1, 0),)).fetchone()
        tables.write(
            self._connection, today, unpack_day(before, max(day - 1, 0)).alive, labels, self.facts.metrics,
            np.frombuffer(figures, "<f8"),
        )  # fmt: skip
        self._connection.execute(
            "UPDATE day SET told = 1, pack = ?, labels = ? WHERE day = ?",
            (pack_day(today, small=True), pack_labels(labels, small=True), day),
        )


def _is_small(today: Day) -> bool:
    return len(today.alive) <= SMALL


def _row(today: Day, digest: str, labels: dict[str, Array], figures: Array) -> tuple[Any, ...]:
    """Of the table `day`."""
    alive, small = int(np.count_nonzero(today.alive)), _is_small(today)
    packs = pack_day(today, small=small), pack_labels(labels, small=small)
    return today.day, digest, alive, small, *packs, figures.tobytes()


def _prompts(scenario: Scenario) -> str:
    """Hash of the wording by which residents are asked, "" if none is."""
    if not scenario.worded:
        return ""
    from sim.prompts.texts import prompts_hash  # words are for those who need them

    return prompts_hash()
