"""Runs from elsewhere: read with distrust, checked whole, and written anew into the library as a file of our own.

Nothing of the foreign file is taken over but what was checked: facts, days, labels, figures, words and answers. Not its
states, which kernels would have to trust, nor its plain tables, which are derived again.
"""

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from sim.errors import RunError
from sim.groups import groups_on
from sim.past import History
from sim.runs.content import content
from sim.runs.disk import COMPANIONS
from sim.runs.entry import SUFFIX
from sim.runs.facts import Facts
from sim.runs.hearsay import Hearsay, Words, hearsay, words
from sim.runs.identity import new_identity
from sim.runs.inspection import opened, plain
from sim.runs.library import Library
from sim.runs.migrate import MIGRATIONS, Migration
from sim.runs.packing import unpack_day, unpack_labels
from sim.runs.soundness import Soundness
from sim.runs.stored import Stored
from sim.runs.writer import RunWriter
from sim.scenario import Group, Scenario
from sim.state import Array, Day, World

SHORT = 1_000_000  # bytes of any one fact
UNFOLDED, BESIDES = 4, 16_000_000  # times the file's size, and bytes, that its days may unfold to
_UNFINISHED = ".incoming"
_OLD = 86_400  # seconds after which an unfinished file is what a program that died has left


@dataclass(frozen=True)
class Bounds:
    """How large a file may be, and how long looking at it may take."""

    bytes: int = 100_000_000
    seconds: float = 120


class KnownRunError(RunError):
    """The run is in the library already, as `identity`."""

    def __init__(self, message: str, identity: str) -> None:
        super().__init__(message)
        self.identity = identity


class _Days(NamedTuple):
    digests: list[str]
    figures: Array  # f8 (days, metrics)
    residents: list[int]  # who had ever been there, by day
    words: Words


class Inspected:
    """A run from elsewhere that has passed all checks. `RunWriter` can write it as it writes an Engine."""

    def __init__(self, connection: sqlite3.Connection, facts: Facts, days: _Days, told: Hearsay) -> None:
        self._connection = connection
        self.facts, self.digests = facts, days.digests
        self.day = len(days.digests) - 1
        self.words = [days.words.get(day, {}) for day in range(self.day + 1)]
        self.notes, self.journal = told
        figures = days.figures
        self.history: History[Day] = History(self._day, self.day)
        self.labels: History[dict[str, Array]] = History(self._labels, self.day)
        self.series = {name: figures[:, k].tolist() for k, name in enumerate(facts.metrics)}

    @property
    def scenario(self) -> Scenario:
        return self.facts.scenario

    @property
    def groups(self) -> list[Group]:
        return list(self.facts.groups)

    @property
    def finished(self) -> bool:
        return self.day >= self.scenario.days or not self.history[-1].alive.any()

    def kept_states(self) -> Mapping[int, World]:
        """None: states are not taken over."""
        return {}

    def close(self) -> None:
        """Let go of the content."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _day(self, day: int) -> Day:
        return unpack_day(self._blob("pack", day), day)

    def _labels(self, day: int) -> dict[str, Array]:
        return unpack_labels(self._blob("labels", day), self.facts.detectors)

    def _blob(self, column: str, day: int) -> bytes:
        row: tuple[bytes] = self._connection.execute(f"SELECT {column} FROM day WHERE day = ?", (day,)).fetchone()
        return row[0]


def inspect(
    source: Path | bytes, bounds: Bounds = Bounds(), migrations: Mapping[int, Migration] = MIGRATIONS
) -> Inspected:
    """A run from elsewhere, checked from first to last; an older one as a migrated copy. The source is only read.

    SettingError if it is no file that may be read, RunError if it is no run or not a sound one.
    """
    until = time.monotonic() + bounds.seconds
    name = (plain(source.name, 80) or "the file") if isinstance(source, Path) else "the file"
    data = content(source, name, bounds.bytes) if isinstance(source, Path) else source
    if len(data) > bounds.bytes:
        raise RunError(f"{name} is too large: files of up to {bounds.bytes / 1e6:,.0f} MB are taken in")
    with _telling(name, until):
        connection = opened(data, name, until, migrations)
        try:
            facts = _facts(connection, len(data))
            days = _days(connection, facts, UNFOLDED * len(data) + BESIDES, until)
            if list(facts.groups) != groups_on(facts.scenario, len(days.digests) - 1):
                raise RunError("its groups are not those of its scenario and its orders; the file was changed")
            told = hearsay(connection, facts, days.residents, until)
        except BaseException:
            connection.close()
            raise
    return Inspected(connection, facts, days, told)


def take_in(
    source: Path | bytes, library: Library, bounds: Bounds = Bounds(),
    migrations: Mapping[int, Migration] = MIGRATIONS,
) -> str:  # fmt: skip
    """Put a run from elsewhere into the library, under its own id or, where that is taken, a new one; returns the id.

    Errors as `inspect`; KnownRunError if the library has that very run; RunError if there is no room. Leaves no traces.
    """
    with inspect(source, bounds, migrations) as run:
        facts = run.facts
        path = library.new_path()
        own = path.with_name(f"{facts.id}{SUFFIX}")
        if not own.exists():
            path = own
        elif _same(own, run):
            raise KnownRunError(f"this run is in the library already, as {facts.id}", facts.id)
        library.room()
        _sweep(library.folder)
        unfinished = path.with_name(f".{new_identity()}{_UNFINISHED}")
        try:
            with _telling(path.name, None), RunWriter.create(
                unfinished, run, facts.title, parent=facts.parent, tags=facts.tags, notes=facts.notes,
                identity=path.stem,
            ) as writer:  # fmt: skip
                writer.amend(
                    created=facts.created, version=facts.version, code=facts.code, packages=facts.packages,
                    prompts=facts.prompts, caps=facts.caps, spent=facts.spent,
                )  # fmt: skip
                for place, entry in run.journal:
                    if place.day > run.day:  # of a day that was broken off
                        writer.record(place, entry)
                writer.finish(run)
            library.room(unfinished.stat().st_size)
            unfinished.replace(path)
        finally:
            for end in ("", *COMPANIONS):
                with suppress(OSError):
                    unfinished.with_name(unfinished.name + end).unlink()
    return path.stem


def _facts(connection: sqlite3.Connection, size: int) -> Facts:
    """The facts, their text made plain. RunError if they do not hold."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, SHORT)
    facts = Facts.read(connection)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, size)
    for names in (facts.detectors, facts.metrics):
        if len(set(names)) < len(names):
            raise RunError("it names a detector or a metric twice; it is damaged")
    try:
        datetime.strptime(facts.created, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        raise RunError("its date is none; it is damaged") from None
    parent = facts.parent and facts.parent.model_copy(update={"title": plain(facts.parent.title)})
    words = {
        "title": plain(facts.title) or "Untitled run",
        "tags": tuple(tag for tag in map(plain, facts.tags) if tag),
        "notes": "\n".join(plain(line, len(line)) for line in facts.notes.splitlines()),
        "version": plain(facts.version),
        "packages": {name: plain(number) for name, number in facts.packages.items()},
    }
    return facts.model_copy(update={**words, "parent": parent})


def _days(connection: sqlite3.Connection, facts: Facts, room: int, until: float) -> _Days:
    """All days, each looked at whole. `room`: bytes they may unfold to."""
    soundness, rows, residents = Soundness(facts), [], []
    said = words(connection, facts, until)
    kept = "SELECT day, digest, alive, pack, labels, figures FROM day ORDER BY day"
    for expected, row in enumerate(connection.execute(kept)):
        day, digest, alive, pack, labels, figures = row
        if day != expected or not all(isinstance(blob, bytes) for blob in row[3:]):
            raise RunError(f"its day {expected} is missing or no day; the file is damaged")
        if day > facts.scenario.days:
            raise RunError(f"it has more days than the {facts.scenario.days} of its scenario; the file was changed")
        if len(figures) != 8 * len(facts.metrics):
            raise RunError(f"the figures of its day {day} do not fit its metrics; the file is damaged")
        today = unpack_day(pack, day, room)
        room -= sum(getattr(today, name).nbytes for name in Day._fields[2:])
        found = unpack_labels(labels, facts.detectors, room)
        room -= sum(label.nbytes for label in found.values())
        if room < 0:
            raise RunError("its days unfold to far more than a file of its size holds; it is not taken in")
        rows.append(np.frombuffer(figures, "<f8"))
        residents.append(len(today.alive))
        soundness.take(today, found, rows[-1], said.get(day))
        if digest != soundness.digests[-1] or alive != int(today.alive.sum()):
            raise RunError(
                f"its day {day} is not the one its fingerprint was taken of; the file was changed or damaged"
            )
        if time.monotonic() > until:
            raise RunError("looking through it took too long; allow more time, or share a shorter run")
    if not rows:
        raise RunError("it holds no day yet; there is nothing to take in")
    if said and max(said) >= len(rows):
        raise RunError("it has words of a day that was not lived; the file was changed or is damaged")
    return _Days(soundness.digests, np.array(rows), residents, said)


def _same(path: Path, run: Inspected) -> bool:
    """Whether the library's file of that id is this run."""
    try:
        with closing(Stored(path)) as there:
            return there.facts.scenario == run.scenario and there.digests == run.digests
    except RunError:
        return False


def _sweep(folder: Path) -> None:
    """Remove what earlier attempts have left that were killed."""
    for left in folder.glob(f".*{_UNFINISHED}*"):
        with suppress(OSError):
            if left.stat().st_mtime < time.time() - _OLD:
                left.unlink()


@contextmanager
def _telling(name: str, until: float | None) -> Iterator[None]:
    """Complaints of SQLite and of the checks as sentences that name the file, in plain letters."""
    try:
        yield
    except RunError as error:
        text = plain(error, 600)
        raise RunError(text if name in text else f"{name} cannot be taken in: {text}") from None
    except (sqlite3.Error, OSError, MemoryError, UnicodeDecodeError) as error:  # the last: SQLite quoting the file
        if until is not None and time.monotonic() > until:
            raise RunError(f"looking through {name} took too long; allow more time, or share a shorter run") from None
        raise RunError(f"{name} cannot be read ({plain(error, 100)}); it is damaged or not a run") from None
