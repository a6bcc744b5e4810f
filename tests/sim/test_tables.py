"""Curves and tables of a day."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.measures import Measures
from sim.tables import by_factory, by_group, lorenz
from tests.factories import make_day


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), size=st.integers(1, 60))
def test_the_gini_coefficient_is_twice_the_area_above_the_lorenz_curve(seed: int, size: int) -> None:
    day = make_day(np.random.default_rng(seed), (size, 3), day=0)
    gini = Measures(np.array([size, 3]), 10).add(day, None, {})["gini"][0]
    curve = lorenz(day)
    if np.isnan(gini):
        assert curve.shape == (0, 2)
        return
    share, held = curve.T
    assert curve[0].tolist() == [0, 0]
    assert curve[-1].tolist() == [1, 1]
    assert (np.diff(held) >= 0).all()
    assert gini == pytest.approx(1 - 2 * np.trapezoid(held, share), abs=1e-9)


def test_the_lorenz_curve_of_a_crowd_has_few_points() -> None:
    day = make_day(np.random.default_rng(0), (5_000,), day=0)
    curve = lorenz(day, points=51)
    assert len(curve) == 51
    assert curve[-1].tolist() == [1, 1]


def test_groups_and_factories_of_one_block() -> None:
    day = make_day(np.random.default_rng(1), (30, 20))
    for block in range(2):
        here = (day.world == block) & (day.alive != 0)
        groups = by_group(day, 3, block)
        assert groups.alive.tolist() == [int((here & (day.group == g)).sum()) for g in range(3)]
        assert groups.head[0] == pytest.approx(day.holdings[here & (day.group == 0)].mean())
        assert np.isnan(groups.head[2])
        factories = by_factory(day, block)
        rows = np.flatnonzero(day.f_world == block)
        assert factories.workers.tolist() == [int((here & (day.workplace == f)).sum()) for f in rows]
        assert factories.output.tolist() == day.f_output[rows].tolist()
        assert factories.open.all()
