"""What is no run, or not built like one, is told apart before anything in it is used."""

import os
import sqlite3
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import CommonwealError, RunError, SettingError
from sim.runs.intake import Bounds, inspect
from sim.runs.migrate import Migration
from sim.runs.writer import RunWriter
from tests.sim.runs.hostile import changed, foreign_schema, good
from tests.sim.runs.making import community, lived

SCRIPT = "<script>alert(1)</script>"
USUAL = Bounds()
ENDLESS = "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) AS n FROM r"


def refused(data: bytes | Path, *words: str, bounds: Bounds = USUAL) -> str:
    """That the file is refused in one sentence with these words; the sentence."""
    with pytest.raises(CommonwealError) as caught:
        inspect(data, bounds)
    text = str(caught.value)
    assert all(word in text for word in words), text
    assert len(text) < 700
    assert text.isprintable()
    return text


def test_a_good_run_passes_with_all_it_says() -> None:
    run = inspect(good())
    assert (run.facts.title, run.facts.tags, run.facts.notes) == ("A good run", ("fine",), "First\nsecond")
    assert (run.day, run.finished, len(run.digests)) == (8, True, 9)
    assert run.kept_states() == {}


def test_the_cut_off_and_the_empty() -> None:
    data = good()
    refused(b"", "empty")
    refused(data[:8], "cut short")
    for at in (16, 99, 100, 4_096, len(data) // 2, len(data) - 4_096, len(data) - 1):
        refused(data[:at], "cut short")


def test_what_is_no_sqlite_file() -> None:
    refused(b"PK\3\4 a zip archive", "not a run")
    refused(os.urandom(50_000), "not a run")
    refused(good()[:16] + os.urandom(50_000))


def test_other_programs_files_and_other_formats() -> None:
    refused(changed(foreign_schema(), "PRAGMA application_id = 0"), "not a run")
    refused(foreign_schema(), "not built like a run", "people")
    refused(changed(good(), "PRAGMA user_version = 2"), "format 2", "update Commonweal")
    refused(changed(good(), "PRAGMA user_version = 0"), "format 0", "the version of Commonweal that made it")
    refused(changed(good(), "PRAGMA user_version = -5"), "format -5")


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM day; END",),
        ("CREATE TABLE more (a)",),
        ("CREATE INDEX more ON day (alive)",),
        ("CREATE VIEW more AS SELECT 1",),
        ("CREATE VIRTUAL TABLE more USING fts5(text)",),
        ("ALTER TABLE day RENAME TO other", "CREATE VIEW day AS SELECT * FROM other"),
        ("ALTER TABLE run RENAME TO other", "CREATE VIEW run AS SELECT key, value FROM other"),
        ("ALTER TABLE day ADD COLUMN more AS (hex(zeroblob(alive * 100000)))",),
        ("DROP VIEW days",),
        ("DROP TABLE ledger",),
        ("DROP VIEW days", f"CREATE VIEW days AS {ENDLESS}"),
        ("DROP VIEW residents", "CREATE TABLE residents (resident, name)"),
        ("ANALYZE",),
    ],
)  # fmt: skip
def test_anything_that_is_not_built_as_we_build_it(statements: tuple[str, ...]) -> None:
    started = time.monotonic()
    text = refused(changed(good(), *statements))
    assert "not built like a run" in text or "lacks" in text
    assert time.monotonic() - started < 5


def test_a_rewritten_schema() -> None:
    for name, sql in (
        ("run", "CREATE TABLE run (key TEXT PRIMARY KEY, value TEXT NOT NULL DEFAULT (randomblob(1000000000)))"),
        ("days", "CREATE VIEW days AS SELECT * FROM days"),
        ("word", "CREATE VIRTUAL TABLE word USING fts5(a)"),
        ("day", "garbage"),
        ("day", SCRIPT * 1_000),
    ):
        refused(
            changed(good(), "PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = ? WHERE name = "
                    f"'{name}'", values=(sql,)),
        )  # fmt: skip


def test_a_foreign_name_is_told_in_plain_letters() -> None:
    text = refused(changed(good(), f'CREATE TABLE "\x1b[31m{SCRIPT}\u202e" (a)'), "not built like a run")
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_pages_that_belong_to_two_tables() -> None:
    data = changed(
        good(), "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'day') "
        "WHERE name = 'state'",
    )  # fmt: skip
    refused(data, "damaged")


def test_files_that_are_too_large_or_take_too_long() -> None:
    refused(good(), "too large", bounds=Bounds(bytes=1_000))
    refused(good(), "too long", bounds=Bounds(seconds=0))


def test_links_folders_devices_and_names_that_lead_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    path.write_bytes(good())
    link = tmp_path / "link.sqlite"
    link.symlink_to(path)
    pipe = tmp_path / "pipe.sqlite"
    os.mkfifo(pipe)
    for place, word in (
        (link, "link"),
        (tmp_path, "no plain file"),
        (pipe, "no plain file"),
        (Path("/dev/zero"), "no plain file"),
        (tmp_path / "none.sqlite", "no file"),
        (tmp_path / ("a" * 1_000), "cannot be read"),
        (Path("\0"), "cannot be read"),
    ):
        with pytest.raises(SettingError) as caught:
            inspect(place)
        assert word in str(caught.value)
    assert inspect(path).day == 8
    refused(path, "too large", bounds=Bounds(bytes=1_000))


def test_an_interrupted_run_is_read_with_its_journal_and_left_as_it_is(tmp_path: Path) -> None:
    source, path = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    run = lived(community(size=10, days=9), 4)
    with RunWriter.create(source, run, "Interrupted"):
        path.write_bytes(source.read_bytes())
        journal = source.with_name("a.sqlite-wal").read_bytes()
        refused(source, "being written")
        refused(source.read_bytes(), "not a whole run", "-wal")
    beside = tmp_path / "b.sqlite-wal"
    beside.write_bytes(journal)
    before = {item.name: item.read_bytes() for item in tmp_path.iterdir()}
    found = inspect(path)
    assert (found.day, found.digests, found.finished) == (4, list(run.digests), False)
    assert {item.name: item.read_bytes() for item in tmp_path.iterdir()} == before
    for bad in (os.urandom(9_000), journal[:5_000]):
        beside.write_bytes(bad)
        refused(path)


def test_an_older_file_is_brought_up_to_date_and_checked_like_any(tmp_path: Path) -> None:
    old = changed(good(), "ALTER TABLE day RENAME COLUMN digest TO hash", "PRAGMA user_version = 0")
    path = tmp_path / "old.sqlite"
    path.write_bytes(old)

    def rename(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE day RENAME COLUMN hash TO digest")

    def nothing(connection: sqlite3.Connection) -> None:
        """Forgets what it was to do."""

    ways: dict[int, Migration] = {0: rename}
    assert inspect(path, migrations=ways).digests == inspect(good()).digests
    assert path.read_bytes() == old
    with pytest.raises(RunError, match="not built like a run"):
        inspect(path, migrations={0: nothing})
    trap = changed(old, "CREATE TRIGGER t AFTER UPDATE ON day BEGIN DELETE FROM run; END")
    with pytest.raises(RunError, match="trigger"):
        inspect(trap, migrations=ways)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_flipped_bits_give_the_same_days_or_a_clear_sentence(data: st.DataObject) -> None:
    file = bytearray(good())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(file) - 1) | st.integers(0, 8_000).map(lambda at: at % len(file)))
        file[at] ^= 1 << data.draw(st.integers(0, 7))
    try:
        with inspect(bytes(file)) as run:
            assert run.digests == inspect(good()).digests
    except CommonwealError as error:
        assert str(error).isprintable()


@given(st.binary(max_size=400), st.integers(0, 200))
@settings(max_examples=100, deadline=None)
def test_no_bytes_do_worse_than_an_error(noise: bytes, at: int) -> None:
    head = good()[:at]
    with pytest.raises(CommonwealError):
        inspect(head + noise)
