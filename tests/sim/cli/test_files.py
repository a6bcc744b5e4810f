"""The commands that keep, continue, branch, check and hand on runs."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from sim.engine import Engine
from sim.runs.packing import pack, unpack_world
from sim.runs.stored import Stored
from sim.runs.writer import Running, RunWriter, SaveError
from tests.sim.cli.test_commands import ROOT, SHORT, sim


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "run.sqlite"
    assert sim(*SHORT, "--out", str(path), "--json").returncode == 0
    return path


def told(*words: str) -> dict[str, Any]:
    answer = sim(*words, "--json")
    assert answer.returncode == 0, answer.stderr
    result = json.loads(answer.stdout)
    assert isinstance(result, dict)
    return result


def test_a_run_is_kept_and_told_as_without_a_file(tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    result = told(*SHORT, "--out", str(path))
    with Stored(path) as stored:
        assert (result["run"], result["file"]) == (stored.facts.id, str(path))
        assert stored.facts.ended and stored.facts.title == "The original community"
        assert stored.digests[-1] == result["digest"]
    assert {key: value for key, value in result.items() if key not in ("run", "file")} == told(*SHORT)
    assert [file.name for file in tmp_path.iterdir()] == ["run.sqlite"], "one file that can be mailed"


def test_a_file_that_exists_is_never_touched(kept: Path) -> None:
    before = kept.read_bytes()
    answer = sim(*SHORT, "--out", str(kept))
    assert answer.returncode == 2 and "exists already" in answer.stderr and answer.stdout == ""
    assert sim("branch", str(kept), "--day", "2", "--out", str(kept)).returncode == 2
    assert sim("report", str(kept), "--out", str(kept)).returncode == 2
    assert kept.read_bytes() == before


def test_a_place_that_is_not_there_ends_it_before_it_starts(tmp_path: Path) -> None:
    answer = sim(*SHORT, "--out", str(tmp_path / "none" / "run.sqlite"))
    assert answer.returncode == 1 and "folder does not exist" in answer.stderr


def test_a_lost_disk_is_told_and_the_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add = RunWriter.add

    def full(writer: RunWriter, run: Running, *, wait: bool = True) -> None:
        if run.day > 3:
            raise SaveError("run.sqlite cannot be written: the disk is full; free some space")
        add(writer, run, wait=wait)

    path = tmp_path / "run.sqlite"
    monkeypatch.setattr(RunWriter, "add", full)
    answer = sim(*SHORT, "--out", str(path), "--json")
    assert answer.returncode == 1
    assert json.loads(answer.stdout)["days"] == 6, "the result is printed all the same"
    first, last = answer.stderr.splitlines()
    assert "the disk is full" in first and "holds it up to day 3" in first
    assert "up to day 3 of 6" in last and "resume" in last
    monkeypatch.undo()
    assert told("resume", str(path))["digest"] == json.loads(answer.stdout)["digest"]


def test_a_killed_run_goes_on_as_if_nothing_had_happened(tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    words = ("run", "original-community", "--set", "size=60", "--days", "400")
    process = subprocess.Popen(
        [sys.executable, "-m", "sim", *words, "--out", str(path)], cwd=ROOT, stdout=subprocess.DEVNULL
    )
    until = time.monotonic() + 120
    while time.monotonic() < until and (not path.exists() or _days(path) < 5):
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    lived = _days(path)
    assert 5 <= lived < 400
    result = told("resume", str(path), "--days", str(lived + 10))
    assert result["digest"] == told(*words[:-1], str(lived + 10))["digest"]
    assert told("verify", str(path))["holds"]


def _days(path: Path) -> int:
    try:
        connection = sqlite3.connect(path)
        (last,) = connection.execute("SELECT max(day) FROM day").fetchone()
        connection.close()
    except sqlite3.Error:
        return -1
    return -1 if last is None else int(last)


def test_an_ended_run_lasts_longer_only_if_asked(kept: Path) -> None:
    answer = sim("resume", str(kept))
    assert answer.returncode == 2 and "--days" in answer.stderr
    assert sim("resume", str(kept), "--days", "3").returncode == 2
    assert sim("resume", str(kept), "--days", "soon").returncode == 2
    result = told("resume", str(kept), "--days", "9")
    assert result["digest"] == told(*SHORT[:2], "--days", "9", *SHORT[4:])["digest"]
    assert len(result["population"]) == 10
    assert told("verify", str(kept))["holds"]


def test_a_branch_without_a_change_is_its_parent(kept: Path) -> None:
    placebo = sim("branch", str(kept), "--day", "4")
    assert placebo.returncode == 0
    assert placebo.stdout.endswith("identical until day 6\n")
    changed = told("branch", str(kept), "--day", "4", "--set", "consumption=3")
    assert changed["identical_until"] == 4
    beside = kept.with_name(f"{changed['run']}.sqlite")
    assert changed["file"] == str(beside)
    with Stored(beside) as branch, Stored(kept) as parent:
        assert branch.facts.parent is not None
        assert (branch.facts.parent.id, branch.facts.parent.day) == (parent.facts.id, 4)
        assert branch.facts.parent.digest == parent.digests[4]
    assert told("verify", str(beside))["holds"]


def test_wrong_branches(kept: Path) -> None:
    factory = 'interventions={"kind": "scale_factory", "factory": 99}'
    for setting in ("size=9", "talk=2", "talk", "none=1", factory):
        assert sim("branch", str(kept), "--day", "4", "--set", setting).returncode == 2, setting
    assert sim("branch", str(kept), "--day", "7").returncode == 1
    assert [file.name for file in kept.parent.iterdir()] == [kept.name]


def test_verify_speaks_and_exits(kept: Path) -> None:
    answer = sim("verify", str(kept))
    assert answer.returncode == 0 and answer.stdout.startswith("verified: days 0 to 6")
    connection = sqlite3.connect(kept)
    connection.execute("UPDATE ledger SET holdings = 99 WHERE day = 3 AND resident = 2")
    connection.commit()
    connection.close()
    answer = sim("verify", str(kept), "--json")
    verdict = json.loads(answer.stdout)
    assert answer.returncode == 1 and (verdict["holds"], verdict["day"]) == (False, 3)
    assert "not verified: the table ledger on day 3" in answer.stderr


def test_receipts_exports_and_reports_are_the_same_bytes_twice(kept: Path, tmp_path: Path) -> None:
    assert sim("receipt", str(kept)).stdout == sim("receipt", str(kept)).stdout
    assert json.loads(sim("receipt", str(kept)).stdout)["days"] == 6
    written = [json.loads(sim("export", str(kept), "--to", str(tmp_path / to), "--json").stdout) for to in "ab"]
    for one, other in zip(*written, strict=True):
        assert Path(one).read_bytes() == Path(other).read_bytes()
    assert sim("export", str(kept), "--to", str(tmp_path / "a")).returncode == 2
    answer = sim("report", str(kept))
    assert answer.stdout.strip() == str(kept.with_suffix(".html"))
    assert sim("report", str(kept), "--out", str(tmp_path / "other.html")).returncode == 0
    assert kept.with_suffix(".html").read_bytes() == (tmp_path / "other.html").read_bytes()


@pytest.mark.parametrize(
    "words", [("resume",), ("branch", "--day", "1"), ("report",), ("export", "--to", "x"), ("verify",), ("receipt",)]
)
@pytest.mark.parametrize("content", [None, b"", b"no run", b"SQLite format 3\0" + bytes(5_000)])
def test_what_is_no_run_gets_one_sentence(words: tuple[str, ...], content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "odd.sqlite"
    if content is not None:
        path.write_bytes(content)
    answer = sim(words[0], str(path), *words[1:])
    assert answer.returncode in (1, 2) and answer.stdout == ""
    assert len(answer.stderr.splitlines()) == 1 and "Traceback" not in answer.stderr


def test_kept_states_of_a_foreign_file_are_not_believed(kept: Path) -> None:
    connection = sqlite3.connect(kept)
    day, data = connection.execute("SELECT day, pack FROM state ORDER BY day DESC LIMIT 1").fetchone()
    world = unpack_world(data)
    world.nbr[:] = 2**31 - 1  # a kernel that believed it would read far outside its arrays
    connection.execute("UPDATE state SET pack = ? WHERE day = ?", (pack(world._asdict(), small=True), day))
    connection.commit()
    connection.close()
    result = told("resume", str(kept), "--days", "8")
    assert result["digest"] == told(*SHORT[:2], "--days", "8", *SHORT[4:])["digest"]


def test_a_run_of_our_own_library_is_taken_up_from_its_states(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    state = Stored.state

    def watched(stored: Stored, day: int) -> Any:
        asked.append(day)
        return state(stored, day)

    monkeypatch.setattr(Stored, "state", watched)
    told("resume", str(kept), "--days", "7")
    assert asked == []
    monkeypatch.setenv("COMMONWEAL_RUNS", str(kept.parent))
    told("resume", str(kept), "--days", "8")
    assert asked
    with Stored(kept) as stored:
        assert Engine(stored.facts.scenario, past=stored).day == 8
