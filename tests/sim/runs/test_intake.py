"""A run from elsewhere becomes a file of our own, or leaves no trace."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sim.__main__ import main
from sim.engine import Engine
from sim.errors import CommonwealError, RunError
from sim.runs import entry, schema
from sim.runs.intake import Bounds, KnownRunError, take_in
from sim.runs.library import Library
from sim.runs.stored import Stored
from tests.sim.runs.hostile import IDENTITY, changed, foreign_schema, forged, good
from tests.sim.runs.making import community, lived, saved
from tests.sim.runs.test_soundness import said

SCRIPT = "<script>alert(1)</script>"


def _fact(data: bytes, key: str) -> list[str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(data)
        (value,) = connection.execute("SELECT value FROM run WHERE key = ?", (key,)).fetchone()
    return list(json.loads(value))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "box" / "runs")


def everything(folder: Path) -> dict[str, bytes]:
    """All files below a folder and what is in them, but for the library's own catalogue."""
    files = (path for path in folder.rglob("*") if path.is_file() and "catalogue" not in path.name)
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def fact(data: bytes, key: str, value: object) -> bytes:
    """The file with another fact."""
    return changed(data, f"UPDATE run SET value = ? WHERE key = '{key}'", values=(json.dumps(value),))


def test_what_is_taken_in_says_the_same_in_every_table(library: Library, tmp_path: Path) -> None:
    source = tmp_path / "mine.sqlite"
    source.write_bytes(good())
    assert take_in(source, library) == IDENTITY
    assert list(everything(library.folder)) == [f"{IDENTITY}.sqlite"]
    with Stored(source) as before, Stored(library.path(IDENTITY)) as after:
        assert (after.facts, after.digests, after.last) == (before.facts, before.digests, before.last)
        for table in (*schema.TABLES, *schema.VIEWS):
            if table not in ("day", "state", "run"):
                assert after.frame(table).equals(before.frame(table)), table
        assert len(after.frame("state")) == 0
        assert Engine(after.facts.scenario, past=after).digest() == before.digests[-1]
    assert library.entry(IDENTITY).title == "A good run"


def test_the_same_run_is_known_another_of_its_name_gets_a_new_one(library: Library) -> None:
    take_in(good(), library)
    with pytest.raises(KnownRunError, match=IDENTITY) as caught:
        take_in(fact(good(), "title", "Other words"), library)
    assert caught.value.identity == IDENTITY
    before = everything(library.folder)
    other = take_in(forged(good(), 3, said()), library)
    assert other != IDENTITY
    with Stored(library.path(other)) as stored:
        assert stored.facts.id == other
    assert before.items() <= everything(library.folder).items()
    library.path(IDENTITY).write_bytes(b"damaged")
    assert take_in(good(), library) not in (IDENTITY, other)
    assert len(library.entries()) == 4 - 1


def test_a_run_that_has_not_ended_can_go_on(library: Library, tmp_path: Path) -> None:
    run = lived(community(size=10, days=9), 4)
    path = saved(tmp_path / "half.sqlite", run, ended=False)
    with Stored(library.path(take_in(path, library))) as stored:
        assert not stored.facts.ended
        engine = Engine(stored.facts.scenario, past=stored)
    run.step()
    engine.step()
    assert engine.digest() == run.digest()


def test_another_version_is_kept_as_it_says(library: Library) -> None:
    data = fact(fact(good(), "code", "0" * 16), "version", "9.9")
    with Stored(library.path(take_in(data, library))) as stored:
        assert (stored.facts.code, stored.facts.version, stored.facts.same_rules) == ("0" * 16, "9.9", False)


@pytest.mark.parametrize("day", [1, 4, 8])
def test_a_forged_day_is_readable_and_cannot_be_continued(library: Library, day: int) -> None:
    with Stored(library.path(take_in(forged(good(), day, said()), library))) as stored:
        assert len(stored.frame("messages")) > 0
        with pytest.raises(RunError, match=f"its day {day}, lived again.*can still be read and exported"):
            Engine(stored.facts.scenario, past=stored)


def test_a_run_watched_by_others_is_readable_and_cannot_be_continued(library: Library) -> None:
    metrics = json.dumps([*_fact(good(), "metrics")[:-1], "zeal"])
    data = changed(good(), "UPDATE run SET value = ? WHERE key = 'metrics'", values=(metrics,))
    with Stored(library.path(take_in(data, library))) as stored:
        assert "zeal" in stored.series()
        with pytest.raises(RunError, match=r"other detectors or metrics.*can still be read and exported"):
            Engine(stored.facts.scenario, past=stored)


def test_what_a_killed_import_has_left_goes_with_the_next(library: Library) -> None:
    library.folder.mkdir(parents=True)
    old, new = library.folder / ".a.incoming-wal", library.folder / ".b.incoming"
    for path in (old, new):
        path.write_bytes(b"half a run")
    os.utime(old, (0, 0))
    take_in(good(), library)
    assert not old.exists()
    assert new.exists()


def test_text_of_every_kind_stays_text(library: Library) -> None:
    data = good()
    for key, value in {"title": SCRIPT, "tags": [SCRIPT], "notes": SCRIPT, "version": SCRIPT}.items():
        data = fact(data, key, value)
    parent = {"id": "a" * 12, "title": SCRIPT, "day": 2, "digest": "0" * 64}
    data = fact(data, "parent", parent)
    texts = {"word": "word", "resident": "name", "label": "behaviour", "metric": "metric", "intervention": "details"}
    for table, column in texts.items():
        data = changed(data, f"UPDATE {table} SET {column} = '{SCRIPT}' || rowid" if table in ("resident",
            "intervention") else f"UPDATE {table} SET {column} = '{SCRIPT}' || {column}")  # fmt: skip
    with Stored(library.path(take_in(data, library))) as stored:
        facts = stored.facts
        assert (facts.title, facts.tags, facts.notes, facts.version) == (SCRIPT, (SCRIPT,), SCRIPT, SCRIPT)
        for table in (*texts, *schema.VIEWS):
            assert "<script>" not in stored.frame(table).to_string(), table


def test_text_that_steers_is_made_plain(library: Library) -> None:
    data = fact(good(), "title", "\x1b[2Jto\u202eday\n\x00")
    data = fact(data, "notes", "one\x07\n\x1b]two")
    data = fact(data, "tags", ["\x07", "a\tb"])
    with Stored(library.path(take_in(data, library))) as stored:
        assert (stored.facts.title, stored.facts.notes, stored.facts.tags) == ("[2Jtoday", "one\n]two", ("a b",))
    with Stored(library.path(take_in(fact(forged(good(), 3, said()), "title", "\x07"), library))) as stored:
        assert stored.facts.title == "Untitled run"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "../../etc/passwd"), ("id", "0123456789AB"), ("id", "0123456789ab\n"), ("id", ""),
        ("title", "x" * 10**6), ("title", ""), ("tags", ["x" * 50]), ("tags", ["x"] * 50), ("notes", "x" * 10**6),
        ("created", "yesterday"), ("created", "2026-99-99T00:00:00Z"), ("code", "x"), ("detectors", ["../x"]),
        ("metrics", []), ("detectors", ["deception"] * 7), ("metrics", ["alive"] * 300),
        ("groups", []), ("packages", {"<b>": "1"}), ("parent", {"id": "x"}), ("ended", "perhaps"),
        ("scenario", None), ("scenario", {"size": 10**9}),
        ("scenario", {"start": float("nan")}), ("scenario", {"seed": 10**400}), ("scenario", {"mix": "x" * 100_000}),
        ("scenario", {"size": 100_000, "days": 3_650}), ("scenario", {"size": 10, "days": 3}),
        ("scenario", {"interventions": [{"kind": "remove", "day": 1}] * 300}), ("scenario", [[[[]]]]),
    ],
)  # fmt: skip
def test_facts_that_do_not_hold(library: Library, key: str, value: object) -> None:
    with pytest.raises(RunError) as caught:
        take_in(fact(good(), key, value), library)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 700


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "1" * 100_000, '"\\ud800"', "NaN", "{", "x" * 2_000_000, "\x00", b"\xff\xfe", 5, None]
)
def test_facts_that_are_no_json(library: Library, text: object) -> None:
    data = changed(good(), "PRAGMA ignore_check_constraints = ON", "UPDATE run SET value = coalesce(?, 0) WHERE key = "
                   "'notes'", values=(text,))  # fmt: skip
    with pytest.raises(RunError):
        take_in(data, library)


def test_nothing_is_written_where_nothing_is_taken_in(library: Library, tmp_path: Path) -> None:
    take_in(good(), library)
    (tmp_path / "box" / "secret").write_text("mine")
    (library.folder / "ffffffffffff.sqlite").write_bytes(foreign_schema())
    source = tmp_path / "box" / "in.sqlite"
    bad = (
        b"", good()[:50_000], foreign_schema(), fact(good(), "id", "../../secret"), fact(good(), "title", ""),
        changed(good(), "PRAGMA user_version = 7"), good(),
        changed(good(), "CREATE TRIGGER t DELETE ON day BEGIN SELECT 1; END"),
    )  # fmt: skip
    for data in bad:
        source.write_bytes(data)
        before = everything(tmp_path)
        for given in (source, data):
            with pytest.raises(CommonwealError):
                take_in(given, library)
        assert everything(tmp_path) == before
    assert [entry.title for entry in library.entries() if not entry.damaged] == ["A good run"]


def test_the_library_lists_the_rest_whatever_lies_in_its_folder(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry, "PATIENCE", 0.2)
    take_in(good(), library)
    numbers = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r)"
    endless = f"{numbers} SELECT n AS day, n AS alive FROM r WHERE n < 0"
    bad = (
        b"", os.urandom(9_000), good()[:5_000], foreign_schema(), changed(good(), "PRAGMA user_version = 9"),
        changed(good(), "UPDATE day SET alive = 9e999"), changed(good(), "UPDATE day SET alive = X'ff'"),
        fact(good(), "scenario", {"mix": SCRIPT}), fact(good(), "title", "x" * 10**6),
        changed(good(), "ALTER TABLE day RENAME TO other", f"CREATE VIEW day AS {endless}"),
    )  # fmt: skip
    for number, data in enumerate(bad):
        identity = f"{number:012x}"
        named = fact(data, "id", identity) if len(data) > 50_000 and data[:4] == b"SQLi" else data
        (library.folder / f"{identity}.sqlite").write_bytes(named)
    (library.folder / "a link.sqlite").symlink_to("/etc/passwd")
    (library.folder / "folder.sqlite").mkdir()
    entries = library.entries()
    assert [found.title for found in entries if not found.damaged] == ["A good run"]
    assert len(entries) == len(bad) + 1


def test_a_full_library_and_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="full"):
        take_in(good(), Library(tmp_path / "none", most_runs=0))
    small = Library(tmp_path / "small", most_mb=0)
    with pytest.raises(RunError, match="full"):
        take_in(good(), small)
    assert everything(small.folder) == {}
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(RunError):
        take_in(good(), Library(tmp_path / "file"))


def test_the_command_says_what_was_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COMMONWEAL_RUNS", str(tmp_path / "runs"))
    path = tmp_path / "given.sqlite"
    path.write_bytes(fact(good(), "code", "0" * 16))
    assert main(["import", str(path)]) == 0
    told = capsys.readouterr().out
    assert "A good run\n10 residents, 8 days" in told
    assert IDENTITY in told
    assert "another version" in told
    assert main(["import", str(path)]) == 0
    assert "already" in capsys.readouterr().out
    assert main(["import", str(tmp_path / "none.sqlite")]) == 2
    assert main(["import", str(path), "--most-mb", "0"]) == 1
    shutil.copy(path, tmp_path / "bad.sqlite")
    with closing(sqlite3.connect(tmp_path / "bad.sqlite")) as connection, connection:
        connection.execute("DROP VIEW days")
    assert main(["import", str(tmp_path / "bad.sqlite")]) == 1
    assert "lacks 'days'" in capsys.readouterr().err


def test_looking_has_its_limits(library: Library) -> None:
    with pytest.raises(RunError, match="too large"):
        take_in(good(), library, Bounds(bytes=10_000))
