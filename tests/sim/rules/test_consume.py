"""Everyone consumes; who has less than the day's cost dies of hunger."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import randomness as luck
from sim.rules import consume
from sim.state import Cause, Happening
from tests.sim.rules.village import Village


def eaten(v: Village) -> np.ndarray:
    consumed = np.zeros(len(v.names))
    consume.consume(v.world, v.params, v.day, consumed, v.log.rows, v.log.count)
    return consumed


def cost(v: Village, name: str) -> float:
    """The day's consumption of one resident, from the formula."""
    u = luck.uniform(v.world.seed[0], luck.COST_LUCK, v.day, v[name], 0)
    return float(v.world.consumption[v[name]] * (1 + v.params.risk * (2 * u - 1)))


def test_death_below_the_days_cost_and_life_at_it() -> None:
    v = Village(ann=1.0, bob=0.999, cat=5.0, settings={"risk": 0}).tie(("ann", "bob"), ("bob", "cat"))
    consumed = eaten(v)
    assert v.world.alive.tolist() == [1, 0, 1]
    assert consumed.tolist() == [1.0, 0.999, 1.0]
    assert v.world.holdings.tolist() == [0.0, 0.0, 4.0]
    assert (v.world.cause[1], v.world.died[1], v.world.workplace[1]) == (Cause.HUNGER, v.day, -1)
    assert v.slot("ann", "bob") == v.slot("cat", "bob") == -1, "ties end with a life"
    (death,) = v.events(Happening.DEATH)
    assert (death["actor"], death["target"], death["flag"]) == (1, -1, Cause.HUNGER)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), risk=st.floats(0, 1), holdings=st.floats(0, 3))
def test_the_days_luck_is_within_the_risk_and_nothing_is_lost(seed: int, risk: float, holdings: float) -> None:
    v = Village(ann=holdings, bob=3.0, seed=seed, settings={"risk": risk})
    consumed = eaten(v)
    assert v.total() + consumed.sum() == pytest.approx(holdings + 3.0)
    assert 1 - risk - 1e-9 <= cost(v, "bob") <= 1 + risk + 1e-9
    assert consumed[1] == pytest.approx(cost(v, "bob"))
    assert bool(v.world.alive[0]) == (holdings >= cost(v, "ann"))


def test_newborns_and_the_dead_do_not_consume() -> None:
    v = Village(ann=5.0, bob=5.0)
    v.world.born[0], v.world.alive[1] = v.day, 0
    assert eaten(v).tolist() == [0.0, 0.0]
    assert v.total() == 10.0


def test_with_nothing_to_consume_nobody_dies() -> None:
    v = Village(ann=0.0, bob=0.0)
    v.world.consumption[:] = 0.0
    eaten(v)
    assert v.world.alive.all()
