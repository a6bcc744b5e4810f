"""kill -9, at any moment: the file holds whole days, and the run goes on from them as if nothing had been."""

import sqlite3
import time
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pytest

from sim.engine import Engine
from sim.errors import RunError
from sim.runs import writer as writing
from sim.runs.lease import held
from sim.runs.schema import DERIVED
from sim.runs.stored import Stored
from sim.scenario import Scenario
from tests.sim.runs.making import (
    MEDDLED,
    assert_same,
    assert_same_day,
    assert_same_labels,
    community,
    go_on,
    lived,
    taken_up,
)
from tests.sim.runs.processes import everything, forks, start

KILLS = 20
LIFE = 0.25  # seconds a process lives at most once it has begun to save
DAYS = 45
TIDY = 9  # days after which a process puts its file in order, as when a run ends


def keep(told: Connection, path: Path, scenario: Scenario) -> None:
    """Live and save a run day by day, from the file if there is one; slowly, so that most of the time is saving."""
    engine, writer = taken_up(path, scenario)
    writer._connection.set_progress_handler(lambda: time.sleep(0.000_2), 100)
    while not engine.finished:
        engine.step()
        told.send(("begun", engine.day))
        writer.add(engine)
        told.send(("saved", engine.day))
        if engine.day % TIDY == 0:
            told.send(("begun", engine.day))
            writer.finish(engine)


def check_whole_days(path: Path, whole: Engine, announced: int) -> int:
    """The last day of the file. All up to it are there, whole, and those announced are among them."""
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    with Stored(path) as stored:
        assert announced <= stored.last <= announced + 1
        assert stored.digests == list(whole.digests[: stored.last + 1])
        for day in range(stored.last + 1):
            assert_same_day(stored.day(day), whole.history[day])
            assert_same_labels(stored.labels(day), whole.labels[day])
        for table in DERIVED:
            assert connection.execute(f"SELECT max(day) FROM {table}").fetchone()[0] in (*range(stored.last + 1), None)
        said = sum(len(day.messages) for day in whole.history[: stored.last + 1])
        assert connection.execute("SELECT count(*) FROM message").fetchone() == (said,)
    connection.close()
    return stored.last


@forks
def test_a_process_killed_at_any_moment_leaves_whole_days_and_its_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "REST", 5)
    whole = lived(community(DAYS, MEDDLED))
    chance = np.random.default_rng()
    file, inside, announced = 0, 0, 0
    for _ in range(KILLS):
        path = tmp_path / f"{file}.sqlite"
        process, heard = start(keep, path, whole.scenario)
        told = [heard.recv()]
        time.sleep(chance.uniform(0, LIFE))
        process.kill()
        process.join()
        told += everything(heard)
        inside += told[-1][0] == "begun"
        announced = max([announced, *(day for word, day in told if word == "saved")])
        assert not held(path)
        check_whole_days(path, whole, announced)
        with Stored(path) as stored:
            assert_same(go_on(Engine(stored.facts.scenario, past=stored)), whole)
        if announced == DAYS:
            file, announced = file + 1, 0
    assert inside, "no kill fell into the saving of a day"


@forks
@pytest.mark.parametrize("wait", [0, 0.001, 0.003, 0.01])
def test_a_process_killed_while_it_makes_its_file_leaves_one_that_says_so_or_none(tmp_path: Path, wait: float) -> None:
    path = tmp_path / "run.sqlite"
    process, _ = start(keep, path, community(DAYS))
    time.sleep(wait)
    while not path.exists() and process.is_alive() and wait:
        pass
    process.kill()
    process.join()
    try:
        with Stored(path) as stored:
            assert stored.last >= 0
    except RunError as error:
        assert any(words in str(error) for words in ("holds no day yet", "not a run", "there is no run file"))
