"""A resident's card: alive, dead, alone, unknown."""

import json

import numpy as np
import pytest

from dashboard.payload.feed import Feed
from dashboard.payload.portrait import portrait
from dashboard.payload.values_wheel import wheel
from sim import values
from sim.scenario import Scenario
from sim.state import Cause, Flag, Happening, Kind
from tests.dashboard.fake import FakeOption, FakeRun, event, message


@pytest.fixture
def run() -> FakeRun:
    told = FakeRun(Scenario(mix="25% without BE"))
    told.live([message(6, 7, Kind.PROMISE, amount=0.5, due=2)], [event(Happening.BIRTH, 3, 25, amount=4)])
    told.live(
        [message(3, 6, Kind.PRAISE)],
        [
            event(Happening.ATTACK, 6, 7, amount=3.5, chance=0.93, flag=Flag.SUCCESS),
            event(Happening.DEATH, 7, 6, flag=Cause.ATTACK),
            event(Happening.BROKEN, 6, 8, amount=1),
            event(Happening.DEATH, 9, flag=Cause.HUNGER),
        ],
        holdings=np.arange(26) + 1.0,
    )
    told.options = (
        FakeOption("attack", "secondary", 7, 1.42, True),
        FakeOption("work", "primary", 2, 0.71, True),
        FakeOption("explore", "primary", -1, -0.05, False),
    )
    return told


def test_the_living(run: FakeRun) -> None:
    feed = Feed(run, "a", "A run")
    name, victim = feed.voice.name(6), feed.voice.name(7)
    card = feed.card(6, 2)
    assert card["summary"] == f"Holds 7.0 units, {20 - 2}th of 24. Here since day 0."
    assert card["why_title"] == f"{name} chose “Attack {victim}”: worth 1.42, against 0 for letting be"
    assert [option["label"] for option in card["why"]] == [f"Attack {victim}", "Work at the Orchard", "Explore"]
    assert card["holdings_title"] == f"{name}’s holdings: 8.0 → 7.0 units in one day"
    assert card["holdings"] == [[0, 8.0], [1, 8.0], [2, 7.0]]
    assert len(card["middle"]) == 3
    assert len(card["trust"]) == 4 and {row["id"] for row in card["trust"]} == {3, 4, 5, 8}
    assert "distrusts" in card["trust_title"]
    assert [line["day"] for line in card["lines"]] == [2, 2, 2, 2, 1]
    assert card["memory"] and all(entry["day"] == 2 for entry in card["memory"])
    assert card["promises"] == []  # open ones to the dead are not told
    assert card["condition"] == "original" and card["workplace"] == "Mill"
    json.dumps(card, allow_nan=False)


def test_the_dead(run: FakeRun) -> None:
    feed = Feed(run, "a", "A run")
    run.live()
    card = feed.card(7, 3)
    assert card["alive"] is False and card["factory"] == -1 and card["workplace"] == ""
    assert card["summary"] == f"Here since day 0. Died on day 2, attacked by {feed.voice.name(6)}."
    assert [day for day, _ in card["holdings"]] == [0, 1, 2]
    assert card["trust"] == [] and card["memory"] == []
    assert feed.card(9, 3)["summary"].endswith("Died of hunger on day 2.")
    json.dumps(card, allow_nan=False)


def test_the_newborn(run: FakeRun) -> None:
    card = Feed(run, "a", "A run").card(25, 1)
    assert card["summary"].endswith("Here since day 1.")
    assert card["holdings"] == [[1, 4.0]]
    assert card["holdings_title"].endswith("’s holdings: 4.0 units")


def test_alone() -> None:
    run = FakeRun(Scenario(size=1))
    run.live()
    card = Feed(run, "a", "A run").card(0, 1)
    assert "the only one left" in card["summary"]
    assert card["trust"] == [] and card["trust_title"].endswith("has no neighbours left")
    assert card["why"] == [] and card["why_note"] == ""


@pytest.mark.parametrize("resident", [-1, 25, 10_000])
def test_unknown(run: FakeRun, resident: int) -> None:
    with pytest.raises(IndexError):
        Feed(run, "a", "A run").card(resident, 0)


def test_day_0(run: FakeRun) -> None:
    card = Feed(run, "a", "A run").card(0, 0)
    assert card["lines"] == [] and card["why"] == [] and card["promises"] == []


def test_portrait_is_symmetric_and_its_own() -> None:
    faces = {str(portrait(1907, i)) for i in range(100)}
    assert len(faces) == 100
    for row in portrait(1907, 3):
        assert len(row) == 7 and row == row[::-1] and set(row) <= {0, 1}
    assert len(portrait(1907, 3)) == 7


def test_values_title() -> None:
    assert wheel(values.BASELINE)["values_title"] == "Universalism leads, as for most people"
    assert wheel(values.suppress(values.BASELINE, "BE"))["values_title"].endswith("; Benevolence is gone")
    assert wheel(values.emphasise(values.BASELINE, "PO"))["values_title"] == "Power leads"
    assert len(wheel(values.BASELINE)["wheel"]) == len(wheel(values.BASELINE)["values"]) == 10


def test_values_go_round_the_circle() -> None:
    weights = np.arange(10) / 10
    told = wheel(weights)
    codes = [value["code"] for value in told["wheel"]]
    assert codes == ["SD", "UN", "BE", "CO", "TR", "SE", "PO", "AC", "HE", "ST"]
    assert told["values"] == [float(weights[values.CODES.index(code)]) for code in codes]
    assert told["original"] == [float(values.BASELINE[values.CODES.index(code)]) for code in codes]
