"""A design as it is typed: what cannot be is told at its field, and nothing of it is lost."""

import pytest

from dashboard.limits import Limits
from dashboard.studies.draft import Draft
from sim.studies.design import Study
from sim.studies.preset import presets
from tests.sim.studies.analysis.making import design


@pytest.mark.parametrize("slug", list(presets()))
def test_every_preset_comes_back_as_it_was(slug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-test")  # the server allows its own endpoint
    wanted = presets()[slug].study
    read = Draft(wanted, slug).read(Limits())
    assert read.wrong == {}
    assert read.study == wanted


def test_a_model_that_may_not_be_called_here_is_told_at_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONWEAL_ENDPOINTS", "http://127.0.0.1")
    read = Draft(presets()["phrasing-ablation"].study).read(Limits())
    assert read.study is None and "may not be called" in read.wrong["base_url"]


@pytest.mark.parametrize(
    ("field", "typed", "place", "words"),
    [
        ("seeds", "1000-1063, 1003", "seeds", "1003 is named twice"),
        ("seeds", "many", "seeds", "cannot be read"),
        ("size", 0, "size", "at least 1"),
        ("size", 20_000, "size", "10"),
        ("days", 2_000, "days", "1"),
        ("title", "x", "title", "3 to 80"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(field: str, typed: object, place: str, words: str) -> None:
    draft = Draft(design())
    setattr(draft, field, typed)
    read = draft.read(Limits())
    assert read.study is None and words in read.wrong[place]
    assert getattr(draft, field) == typed, "what was typed stays"


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("prevalence", "0, 120", "between 0 and 100"),
        ("prevalence", "", "no levels"),
        ("prevalence", "0, 0", "twice"),
        ("size", "10, banana", "size"),
        ("talk", "0.1, 7", "at most 1"),
    ],
)
def test_a_wrong_level_is_told_at_its_factor(name: str, typed: str, words: str) -> None:
    draft = Draft(design())
    row = next((row for row in draft.rows if row.field == name), None)
    if row is None:
        draft.add()
        draft.set_field(draft.rows[-1].number, name)
        row = draft.rows[-1]
    row.typed = typed
    read = draft.read(Limits())
    assert words in read.wrong[f"factor {row.number}"]


def test_ten_million_runs_are_refused_with_a_smaller_proposal() -> None:
    draft = Draft(presets()["the-paper"].study)
    draft.seeds = "0-9999"
    for k in range(3):
        draft.add()
        draft.set_field(draft.rows[-1].number, ("sight", "choice", "size")[k])
        draft.rows[-1].typed = "1, 2, 3, 4"
    read = draft.read(Limits())
    assert any(word in read.wrong["whole"] for word in ("seeds would do", "times fewer", "Take out a factor"))


def test_factors_come_and_go() -> None:
    draft = Draft(Study(), "the-paper")
    draft.add()
    assert [row.field for row in draft.rows] == ["value"] and draft.preset is None
    draft.set_field(draft.rows[0].number, "mix")
    draft.rows[0].typed = "20% without BE; 30% with PO, 70% original"
    study = draft.read(Limits()).study
    assert study is not None and len(study.conditions) == 3
    draft.remove(draft.rows[0].number)
    assert draft.rows == []


def test_another_scenario_brings_its_size_and_days() -> None:
    draft = Draft(Study())
    draft.choose("original-community")
    study = draft.read(Limits()).study
    assert study is not None and study.scenario.name == "original-community"
