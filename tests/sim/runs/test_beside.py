"""A day that goes into its file while the next is lived: the same file, and nothing lost but what is told."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Thread, Timer

import pytest

from sim.engine import Engine
from sim.interventions import Give
from sim.runs import disk
from sim.runs import writer as writing
from sim.runs.stored import Stored
from sim.runs.writer import RunWriter, SaveError
from sim.scenario import Scenario
from tests.sim.runs.making import MEDDLED, assert_same, community, go_on, lived, taken_up
from tests.sim.runs.processes import everything, forks, start

DAYS = 12


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Communities of these tests count as large; a state is kept now and then."""
    monkeypatch.setattr(writing, "SMALL", 3)
    monkeypatch.setattr(writing, "REST", 5)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Days on their way wait for this event."""
    go, put = Event(), RunWriter._put

    def waiting(self: RunWriter, row: tuple[object, ...]) -> None:
        assert go.wait(20)
        put(self, row)

    monkeypatch.setattr(RunWriter, "_put", waiting)
    yield go
    go.set()


def rows(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return [row for table in ("day", "state") for row in connection.execute(f"SELECT * FROM {table} ORDER BY day")]


def test_the_file_is_the_same(tmp_path: Path) -> None:
    for name, wait in (("one", True), ("other", False)):
        engine = Engine(community(DAYS, MEDDLED))
        with RunWriter.create(tmp_path / name, engine, "A run") as writer:
            while not engine.finished:
                engine.step()
                writer.add(engine, wait=wait)
    assert rows(tmp_path / "one") == rows(tmp_path / "other") and len(rows(tmp_path / "one")) == DAYS + 3
    with Stored(tmp_path / "other") as stored:
        assert_same(Engine(stored.facts.scenario, past=stored), engine)


def test_the_next_day_is_lived_meanwhile_and_every_call_waits_for_the_one_before(tmp_path: Path, slow: Event) -> None:
    engine = lived(community(DAYS), 1)
    with RunWriter.create(tmp_path / "run.sqlite", engine, "A run") as writer:
        writer.add(go_on(engine, 2), wait=False)
        go_on(engine, 3)
        assert writer.last == 1
        Timer(0.05, slow.set).start()
        writer.add(engine, wait=False)
        assert writer.last == 2
        writer.amend(title="Another")
        assert (writer.last, writer.digest) == (3, engine.digests[3])


@pytest.mark.parametrize("why", ["small", "a state is kept", "an order", "waited for"])
def test_a_day_that_is_more_than_its_row_is_waited_for(why: str, tmp_path: Path, slow: Event) -> None:
    engine = lived(community(DAYS), 3)
    with RunWriter.create(tmp_path / "run.sqlite", engine, "A run") as writer:
        if why == "small":
            writing.SMALL = 99
        elif why == "a state is kept":
            go_on(engine, 4)
            writer.add(engine)
        elif why == "an order":
            engine.intervene(Give(day=1, amount=2))
        engine.step()
        writer.add(engine, wait=why == "waited for")
        assert writer.last == engine.day


@pytest.mark.parametrize("call", ["add", "finish", "amend", "settle", "content", "close"])
def test_what_goes_wrong_is_told_by_the_next_call(call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "PATIENCE", 0.05)
    engine = lived(community(DAYS), 2)
    path = tmp_path / "run.sqlite"
    writer = RunWriter.create(path, engine, "A run")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writer.add(go_on(engine, 3), wait=False)
        with pytest.raises(SaveError, match="another program holds on to it"):
            getattr(writer, call)(*[engine] * (call in ("add", "finish")))
        other.execute("ROLLBACK")
    assert writer.last == 2
    if call != "close":
        writer.finish(go_on(engine))
        writer.close()
        with Stored(path) as stored:
            assert_same(Engine(stored.facts.scenario, past=stored), engine)


def keep(told: Connection, path: Path, scenario: Scenario) -> None:
    """Live and save a run, slowly, from the file if there is one."""
    engine, writer = taken_up(path, scenario)
    writer._connection.set_progress_handler(lambda: time.sleep(0.000_5), 10)
    while not engine.finished:
        engine.step()
        writer.add(engine, wait=False)
        told.send(engine.day)
    told.send("over")


@forks
def test_a_process_killed_at_any_moment_leaves_whole_days_and_its_run_goes_on(tmp_path: Path) -> None:
    whole, path = lived(community(60, MEDDLED)), tmp_path / "run.sqlite"
    for _ in range(6):
        process, heard = start(keep, path, whole.scenario)
        days = [heard.recv() for _ in range(3)]
        process.kill()
        process.join()
        days += everything(heard)
        with Stored(path) as stored:
            assert days[-1] - 1 <= stored.last <= days[-1] + 1
            assert stored.digests == list(whole.digests[: stored.last + 1])
            assert_same(go_on(Engine(stored.facts.scenario, past=stored)), whole)


def test_days_lived_at_the_same_time_are_what_they_are_alone() -> None:
    scenarios = [community(DAYS, MEDDLED, seed=seed, size=40) for seed in range(4)]
    found: dict[int, Engine] = {}
    threads = [Thread(target=lambda at, of: found.update({at: lived(of)}), args=pair) for pair in enumerate(scenarios)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for at, scenario in enumerate(scenarios):
        assert_same(found[at], lived(scenario))
