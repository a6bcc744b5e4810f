"""What a tab is told of a study: everything once, then what is new; and what its questions do."""

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.limits import Limits
from dashboard.studies.archive import Archive
from dashboard.studies.manager import Manager
from dashboard.studies.showing import Showing, lasting
from sim.errors import RunError
from tests.dashboard.studies.test_manager import until
from tests.sim.studies.filed import EVIL, filed, small

ID = "aaaaaaaaaaaa"


@pytest.fixture
def manager(tmp_path: Path) -> Manager:
    filed(tmp_path / f"{ID}.study", small(), failed=2)
    return Manager(Archive(tmp_path), Limits())


@pytest.fixture
def showing(manager: Manager) -> Showing:
    found = Showing(manager, ID, "me", {})
    first = found.message()
    assert first["pending"] and first["parts"] == [], "the page is there before its figures"
    return found


def told(showing: Showing) -> dict[str, Any]:
    message = showing.message()
    json.dumps(message, allow_nan=False)
    return message


def ask(showing: Showing, n: int, kind: str, **more: object) -> dict[str, Any]:
    showing.ask({"n": n, "type": kind, **more})
    return told(showing)


def test_everything_is_told_once(showing: Showing) -> None:
    first = told(showing)
    assert [part["key"] for part in first["parts"]] == first["order"] == ["effects"], "one value is not ranked"
    assert "area under the population curve" in first["study"]["headline"]
    assert "moves" not in first["study"]["headline"], "of one value it is told what it does"
    assert first["address"] == f"id={ID}&tab=effects"
    again = told(showing)
    assert again["parts"] == [] and again["order"] == first["order"]
    assert ask(showing, 1, "resync")["parts"] == first["parts"]


def test_each_tab_has_its_answers(showing: Showing) -> None:
    for n, (tab, _) in enumerate(told(showing)["tabs"], 1):
        message = ask(showing, n, "tab", value=tab)
        assert message["tab"] == tab and message["answered"] == n
        assert message["order"], tab


def test_another_measure_gives_other_figures(showing: Showing) -> None:
    before = told(showing)
    after = ask(showing, 1, "pick", name="metric", value="SC")
    assert next(pick for pick in after["picks"] if pick["name"] == "metric")["value"] == "SC"
    assert {part["key"] for part in after["parts"]} == set(before["order"])
    assert "social capital" in after["parts"][0]["sub"]


@pytest.mark.parametrize(
    "question",
    [None, {}, {"type": "tab"}, {"n": 1, "type": "tab", "value": "nonsense"}, {"n": 1, "type": "pick", "name": "x"},
     {"n": 1, "type": "pick", "name": "metric", "value": ["SC"]}, {"n": -1, "type": "cancel"}],
)  # fmt: skip
def test_nonsense_changes_nothing(showing: Showing, question: Any) -> None:
    before = told(showing)
    showing.ask(question)
    after = told(showing)
    assert (after["tab"], after["picks"], after["study"]) == (before["tab"], before["picks"], before["study"])


def test_a_question_asked_twice_is_answered_once(showing: Showing) -> None:
    ask(showing, 5, "tab", value="lasting")
    assert ask(showing, 5, "tab", value="paper")["tab"] == "lasting"


def test_failures_are_told_as_they_are(showing: Showing) -> None:
    message = ask(showing, 1, "tab", value="everything")
    failures = message["parts"][-1]
    assert failures["title"] == "2 runs could not be lived"
    assert failures["rows"][0][2] == EVIL, "the page puts it in as text"


def test_a_study_that_stands_still_is_gone_on_with(showing: Showing, manager: Manager) -> None:
    first = told(showing)
    assert (first["study"]["state"], first["study"]["can"]) == ("paused", ["resume"])
    assert ask(showing, 1, "resume")["study"]["live"]
    until(lambda: manager.progress(ID).state == "done")
    last = told(showing)
    assert last["study"]["state"] == "done" and last["study"]["can"] == []
    assert last["parts"], "the figures are of all runs now"


def test_figures_rest_while_a_study_is_being_lived(
    showing: Showing, manager: Manager, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(showing)
    running = manager.progress(ID)._replace(state="running")
    monkeypatch.setattr(manager, "progress", lambda identity: running._replace(done=running.done + 1))
    assert told(showing)["parts"] == [], "they were worked out a moment ago"
    assert ask(showing, 1, "tab", value="lasting")["parts"], "another question is answered at once"


def test_there_must_be_such_a_study(manager: Manager) -> None:
    with pytest.raises(RunError, match="no study"):
        Showing(manager, "bbbbbbbbbbbb", "me", {})


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.4, "a few seconds"), (38, "about 40 seconds"), (200, "about 3 minutes"), (9_000, "about 2.5 hours")],
)
def test_a_time_is_told_as_exactly_as_it_is_known(seconds: float, words: str) -> None:
    assert lasting(seconds) == words


@pytest.mark.parametrize(
    ("done", "further", "state", "share"),
    [(27, None, "running", 0.5), (54, 0.25, "running", 0.25), (54, None, "paused", None), (54, None, "done", None)],
)
def test_the_bar_is_of_the_work_at_hand(
    showing: Showing, manager: Manager, monkeypatch: pytest.MonkeyPatch,
    done: int, further: float | None, state: str, share: float | None,
) -> None:  # fmt: skip
    now = manager.progress(ID)._replace(state=state, done=done, further=further)
    monkeypatch.setattr(manager, "progress", lambda identity: now)
    study = told(showing)["study"]
    assert (study["share"], study["of"]) == (share, "Runs lived" if done < 54 else "What follows the runs")
