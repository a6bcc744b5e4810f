"""A disk that is full, a folder that is read-only, a file that is locked: told in words, and the run goes on."""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from sim.engine import Engine
from sim.interventions import Stranger
from sim.runs import disk
from sim.runs.disk import SaveError
from sim.runs.stored import Stored
from sim.runs.writer import RunWriter
from tests.sim.runs.making import MEDDLED, assert_same, community, go_on, lived, saved
from tests.sim.runs.processes import everything, forks, start

NOBODY = 65_534
FULL = r"run\.sqlite cannot be written: the disk is full; free some space"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for a lock in a test."""
    monkeypatch.setattr(disk, "PATIENCE", 0.05)


@pytest.fixture
def engine() -> Engine:
    return lived(community(12, MEDDLED), 4)


def check_unharmed(engine: Engine, folder: Path) -> None:
    """The run goes on, and can be had as a file."""
    assert_same(go_on(engine), lived(engine.scenario))
    with RunWriter.create(None, engine, "A run") as writer:
        writer.finish(engine)
        (folder / "download.sqlite").write_bytes(writer.content())
    with Stored(folder / "download.sqlite") as stored:
        assert_same(Engine(stored.facts.scenario, past=stored), engine)


def test_a_full_disk_is_told_and_once_there_is_room_the_days_that_are_missing_follow(
    tmp_path: Path, engine: Engine
) -> None:
    path = tmp_path / "run.sqlite"
    with RunWriter.create(path, engine, "A run") as writer:
        (pages,) = writer._connection.execute("PRAGMA page_count").fetchone()
        writer._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(SaveError, match=FULL):
            while not engine.finished:
                engine.step()
                writer.add(engine)
        assert writer.last < engine.day
        with pytest.raises(SaveError, match=FULL):
            writer.add(engine)
        with Stored(path) as stored:
            assert stored.last == writer.last
        check_unharmed(engine, tmp_path)
        writer._connection.execute("PRAGMA max_page_count = 1000000")
        writer.finish(engine)
    with Stored(path) as stored:
        assert_same(Engine(stored.facts.scenario, past=stored), engine)


def test_what_was_ordered_on_the_day_the_disk_was_full_is_written_afterwards(tmp_path: Path) -> None:
    engine = lived(community(12), 4)
    path = tmp_path / "run.sqlite"
    with RunWriter.create(path, engine, "A run") as writer:
        (pages,) = writer._connection.execute("PRAGMA page_count").fetchone()
        writer._connection.execute(f"PRAGMA max_page_count = {pages}")
        engine.intervene(Stranger(day=1))
        with pytest.raises(SaveError, match=FULL):
            while not engine.finished:
                engine.step()
                writer.add(engine)
        writer._connection.execute("PRAGMA max_page_count = 1000000")
        writer.add(engine)
    with Stored(path) as stored:
        assert (stored.facts.scenario, stored.groups) == (engine.scenario, engine.groups)
        assert_same(Engine(stored.facts.scenario, past=stored), engine)


@pytest.fixture
def tiny_disk() -> Iterator[Path]:
    """A real one, of 400 kB."""
    place = Path(tempfile.mkdtemp())
    mount = shutil.which("mount")
    if not mount or subprocess.run([mount, "-t", "tmpfs", "-o", "size=400k", "tmpfs", place], check=False).returncode:
        place.rmdir()
        pytest.skip("no disk can be made here")
    yield place
    subprocess.run(["umount", place], check=True)
    place.rmdir()


@pytest.mark.parametrize("taken", [0, 250_000, 380_000, 409_600])
def test_a_real_disk_that_fills_up(tiny_disk: Path, tmp_path: Path, engine: Engine, taken: int) -> None:
    (tiny_disk / "others").write_bytes(bytes(taken))
    path = tiny_disk / "run.sqlite"
    with pytest.raises(SaveError, match="the disk is full"), RunWriter.create(path, engine, "A run") as writer:
        while not engine.finished:
            engine.step()
            writer.add(engine)
        writer.finish(engine)
    check_unharmed(engine, tmp_path)
    (tiny_disk / "others").unlink()
    if path.exists():
        with Stored(path) as stored:
            assert stored.digests == list(engine.digests[: stored.last + 1])


def write_little(told: Connection, path: Path, most: int) -> None:
    """Save a run with files limited in size, as by a quota."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    run = Engine(community(40))
    try:
        with RunWriter.create(path, run, "A run") as writer:
            while not run.finished:
                run.step()
                writer.add(run)
    except SaveError as error:
        told.send(str(error))


@forks
@pytest.mark.parametrize("most", [0, 50_000, 300_000])
def test_a_quota_is_told(tmp_path: Path, most: int) -> None:
    process, heard = start(write_little, tmp_path / "run.sqlite", most)
    process.join()
    (told,) = everything(heard)
    assert "cannot be written: the disk is full, over its quota or damaged; free some space" in str(told)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, unlike pytest's own."""
    place = Path(tempfile.mkdtemp())
    yield place
    place.chmod(0o755)
    shutil.rmtree(place)


def write_as_nobody(told: Connection, path: Path) -> None:
    """Try to make and to continue a file, without the rights that root has everywhere."""
    if os.geteuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    run = lived(community(2))
    for attempt in (lambda: RunWriter.create(path, run, "A run"), lambda: RunWriter.append(path)):
        try:
            attempt().close()
            told.send("written")
        except SaveError as error:
            told.send(str(error))
    if path.exists():
        with Stored(path) as stored:
            told.send(stored.last)


@forks
def test_a_folder_that_is_read_only_is_told(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    process, heard = start(write_as_nobody, open_folder / "run.sqlite")
    process.join()
    first, *_ = everything(heard)
    assert first == "run.sqlite cannot be written: no permission to write there; choose another folder"
    assert not list(open_folder.iterdir())


@forks
def test_a_file_that_is_read_only_is_told_and_can_be_read(open_folder: Path) -> None:
    path = saved(open_folder / "run.sqlite", lived(community(2)))
    before = path.read_bytes()
    path.chmod(0o444)
    open_folder.chmod(0o555)
    process, heard = start(write_as_nobody, path)
    process.join()
    told = everything(heard)
    assert all("cannot be written" in str(words) or "exists already" in str(words) for words in told[:2])
    assert told[2] == 2
    assert path.read_bytes() == before


def test_a_file_that_is_read_only_in_a_folder_that_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As SQLite says it, for root may write everywhere."""
    path = saved(tmp_path / "run.sqlite", lived(community(2)))
    monkeypatch.setattr(
        disk, "_connect", lambda path: sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
    )
    with pytest.raises(SaveError, match="the file or its folder is read-only; choose another folder"):
        RunWriter.append(path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, engine: Engine) -> None:
    for path in (tmp_path / "none" / "run.sqlite", Path("/proc/run.sqlite")):
        with pytest.raises(SaveError, match=r"run\.sqlite cannot be written: its folder does not exist"):
            RunWriter.create(path, engine, "A run")
    check_unharmed(engine, tmp_path)


def hold(told: Connection, path: Path) -> None:
    """Another program in the middle of a transaction of its own."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    told.send("held")
    signal.pause()


@forks
def test_a_file_that_another_program_holds_on_to_is_told_and_later_written(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "run.sqlite"
    with RunWriter.create(path, engine, "A run") as writer:
        process, heard = start(hold, path)
        assert heard.recv() == "held"
        go_on(engine, 7)
        words = r"run\.sqlite cannot be written: another program holds on to it; close that program"
        for attempt in (lambda: writer.add(engine), lambda: writer.amend(title="Other"), lambda: writer.finish(engine)):
            with pytest.raises(SaveError, match=words):
                attempt()
        assert writer.last == 4
        process.kill()
        process.join()
        writer.add(engine)
        assert writer.last == 7
        go_on(engine)
        writer.finish(engine)
    check_unharmed(engine, tmp_path)
    with Stored(path) as stored:
        assert stored.facts.title == "A run"
        assert_same(Engine(stored.facts.scenario, past=stored), engine)


def test_two_cannot_write_one_file(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "run.sqlite"
    with (
        RunWriter.create(path, engine, "A run"),
        pytest.raises(SaveError, match="being written elsewhere; this run goes on without it"),
    ):
        RunWriter.append(path)
    RunWriter.append(path).close()


def test_somebody_who_reads_meanwhile_disturbs_nobody(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "run.sqlite"
    with RunWriter.create(path, engine, "A run") as writer, Stored(path) as stored:
        rows = stored._connection.execute("SELECT * FROM message")
        rows.fetchone()  # a reader in the middle of a table
        assert_same(Engine(stored.facts.scenario, past=stored), engine)
        go_on(engine)
        writer.finish(engine)
        rows.close()
    with Stored(path) as stored:
        assert_same(Engine(stored.facts.scenario, past=stored), engine)


def test_a_day_that_another_has_written_is_not_written_over(tmp_path: Path, engine: Engine) -> None:
    path = tmp_path / "run.sqlite"
    with RunWriter.create(path, engine, "A run") as writer:
        other = sqlite3.connect(path)
        other.execute("INSERT INTO day SELECT 5, digest, alive, told, pack, labels, figures FROM day WHERE day = 4")
        other.commit()
        other.close()
        engine.step()
        with pytest.raises(SaveError, match="being continued elsewhere; this run goes on without it"):
            writer.add(engine)
    check_unharmed(engine, tmp_path)
