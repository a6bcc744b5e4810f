"""What keeping a run costs: `python -m tests.benchmarks.storage`. Compare ratios, which a busy machine disturbs less.

Prints each figure beside its target. Living alone and living with a file alternate in one process, and each day counts
with the least it took over many runs of the same community: what else the machine did then is not ours.
"""

import argparse
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from dashboard.payload.feed import Feed
from sim.engine import Engine
from sim.runs import tables
from sim.runs.disk import grow
from sim.runs.packing import pack_day, unpack_day
from sim.runs.schema import PAGE, TABLES
from sim.runs.stored import Stored
from sim.runs.writer import RunWriter
from sim.scenario import Scenario
from sim.state import MESSAGE, Array
from tests.benchmarks.engine import community, row

SIZE, YEAR, DAYS, REPEATS = 1_000, 365, 30, 60
ROWS, TIMES = 100_000, 9  # rows of a day against plain executemany
JUMPS = 60


class Cost(NamedTuple):
    """Least seconds of each day, by the clock and of this process; shape (days, 2)."""

    alone: Array  # lived and not kept
    kept: Array  # lived and kept

    def share(self, kind: int) -> float:
        """What keeping adds, in parts of living."""
        return float(self.kept[:, kind].sum() / self.alone[:, kind].sum()) - 1


def now() -> Array:
    """Seconds by the clock, and of this process."""
    return np.array([time.perf_counter(), time.process_time()])


def saving(folder: Path) -> Cost:
    """Live the same days again and again, by turns without a file and with one.

    A day is written while the next is lived, which may slow that down: so what counts is both together.
    """
    alone, kept = [], []
    for repeat in range(REPEATS):
        alone.append(_days(lambda engine: None))
        engine = Engine(community(SIZE, 3, DAYS))
        with RunWriter.create(folder / f"saving{repeat}.sqlite", engine, "Benchmark") as writer:
            kept.append(_days(partial(writer.add, wait=False), engine))
    return Cost(np.min(alone, axis=0), np.min(kept, axis=0))


def _days(keep: Callable[[Engine], None], engine: Engine | None = None) -> Array:
    engine = engine or Engine(community(SIZE, 3, DAYS))
    spent = []
    while not engine.finished:
        start = now()
        engine.step()
        keep(engine)
        spent.append(now() - start)
    return np.array(spent)


def against_plain(folder: Path) -> float:
    """Speed at which a day's rows are written, in parts of plain executemany of the same rows into one such table."""
    rng = np.random.default_rng(1)
    engine = Engine(community(SIZE, 3, 2))
    engine.step()
    said = np.tile(engine.history[1].messages, -(-ROWS // len(engine.history[1].messages)))[:ROWS]
    said["amount"] = rng.random(ROWS)
    day = engine.history[1]._replace(messages=said, events=engine.history[0].events)
    plain = [(1, i, *message) for i, message in enumerate(said.tolist())]
    plain = [tuple(None if value != value else value for value in message) for message in plain]
    insert = f"INSERT INTO message VALUES ({', '.join('?' * len(plain[0]))})"
    ratios = []
    for turn in range(TIMES):
        ours = _timed(
            folder / f"ours{turn}.sqlite", lambda it: tables.write(it, day, day.alive, {}, (), np.zeros(0)), *TABLES
        )
        theirs = _timed(folder / f"plain{turn}.sqlite", lambda it: it.executemany(insert, plain), "message")
        more = len(day.alive) + len(day.f_open)  # rows of the ledger and of factories come on top
        ratios.append((ROWS + more) / ours / (ROWS / theirs))
    return statistics.median(ratios)


def _timed(path: Path, write: Callable[[sqlite3.Connection], object], *names: str) -> float:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(f"PRAGMA page_size = {PAGE['large']}")
    grow(connection)
    for name in names:
        keyed = "" if name in ("day", "state", "resident", "intervention") else " WITHOUT ROWID"
        connection.execute(f"CREATE TABLE {name} ({TABLES[name]}){keyed}")
    start = time.process_time()
    connection.execute("BEGIN")
    write(connection)
    connection.execute("COMMIT")
    spent = time.process_time() - start
    connection.close()
    path.unlink()
    return spent


def kept(path: Path, scenario: Scenario) -> Path:
    """A run in its file, put in order, unless it is there already."""
    if not path.exists():
        engine = Engine(scenario)
        with RunWriter.create(path, engine, "Benchmark") as writer:
            while not engine.finished:
                engine.step()
                writer.add(engine)
            start = now()
            writer.finish(engine)
            clock, own = now() - start
            print(f"putting {path.name} in order: {own:.1f} s of this process, {clock:.1f} s by the clock")
    return path


def opening(path: Path) -> tuple[Array, Array]:
    """Seconds, by the clock and own, until the last day's message is ready; and of each jump, shape (JUMPS, 2)."""
    start = now()
    with Stored(path) as stored:
        feed = Feed(Engine(stored.facts.scenario, past=stored), "a", "Benchmark")
        feed.message(0)
        opened = now() - start
        jumps = []
        for day in np.random.default_rng(1).permutation(np.arange(1, stored.last - 3))[:JUMPS].tolist():
            start = now()
            feed.detail(day)
            jumps.append(now() - start)
    return opened, np.array(jumps)


def a_message(path: Path) -> float:
    """Bytes a message takes in a file: those of its table, and those that packs would lack without it."""
    with Stored(path) as stored:
        table, count = stored._connection.execute(
            "SELECT (SELECT sum(pgsize) FROM dbstat WHERE name = 'message'), count(*) FROM message"
        ).fetchone()
        packed = 0
        for day in range(stored.last + 1):
            pack = stored._blob("pack", day)
            bare = unpack_day(pack, day)._replace(messages=np.zeros(0, MESSAGE))
            packed += len(pack) - len(pack_day(bare, small=True))
    return (table + packed) / count


def main(folder: Path) -> None:
    """Print the table."""
    cost = saving(folder)
    for kind, name in enumerate(("by the clock", "of this process")):
        share, ms = cost.share(kind), (cost.kept - cost.alone)[:, kind].mean() * 1e3
        row(f"saving a day of {SIZE:,} residents, {name}", f"{share:.1%} ({ms:.2f} ms)", "5 %", 0.05 / share)
    ratio = against_plain(folder)
    row(f"writing {ROWS:,} rows a day", f"{ratio:.0%} of executemany", "70 %", ratio / 0.7)
    year = kept(folder / "year.sqlite", community(SIZE, 3, YEAR))
    for kind, name in enumerate(("by the clock", "of this process")):
        found = [opening(year) for _ in range(3)]
        opened = min(float(seconds[kind]) for seconds, _ in found)
        row(f"opening {YEAR} days of {SIZE:,}, {name}", f"{opened:.2f} s", "2 s", 2 / opened)
        slow = min(float(np.percentile(jumps[:, kind], 95)) for _, jumps in found) * 1e3
        row(f"jumping to a day, 95 of 100, {name}", f"{slow:.0f} ms", "150 ms", 150 / slow)
    for path in (year, kept(folder / "town.sqlite", community(25, 3, YEAR))):
        bytes_ = a_message(path)
        row(f"a scripted message in {path.name}", f"{bytes_:.1f} bytes", "40", 40 / bytes_)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where runs are made, and found again next time")
    folder = parser.parse_args().folder
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        main(folder)
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made))
