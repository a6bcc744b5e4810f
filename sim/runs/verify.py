"""Is a run file what it says? Its scenario is lived again from day 0, and every day and every row is compared.

Nothing in the file is believed but the scenario, and what models and people answered: digests, labels, figures, kept
states, plain tables, words and the questions put to residents are all made anew. What no replay can show (when a run
was made, by which version, its title, what an answer cost, the answers of a day broken off) is not vouched for.
"""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim import version
from sim.asking import Place, Reply, Request
from sim.digest import Digest
from sim.engine import Engine
from sim.errors import CommonwealError, RunError
from sim.journal import Entry, MissingAnswerError, fingerprint
from sim.runs import schema
from sim.runs.derived import Derived
from sim.runs.inspection import plain
from sim.runs.stored import Stored
from sim.state import LABEL, Array, World

Progress = Callable[[int, int], None]  # day, last day
BATCH = 10_000  # rows compared at a time


class Verdict(NamedTuple):
    """Whether a file holds what its scenario brings about; if not, the first day that differs and why."""

    holds: bool
    days: int  # last day in the file
    digest: str  # of that day, as the file says
    day: int | None  # first day that differs; None if none does, or if what differs belongs to no day
    reason: str  # one sentence
    same_code: bool  # made by the very program that checked it


class _Record:
    """The `Answers` of a replay: what the file holds, and nothing else."""

    def __init__(self, entries: Mapping[Place, Entry]) -> None:
        self._entries = entries
        self.changed: list[Place] = []  # where the question is not the one on record

    async def ask(self, request: Request) -> Reply:
        """The answer on record. MissingAnswerError if there is none."""
        entry = self._entries.get(request.place)
        if entry is None:
            raise MissingAnswerError(request.place)
        if entry.fingerprint != fingerprint(request):
            self.changed.append(request.place)
        return entry.reply


class _MismatchError(Exception):
    def __init__(self, day: int | None, reason: str) -> None:
        super().__init__(reason)
        self.day = day


def verify(path: Path, progress: Progress | None = None) -> Verdict:
    """Replay a run file and compare. RunError if it cannot be read at all."""
    with Stored(path) as stored:
        try:
            _Check(stored, path).run(progress or (lambda day, last: None))
        except _MismatchError as found:
            return _verdict(stored, False, found.day, str(found))
        except CommonwealError as error:  # a pack that cannot be read
            return _verdict(stored, False, None, str(error))
        return _verdict(stored, True, None, f"days 0 to {stored.last} are what this scenario brings about")


def _verdict(stored: Stored, holds: bool, day: int | None, reason: str) -> Verdict:
    same = stored.facts.same_rules
    if not holds and not same:
        reason += f" (made by code {stored.facts.code}, checked by {version.code()}: other rules give other days)"
    return Verdict(holds, stored.last, str(stored.digests[-1]), day, plain(reason, 600), same)


class _Check:
    """One check of one file."""

    def __init__(self, stored: Stored, path: Path) -> None:
        self.stored = stored
        self.facts = stored.facts
        self.entries = dict(stored.journal())
        self.record = _Record(self.entries)
        self.file = sqlite3.connect(path, timeout=2, isolation_level=None)
        self.file.execute("PRAGMA trusted_schema = OFF")
        self.file.execute("PRAGMA query_only = ON")
        self.derived = Derived()

    def run(self, progress: Progress) -> None:
        """_MismatchError at the first thing that is not as it should be."""
        try:
            self._form()
            self._days(progress)
            self._rest()
        except sqlite3.Error as error:
            raise RunError(f"{self.stored.path.name} cannot be read ({str(error)[:100]}); it is damaged") from None
        finally:
            self.file.close()
            self.derived.close()

    def _form(self) -> None:
        (sound,) = self.file.execute("PRAGMA integrity_check(1)").fetchone()
        if sound != "ok":
            raise _MismatchError(None, f"the file is damaged: {sound[:200]}")
        found, least = self._objects(self.file), self._objects(self.derived.connection)
        for statement in schema.indexes():
            self.derived.connection.execute(statement)
        most = self._objects(self.derived.connection)
        if not (found == most if self.facts.ended else least <= found <= most):
            raise _MismatchError(None, "its tables, views and indexes are not those of a run")
        odd = self.file.execute(
            "SELECT min(day) FROM day WHERE 'blobblobblob' != typeof(pack) || typeof(labels) || typeof(figures)"
        ).fetchone()
        if odd != (None,):
            raise _MismatchError(odd[0], f"day {odd[0]} is not packed as a day is")
        odd = self.file.execute("SELECT min(day) FROM state WHERE typeof(pack) != 'blob'").fetchone()
        if odd != (None,):
            raise _MismatchError(odd[0], f"the state of day {odd[0]} is not packed as a state is")
        numbers = [day for (day,) in self.file.execute("SELECT day FROM day ORDER BY day")]
        if numbers != list(range(len(numbers))):
            missing = next(k for k, number in enumerate(numbers) if k != number)
            raise _MismatchError(missing, f"day {missing} is missing")

    def _days(self, progress: Progress) -> None:
        engine = Engine(self.facts.scenario, keep=False, answers=self.record)
        chain = Digest()
        if (tuple(engine.labels[0]), tuple(sorted(engine.series))) != (self.facts.detectors, self.facts.metrics):
            raise _MismatchError(None, "it names other detectors or metrics than this version has")
        states = {day for (day,) in self.file.execute("SELECT day FROM state")}
        before = engine.history[-1].alive
        for day in range(self.stored.last + 1):
            if day:
                before = engine.history[-1].alive
                self._live(engine, day)
            chain.add(self.stored.day(day), self.stored.words(day))
            self._day(engine, chain, day, before)
            if day in states:
                self._state(engine.world, day)
                states.remove(day)
            progress(day, self.stored.last)
        self.derived.note(engine.notes)
        self.derived.ask((place, entry) for place, entry in self.entries.items() if place.day == self.stored.last + 1)
        if states:
            raise _MismatchError(min(states), f"it keeps a state of day {min(states)}, which it does not hold")
        if tuple(engine.groups) != self.facts.groups:
            raise _MismatchError(None, "it names other groups of residents than the run has")
        if self.facts.ended and not engine.finished:
            raise _MismatchError(None, f"it says that the run has ended, which it has not on day {self.stored.last}")

    def _live(self, engine: Engine, day: int) -> None:
        if engine.finished:
            raise _MismatchError(day, f"lived again, the run ends on day {day - 1}; the file goes on")
        try:
            engine.step()
        except CommonwealError as error:
            raise _MismatchError(day, f"day {day} cannot be lived again: {error}") from None

    def _day(self, engine: Engine, chain: Digest, day: int, before: Array) -> None:
        today, digest = engine.history[-1], self.stored.digests[day]
        if chain.hex() != digest:
            raise _MismatchError(day, f"the record of day {day} does not give the digest beside it")
        if engine.digest() != digest:
            raise _MismatchError(day, f"day {day}, lived again, is not the day on record")
        if self.record.changed:
            who, phase = self.record.changed[0].resident, self.record.changed[0].phase.name.lower()
            raise _MismatchError(day, f"the question to resident {who} on day {day} ({phase}) is not the one on record")
        if self.stored.population[day] != int(today.alive.sum()):
            raise _MismatchError(day, f"the number of residents alive on day {day} is not that of its record")
        marks = self.stored.labels(day)
        if any(not np.array_equal(marks[name], found.astype(LABEL)) for name, found in engine.labels[-1].items()):
            raise _MismatchError(day, f"the labels of day {day} are not those its record gives")
        figures = np.array([engine.series[name][day] for name in self.facts.metrics], "<f8")
        (kept, told) = self.file.execute("SELECT figures, told FROM day WHERE day = ?", (day,)).fetchone()
        same = len(kept) == figures.nbytes and np.array_equal(np.frombuffer(kept, "<f8"), figures, equal_nan=True)
        if not same:
            raise _MismatchError(day, f"the figures of day {day} are not those its record gives")
        if told:
            self.derived.add(today, before, engine.labels[-1], self.facts.metrics, figures)
        self.derived.say(day, engine.words[-1])
        self.derived.ask((place, entry) for place, entry in engine.journal if place.day == day)
        for table in (*schema.DERIVED, "utterance", "call"):
            self._same(table, day)

    def _state(self, world: World, day: int) -> None:
        kept = self.stored.state(day) if self.facts.same_rules else None  # other rules may keep other things
        if kept is None:
            return
        same = kept[0] == day and all(
            mine.dtype == theirs.dtype and np.array_equal(mine, theirs, equal_nan=mine.dtype.kind == "f")
            for mine, theirs in zip(world, kept[1])
        )
        if not same:
            raise _MismatchError(day, f"the state kept of day {day} is not that of the evening it names")

    def _rest(self) -> None:
        """What belongs to no day: words, residents, interventions, and rows of days that never were."""
        if self.facts.parent and self.facts.parent.day <= self.stored.last:
            if self.stored.digests[self.facts.parent.day] != self.facts.parent.digest:
                raise _MismatchError(self.facts.parent.day, "it does not share its days with the parent it names")
        whole = self.file.execute("SELECT count(*) FROM resident").fetchone() != (0,)
        self.derived.finish(self.stored.day(self.stored.last), self.facts.groups, self.facts.scenario)
        if not whole and not self.facts.ended:  # residents are written when a run ends
            self.derived.connection.execute("DELETE FROM resident")
        for table in (*schema.DERIVED, *schema.WORDED):
            (found,), (right,) = (
                one.execute(f"SELECT count(*) FROM {table}").fetchone() for one in (self.file, self.derived.connection)
            )
            if found != right:
                raise _MismatchError(None, f"the table {table} has {found:,} rows instead of {right:,}")
        for table in ("word", "resident", "intervention", "note"):
            self._same(table)
        for row in self.derived.connection.execute("SELECT hash, name, text FROM part"):
            if self.file.execute("SELECT hash, name, text FROM part WHERE hash = ?", row[:1]).fetchone() != row:
                raise _MismatchError(None, f"a part of a prompt ({row[1]}) is not the one the replay gives")

    def _same(self, table: str, day: int | None = None) -> None:
        """Whether a plain table holds exactly the rows that the packed days give."""
        where = "" if day is None else f"WHERE day = {day} "
        query = f"SELECT * FROM {table} {where}ORDER BY 1, 2, 3"  # a prefix of the key, or more than it
        mine, theirs = self.derived.connection.execute(query), self.file.execute(query)
        while True:
            right, found = mine.fetchmany(BATCH), theirs.fetchmany(BATCH)
            if right != found:
                when = "" if day is None else f" on day {day}"
                made = "the replay gives" if table in schema.WORDED else "the packed days give"
                raise _MismatchError(day, f"the table {table}{when} is not what {made}")
            if not right:
                return

    @staticmethod
    def _objects(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
        rows = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
        return set(rows)
