"""The library: what it lists, that nothing disturbs it, and that what is deleted can come back."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sim.engine import Engine
from sim.errors import RunError, SettingError
from sim.runs import library as module
from sim.runs.bin import DELETED
from sim.runs.facts import Parent
from sim.runs.identity import new_identity
from sim.runs.lease import Lease
from sim.runs.library import Library, folder
from sim.runs.stored import Stored
from sim.runs.writer import RunWriter
from tests.sim.runs.making import community, go_on, lived, saved

HOSTILE = (
    "<script>alert(1)</script>",
    "[x](javascript:alert(1))",
    ":red[x] $x$",
    "../../etc/passwd",
    "\u202eevil",
    "a'; --",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run, to be copied."""
    return saved(tmp_path_factory.mktemp("made") / f"{new_identity()}.sqlite", lived(community(days=5, size=6)))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "runs")


def put(library: Library, made: Path, **facts: object) -> str:
    """A copy of the run under a new id, with other facts."""
    path = library.new_path()
    shutil.copyfile(made, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        for key, value in {"id": path.stem, **facts}.items():
            connection.execute("UPDATE run SET value = ? WHERE key = ?", (json.dumps(value), key))
    return path.stem


def test_the_folder_is_the_one_the_environment_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COMMONWEAL_RUNS", str(tmp_path))
    assert folder() == tmp_path
    monkeypatch.delenv("COMMONWEAL_RUNS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert folder() == tmp_path / "commonweal" / "runs"
    monkeypatch.delenv("XDG_DATA_HOME")
    assert folder().parts[-2:] == ("commonweal", "runs")


def test_a_folder_that_is_not_there_holds_nothing(library: Library) -> None:
    assert library.entries() == library.unfinished() == []
    assert library.room().runs == 0
    assert not library.folder.exists()


def test_an_entry_says_what_the_run_is(library: Library, made: Path) -> None:
    identity = put(library, made, title="Mine", tags=["a", "b"], notes="words")
    (entry,) = library.entries()
    with Stored(library.path(identity)) as kept:
        population, scenario = kept.population, kept.facts.scenario
    assert (entry.id, entry.title, entry.tags, entry.notes) == (identity, "Mine", ("a", "b"), "words")
    assert (entry.size, entry.seed, entry.horizon, entry.last) == (6, scenario.seed, 5, len(population) - 1)
    assert (entry.curve, entry.alive) == (tuple(population), population[-1])
    assert entry.mix == "70 % original, 30 % without Benevolence"
    assert (entry.state, entry.damaged, entry.live) == ("finished", "", False)


def test_a_long_curve_is_thinned_to_its_ends(library: Library) -> None:
    engine = lived(community(days=150, size=2, mix="100% original"))
    saved(library.new_path(), engine)
    curve = library.entries()[0].curve
    assert len(curve) <= 60
    assert (curve[0], curve[-1]) == (2, int(engine.history[-1].alive.sum()))


def test_a_run_is_running_while_it_is_written_and_unfinished_after(library: Library) -> None:
    engine = Engine(community(days=6, size=6))
    with RunWriter.create(library.new_path(), engine, "Live") as writer:
        writer.add(go_on(engine, 2))
        assert [(entry.state, entry.last) for entry in library.entries()] == [("running", 2)]
        assert library.unfinished() == []
        writer.add(go_on(engine, 3))
        assert library.entries()[0].last == 3
    assert [entry.last for entry in library.unfinished()] == [3]
    path = library.path(library.entries()[0].id)
    with RunWriter.append(path) as writer:
        writer.finish(go_on(engine))
    assert (library.unfinished(), library.entries()[0].ended) == ([], True)


def test_a_run_that_is_being_made_is_not_listed_yet(library: Library) -> None:
    path = library.new_path()
    path.touch()
    assert [entry.state for entry in library.entries()] == ["damaged"]
    lease = Lease.take(path)
    assert lease and library.entries() == []
    with pytest.raises(RunError, match="being made"):
        library.entry(path.stem)
    lease.release()


def test_a_branch_names_its_parent(library: Library, made: Path) -> None:
    parent = Parent(id="a" * 12, title="Before", day=3, digest="0" * 64)
    put(library, made, parent=parent.model_dump())
    entry = library.entries()[0]
    assert (entry.parent, entry.parent_title, entry.parent_day) == ("a" * 12, "Before", 3)


def test_damaged_and_foreign_files_are_listed_with_their_reason(library: Library, made: Path) -> None:
    good, place = put(library, made), library.folder
    (place / "aaaaaaaaaaaa.sqlite").write_bytes(b"")
    (place / "bbbbbbbbbbbb.sqlite").write_bytes(b"nonsense" * 1000)
    shutil.copyfile(made, place / "cccccccccccc.sqlite")
    shutil.copyfile(made, place / "holiday.sqlite")
    (place / "dddddddddddd.sqlite").write_bytes(made.read_bytes()[:20_000])
    with closing(sqlite3.connect(place / "eeeeeeeeeeee.sqlite")) as connection:
        connection.execute("CREATE TABLE run (key, value)")
    newer = put(library, made)
    with closing(sqlite3.connect(library.path(newer))) as connection:
        connection.execute("PRAGMA user_version = 99")
    put(library, made, title="x" * 10**6)
    (place / "folder.sqlite").mkdir()
    (place / ".hidden").write_text("x")

    entries = library.entries()
    reasons = {entry.file: entry.damaged for entry in entries}
    assert [entry.id for entry in entries if not entry.damaged] == [good]
    assert len(reasons) == 9
    assert "under another name" in reasons["cccccccccccc.sqlite"]
    assert "not named like a run" in reasons["holiday.sqlite"]
    assert "update Commonweal" in reasons[f"{newer}.sqlite"]
    assert next(entry.id for entry in entries if entry.file == "holiday.sqlite") == ""
    assert all(len(reason) < 500 for reason in reasons.values())
    library.delete("bbbbbbbbbbbb")
    assert "bbbbbbbbbbbb.sqlite" not in {entry.file for entry in library.entries()}


@pytest.mark.parametrize(
    "name", ["", "..", "../../etc/passwd", "a" * 11, "A" * 12, "a" * 13, "/" + "a" * 11, "a" * 12 + "\n"]
)
def test_no_path_can_be_smuggled_in(name: str, library: Library) -> None:
    for act in (library.path, library.delete, library.undelete, library.entry, library.content, library.amend):
        with pytest.raises(RunError, match="twelve hexadecimal"):
            act(name)


def test_title_tags_and_notes_may_be_anything_short(library: Library, made: Path) -> None:
    identity = put(library, made)
    for text in HOSTILE:
        library.amend(identity, title=text, tags=[text], notes=text)
        entry = Library(library.folder).entry(identity)
        assert (entry.title, entry.tags, entry.notes) == (text, (text,), text)
    for wrong in ({"title": ""}, {"title": "x" * 201}, {"tags": ["t"] * 21}, {"tags": [""]}, {"notes": "x" * 20_001}):
        with pytest.raises(SettingError):
            library.amend(identity, **wrong)
    assert library.entry(identity).title == HOSTILE[-1]
    assert {path.name for path in library.folder.iterdir()} == {f"{identity}.sqlite", "catalogue"}


def test_a_new_title_outlives_what_the_writer_still_writes(library: Library) -> None:
    engine = Engine(community(days=4, size=6))
    with RunWriter.create(library.new_path(), engine, "First") as writer:
        library.amend(writer.facts.id, title="Second", tags=["kept"])
        writer.finish(go_on(engine))
    entry = library.entries()[0]
    assert (entry.title, entry.tags, entry.ended) == ("Second", ("kept",), True)


def test_what_is_deleted_comes_back_as_it_was(library: Library, made: Path) -> None:
    identity = put(library, made)
    before = library.entry(identity)
    library.delete(identity)
    assert library.entries() == []
    with pytest.raises(RunError, match="there is no run"):
        library.path(identity)
    Library(library.folder).undelete(identity)
    assert library.entry(identity) == before
    with pytest.raises(RunError, match="cannot be brought back"):
        library.undelete(identity)


def test_an_interrupted_run_comes_back_with_all_its_days(library: Library) -> None:
    path = library.new_path()
    engine = Engine(community(days=9, size=6))
    writer = RunWriter.create(path, engine, "Cut off")
    writer.add(go_on(engine, 4))
    aside = path.with_name("aside")
    aside.mkdir()
    for end in ("", "-wal"):
        shutil.copyfile(f"{path}{end}", aside / f"{path.name}{end}")
    writer.close()
    other = Library(aside)
    other.delete(path.stem)
    other.undelete(path.stem)
    assert [entry.last for entry in other.unfinished()] == [4]


def test_a_run_that_is_being_lived_is_not_deleted(library: Library) -> None:
    path = library.new_path()
    with (
        RunWriter.create(path, lived(community(days=2, size=6)), "Live"),
        pytest.raises(RunError, match="being lived"),
    ):
        library.delete(path.stem)
    library.delete(path.stem)


def test_deleted_runs_are_kept_for_a_while_only(library: Library, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = (put(library, made) for _ in range(3))
    monkeypatch.setattr(module, "MOST_DELETED", 1)
    library.delete(first)
    library.delete(second)
    assert [path.name.split(".")[0] for path in (library.folder / DELETED).iterdir()] == [second]
    monkeypatch.setattr("sim.runs.bin.KEPT_DAYS", -1)
    library.delete(third)
    assert list((library.folder / DELETED).iterdir()) == []


def test_a_full_library_says_so_and_what_was_deleted_yields(tmp_path: Path, made: Path) -> None:
    few = Library(tmp_path / "few", most_runs=2)
    put(few, made)
    few.room()
    put(few, made)
    with pytest.raises(RunError, match="holds 2 runs, as many as it may"):
        few.room()
    small = Library(tmp_path / "small", most_mb=1)
    gone, _ = put(small, made), put(small, made)
    small.delete(gone)
    assert small.room().runs == 1
    with pytest.raises(RunError, match=r"of 1 MB; delete some"):
        small.room(more=10**6)
    small.room(more=10**6 - small.entries()[0].bytes)
    assert not any(path.name.startswith(gone) for path in (small.folder / DELETED).iterdir())


def test_the_file_of_a_live_run_can_be_had_whole(library: Library, tmp_path: Path) -> None:
    engine = lived(community(days=4, size=6))
    with RunWriter.create(library.new_path(), engine, "Live") as writer:
        copy = tmp_path / library.path(writer.facts.id).name
        copy.write_bytes(library.content(writer.facts.id))
    with Stored(copy) as kept:
        assert kept.digests == list(engine.digests)
    assert [path.name for path in tmp_path.glob("*.sqlite*")] == [copy.name]
