"""The mean field against brute force, its symmetries, and its edges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.conformity import theory
from tests.sim.conformity import slow

BETAS = st.floats(0.05, 50.0)
BIASES = st.floats(-1.0, 1.0)


def points(beta: float, h: float, z: float = 0.0, s: int = 1) -> list[float]:
    m = theory.states(beta, h, z, s).m
    return [float(x) for x in m[np.isfinite(m)]]


@pytest.mark.parametrize("beta", [0.3, 1.0, 1.2, 1.94, 2.66, 3.9, 10.0, 50.0])
@pytest.mark.parametrize("h", [-0.7, -0.2, 0.0, 0.05, 0.34, 0.9])
@pytest.mark.parametrize("push", [(0.0, 1), (0.15, 1), (0.4, -1)])
def test_states_are_those_of_brute_force(beta: float, h: float, push: tuple[float, int]) -> None:
    found = points(beta, h, *push)
    assert found == pytest.approx(slow.roots(beta, h, *push), abs=1e-9)


@settings(deadline=None)
@given(BETAS, BIASES)
def test_what_holds_for_h_holds_mirrored_for_minus_h(beta: float, h: float) -> None:
    assert points(beta, h) == pytest.approx([-m for m in reversed(points(beta, -h))], abs=1e-12)
    assert theory.adoption(0.3, beta, h) + theory.adoption(-0.3, beta, -h) == pytest.approx(1.0, abs=1e-14)
    assert theory.potential(0.3, beta, h) == pytest.approx(float(theory.potential(-0.3, beta, -h)), abs=1e-12)


@settings(deadline=None)
@given(BETAS, BIASES, st.floats(0.0, 3.0), st.sampled_from([-1, 1]))
def test_states_solve_the_equation_and_slope_tells_stability(beta: float, h: float, z: float, s: int) -> None:
    found = theory.states(beta, h, z, s)
    for m, stable in zip(found.m, found.stable):
        if np.isfinite(m):
            total = (m + s * z) / (1 + z)
            assert m == pytest.approx(np.tanh(beta * (total + h)), abs=1e-9)
            slope = beta / (1 + z) * (1 - m * m)
            assert slope < 1 + 1e-6 if stable else slope > 1 - 1e-6
    assert found.stable.sum() == 1 + np.isfinite(found.m[1])


@settings(deadline=None)
@given(st.floats(1.0, 50.0))
def test_spinodal_is_where_the_third_state_appears(beta: float) -> None:
    edge = float(theory.spinodal(beta))
    assert 0 <= edge < 1 - 1 / beta + 1e-15
    if edge > 1e-6:
        assert len(points(beta, edge * (1 - 1e-9))) == 3
    assert len(points(beta, edge * (1 + 1e-9) + 1e-12)) == 1
    assert len(points(beta, edge)) == 1 and not theory.metastable(beta, edge)


def test_spinodal_rises_with_the_majority_force() -> None:
    edge = theory.spinodal(np.linspace(0.1, 50, 5_000))
    assert (np.diff(edge) >= 0).all() and edge[0] == 0


def test_near_beta_one_nothing_is_lost_to_rounding() -> None:
    # To leading order h_s = (2/3) (beta - 1)^(3/2) and, at h = 0, m = sqrt(3 (beta - 1)).
    for more in (1e-4, 1e-8, 1e-12):
        more = (1 + more) - 1
        assert float(theory.spinodal(1 + more)) == pytest.approx(2 / 3 * more**1.5, rel=2 * more + 1e-12)
        low, middle, high = points(1 + more, 0.0)
        assert high == -low == pytest.approx((3 * more) ** 0.5, rel=2 * more + 1e-9)
        assert middle == 0
    assert points(1.0, 0.0) == [0.0]
    assert points(1.0, 1e-15) == pytest.approx([3e-15 ** (1 / 3)], rel=1e-6)


def test_the_spinodal_by_its_formula() -> None:
    beta = np.array([1.5, 2.0, 2.66, 3.9, 50.0])
    m = np.sqrt(1 - 1 / beta)
    assert theory.spinodal(beta) == pytest.approx(m - np.arctanh(m) / beta, rel=1e-12)


@settings(deadline=None)
@given(st.floats(1.05, 20.0), st.floats(-0.95, 0.95))
def test_at_z_c_the_state_against_the_stubborn_vanishes(beta: float, h: float) -> None:
    z = float(theory.tipping(beta, h))
    if np.isnan(z):
        assert abs(h) >= 1 - 1 / beta - 1e-12
        return
    for step, count in ((-1e-6, 3), (1e-6, 1)):
        ratio = z + step
        sign = 1 if ratio > 0 else -1
        if abs(z) > 1e-5 and beta - 1 - abs(z) > 1e-3:
            assert len(points(beta, h, abs(ratio), sign)) == count
    if z > 0:
        m = theory.states(beta, h, z * (1 - 1e-12)).m[0]
        if np.isfinite(m):
            assert 1 + z == pytest.approx(beta * (1 - m * m), rel=1e-2)


@settings(deadline=None)
@given(st.floats(1.2, 20.0), st.floats(-0.9, 0.9), st.floats(0.001, 0.2))
def test_z_c_falls_with_the_bias_and_lies_above_the_way_back(beta: float, h: float, more: float) -> None:
    near, far = theory.tipping(beta, [h, h + more])
    if np.isfinite(near) and np.isfinite(far):
        assert near > far
    back = theory.tipping_back(beta, h)
    assert np.isnan(near) == np.isnan(back) and not near < back
    assert theory.tipping(beta, -h, -1) == pytest.approx(near, nan_ok=True)


def test_a_population_stays_tipped_exactly_inside_the_spinodal() -> None:
    # Pushed against its bias: the way back is negative (it stays without them) inside, positive outside.
    inside, outside = theory.tipping_back(3.9, -0.35), theory.tipping_back(2.0, -0.4)
    assert theory.metastable(3.9, 0.35) and inside < 0
    assert not theory.metastable(2.0, 0.4) and outside > 0


def test_valleys_lie_at_stable_states_and_the_ridge_at_the_other() -> None:
    m = np.linspace(-1, 1, 200_001)
    V = theory.potential(m, 2.66, 0.2, 0.1, -1)
    turns = m[1:-1][np.diff(np.sign(np.diff(V))) != 0]
    assert turns == pytest.approx(points(2.66, 0.2, 0.1, -1), abs=2e-5)
    assert np.gradient(V, m)[5] == pytest.approx(m[5] - np.tanh(2.66 * ((m[5] - 0.1) / 1.1 + 0.2)), abs=1e-4)


def test_arrays_broadcast_and_what_is_undefined_is_nan() -> None:
    found = theory.states(np.linspace(-1, 4, 6)[:, None], np.linspace(-1, 1, 5)[None, :])
    assert found.m.shape == (6, 5, 3) and np.isnan(found.m[:2]).all() and not found.stable[:2].any()
    assert np.isnan(theory.spinodal([0.0, -1.0, np.nan])).all()
    assert np.isnan(theory.tipping([0.0, 1.0, np.inf], 0.0)).all()
    assert theory.adoption(-1.0, 50.0, -0.5) == pytest.approx(np.exp(-150), rel=1e-12)


@pytest.mark.parametrize(
    ("m", "beta", "h", "z", "s", "word"),
    [
        (0.9, 3.9, 0.35, 0.0, 1, "aligned"),
        (-0.97, 3.9, 0.35, 0.0, 1, "misaligned"),
        (-0.9, 2.0, 0.4, 0.0, 1, "tipping"),
        (0.5, 2.0, 0.4, 0.8, -1, "tipping"),
        (-0.95, 2.0, 0.4, 0.8, -1, "misaligned"),
        (0.9, 2.0, 0.0, 0.0, 1, "undecided"),
        (0.02, 0.5, 0.01, 0.0, 1, "undecided"),
        (0.9, 3.9, -0.35, 0.0, 1, "misaligned"),
    ],
)
def test_a_word_for_a_population(m: float, beta: float, h: float, z: float, s: int, word: str) -> None:
    assert theory.condition(m, beta, h, z, s).word == word
