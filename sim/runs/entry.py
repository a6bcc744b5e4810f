"""What the library says of one run: read from its file alone, without its days; or why it cannot be read."""

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sim.errors import RunError
from sim.runs import schema
from sim.runs.facts import Facts
from sim.runs.identity import is_identity
from sim.runs.minds import in_words

SUFFIX = ".sqlite"
PATIENCE = 2.0  # seconds a file may take to be read: one that is a trap would take for ever
LONGEST = 200  # characters of the minds' names
POINTS = 60  # of the curve of the population

State = Literal["running", "unfinished", "finished", "died out", "damaged"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the library. `live`: somebody writes it now. `damaged`: why it cannot be opened, "" if it can."""

    id: str  # "" if the file's name is not that of a run
    file: str
    bytes: int
    modified: float  # seconds since 1970
    title: str = ""
    scenario: str = ""
    mix: str = ""
    minds: str = ""  # who is asked in words: models, as their endpoints call them; "" if all are scripted
    answers: Literal["", "lean", "full"] = ""  # protocol of the answers on record, which others can give again
    size: int = 0
    seed: int = 0
    last: int = 0  # last day in the file
    horizon: int = 0
    alive: int = 0  # in the evening of the last day
    ended: bool = False
    created: str = ""
    tags: tuple[str, ...] = ()
    notes: str = ""
    parent: str = ""  # id of the run it branched from
    parent_title: str = ""
    parent_day: int = 0
    curve: tuple[int, ...] = ()  # residents alive, at most POINTS evenly spaced days
    damaged: str = ""
    live: bool = False

    @property
    def state(self) -> State:
        """How it is with the run."""
        if self.live:
            return "running"
        if self.damaged:
            return "damaged"
        if not self.ended:
            return "unfinished"
        return "finished" if self.alive else "died out"


def read(path: Path) -> dict[str, Any] | None:
    """What the file says: fields of Entry, without its size, its times and `live`; None if it is not there (any more).

    Never raises for a bad file.
    """
    if not is_identity(path.stem):
        return {"damaged": f"{path.name} is not named like a run of this library; import it instead"}
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=2)) as connection:
            until = time.monotonic() + PATIENCE
            connection.set_progress_handler(lambda: time.monotonic() > until, 10_000)
            return _told(path, connection)
    except RunError as error:
        return {"damaged": str(error)}
    except (sqlite3.Error, OSError, ValueError, TypeError, OverflowError) as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_CANTOPEN and _taken_away(path):
            return None
        return {"damaged": f"{path.name} cannot be read ({str(error)[:100]}); it is damaged or not a run"}


def _taken_away(path: Path) -> bool:
    """Whether a file that could not be opened was just away: it is gone now, or nothing hinders reading it."""
    try:
        with path.open("rb"):
            return True
    except OSError as error:
        return isinstance(error, FileNotFoundError)


def mix_in_words(facts: Facts) -> str:
    """The value mix, as "76 % original, 24 % without Benevolence"."""
    return ", ".join(f"{group.share:g} % {group.label}" for group in facts.scenario.mix)


def thinned(counts: Sequence[int], most: int) -> tuple[int, ...]:
    """At most so many of them, evenly spaced, with the first and the last."""
    if len(counts) <= most:
        return tuple(counts)
    return tuple(counts[round(k * (len(counts) - 1) / (most - 1))] for k in range(most))


def _answers(connection: sqlite3.Connection) -> str:
    """The protocol of most answers, "" if there are none."""
    lean, all_ = connection.execute("SELECT coalesce(sum(phase IN (8, 9)), 0), count(*) FROM call").fetchone()
    return "" if not all_ else "lean" if 2 * lean >= all_ else "full"


def _told(path: Path, connection: sqlite3.Connection) -> dict[str, Any]:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != schema.APPLICATION:
        raise RunError(f"{path.name} is not a run of Commonweal")
    if version != schema.VERSION:
        raise RunError(
            f"{path.name} is of format {version}, and this program keeps format {schema.VERSION}; "
            + ("update Commonweal" if version > schema.VERSION else "import it, which brings a copy up to date")
        )
    facts = Facts.read(connection)
    if facts.id != path.stem:
        raise RunError(f"{path.name} holds the run {facts.id}, under another name; import it to have it as a copy")
    alive = [int(count) for (count,) in connection.execute("SELECT alive FROM day ORDER BY day LIMIT 100000")]
    if not alive:
        raise RunError(f"{path.name} holds no day yet; there is nothing to open")
    scenario, parent = facts.scenario, facts.parent
    return {
        "title": facts.title,
        "scenario": scenario.name,
        "mix": mix_in_words(facts),
        "minds": in_words(scenario)[:LONGEST] if scenario.asked else "",
        "answers": _answers(connection) if scenario.worded else "",
        "size": scenario.size,
        "seed": scenario.seed,
        "last": len(alive) - 1,
        "horizon": scenario.days,
        "alive": alive[-1],
        "ended": facts.ended,
        "created": facts.created,
        "tags": facts.tags,
        "notes": facts.notes,
        "parent": parent.id if parent else "",
        "parent_title": parent.title if parent else "",
        "parent_day": parent.day if parent else 0,
        "curve": thinned(alive, POINTS),
    }
