"""The formulas of the model, each against a slow reference that is written from its definition."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import values
from sim.state import Seen
from sim.utility.basis import draw, greed, sigma, tenth, want, weigh
from sim.utility.giving import believed_need, owed, spare
from sim.utility.labour import MIDPOINT, STEEPNESS, efficiency
from sim.utility.motives import GAIN, LAMBDA, MOTIVES, motives
from sim.utility.violence import chance

few = settings(max_examples=25, deadline=None, derandomize=True)
units = st.floats(0, 1000)
codes = st.sampled_from(values.CODES)
profiles = st.lists(st.floats(values.LOWEST, values.HIGHEST), min_size=10, max_size=10).map(np.array)


@few
@given(st.floats(0, 200))
def test_efficiency_is_an_s_from_nothing_to_everything(labour: float) -> None:
    def s(x: float) -> float:
        return 1 / (1 + math.exp(-(x - MIDPOINT) / STEEPNESS))

    assert efficiency(labour) == pytest.approx((s(labour) - s(0)) / (1 - s(0)), abs=1e-12)
    assert 0 <= efficiency(labour) <= 1
    assert efficiency(labour + 1) >= efficiency(labour)


def test_efficiency_at_its_ends_and_its_steepest() -> None:
    assert efficiency(0.0) == 0.0
    assert efficiency(100.0) == pytest.approx(1.0)
    gains = [efficiency(x + 1) - efficiency(x) for x in range(30)]
    assert gains.index(max(gains)) in (MIDPOINT - 1, MIDPOINT)


@few
@given(units, units, st.floats(0.1, 100))
def test_chance_is_logistic_in_the_lead(mine: float, theirs: float, force: float) -> None:
    assert chance(mine, theirs, force) == pytest.approx(0.5 * (1 + math.tanh((mine - theirs) / (2 * force))))
    assert chance(mine, theirs, force) + chance(theirs, mine, force) == pytest.approx(1)
    assert sigma(0.0) == 0.5


@few
@given(units, st.floats(0, 10))
def test_want_falls_from_one_with_nothing_to_none_with_six_days_in_hand(holdings: float, consumption: float) -> None:
    assert want(0.0, consumption) == 1
    if consumption > 1e-3:
        assert want(holdings, consumption) == pytest.approx(max(0.0, 1 - holdings / (6 * consumption)))
    assert want(6 * consumption + 1e-6, consumption) == pytest.approx(0, abs=1e-6)


@few
@given(st.floats(-1, 1), st.floats(0, 1))
def test_greed_grows_with_need_and_is_never_lost(gain: float, need: float) -> None:
    m = np.zeros(11, np.float32)
    m[GAIN] = gain
    assert greed(m, need) == pytest.approx(max(m[GAIN] + 0.6, 0.05) * (1 + need))


@few
@given(st.lists(st.one_of(st.just(0.0), st.floats(1e-3, 50)), min_size=1, max_size=16).filter(any))
def test_options_are_drawn_in_proportion_to_their_weights(weights: list[float]) -> None:
    grid, w = 4000, np.array(weights)
    picks = [draw(w, len(w), (k + 0.5) / grid) for k in range(grid)]
    counts = np.bincount(picks, minlength=len(w))
    assert np.abs(counts - grid * w / w.sum()).max() <= 2, "an even grid leaves nothing to chance"
    assert (counts[w == 0] == 0).all()
    assert sorted(picks) == picks


@few
@given(st.lists(st.one_of(st.just(-np.inf), st.floats(-50, 50)), max_size=15), st.floats(0.01, 100))
def test_odds_grow_exponentially_with_worth_and_never_overflow(others: list[float], choice: float) -> None:
    worth, odds = np.array([0.5, *others]), np.zeros(1 + len(others))
    weigh(worth, choice, odds)
    assert odds == pytest.approx(
        [math.exp(choice * (v - worth.max())) if choice * (v - worth.max()) > -30 else 0.0 for v in worth]
    )


@few
@given(profiles)
def test_motives_are_the_sum_of_what_each_value_makes_one_want(weights: np.ndarray) -> None:
    wanted = [sum(weights[v] * LAMBDA[v, k] for v in range(10)) for k in range(len(MOTIVES))]
    np.testing.assert_allclose(motives(weights[None])[0], wanted, atol=1e-12)


@few
@given(profiles, codes, st.floats(values.LOWEST, values.HIGHEST))
def test_bending_moves_the_others_along_the_circle(profile: np.ndarray, code: str, target: float) -> None:
    bent = values.bend(profile, code, target)
    v = values.index(code)
    for u in range(10):
        apart = math.radians(values.VALUES[u].angle - values.VALUES[v].angle)
        free = profile[u] + values.CARRY_OVER * math.cos(apart) * (target - profile[v])
        wanted = target if u == v else min(max(free, values.LOWEST), values.HIGHEST)
        assert bent[u] == pytest.approx(wanted, abs=1e-12)


@pytest.mark.parametrize("code", values.CODES)
def test_emphasis_and_suppression_reach_the_ends_and_bend_neighbours_and_opposites(code: str) -> None:
    v, base = values.index(code), values.BASELINE
    more, less = values.emphasise(base, code), values.suppress(base, code)
    assert (more[v], less[v]) == (values.HIGHEST, values.LOWEST)
    for u in range(10):
        near = math.cos(values.ANGLES[u] - values.ANGLES[v])
        if u != v and abs(near) > 1e-9 and less[u] > values.LOWEST and more[u] < values.HIGHEST:
            assert (more[u] > base[u]) == (less[u] < base[u]) == (near > 0)
    np.testing.assert_array_equal(base, [value.baseline for value in values.VALUES])


@few
@given(st.floats(0.0, 500))
def test_amounts_are_said_in_tenths(x: float) -> None:
    assert tenth(x) >= 0.1
    assert tenth(x) * 10 == pytest.approx(round(tenth(x) * 10))
    assert abs(tenth(x) - max(x, 0.1)) <= 0.05 + 1e-9


@few
@given(units, st.floats(0.1, 5), units, st.floats(-1, 1))
def test_belief_lies_between_what_is_said_and_what_is_seen(claim: float, c: float, seen: float, trust: float) -> None:
    said, looks = want(claim, c), want(seen, c)
    assert min(said, looks) - 1e-9 <= believed_need(claim, seen, c, trust) <= max(said, looks) + 1e-9
    assert believed_need(claim, seen, c, 1.0) == pytest.approx(said)
    assert believed_need(claim, seen, c, -1.0) == pytest.approx(looks)


def test_who_was_given_to_and_gave_nothing_owes() -> None:
    assert owed(int(Seen.GAVE)) == owed(int(Seen.KEPT)) == 1
    assert owed(int(Seen.GAVE | Seen.I_GAVE)) == owed(0) == owed(int(Seen.I_GAVE)) == 0
    assert spare(2.0, 1.0) == 0.0
    assert spare(6.0, 1.0) == 1.0
    assert spare(100.0, 1.0) == 1.5
