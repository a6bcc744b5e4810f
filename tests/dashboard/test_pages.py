"""The pages as Streamlit runs them: first paint, new runs, wrong values, acts, the mix editor, failures, the method."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import opening, snapshot
from dashboard.limits import limits
from dashboard.views import community, method
from tests.dashboard.presets import PRESETS

APP = str(Path(__file__).parents[2] / "dashboard" / "app.py")


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The two small presets instead of the real ones, no snapshot, and no work behind the tests' back."""
    monkeypatch.setattr(snapshot, "folder", lambda: tmp_path / "opening")
    monkeypatch.setattr(opening, "_prepare_later", lambda *_: None)
    monkeypatch.setattr(opening, "presets", lambda: PRESETS)
    monkeypatch.setattr(community, "presets", lambda: PRESETS)
    yield


def visit(**query: str) -> AppTest:
    page = AppTest.from_file(APP, default_timeout=300)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return page


def told(page: AppTest) -> dict[str, Any]:
    """The cockpit's last data."""
    mounted = [element.proto for element in page.main if element.type == "bidi_component"]
    drawn = [proto for proto in mounted if proto.component_name == "cockpit"]
    assert len(drawn) == 1
    data: dict[str, Any] = json.loads(drawn[0].bytes)
    return data


def field(page: AppTest, label: str) -> Any:
    return next(item for item in [*page.sidebar.number_input, *page.sidebar.selectbox] if item.label == label)


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click()
    page.run()
    assert not page.exception


def words(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def test_first_paint_is_a_finished_run_with_a_bet() -> None:
    page = visit()
    data = told(page)
    assert (data["frontier"], data["finished"], data["bet"]["given"]) == (12, True, None)
    assert field(page, "Scenario").value == "quarter-without-care"
    assert "in a running community" in words(page)


def test_a_page_from_a_snapshot_looks_the_same_and_lives_when_something_is_done() -> None:
    usual = visit()
    opening.prepare(PRESETS, limits())
    page = visit()
    own = ("run", "seq", "visit")
    assert {**told(page), **dict.fromkeys(own)} == {**told(usual), **dict.fromkeys(own)}
    assert words(page) == words(usual)
    assert [(field.label, field.value) for field in page.sidebar.selectbox] == [
        (field.label, field.value) for field in usual.sidebar.selectbox
    ]
    run = told(page)["run"]
    press(page, "Edit all")
    press(page, "Back without change")
    assert (told(page)["run"], told(page)["seq"]) == (run, 2)
    press(page, "New run with these settings")
    assert (told(page)["frontier"], told(page)["run"] != run) == (0, True)


def test_a_new_run_takes_the_settings() -> None:
    page = visit(run="original-community", day="3")
    field(page, "Residents").set_value(14).run()
    data = told(page)
    assert (data["frontier"], data["notice"]["kind"]) == (3, "stale")
    press(page, "New run with these settings")
    data = told(page)
    assert (data["frontier"], data["meta"]["size"], data["notice"]) == (0, 14, None)


def test_choosing_a_scenario_sets_all_fields() -> None:
    page = visit(run="original-community", day="3")
    field(page, "Residents").set_value(14).run()
    field(page, "Scenario").set_value("quarter-without-care").run()
    assert (field(page, "Residents").value, field(page, "Share, in per cent").value) == (10, 25)


@pytest.mark.parametrize(
    ("label", "value", "says"),
    [
        ("Residents", 0, "Residents: between 1 and"),
        ("Residents", 10**9, "Residents: between 1 and"),
        ("Days", -1, "Days: between 1 and"),
        ("Share, in per cent", 130.0, "A share lies between 0 and 100 %. The next run keeps 0 %."),
        ("Talk, share", 7.0, "Talk: between 0 and 1"),
    ],
)
def test_a_wrong_value_is_told_at_its_field_and_the_run_stays(label: str, value: float, says: str) -> None:
    page = visit(run="original-community", day="3")
    run = told(page)["run"]
    page.session_state["more"] = True
    page.run()
    field(page, label).set_value(value).run()
    assert says in words(page)
    press(page, "New run with these settings")
    assert told(page)["meta"]["size"] == 10
    assert told(page)["run"] != run


def test_the_worlds_parameters_are_put_on_the_page_when_asked_for() -> None:
    page = visit(run="original-community", day="3")
    closed = len(page.sidebar.number_input)
    page.session_state["more"] = True
    page.run()
    assert field(page, "Talk, share").value == 0.35
    assert len(page.sidebar.number_input) == closed + 20


def test_a_wrong_address_opens_and_is_told() -> None:
    page = visit(run="original-community", size="0", day="<script>alert(1)</script>")
    notice = told(page)["notice"]
    assert notice["kind"] == "error"
    assert "“size” lies between 1 and" in notice["text"]
    assert "<script>" not in words(page)


def test_an_act_is_done_and_told() -> None:
    page = visit(run="original-community", day="3")
    press(page, "Remove them")
    data = told(page)
    assert data["notice"]["text"].startswith("Day 4: 1 resident removed")
    assert "do=4~remove" in data["address"]


def test_a_wrong_act_is_told_where_it_was_typed() -> None:
    page = visit(run="original-community", day="3")
    next(item for item in page.sidebar.number_input if item.label == "Share of the living, in %").set_value(130)
    press(page, "Change")
    assert "must be at most 100" in words(page)
    assert "do=" not in told(page)["address"]


def test_two_tabs_do_not_disturb_each_other() -> None:
    one, two = visit(run="original-community", day="3"), visit(run="quarter-without-care", day="2")
    press(one, "New run with these settings")
    two.run()
    assert (told(one)["frontier"], told(two)["frontier"]) == (0, 2)
    assert told(one)["run"] != told(two)["run"]


def test_a_full_run_keeps_run_and_day() -> None:
    page = visit(run="quarter-without-care", day="5")
    before = told(page)
    page.run()
    after = told(page)
    assert (after["run"], after["frontier"]) == (before["run"], 5)
    assert after["seq"] > before["seq"]


def test_the_mix_editor_opens_and_closes() -> None:
    page = visit(run="quarter-without-care", day="2")
    press(page, "Edit all")
    assert "Value mix of the next run" in words(page)
    mounted = [item.proto.component_name for item in page.main if item.type == "bidi_component"]
    assert mounted == ["ahead", "mixbar", "mixwheel"]
    press(page, "Back without change")
    assert told(page)["frontier"] == 2


def test_what_fails_is_told_without_a_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("<b>broken</b>")

    monkeypatch.setattr(community, "opened", fail)
    page = visit()
    assert "The program failed to show the page Community" in words(page)
    assert "&lt;b&gt;broken" in words(page)
    assert "Traceback" not in words(page)


def test_a_step_that_fails_keeps_the_days_before(monkeypatch: pytest.MonkeyPatch) -> None:
    page = visit(run="quarter-without-care", day="2")
    session = page.session_state["session"]

    def fail() -> None:
        raise ZeroDivisionError("broken")

    monkeypatch.setattr(session.engine, "step", fail)
    session.ask({"type": "step", "days": 1, "n": 1}, session.scenario)
    page.run()
    data = told(page)
    assert (data["frontier"], data["notice"]["kind"]) == (2, "error")
    assert "failed to live the days" in data["notice"]["text"]


def method_page() -> None:
    from dashboard.views.method import show

    show()


def test_the_method_page_is_read_from_the_code() -> None:
    page = AppTest.from_function(method_page, default_timeout=300).run()
    assert not page.exception
    headings = [item.value for item in [*page.header, *page.subheader]]
    assert {"Limits and honesty", "The rules of the world", "Attack", "Deception", "Sources"} <= set(headings)
    assert {"The conformity lab", "The mean field", "The exact finite population"} <= set(headings)
    assert any("tanh" in item.value and "beta" in item.value for item in page.latex)
    text = " ".join(item.value for item in page.markdown)
    for name in ("Schwartz & Bardi 2001", "arXiv 2604.05339", "arXiv 2605.10721", "nAUP", "`attack_cost`"):
        assert name in text


def test_measured_figures_are_shown_where_there_are_any(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = {"precision": 0.912, "recall": None, "f1": None, "acts": 1234, "found": 0, "labels": 7, "right": 7}
    documents = {
        "detectors.json": {
            "setup": {"mixes": ["100% original"], "first_seed": 1000, "seeds": 32, "days": 60},
            "behaviours": {"deception": {"all": figures, "traced": figures}},
        },
        "findings.json": {
            "note": "64 communities",
            "findings": [
                {"finding": "It falls", "paper": "down", "ours": "−0.9", "interval": "±0.1", "verdict": "yes"}
            ],
        },
    }
    monkeypatch.setattr(method, "_document", documents.get)
    page = AppTest.from_function(method_page, default_timeout=300).run()
    assert not page.exception
    text = " ".join(item.value for item in page.markdown)
    assert "| All acts | 0.91 | not defined | not defined | 1,234 | 7 |" in text
    assert "| It falls | down | −0.9 | ±0.1 | yes |" in text
    assert any("32 seeds each" in item.value for item in page.caption)
