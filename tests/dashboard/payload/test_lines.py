"""Lines: plain text, labels where they belong, evidence where it is."""

import json

import numpy as np
import pytest

from dashboard.payload.details import detail
from dashboard.payload.feed import Feed
from dashboard.payload.lines import page
from dashboard.payload.marks import marks
from sim.scenario import Scenario
from sim.state import Cause, Flag, Happening, Kind, Plan, Proof
from tests.dashboard.fake import FakeRun, event, label, message


@pytest.fixture
def betrayed() -> Feed:
    """Day 1: 6 offers 7 an alliance and does not mean it; day 2: 6 attacks 7, who dies; 0 asks 1 with a false claim."""
    run = FakeRun(Scenario(mix="25% without BE"))
    run.live(
        [message(6, 7, Kind.PROPOSE_ALLIANCE, due=11, plan=Plan.LULL)], [event(Happening.ALLIANCE, 6, 7, about=11)]
    )
    run.live(
        [message(0, 1, Kind.ASK_HELP, amount=1, claim=1.0, plan=Plan.FEIGN_NEED)],
        [
            event(Happening.ATTACK, 6, 7, amount=3.5, chance=0.93, flag=Flag.SUCCESS),
            event(Happening.DEATH, 7, 6, flag=Cause.ATTACK),
        ],
        betrayal=label(6, 7, said_day=1, said=0, did_day=2, did=0, proof=Proof.LATER_ACT),
        deception=label(0, 1, said_day=2, said=0, proof=Proof.LEDGER),
    )
    return Feed(run, "a", "A run")


def test_a_betrayal_has_its_evidence(betrayed: Feed) -> None:
    told = betrayed.detail(2)
    line = told["lines"][1]
    assert line["betrayal"] and not line["said"] and line["chip"] == "attack" and line["family"] == "hostile"
    (found,) = line["labels"]
    assert found["name"] == "betrayal"
    assert found["said"] == {"day": 1, "i": 0, "text": f"“{betrayed.detail(1)['lines'][0]['text']}”"}
    assert found["did"] == {"day": 2, "i": 1, "text": line["text"]}
    assert found["proof"].startswith("The next day")
    assert told["gravest"] == line["i"] == 1
    assert [6, 7, betrayed.meta()["chips"].index(["attack", "hostile"]), 1, 2 | 4] in told["edges"]


def test_a_lie_is_marked_and_proved(betrayed: Feed) -> None:
    line = betrayed.detail(2)["lines"][0]
    assert line["deceptive"] and line["said"] and line["chip"] == "asks"
    (found,) = line["labels"]
    assert "said" not in found and "did" not in found  # the line itself is the evidence
    assert "8 units" in found["proof"]
    assert betrayed.voice.name(0) in line["meant"]
    assert betrayed.detail(2)["edges"][0][4] == 1
    assert betrayed.rows()[2]["deceptions"] == 1 and betrayed.rows()[2]["betrayals"] == 1


def test_what_a_plan_means_is_told_at_once(betrayed: Feed) -> None:
    line = betrayed.detail(1)["lines"][0]
    assert line["deceptive"] and "labels" not in line and line["meant"]


def test_names_stay_plain_text(betrayed: Feed) -> None:
    evil = "<script>alert(1)</script>"
    betrayed.voice.names[6] = evil
    told = detail(betrayed.run, 2, betrayed.graph(), betrayed.voice)
    line = told["lines"][1]
    assert line["who"] == evil
    assert evil in line["text"]
    assert "&lt;" not in json.dumps(told)


def test_death_and_nobody(betrayed: Feed) -> None:
    line = betrayed.detail(2)["lines"][2]
    assert line["death"] and line["chip"] == "died"
    hungry = FakeRun(Scenario())
    hungry.live(events=[event(Happening.DEATH, 3, flag=Cause.HUNGER), event(Happening.EXPLORE, 4)])
    death, explored = Feed(hungry, "a", "A run").detail(1)["lines"]
    assert death["whom"] == "" and death["to"] == -1
    assert explored["whom"] == ""


def test_a_line_is_the_same_on_every_reading(betrayed: Feed) -> None:
    again = Feed(betrayed.run, "b", "A run")
    assert again.detail(2) == betrayed.detail(2)


def test_factories_are_not_taken_for_residents() -> None:
    run = FakeRun(Scenario())
    run.live(events=[event(Happening.BID, 3, 1, about=2), event(Happening.MERGE, 3, 1, about=2, chance=0.5, flag=1)])
    for line in Feed(run, "a", "A run").detail(1)["lines"]:
        assert line["to"] == -1 and line["whom"] == ""


def test_page_takes_the_gravest_then_the_newest() -> None:
    gravity = np.array([1.0, 9.0, 1.0, 1.0, 5.0])
    assert page(gravity, 3).tolist() == [1, 3, 4]
    assert page(gravity, 9).tolist() == [0, 1, 2, 3, 4]
    assert page(np.array([]), 3).tolist() == []


def test_one_order_for_all_does_not_fill_the_page() -> None:
    run = FakeRun(Scenario())
    run.live(
        events=[*(event(Happening.INTERVENE, i, about=0, amount=2) for i in range(25)), event(Happening.GIFT, 1, 2)]
    )
    gravity = marks(run.history[1], run.labels[1]).gravity
    assert (gravity[1:25] < gravity[25]).all() and gravity[0] > gravity[25]
