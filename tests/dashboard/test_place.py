"""A person in a resident's place: sees what the resident sees, acts by the same rules, and may make mistakes."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard.seat import Around
from dashboard.session import Session
from sim.asking import Phase, Request
from sim.interventions import TakePlace
from sim.runs.library import Library
from tests.dashboard.presets import SCENARIOS
from tests.dashboard.test_asking import Tab

WHO = 2
EVENING = {"replies": [], "act": "work", "factory": "", "attack": "", "attack_for": "gain", "pay": [], "withhold": []}


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    opened = Tab(Library(tmp_path))
    yield opened
    opened.session.stop()


def asked(tab: Tab) -> tuple[Request, Around]:
    """Wait for the next question to the person."""
    end = time.monotonic() + 10
    while (found := tab.session.place()) is None:
        assert tab.session.waiting
        assert time.monotonic() < end
        tab.hear(0.05)
    return found


def say(session: Session, **answer: Any) -> None:
    assert session.asker is not None
    session.asker.seat.say(json.dumps(answer))


def morning(to: str, words: str = "I watch over you.", **more: Any) -> dict[str, Any]:
    message = {"to": to, "kind": "praise", "words": words, "amount": 0, "about": "", "claim": None, "due": 0}
    return {"plan": "Stay calm.", "target": "", "bid": "", "bid_for": "gain", "messages": [message | more]}


def evening(tab: Tab) -> dict[str, Any]:
    """Do the day's work, and pay what may be due."""
    _, around = asked(tab)
    return EVENING | {"pay": list(around.neighbours), "note": "A calm day."}


def test_a_person_lives_a_day(tab: Tab) -> None:
    tab.ask("seat", id=WHO, days=1)
    assert "you are" in tab.hear()["notice"]["text"]
    tab.ask("step", days=1, until=1)
    request, around = asked(tab)
    assert (request.phase, request.resident) == (Phase.MORNING, WHO)
    assert tab.hear()["asking"]["person"]
    observed = dict(request.parts)["OBSERVATION"]
    assert all(name in observed for name in around.neighbours)
    say(tab.session, **morning(around.neighbours[0]))
    assert asked(tab)[0].phase is Phase.EVENING
    say(tab.session, **evening(tab))
    told = tab.rest()
    assert told["frontier"] == 1
    assert "I watch over you." in json.dumps(told["details"])
    assert {entry.reply.source for _, entry in tab.session.engine.journal} == {"person"}
    tab.ask("step", days=1, until=2)
    assert tab.rest()["frontier"] == 2, "the next day nobody is asked"


def test_what_is_not_allowed_is_told_once_and_then_the_usual_happens(tab: Tab) -> None:
    tab.session.intervene(TakePlace(day=1, resident=WHO, days=1))
    tab.ask("step", days=1, until=1)
    asked(tab)
    say(tab.session, **morning("Nobody Ever Born"))
    request, _ = asked(tab)
    assert request.attempt == 1
    assert "is not a neighbour of yours" in dict(request.parts)["TASK"]
    say(tab.session, **morning("Nobody Ever Born"))
    assert asked(tab)[0].phase is Phase.EVENING
    say(tab.session, **evening(tab))
    assert tab.rest()["frontier"] == 1


def test_pause_leaves_the_place_and_the_question_comes_again(tab: Tab) -> None:
    tab.session.intervene(TakePlace(day=1, resident=WHO, days=1))
    tab.ask("step", days=1, until=1)
    first, around = asked(tab)
    tab.ask("pause")
    tab.rest(2)
    assert tab.session.place() is None
    tab.ask("step", days=1, until=1)
    again, _ = asked(tab)
    assert again == first
    say(tab.session, **morning(around.neighbours[0]))
    say_evening = asked(tab)[0].phase
    assert say_evening is Phase.EVENING


@pytest.mark.parametrize("question", [{"id": 10**6, "days": 1}, {"id": 1, "days": 0}, {"id": "x", "days": 1}, {}])
def test_a_senseless_place_is_not_taken(tab: Tab, question: dict[str, Any]) -> None:
    tab.ask("seat", **question)
    assert tab.session.scenario.interventions == SCENARIOS["original-community"].interventions
    assert tab.hear()["asking"] is None
