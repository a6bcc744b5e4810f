"""Turning points: what is chosen, why, and no more than can be read."""

from typing import Any

from dashboard.payload.feed import Feed
from dashboard.report.turning import MOST, turning
from sim.engine import Engine
from sim.scenario import Scenario


def row(day: int, alive: int = 20, **more: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("attacks", "betrayals", "deceptions", "mergers", "deaths"), 0)
    return {"day": day, "alive": alive, "interventions": [], "state": "stable", "gini": 0.2, **nothing, **more}


def test_a_quiet_run_has_only_its_end() -> None:
    assert [(turn.day, turn.reasons) for turn in turning([row(day) for day in range(9)])] == [(8, ["where it ended"])]
    assert turning([row(0)])[0].reasons == ["the start"]


def test_firsts_interventions_and_swings_are_told() -> None:
    rows = [row(day) for day in range(30)]
    rows[3] = row(3, attacks=1)
    rows[5] = row(5, attacks=3, betrayals=1)
    rows[9] = row(9, interventions=["2 units given to everyone"])
    rows[12] = row(12, state="collapsing")
    rows[20:] = [row(day, 10) for day in range(20, 30)]
    told = {turn.day: turn.reasons for turn in turning(rows)}
    assert told[3] == ["the first attack"]
    assert told[5] == ["the first betrayal", "the most attacks of a day: three"]
    assert told[9] == ["from outside: 2 units given to everyone"]
    assert told[12] == ["from here on collapsing, for the first time"]
    assert told[20] == ["ten residents fewer than a week before"]
    assert 29 in told


def test_of_an_eventful_run_the_weightiest_are_told_in_order() -> None:
    engine = Engine(Scenario(mix="40% without BE", days=40))
    while not engine.finished:
        engine.step()
    turns = turning(Feed(engine, "k", "A run").rows())
    assert 3 <= len(turns) <= MOST
    assert [turn.day for turn in turns] == sorted({turn.day for turn in turns})
    assert turns[-1].day == engine.day
    assert all(turn.reasons for turn in turns)


def test_many_interventions_do_not_flood_it() -> None:
    rows = [row(day, interventions=["Something"] if day else []) for day in range(60)]
    turns = turning(rows)
    assert len(turns) == MOST and turns[-1].day == 59
