"""A study being run: paused, gone on with, cancelled, killed; nothing is lost and nothing is done twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from sim import version
from sim.errors import RunError, SettingError
from sim.runs.lease import Lease
from sim.studies.file import Answers, StudyFile
from sim.studies.lives import Life, Row, Unit, live
from sim.studies.place import place
from sim.studies.plan import plan
from sim.studies.running import DISTANCE, Running
from tests.sim.studies.tiny import new_file, tiny

ROOT = Path(__file__).parents[3]
LONG = 120  # seconds: a test fails rather than hangs
LARGE = {"scenario": {"size": 25, "days": 40}, "seeds": "1000-1059"}  # 300 runs
COST = 10_000  # of a unit: some thirty units


def until(happens: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not happens():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


def finished(running: Running) -> Running:
    running.start()
    assert running.wait(LONG)
    return running


@pytest.fixture(autouse=True)
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.studies.plan.COST", COST)


@pytest.fixture(scope="module")
def digest(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Of the whole of LARGE, lived in this process."""
    path = new_file(tmp_path_factory.mktemp("alone"), **LARGE)
    with StudyFile.open(path) as file:
        for unit in plan(file.study):
            file.add(live(unit))
        return file.results().digest


def test_a_study_is_run_to_its_end(tmp_path: Path) -> None:
    running = Running(new_file(tmp_path), workers=2)
    assert (running.state, running.done, running.total, running.seconds_left) == ("waiting", 0, 30, None)
    finished(running)
    assert (running.state, running.reason, running.done, running.doing) == ("done", "", 30, "")
    assert running.results().whole and not running.failures
    assert Running(running.path).state == "done"
    running.start()
    assert running.state == "done", "there is nothing left to do"
    assert [path.name for path in tmp_path.iterdir()] == ["tiny.study"]


def test_it_pauses_and_goes_on_and_finds_the_same(tmp_path: Path, digest: str) -> None:
    running = Running(new_file(tmp_path, **LARGE), workers=2)
    running.start()
    until(lambda: running.done > 0)
    assert running.seconds_left is None or running.seconds_left > 0
    running.pause()
    assert running.ending
    assert running.wait(LONG)
    assert running.state == "paused" and 0 < running.done < running.total and not running.results().whole
    before = running.results().runs
    assert finished(running).state == "done" and running.results().digest == digest
    after = running.results().runs.merge(before, on=["condition", "seed", "digest"])
    assert len(after) == len(before), "what was there is there still"


def test_it_is_cancelled_and_another_takes_it_up(tmp_path: Path, digest: str) -> None:
    first = Running(new_file(tmp_path, **LARGE), workers=2)
    first.start()
    until(lambda: first.done > 0)
    first.cancel()
    assert first.wait(LONG) and first.state == "cancelled"
    second = Running(first.path, workers=1)
    assert second.done == first.done and second.state == "waiting"
    assert finished(second).results().digest == digest


def test_who_waits_can_be_cancelled(tmp_path: Path) -> None:
    running = Running(new_file(tmp_path))
    running.cancel()
    assert running.state == "cancelled" and running.done == 0


def test_a_file_is_run_by_one_at_a_time(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    lease = Lease.take(path)
    assert lease is not None
    running = finished(Running(path))
    assert running.state == "failed" and "run elsewhere" in running.reason
    lease.release()
    assert finished(running).state == "done" and running.reason == ""


def test_what_is_asked_for_must_make_sense(tmp_path: Path) -> None:
    path = new_file(tmp_path)
    with pytest.raises(SettingError, match="no engine"):
        Running(path, engine="spark")
    with pytest.raises(SettingError, match="workers"):
        Running(path, workers=0)
    with pytest.raises(RunError, match="no such file"):
        Running(tmp_path / "none.study")


def test_a_cluster_that_cannot_be_reached_leaves_the_file_as_it_is(tmp_path: Path) -> None:
    running = finished(Running(new_file(tmp_path), engine="dask", address="127.0.0.1:9"))
    assert running.state == "failed" and "cannot be reached" in running.reason and running.done == 0
    running.place = place("loky")
    assert finished(running).state == "done"


def test_a_run_that_cannot_be_lived_is_told_and_tried_again(tmp_path: Path) -> None:
    path = new_file(tmp_path, factors=[{"field": "mind", "levels": ["scripted", "nobody-knows-it"]}])
    running = finished(Running(path, workers=1))
    assert (running.state, running.done, running.failures) == ("done", 12, 6)
    assert "nobody-knows-it" in running.results().failures[0].reason
    assert finished(Running(path, workers=1)).failures == 6


def _altered(path: Path, change: Callable[[Life], Row]) -> None:
    with StudyFile.open(path) as file:
        unit = next(plan(file.study))
        file.add([change(row) for row in live(Unit(0, unit.runs[:5])) if isinstance(row, Life)])


def test_another_version_that_lives_alike_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(version, "code", lambda: "0123456789abcdef")
        path = new_file(tmp_path)
    _altered(path, lambda life: life)
    assert finished(Running(path, workers=1)).state == "done"


def test_another_version_that_lives_otherwise_does_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(version, "code", lambda: "0123456789abcdef")
        path = new_file(tmp_path)
    _altered(path, lambda life: life._replace(digest="f" * 64))
    running = finished(Running(path, workers=1))
    assert running.state == "failed" and "another version of the rules" in running.reason and running.done == 5


def test_the_distance_to_the_edge_is_measured_where_the_design_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = new_file(tmp_path, seeds="1000-1001", edges=["100% without BE"], factors=[])
    running, put, told = Running(path, workers=2), Answers.put, list[float | None]()

    def listening(answers: Answers, name: str, value: object) -> None:
        told.append(running.further)
        put(answers, name, value)

    monkeypatch.setattr(Answers, "put", listening)
    assert running.further is None
    assert finished(running).state == "done", running.reason
    assert told == [0, 0.5, 1, 0] and running.further is None, "of two communities, then of the warnings"
    with StudyFile.open(path) as file:
        (record,) = file.answers.get(DISTANCE)["mixes"]
    assert record["mix"] == "100% without BE" and record["seeds"] == 2
    assert Running(path).state == "done"


PROGRAM = f"""
import sys
from pathlib import Path
from sim.studies import plan
from sim.studies.running import Running
if __name__ == "__main__":
    plan.COST = {COST}
    running = Running(Path(sys.argv[1]), workers=2)
    running.start()
    running.wait()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_kill_9_of_the_whole_loses_nothing_that_was_kept(tmp_path: Path, digest: str) -> None:
    path = new_file(tmp_path, **LARGE)
    (tmp_path / "program.py").write_text(PROGRAM)
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "program.py"), str(path)], cwd=ROOT, start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    try:
        until(lambda: Running(path).done > 0)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    until(lambda: not _others(process.pid))
    kept = Running(path).done
    assert 0 < kept < tiny(**LARGE).runs
    running = Running(path, workers=2)
    assert running.done == kept and finished(running).results().digest == digest


def _others(session: int) -> list[int]:
    """Processes of that session that are still there: workers must not outlive who started them."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found
