"""How close to the edge: found in slices, between steps, for any day lived; and said where it cannot be."""

import time

import pytest

from dashboard import edge
from dashboard.edge import Edge
from dashboard.limits import Limits
from dashboard.opening import BET_ON
from sim.engine import Engine
from sim.forks import Present
from sim.interventions import TakePlace
from sim.scenario import check
from sim.studies import distance
from sim.studies.distance import Search
from tests.dashboard.test_session import Page


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Futures of ten days."""
    monkeypatch.setattr(distance, "HORIZON", 10)
    monkeypatch.setattr(edge, "SLICE", 0.0)


def test_the_page_asks_until_there_is_the_answer_of_the_search() -> None:
    page = Page(run=BET_ON, day="3")
    assert page.told["edge"] is None
    told = page.ask("edge", day=2)["edge"]
    assert told["state"] == "running" and told["day"] == 2 and 0 < told["progress"] < 1 and told["tried"] == []
    asked = 1
    while told["state"] == "running":
        told, asked = page.ask("edge", day=2)["edge"], asked + 1
    engine = page.session.engine
    search = Search(Present.of(engine, 2), engine.series["alive"][:3])
    assert search.advance(600) and search.answer is not None
    assert told["state"] == "done" and told["title"] == search.answer.title and "Before day 20" in told["note"]
    assert told["tried"] == [list(one) for one in search.answer.tried] and "docs/distance.md" in told["means"]
    assert asked > 10
    assert page.told["frontier"] == 3


def test_a_step_between_slices_changes_neither_the_run_nor_the_answer() -> None:
    quiet, busy = Page(run=BET_ON, day="3"), Page(run=BET_ON, day="3")
    while quiet.ask("edge", day=3)["edge"]["state"] == "running":
        pass
    for step in range(4, 9):
        busy.ask("edge", day=3)
        assert busy.ask("step", days=1, until=step)["edge"]["state"] == "running"
        quiet.ask("step", days=1, until=step)
    while busy.ask("edge", day=3)["edge"]["state"] == "running":
        pass
    assert busy.told["edge"] == quiet.told["edge"]
    assert busy.session.engine.digest() == quiet.session.engine.digest()


def test_answers_are_kept_by_day_and_forgotten_with_the_run() -> None:
    page = Page(run=BET_ON, day="3")
    answers = {}
    for day in (1, 3):
        while page.ask("edge", day=day)["edge"]["state"] == "running":
            pass
        answers[day] = page.told["edge"]
    assert page.ask("edge", day=1)["edge"] == answers[1]
    assert page.ask("new")["edge"] is None


@pytest.mark.parametrize("day", [None, -1, 99, "3", 1.5])
def test_a_day_that_was_not_lived_is_no_question(day: object) -> None:
    assert Page(run=BET_ON, day="3").ask("edge", day=day)["edge"] is None


def test_residents_asked_in_words_have_none_and_it_is_said() -> None:
    orders = [TakePlace(day=2, resident=1, days=2).model_dump()]
    asked = Edge(Engine(check({"size": 9, "interventions": orders})), Limits())
    asked.ask(0)
    told = asked.told()
    assert told is not None and told["state"] == "none" and "scripted" in told["title"] and told["title"].endswith(".")


@pytest.mark.parametrize("limits", [Limits(resident_days=1000), Limits(memory_mb=1)])
def test_a_community_too_large_for_the_server_is_refused_with_the_remedy(limits: Limits) -> None:
    asked = Edge(Engine(check({"size": 60})), limits)
    asked.ask(0)
    told = asked.told()
    assert told is not None and told["state"] == "none" and "python -m sim distance" in told["title"]


def test_a_slice_is_short() -> None:
    asked = Edge(Engine(check({"size": 40})), Limits())
    asked.ask(0)  # what is to be loaded is loaded
    began = time.monotonic()
    asked.ask(0)
    assert time.monotonic() - began < 1
