"""Work: the output follows labour along an S, and shares always add to the output."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.rules import work
from sim.state import Happening, Primary
from sim.utility.labour import efficiency
from tests.sim.rules.village import OUTPUT, Village

NAMES = "abcdefghijkl"


def worked(v: Village, *primary: Primary) -> None:
    v.acts.primary[:] = primary
    work.produce(v.world, v.params, v.day, v.acts, v.log.rows, v.log.count)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10**6),
    risk=st.floats(0, 1),
    primary=st.lists(st.sampled_from(list(Primary)), min_size=1, max_size=12),
    works=st.integers(1, 3),
)
def test_shares_add_to_output_for_any_risk(seed: int, risk: float, primary: list[Primary], works: int) -> None:
    v = Village(dict.fromkeys(NAMES[: len(primary)], 1.0), factories=works, seed=seed, settings={"risk": risk})
    v.world.workplace[:] = np.arange(len(primary)) % works
    v.acts.factory[:] = v.world.workplace
    worked(v, *primary)
    labour = np.array([{Primary.SECURE: 1.0, Primary.RAISE: 0.5, Primary.EXPLORE: 0.5}.get(p, 0.0) for p in primary])
    for f in range(works):
        here = v.world.workplace == f
        assert v.world.f_labour[f] == labour[here].sum()
        assert v.world.f_output[f] == pytest.approx(OUTPUT * efficiency(labour[here].sum()))
        assert v.world.pay[here].sum() == pytest.approx(v.world.f_output[f])
    assert (v.world.pay[labour == 0] == 0).all()
    assert v.total() == pytest.approx(len(primary) + v.world.f_output.sum())


def test_without_risk_pay_follows_labour() -> None:
    v = Village(a=1.0, b=1.0, c=1.0, settings={"risk": 0})
    worked(v, Primary.SECURE, Primary.RAISE, Primary.IDLE)
    assert v.world.pay[0] == pytest.approx(2 * v.world.pay[1])
    slot = v.day % v.params.memory
    np.testing.assert_allclose(v.world.paid[:, slot], [v.world.pay[0], v.world.pay[1], np.nan], rtol=1e-6)


def test_a_move_is_told_and_starts_a_new_tenure() -> None:
    v = Village(factories=2, a=1.0, b=1.0)
    v.world.tenure[:] = 4
    v.acts.factory[:] = [1, 0]
    worked(v, Primary.SECURE, Primary.SECURE)
    assert v.world.workplace.tolist() == [1, 0]
    assert v.world.tenure.tolist() == [1, 5]
    (move,) = v.events(Happening.MOVE)
    assert (move["actor"], move["about"]) == (0, 1)


def test_nobody_moves_to_a_closed_factory_and_it_makes_nothing() -> None:
    v = Village(factories=2, a=1.0, b=1.0)
    v.world.f_open[1] = 0
    v.world.workplace[1] = 1
    v.acts.factory[:] = 1
    worked(v, Primary.SECURE, Primary.SECURE)
    assert v.world.workplace[0] == 0
    assert v.world.f_output[1] == v.world.pay[1] == 0.0


def test_the_dead_and_those_without_a_workplace_earn_nothing() -> None:
    v = Village(a=1.0, b=1.0, c=1.0)
    v.world.pay[:] = 9.0
    v.world.alive[0], v.world.workplace[1] = 0, -1
    v.acts.factory[:] = [0, -1, 0]
    worked(v, Primary.SECURE, Primary.SECURE, Primary.SECURE)
    assert v.world.pay[:2].tolist() == [0.0, 0.0]
    assert v.world.f_labour[0] == 1.0
