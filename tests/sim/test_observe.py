"""What residents see, against a slow reference from the definitions."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import Engine
from sim.observe import CO_WORKER, FADE, PRIOR, TRUST, Observation, observe
from sim.params import Params, params
from sim.scenario import check
from sim.state import D, Primary, Seen, World

few = settings(max_examples=15, deadline=None, derandomize=True)
communities = st.fixed_dictionaries(
    {
        "size": st.integers(1, 20),
        "seed": st.integers(0, 99),
        "memory": st.sampled_from([1, 3, 14]),
        "neighbours": st.sampled_from([0, 4, 10]),
        "sight": st.sampled_from([0.0, 0.25, 2.0]),
    }
)


def somewhere(fields: dict[str, float], day: int) -> tuple[World, Params, Observation]:
    """A community with random memories, alliances, debts and some dead, seen on a morning."""
    scenario = check(fields)
    world, rng = Engine(scenario).world.copy(), np.random.default_rng(scenario.seed)
    n = len(world.alive)
    tied = world.nbr >= 0
    world.memory[:] = rng.integers(0, 2**16, world.memory.shape) * (rng.random(world.memory.shape) < 0.2)
    world.ally[:] = tied * rng.integers(0, 40, (n, D))
    world.debt[:] = tied * rng.integers(0, 3, (n, D))
    world.primary[:] = rng.integers(0, len(Primary), n)
    world.paid[:] = np.where(rng.random(world.paid.shape) < 0.5, np.nan, rng.random(world.paid.shape))
    world.holdings[:] = rng.random(n) * 12
    return world, params(scenario), observe(world, params(scenario), day)


def trust(world: World, day: int, i: int, s: int) -> float:
    j, days = world.nbr[i, s], world.memory.shape[2]
    total = PRIOR
    if world.workplace[i] == world.workplace[j] >= 0:
        total += CO_WORKER
    for ago in range(1, days + 1):
        remembered = Seen(int(world.memory[i, s, (day - ago) % days]))
        total += FADE ** (ago - 1) * sum(worth for bit, worth in TRUST.items() if bit in remembered)
    return math.tanh(total)


@few
@given(communities, st.integers(1, 40))
def test_trust_comes_from_memory_that_fades(fields: dict[str, float], day: int) -> None:
    world, _, o = somewhere(fields, day)
    for i, s in np.argwhere(world.nbr >= 0):
        assert o.trust[i, s] == pytest.approx(trust(world, day, i, s), abs=1e-12)
        assert o.recalled[i, s] == np.bitwise_or.reduce(world.memory[i, s])
    assert (o.trust[world.nbr < 0] == 0).all()


@few
@given(communities, st.integers(1, 40))
def test_need_income_credit_and_guard(fields: dict[str, float], day: int) -> None:
    world, p, o = somewhere(fields, day)
    need = 1 - world.holdings / (6 * world.consumption)
    np.testing.assert_allclose(o.need, np.clip(need, 0, 1))
    for i in range(len(world.alive)):
        worked = world.paid[i][~np.isnan(world.paid[i])]
        assert o.income[i] == pytest.approx(worked.mean() if len(worked) else world.consumption[i])
    for i, s in np.argwhere(world.nbr >= 0):
        j = world.nbr[i, s]
        assert o.credit[i, s] == world.debt[j, world.back[i, s]]
        friends = sum(
            p.allied_force * world.holdings[world.nbr[j, q]]
            for q in range(D)
            if world.nbr[j, q] >= 0 and world.ally[j, q] >= day
        )
        mine = p.allied_force * world.holdings[i] if world.ally[i, s] >= day else 0.0
        assert o.guard[i, s] == pytest.approx(max(friends - mine, 0.0))


def test_holdings_are_seen_with_an_error_and_better_after_exploring() -> None:
    errors: dict[int, list[float]] = {Primary.SECURE: [], Primary.EXPLORE: []}
    world = Engine(check({"size": 25, "seed": 1})).world.copy()
    tied = world.nbr >= 0
    for primary, found in errors.items():
        world.primary[:] = primary
        for day in range(1, 60):
            o = observe(world, params(check({"sight": 0.25})), day)
            found += np.log(o.seen[tied] / world.holdings[world.nbr[tied]]).tolist()
    assert abs(np.std(errors[Primary.SECURE]) - 0.25) < 0.01
    assert abs(np.std(errors[Primary.EXPLORE]) - 0.25 / 4) < 0.005
    assert abs(np.mean(errors[Primary.SECURE])) < 0.01
    o = observe(world, params(check({"sight": 0})), 1)
    np.testing.assert_array_equal(o.seen[tied], world.holdings[world.nbr[tied]])


def test_the_dead_neither_see_nor_are_seen() -> None:
    world = Engine(check({"size": 9, "seed": 1})).world.copy()
    world.alive[3] = 0
    o = observe(world, params(check({"size": 9})), 1)
    assert 3 not in o.nbr
    assert (o.nbr[3] == -1).all()


def test_on_the_first_day_all_expect_to_live() -> None:
    engine = Engine(check({"size": 9}))
    np.testing.assert_allclose(observe(engine.world, params(engine.scenario), 1).f_rate, 1.1)
    engine.step()
    world = engine.world
    rate = observe(world, params(engine.scenario), 2).f_rate
    np.testing.assert_allclose(rate * world.f_labour, world.f_output)
