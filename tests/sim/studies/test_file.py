"""The study file: whole runs in whole transactions, and distrust of what it holds."""

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from sim.errors import CommonwealError, RunError
from sim.studies import schema
from sim.studies.failure import Failure
from sim.studies.file import StudyFile
from sim.studies.lives import Life, Row, live
from sim.studies.plan import plan
from tests.sim.studies.tiny import new_file, tiny


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [row for unit in plan(tiny()) for row in live(unit)]


@pytest.fixture
def path(tmp_path: Path, rows: list[Row]) -> Path:
    path = new_file(tmp_path)
    with StudyFile.open(path) as file:
        file.add(rows)
    return path


def test_what_is_added_is_found_again_in_order(path: Path, rows: list[Row]) -> None:
    with StudyFile.open(path) as file:
        results = file.results()
        assert file.study == tiny() and file.done == len(rows) == 30 and results.whole
        again = [row for row in file.rows() if isinstance(row, Life)]
    lives = sorted((row for row in rows if isinstance(row, Life)), key=lambda life: life[:2])
    assert [life[:3] for life in again] == [life[:3] for life in lives]
    np.testing.assert_array_equal(results.population, [life.population for life in lives])
    np.testing.assert_array_equal(results.runs[results.metrics].to_numpy(), [life.values for life in lives])
    np.testing.assert_array_equal([life.warnings for life in again], [life.warnings for life in lives])
    assert results.runs["digest"].tolist() == [life.digest for life in lives]


def test_the_order_of_adding_does_not_matter(tmp_path: Path, path: Path, rows: list[Row]) -> None:
    (tmp_path / "other").mkdir()
    other = new_file(tmp_path / "other")
    with StudyFile.open(other) as file, StudyFile.open(path) as first:
        for row in reversed(rows):
            file.add([row])
        assert file.results().digest == first.results().digest


def test_a_failure_gives_way_to_the_run(tmp_path: Path, rows: list[Row]) -> None:
    path = new_file(tmp_path)
    with StudyFile.open(path) as file:
        file.add([Failure(rows[0].condition, rows[0].seed, "no answer\x1b[31m")])
        assert file.done == 1 and not file.lived() and "\x1b" not in file.results().failures[0].reason
        file.add(rows[:1])
        assert file.done == 1 and file.lived() == {rows[0][:2]} and not file.results().failures


def test_a_run_is_kept_once_and_must_be_the_same(path: Path, rows: list[Row]) -> None:
    life = next(row for row in rows if isinstance(row, Life))
    with StudyFile.open(path) as file:
        file.add([life])
        with pytest.raises(RunError, match=f"seed {life.seed} in the condition '.*' came out otherwise"):
            file.add([Failure(0, 1000, "added in the same breath"), life._replace(digest="0" * 64)])
        assert file.done == 30 and not file.results().failures, "all of a unit or nothing"


def test_answers_are_kept_by_name(path: Path) -> None:
    with StudyFile.open(path) as file:
        assert file.answers.get("distance") is None
        file.answers.put("distance", {"low": 1.5, "words": "fünf"})
        file.answers.put("other", [1])
        file.answers.put("other", [2])
    with StudyFile.open(path) as file:
        assert file.answers.get("distance") == {"low": 1.5, "words": "fünf"}
        assert file.answers.all() == {"distance": {"low": 1.5, "words": "fünf"}, "other": [2]}
        file.answers.drop("other")
        assert file.answers.names() == ["distance"]
        with pytest.raises(ValueError, match="JSON"):
            file.answers.put("bad", float("nan"))


def test_it_is_one_plain_file_with_columns_for_people(path: Path, tmp_path: Path) -> None:
    assert [file.name for file in tmp_path.iterdir()] == ["tiny.study"]
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT label, AVG(nAUP), COUNT(*) FROM runs GROUP BY condition ORDER BY condition"
        found = connection.execute(query).fetchall()
    assert [row[0] for row in found] == [condition.label for condition in tiny().conditions]
    assert all(row[2] == 6 and row[1] > 0 for row in found)


def test_a_copy_is_the_file(path: Path, tmp_path: Path) -> None:
    with StudyFile.open(path) as file:
        (tmp_path / "copy.study").write_bytes(file.copy())
        with StudyFile.open(tmp_path / "copy.study") as copy:
            assert copy.results().digest == file.results().digest


def test_no_file_is_overwritten_and_no_folder_made(path: Path, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="exists already"):
        StudyFile.create(path, tiny())
    with pytest.raises(RunError, match="folder does not exist"):
        StudyFile.create(tmp_path / "none" / "a.study", tiny())
    assert path.stat().st_size > 0


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, seen = tmp_path / "new.study", []
    statements = schema.statements

    def looked(names: Sequence[str]) -> list[str]:
        seen.append(path.exists())
        return statements(names)

    monkeypatch.setattr(schema, "statements", looked)
    StudyFile.create(path, tiny(), {"terms": [1]}).close()
    with StudyFile.open(path) as file:
        assert file.answers.get("terms") == [1]
    assert seen[0] is False and [each.name for each in tmp_path.iterdir()] == ["new.study"]
    with pytest.raises(RunError, match="exists already"):
        StudyFile.create(path, tiny())
    monkeypatch.setattr(schema, "statements", lambda _: ["NONSENSE"])
    with pytest.raises(RunError):
        StudyFile.create(tmp_path / "other.study", tiny())
    assert [each.name for each in tmp_path.iterdir()] == ["new.study"]


@pytest.mark.parametrize("there", [False, True])
def test_where_files_have_one_name_only_a_new_one_is_renamed(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "new.study"
    if there:
        path.write_text("mine")
        with pytest.raises(RunError, match="exists already"):
            StudyFile.create(path, tiny())
        assert path.read_text() == "mine"
    else:
        StudyFile.create(path, tiny()).close()
    assert [each.name for each in tmp_path.iterdir()] == ["new.study"]


def _sql(*statements: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for statement in statements:
                connection.execute(statement)

    return change


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "a newer format": (_sql(f"PRAGMA user_version = {schema.VERSION + 1}"), "update Commonweal"),
    "an older format": (_sql("PRAGMA user_version = 0"), "format 0"),
    "another program's": (_sql("PRAGMA application_id = 7"), "not a study of Commonweal"),
    "no database": (lambda path: path.write_text("Dear Sir or Madam"), "damaged or not a study"),
    "cut short": (lambda path: path.write_bytes(path.read_bytes()[:5000]), "damaged or not a study|malformed"),
    "a trigger": (_sql("CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM fact; END"), "not built like a study"),
    "a view in place of a table": (
        _sql("DROP TABLE answer", "CREATE VIEW answer AS SELECT 'a' AS name, '1' AS value"), "not built like a study"
    ),
    "no design": (_sql("DELETE FROM fact WHERE key = 'study'"), "study: is missing"),
    "a design that cannot be": (_sql("UPDATE fact SET value = '{\"seeds\": []}' WHERE key = 'study'"), "seeds"),
    "facts that are no JSON": (_sql("UPDATE fact SET value = '{' WHERE key = 'study'"), "cannot be read"),
    "a seed of no design": (_sql("UPDATE run SET seed = 5 WHERE seed = 1000"), "not of its design"),
    "a condition of no design": (_sql("UPDATE run SET condition = 99 WHERE condition = 1"), "not of its design"),
    "a short population": (_sql("UPDATE run SET population = x'00'"), "other figures"),
    "text for a figure": (_sql("UPDATE run SET nAUP = 'many'"), "other figures"),
    "no fingerprint": (_sql("UPDATE run SET digest = ''"), "without fingerprint"),
    "a failure of no design": (_sql("INSERT INTO failure VALUES (0, 1, 'no')"), "not of its design"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_is_wrong_with_a_file_is_told(what: str, path: Path) -> None:
    spoil, words = BAD[what]
    spoil(path)
    with pytest.raises(CommonwealError, match=words) as told, StudyFile.open(path) as file:
        file.results()
    assert "tiny.study" in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no such file"):
        StudyFile.open(tmp_path / "none.study")
    assert not list(tmp_path.iterdir())
