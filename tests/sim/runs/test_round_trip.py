"""A run read back from its file is the run."""

import sqlite3
from pathlib import Path

import pytest

from sim.engine import Engine
from sim.errors import RunError
from sim.runs.stored import Stored
from sim.runs.writer import SMALL, RunWriter, SaveError
from tests.sim.runs.making import MEDDLED, assert_same, assert_same_world, community, lived, saved


@pytest.mark.parametrize("size", [18, SMALL + 20])
@pytest.mark.parametrize("ended", [True, False])
def test_a_run_read_back_is_the_run(tmp_path: Path, size: int, ended: bool) -> None:
    engine = lived(community(days=12 if size < SMALL else 4, orders=MEDDLED if size < SMALL else (), size=size))
    with Stored(saved(tmp_path / "run.sqlite", engine, ended=ended)) as stored:
        assert (stored.last, stored.digests) == (engine.day, list(engine.digests))
        assert stored.population == [int(day.alive.sum()) for day in engine.history]
        assert (stored.facts.scenario, stored.groups) == (engine.scenario, engine.groups)
        assert stored.facts.ended is ended
        assert_same(Engine(stored.facts.scenario, past=stored), engine)


def test_every_past_evening_and_every_reason_is_what_it_was(tmp_path: Path) -> None:
    engine = lived(community(orders=MEDDLED))
    with Stored(saved(tmp_path / "run.sqlite", engine)) as stored:
        again = Engine(stored.facts.scenario, past=stored)
        for day in range(engine.day + 1):
            assert_same_world(again.state(day), engine.state(day))
            for resident in range(0, len(engine.world.alive), 4):
                assert again.why(day, resident) == engine.why(day, resident)


def test_a_run_in_memory_gives_the_same_file_as_one_on_the_disk(tmp_path: Path) -> None:
    engine = lived(community(orders=MEDDLED))
    with RunWriter.create(None, engine, "A run") as writer:
        writer.finish(engine)
        (tmp_path / "download.sqlite").write_bytes(writer.content())
    with Stored(tmp_path / "download.sqlite") as stored:
        assert_same(Engine(stored.facts.scenario, past=stored), engine)


def test_title_tags_and_notes_can_be_changed_and_the_rest_stays(tmp_path: Path) -> None:
    engine = lived(community(days=2))
    path = tmp_path / "run.sqlite"
    with RunWriter.create(path, engine, "A run", tags=("one",), notes="first") as writer:
        before = writer.facts
        writer.amend(title="Another <b>name</b>", tags=("two", "three"))
    with Stored(path) as stored:
        assert stored.facts == before.model_copy(update={"title": "Another <b>name</b>", "tags": ("two", "three")})


def test_the_id_of_a_file_named_like_one_is_its_name(tmp_path: Path) -> None:
    engine = lived(community(days=1))
    for name, identity, expected in (
        ("0123456789ab", None, "0123456789ab"),
        ("0123456789ab.copy", "ba9876543210", "ba9876543210"),
    ):
        with RunWriter.create(tmp_path / f"{name}.sqlite", engine, "A run", identity=identity) as writer:
            assert writer.facts.id == expected


def test_one_file_and_nothing_beside_it_remains(tmp_path: Path) -> None:
    saved(tmp_path / "run.sqlite", lived(community(days=3)))
    assert [path.name for path in tmp_path.iterdir()] == ["run.sqlite"]


def test_a_file_that_exists_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    path.write_text("precious")
    with pytest.raises(SaveError, match=r"run\.sqlite exists already"):
        RunWriter.create(path, lived(community(days=1)), "A run")
    assert path.read_text() == "precious"


@pytest.mark.parametrize("content", [b"", b"precious", b"SQLite format 3\0" + bytes(84)])
def test_what_is_no_run_is_neither_read_nor_written(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "run.sqlite"
    path.write_bytes(content)
    with pytest.raises(RunError, match="not a run"):
        Stored(path)
    with pytest.raises(RunError, match="not a run"):
        RunWriter.append(path)
    assert path.read_bytes() == content


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"there is no run file run\.sqlite"):
        Stored(tmp_path / "run.sqlite")
    with pytest.raises(RunError, match=r"there is no run file run\.sqlite"):
        RunWriter.append(tmp_path / "run.sqlite")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("number", "words"), [(0, "older format 0; import it"), (2, "format 2.*update Commonweal")])
def test_other_versions_are_named(tmp_path: Path, number: int, words: str) -> None:
    path = saved(tmp_path / "run.sqlite", lived(community(days=1)))
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {number}")
    connection.close()
    for opening in (Stored, RunWriter.append):
        with pytest.raises(RunError, match=words):
            opening(path)
