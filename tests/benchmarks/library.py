"""How fast thousands of kept runs are listed: with nothing known of them, with the catalogue, and again in one process.

python -m tests.benchmarks.library [--runs 3000]
"""

import argparse
import json
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from sim.engine import Engine
from sim.runs.catalogue import NAME
from sim.runs.identity import new_identity
from sim.runs.library import Library
from sim.runs.writer import RunWriter
from sim.scenario import Scenario

DAYS = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3_000)
    count = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        made = _run(folder)
        for number in range(1, count):
            _copy(made, number)
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        print(f"{count} runs of {DAYS} days, {size:.0f} MB")
        print(f"nothing known of them:       {_seconds(Library(folder), count) * 1000:7.0f} ms")
        library = Library(folder)
        print(f"with the catalogue:          {_seconds(library, count) * 1000:7.0f} ms")
        print(f"again in the same process:   {_seconds(library, count) * 1000:7.0f} ms")
        library.amend(made.stem, title="Another title")
        print(f"after one of them changed:   {_seconds(library, count) * 1000:7.0f} ms")
        print(f"size of the catalogue:       {(folder / NAME).stat().st_size / 1e6:7.1f} MB")


def _run(folder: Path) -> Path:
    library = Library(folder)
    engine = Engine(Scenario(size=4, days=DAYS))
    while not engine.finished:
        engine.step()
    path = library.new_path()
    with RunWriter.create(path, engine, "Run 0") as writer:
        writer.finish(engine)
    return path


def _copy(made: Path, number: int) -> None:
    """The same run as another one: its own id and title."""
    path = made.with_name(f"{new_identity()}.sqlite")
    shutil.copyfile(made, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        for key, value in (("id", path.stem), ("title", f"Run {number}"), ("tags", [f"tag {number % 7}"])):
            connection.execute("UPDATE run SET value = ? WHERE key = ?", (json.dumps(value), key))


def _seconds(library: Library, count: int) -> float:
    start = time.perf_counter()
    found = library.entries()
    assert len(found) == count and not any(entry.damaged for entry in found)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
