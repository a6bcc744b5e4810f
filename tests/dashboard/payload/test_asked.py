"""What a person sees of residents that are asked in words: own words, plans, notes, prompts, answers, failures."""

import json

import pytest

from dashboard.payload.asked import asked
from dashboard.payload.failing import failing
from dashboard.payload.feed import Feed, provenance
from dashboard.payload.voice import Voice
from sim.asking import Outcome, Phase
from sim.engine import Engine
from sim.interventions import TakePlace
from sim.scenario import Scenario
from sim.state import Happening
from tests.sim.answering import GARBLED, Answerer, Fault, answered, worded
from tests.sim.runs.making import community, lived

FAULTS: dict[tuple[int, int], Fault] = {(2, 3): Outcome.FAILED, (3, 1): GARBLED}


@pytest.fixture(scope="module", params=["lean", "full"])
def run(request: pytest.FixtureRequest) -> Engine:
    return answered(worded(request.param), Answerer(FAULTS, once={(2, 1)}))


def test_messages_are_shown_in_their_own_words_and_what_was_meant_beside_them(run: Engine) -> None:
    feed = Feed(run, "key", "Title")
    for day in range(1, run.day + 1):
        told = {line["i"]: line for line in feed.detail(day)["lines"]}
        assert run.words[day]
        for i, words in run.words[day].items():
            assert told[i]["text"] == words and told[i]["said"]
            assert ("meant" in told[i]) == bool(run.history[day].messages[i]["plan"])
        assert "<b>" in json.dumps(told), "a page must not read it as markup"
    assert any("meant" in line for line in feed.detail(2)["lines"])


def test_failures_are_told_in_plain_words(run: Engine) -> None:
    voice = Voice(run)
    day = run.history[2]
    events = [i for i, event in enumerate(day.events) if event["kind"] == Happening.FAILED]
    texts = [voice.text(2, len(day.messages) + i) for i in events]
    assert all(text.startswith(f"{voice.name(3)}’s mind gave no usable answer when asked ") for text in texts)
    assert any(text.endswith("works as before.") for text in texts)


def test_the_card_tells_plan_notes_and_every_question_of_the_day(run: Engine) -> None:
    mind = Feed(run, "key", "Title").card(1, 2)["mind"]
    assert mind["plan"].endswith("I mean well on day 2, says <b>1</b>.")
    assert {note["day"] for note in mind["notes"]} <= {1, 2}
    entries = [entry for place, entry in run.journal if (place.day, place.resident) == (2, 1)]
    assert len(mind["asked"]) == len(entries) > 2
    assert sorted(told["answer"] for told in mind["asked"]) == sorted(str(entry.reply.text) for entry in entries)
    first, again = mind["asked"][:2]
    assert first["went"] == "not usable, so it was asked again" and first["answer"] == GARBLED
    assert again["title"] == f"{first['title']}, asked again" and again["went"] == ""
    assert [name for name, _ in first["prompt"]] == ["BACKGROUND", "ROLE", "PROFILE", "MEMORY", "OBSERVATION", "TASK"]
    assert [list(part) for part in entries[0].parts] in [told["prompt"] for told in mind["asked"]]
    assert (first["by"], first["tokens"], first["seconds"]) == ("fake-1-mini", [1_000, 700, 50], 0.25)


def test_who_was_not_answered_has_no_plan(run: Engine) -> None:
    voice = Voice(run)
    silent = asked(run, 2, 3, voice)
    assert silent is not None and silent["plan"] == ""
    assert {told["went"] for told in silent["asked"]} == {"no answer"}
    assert all(told["answer"] is None and told["why"] == "as ordered" for told in silent["asked"])
    before = asked(run, 0, 3, voice)
    assert before is None


def test_a_scripted_resident_has_no_such_card() -> None:
    assert Feed(lived(community(days=2)), "key", "Title").card(1, 2)["mind"] is None


def test_a_community_in_which_many_answers_failed_says_so() -> None:
    few = answered(worded(days=3), Answerer({(2, 3): Outcome.FAILED}))
    assert failing(few) == ""
    many = answered(worded(days=3), Answerer({(2, who): Outcome.REFUSED for who in range(4)}))
    assert failing(many).startswith("Eight of 48 questions to residents (17 %) found no usable answer")
    assert Feed(many, "key", "Title").message(1)["failing"] == failing(many)
    assert failing(lived(community(days=2))) == ""
    assert many.series["failed_share"] == [0, 0, 0.5, 0]


def test_the_phase_of_every_failure_has_words() -> None:
    run = answered(worded("full", days=2), Answerer({(2, who): Outcome.FAILED for who in range(8)}))
    voice, day = Voice(run), run.history[2]
    phases = {int(event["about"]) for event in day.events if event["kind"] == Happening.FAILED}
    assert phases >= {Phase.PERCEIVE, Phase.SPEAK, Phase.DECIDE, Phase.SUMMARISE}
    assert all(voice.text(2, len(day.messages) + i) for i in range(len(day.events)))


def test_provenance_names_the_models() -> None:
    model = {"model": "fake-1"}
    assert "· scripted ·" in provenance(Scenario())
    assert "· fake-1 ·" in provenance(worded())
    halves = [{"share": 50, "mind": "llm"}, {"share": 50}]
    assert "· fake-1 and scripted ·" in provenance(Scenario.model_validate({"models": [model], "mix": halves}))
    person = TakePlace(day=1, resident=0, days=2)
    assert "· scripted and a person ·" in provenance(community(orders=[person]))
