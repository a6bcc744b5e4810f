"""Two files of one design become one."""

from pathlib import Path

import pytest

from sim import version
from sim.errors import RunError, SettingError
from sim.studies.failure import Failure
from sim.studies.file import StudyFile
from sim.studies.lives import Life, Row, live
from sim.studies.merge import merge
from sim.studies.plan import plan
from tests.sim.studies.tiny import tiny


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [row for unit in plan(tiny()) for row in live(unit)]


def kept(path: Path, rows: list[Row], **fields: object) -> Path:
    with StudyFile.create(path, tiny(**fields)) as file:
        file.add(rows)
    return path


def test_parts_done_in_any_way_give_the_whole(tmp_path: Path, rows: list[Row]) -> None:
    one, other = kept(tmp_path / "a.study", rows[:20]), kept(tmp_path / "b.study", rows[10:])
    merge(one, other, tmp_path / "c.study")
    merge(other, one, tmp_path / "d.study")
    with StudyFile.open(tmp_path / "c.study") as c, StudyFile.open(tmp_path / "d.study") as d:
        assert c.study == tiny() and c.results().whole
        assert c.results().digest == d.results().digest


def test_seeds_of_both_stand_in_one(tmp_path: Path, rows: list[Row]) -> None:
    low, high = ([row for row in rows if (row.seed < 1003) is side] for side in (True, False))
    one = kept(tmp_path / "a.study", low, seeds="1000-1002")
    other = kept(tmp_path / "b.study", high, seeds="1003-1005")
    assert merge(one, other, tmp_path / "c.study").seeds == tuple(range(1000, 1006))
    whole = kept(tmp_path / "whole.study", rows)
    with StudyFile.open(tmp_path / "c.study") as file, StudyFile.open(whole) as expected:
        assert file.results().digest == expected.results().digest


def test_a_failure_gives_way_to_the_run_of_the_other(tmp_path: Path, rows: list[Row]) -> None:
    failed = [Failure(rows[0].condition, rows[0].seed, "no answer")]
    one, other = kept(tmp_path / "a.study", rows[:1]), kept(tmp_path / "b.study", [*failed, *rows[1:2]])
    merge(one, other, tmp_path / "c.study")
    with StudyFile.open(tmp_path / "c.study") as file:
        assert len(file.lived()) == 2 and not file.results().failures


def test_a_run_that_differs_is_named(tmp_path: Path, rows: list[Row]) -> None:
    life = next(row for row in rows if isinstance(row, Life) and row.condition == 1)
    one, other = kept(tmp_path / "a.study", rows), kept(tmp_path / "b.study", [life._replace(digest="e" * 64)])
    with pytest.raises(RunError, match=f"seed {life.seed} in the condition '50 % with"):
        merge(one, other, tmp_path / "c.study")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.study", "b.study"]


def test_other_designs_are_refused(tmp_path: Path) -> None:
    one = kept(tmp_path / "a.study", [])
    other = kept(tmp_path / "b.study", [], scenario={"size": 9, "days": 6})
    with pytest.raises(SettingError, match="different designs: their scenario differ"):
        merge(one, other, tmp_path / "c.study")
    third = kept(tmp_path / "d.study", [], factors=[])
    with pytest.raises(SettingError, match="factors"):
        merge(one, third, tmp_path / "c.study")


def test_other_versions_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = kept(tmp_path / "a.study", [])
    monkeypatch.setattr(version, "code", lambda: "0123456789abcdef")
    other = kept(tmp_path / "b.study", [])
    with pytest.raises(RunError, match="different versions"):
        merge(one, other, tmp_path / "c.study")
