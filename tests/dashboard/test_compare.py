"""The Compare page as Streamlit runs it: nothing to compare, two runs, runs that are not there."""

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.views import compare
from sim.engine import Engine
from sim.interventions import NewLuck
from sim.runs.branch import branch
from sim.runs.library import Library
from sim.runs.writer import RunWriter
from tests.sim.runs.making import community, go_on


def page() -> None:
    from dashboard.failure import Boundary
    from dashboard.views.compare import show

    with Boundary("show the page Compare"):
        show()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs, the second a branch of the first; and a damaged one."""
    place = tmp_path_factory.mktemp("library")
    first = go_on(Engine(community(days=8)))
    for name, title, run in (
        ("aaaaaaaaaaaa", "First <b>", first),
        ("bbbbbbbbbbbb", "Other luck", go_on(branch(first, 3, [NewLuck(day=4, seed=9)]))),
    ):
        with RunWriter.create(place / f"{name}.sqlite", run, title, identity=name) as writer:
            writer.finish(run)
    (place / "cccccccccccc.sqlite").write_bytes(b"SQLite format 3\0" + bytes(99))
    return place


def visit(monkeypatch: pytest.MonkeyPatch, place: Path | None, **query: str) -> AppTest:
    monkeypatch.setattr(compare, "library", lambda: place and Library(place))
    test = AppTest.from_function(page, default_timeout=300)
    for key, value in query.items():
        test.query_params[key] = value
    test.run()
    assert not test.exception
    return test


def told(test: AppTest) -> dict[str, Any] | None:
    mounted = [element for element in test.main if element.type == "bidi_component"]
    return json.loads(mounted[0].proto.json) if mounted else None


def words(test: AppTest) -> str:
    html = " ".join(element.proto.body for element in test.get("html"))
    return " ".join([html, *(item.value for item in test.text)])


def test_no_run_yet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    test = visit(monkeypatch, tmp_path)
    assert "So far no run is kept here" in words(test)
    assert told(test) is None


def test_where_runs_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Runs are not kept on this server" in words(visit(monkeypatch, None))


def test_choosing_two_runs(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    test = visit(monkeypatch, folder)
    assert "Choose two to four runs" in words(test)
    choice = test.sidebar.multiselect[0]
    assert len(choice.options) == 2, "the damaged file is not offered"
    choice.set_value(["aaaaaaaaaaaa", "bbbbbbbbbbbb"]).run()
    data = told(test)
    assert data and data["meta"]["parting"] == 4
    assert test.query_params["runs"] == "aaaaaaaaaaaa,bbbbbbbbbbbb"
    assert test.query_params["day"] == "4"


def test_the_two_newest(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    test = visit(monkeypatch, folder)
    test.button[0].click().run()
    data = told(test)
    assert data and len(data["meta"]["runs"]) == 2


def test_an_address_opens_its_runs_on_its_day(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    test = visit(monkeypatch, folder, runs="bbbbbbbbbbbb,aaaaaaaaaaaa", day="7")
    data = told(test)
    assert data and (data["day"], [run["title"] for run in data["meta"]["runs"]]) == (7, ["Other luck", "First <b>"])
    test.run()
    again = told(test)
    assert again and again["meta"], "after a full run of the script the page is told everything"


@pytest.mark.parametrize("day", ["-1", "999", "x", "²", ""])
def test_a_wrong_day_is_left_out(day: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    data = told(visit(monkeypatch, folder, runs="aaaaaaaaaaaa,bbbbbbbbbbbb", day=day))
    assert data and data["day"] == 4


def test_runs_that_cannot_be_opened_are_named(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    test = visit(monkeypatch, folder, runs="aaaaaaaaaaaa,cccccccccccc,<script>alert(1)</script>,../../etc")
    said = words(test)
    assert "cccccccccccc.sqlite" in said
    assert "deleted, or the address is of another library" in said
    assert "<script>" not in said
    assert told(test) is None


def test_a_run_deleted_while_it_is_shown(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> None:
    for path in folder.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    test = visit(monkeypatch, tmp_path, runs="aaaaaaaaaaaa,bbbbbbbbbbbb")
    (tmp_path / "bbbbbbbbbbbb.sqlite").unlink()
    test.run()
    assert not test.exception
    assert "deleted" in words(test)
