"""Measurements kept in a folder, and as CSV: what comes back is what was put there, and nothing else gets in."""

import os
from pathlib import Path

import pytest

from sim.conformity import tallies
from sim.conformity.measure import Count, Measurement, Plan
from sim.conformity.shelf import Shelf, identity
from sim.errors import RunError, SettingError


def measurement(model: str = "m", yes: int = 3) -> Measurement:
    counts = (Count(m=-0.5, first=1, wording=0, yes=yes, asked=9), Count(m=0.5, first=-1, wording=2, yes=7, asked=9),
              Count(m=None, first=1, wording=3, yes=1, asked=2))  # fmt: skip
    return Measurement(plan=Plan(model=model, pair=("=1+1", "b, c")), counts=counts, lost={"late": 2}, tokens=5)


def test_what_is_kept_is_found_again_once(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "there")
    assert shelf.all() == []
    name = shelf.keep(measurement())
    assert shelf.keep(measurement()) == name == identity(measurement())
    shelf.keep(measurement("other"))
    assert {kept.measurement.plan.model for kept in shelf.all()} == {"m", "other"}
    shelf.drop(name)
    shelf.drop("../../etc/passwd")
    assert [kept.measurement for kept in Shelf(tmp_path / "there").all()] == [measurement("other")]


def test_files_that_are_no_measurement_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "0123456789ab.json").write_text('{"plan": 1}')
    (tmp_path / "notes.json").write_text(measurement().model_dump_json())
    (tmp_path / "0123456789ac.json").write_bytes(b"\xff\xfe")
    assert Shelf(tmp_path).all() == []


@pytest.mark.skipif(os.name != "posix", reason="needs symbolic links")
def test_one_that_is_taken_away_meanwhile_hides_no_other(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep(measurement())
    (tmp_path / "0123456789ab.json").symlink_to(tmp_path / "gone")  # listed, and not there when it is looked at
    assert [kept.measurement for kept in Shelf(tmp_path).all()] == [measurement()]


def test_a_full_or_closed_shelf_says_so(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, most=1)
    shelf.keep(measurement())
    with pytest.raises(RunError, match="no more fit"):
        shelf.keep(measurement("other"))
    (tmp_path / "file").touch()
    with pytest.raises(RunError, match="cannot be written"):
        Shelf(tmp_path / "file" / "under").keep(measurement())


def test_the_csv_brings_a_measurement_back() -> None:
    done = measurement()
    text = tallies.written(done)
    assert "'=1+1" in text, "no formula for a spreadsheet"
    back = tallies.parse(text)
    assert (back.counts, back.plan.pair, back.plan.model) == (done.counts, done.plan.pair, done.plan.model)
    assert back.fitted().beta == done.fitted().beta and back.alone == done.alone


def test_a_table_made_by_hand_needs_three_columns() -> None:
    back = tallies.parse("M,Yes,ASKED\n-0.5,1,10\n0.5,9,10\n", "mine.csv")
    assert (back.plan.model, back.plan.pair) == ("mine.csv", ("+1", "-1"))
    assert [(c.m, c.first, c.yes, c.asked) for c in back.counts] == [(-0.5, 0, 1, 10), (0.5, 0, 9, 10)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "lacks"), ("m,yes\n", "lacks asked"), ("m,yes,asked\n0.1\n", "line 2"),
        ("m,yes,asked\n0,5,3\n", "line 2"), ("m,yes,asked\n2,1,3\n", "from -1 to 1"),
        ("m,yes,asked\nnan,1,3\n", "from -1 to 1"), ("m,yes,asked\n=1,1,3\n", "number"),
        ("m,yes,asked\n0,,3\n", "whole"), ("m,first,yes,asked\n0,2,1,3\n", "first"),
        ("m,wording,yes,asked\n0,9,1,3\n", "wording"), ("m,yes,asked\n" + "0,1,2\n" * 10_001, "more than 10,000"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_table_is_told(text: str, words: str) -> None:
    with pytest.raises(SettingError, match=words):
        tallies.parse(text)
