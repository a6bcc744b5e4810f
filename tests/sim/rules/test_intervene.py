"""What an onlooker does: each order once."""

from typing import Any

import numpy as np
import pytest

from sim.errors import RunError
from sim.scenario import Group
from sim.state import Cause, Day, Happening
from sim.utility.motives import motives
from sim.values import BASELINE, index, suppress
from tests.sim.rules.orders import after, order
from tests.sim.test_rules_properties import crooked_ties


def touched(day: Day) -> Any:
    return day.events[day.events["kind"] == Happening.INTERVENE]


def change(day: Day) -> float:
    """What the ledger cannot explain by work, consumption, births, funds and attacks: what came from outside."""
    if np.isin(day.events["kind"], (Happening.BIRTH, Happening.FUND, Happening.ATTACK, Happening.JOIN)).any():
        pytest.skip("too much else happened that day")
    return float(day.holdings.sum() - day.morning.sum() - day.pay.sum() + day.consumed.sum())


def test_give_to_all_and_to_one() -> None:
    plain, _ = after()
    yesterday = plain.history[2]
    engine, day = after(order("give", amount=3))
    assert len(touched(day)) == int(yesterday.alive.sum())
    assert day.morning.sum() == pytest.approx(yesterday.holdings.sum() + 3 * yesterday.alive.sum())
    assert change(day) == pytest.approx(0)
    engine, day = after(order("give", amount=3, resident=2))
    assert day.morning[2] == pytest.approx(yesterday.holdings[2] + 3)
    assert touched(day)["actor"].tolist() == [2]
    assert engine.scenario.interventions[0].day == 3


@pytest.mark.parametrize("who", ["richest", "poorest", "random"])
def test_remove_some(who: str) -> None:
    plain, _ = after()
    holdings = plain.history[2].holdings
    engine, day = after(order("remove", count=3, who=who))
    gone = touched(day)["actor"].tolist()
    wanted = np.argsort(holdings if who == "poorest" else -holdings)[:3]
    assert len(gone) == 3
    assert who == "random" or set(gone) == set(wanted.tolist())
    assert (engine.world.cause[gone] == Cause.REMOVED).all()
    assert not day.alive[gone].any()
    assert day.morning.sum() == pytest.approx(holdings.sum() - holdings[gone].sum())
    assert crooked_ties(engine.world) == []


def test_remove_everybody_ends_the_run() -> None:
    engine, day = after(order("remove", count=100))
    assert engine.finished
    assert not day.alive.any()
    assert len(day.messages) == 0
    with pytest.raises(RunError):
        engine.intervene(order("give"))


def test_change_values_of_a_share() -> None:
    engine, day = after(order("change_values", share=40, condition="without", value="BE"))
    changed = touched(day)["actor"]
    world = engine.world
    assert len(changed) == round(0.4 * engine.history[2].alive.sum())
    assert engine.groups[1] == Group(share=0, condition="without", value="BE")
    np.testing.assert_allclose(world.weights[changed], np.tile(suppress(BASELINE, "BE"), (len(changed), 1)), atol=1e-6)
    np.testing.assert_allclose(world.motives, motives(world.weights), atol=1e-5)
    assert set(np.flatnonzero(world.group == 1)) == set(changed.tolist())


def test_scale_a_factory() -> None:
    before = after()[0].world.f_max[1]
    engine, day = after(order("scale_factory", factory=1, factor=0.25))
    assert engine.world.f_max[1] == pytest.approx(before / 4)
    assert touched(day)[["actor", "target", "amount"]].tolist() == [(-1, 1, 0.25)]


def test_a_stranger_arrives_with_its_own_values_and_finds_neighbours() -> None:
    engine, day = after(order("stranger", condition="with", value="PO", holdings=7), neighbours=4)
    me = 15
    world = engine.world
    assert (world.born[me], world.local[me], world.parent[me]) == (3, me, -1)
    assert day.morning[me] == 7
    assert 1 <= (world.nbr[me] >= 0).sum() <= 4
    assert world.weights[me, index("PO")] == 1.0
    assert world.workplace[me] >= 0
    assert crooked_ties(world) == []


def test_a_stranger_where_nobody_has_room_comes_alone() -> None:
    engine, _ = after(order("stranger"), neighbours=10, size=25, days=0)
    assert engine.world.alive[25]
    assert (engine.world.nbr[25] < 0).all()
    assert engine.world.workplace[25] == -1
