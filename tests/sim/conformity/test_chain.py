"""The exact chain against dense solves, against Monte Carlo, and at its edges."""

from itertools import product
from typing import Any

import numpy as np
import pytest

from sim.conformity import chain, theory
from sim.conformity.population import Population
from sim.errors import SettingError
from tests.sim.conformity import slow

SMALL = [*product((1, 2, 5, 12), (0.6, 2.0, 3.5), (-0.3, 0.0, 0.4), (0, 3, -2), (False, True))]
# n, beta, h, stubborn: 24 sets on both sides of beta = 1 and of the spinodal
SETS = [*product((10, 41), (0.7, 1.6, 2.66), (0.0, 0.1, -0.3), (0,)), *product((20,), (1.4, 2.2), (-0.2,), (-4, 2, 6))]


@pytest.mark.parametrize("n", [1, 2, 5, 12])
def test_rates_stationary_and_passage_equal_a_dense_solve(n: int) -> None:
    for size, beta, h, push, own in SMALL:
        if size != n:
            continue
        sign = -1 if push < 0 else 1
        given = n, beta, h, abs(push), sign, own
        T, rates = slow.matrix(n, beta, h, push, own), chain.rates(*given)
        assert np.exp(rates.up[:-1]) == pytest.approx(np.diag(T, 1), rel=1e-12)
        assert np.exp(rates.down[1:]) == pytest.approx(np.diag(T, -1), rel=1e-12)
        assert np.exp(chain.stationary(*given)) == pytest.approx(slow.stationary(n, beta, h, push, own), abs=1e-8)
        mean = slow.passage(n, beta, h, push, own)
        rounding = 1e-9 + 1e-15 * mean  # of the dense solve, whose condition is about the time itself
        assert np.exp(chain.passage(*given)) == pytest.approx(mean, rel=rounding)


@pytest.mark.parametrize(("n", "beta", "h", "push"), SETS)
def test_a_living_population_agrees_with_the_chain(n: int, beta: float, h: float, push: int) -> None:
    runs, sweeps = 300, 6
    T = np.linalg.matrix_power(slow.matrix(n, beta, h, push), sweeps * n)
    m = np.linspace(-1, 1, n + 1)
    p = T[0]
    mean = float(p @ m)
    error = float(np.sqrt((p @ m**2 - mean**2) / runs))
    found = np.empty(runs)
    for seed in range(runs):
        living = Population(n, beta, h, start=-1.0, seed=seed)
        living.stubborn(abs(push), -1 if push < 0 else 1)
        found[seed] = living.step(sweeps)
    assert abs(found.mean() - mean) < 4 * error + 1e-12
    if error > 0:  # the spread, too: its own error from the fourth moment
        variance, fourth = float(p @ (m - mean) ** 2), float(p @ (m - mean) ** 4)
        assert abs(found.var() - variance) < 5 * np.sqrt((fourth - variance**2) / runs) + variance / runs


@pytest.mark.parametrize(
    ("n", "beta", "h", "push"),
    [*product((10, 30), (0.8, 1.4, 1.8), (0.2, 0.35), (0,)), *product((20,), (1.6, 2.2), (0.25,), (1, 3, 6, -1))],
)
def test_sampled_first_passages_agree_with_the_chain(n: int, beta: float, h: float, push: int) -> None:
    exact = np.exp(chain.passage(n, beta, h, abs(push), -1 if push < 0 else 1))
    times = slow.first_passages(n, beta, h, push, 1_000, np.random.default_rng(7))
    assert abs(times.mean() - exact) < 4 * times.std() / np.sqrt(len(times))


def test_the_mean_field_is_the_limit_of_many_agents() -> None:
    for beta, h in ((0.7, 0.1), (1.5, 0.3), (2.66, 0.34), (3.9, -0.2)):
        aligned = theory.states(beta, h).m
        goal = np.nanmax(aligned) if h > 0 else np.nanmin(aligned)
        mean, _ = chain.moments(chain.stationary(10_000, beta, h))
        assert mean == pytest.approx(float(goal), abs=1e-3)


def test_a_population_of_ten_thousand_rests_where_theory_says() -> None:
    n = 10_000
    for beta, h, start in (
        (0.7, 0.1, -0.9),
        (1.5, 0.3, -0.9),
        (2.66, 0.34, -0.95),
        (2.66, 0.1, -0.9),
        (2.66, 0.34, 0.9),
    ):
        found = theory.states(beta, h)
        stable = found.m[found.stable]
        goal = stable[0] if start < 0 else stable[-1]
        living = Population(n, beta, h, start, seed=3)
        living.step(60)
        m = living.history[1][30:]
        # Fluctuations about a state: variance (1 - m^2) / (n (1 - beta (1 - m^2))), correlated over some sweeps.
        spread = np.sqrt((1 - goal**2) / n / (1 - beta * (1 - goal**2)))
        assert abs(m.mean() - goal) < 4 * spread + 1e-3


def test_times_grow_as_the_landscape_says() -> None:
    # Kramers: d log T / d n tends to the barrier of the exact large-deviation potential; here just a straight line.
    sizes = np.array([1_000, 2_000, 4_000])
    logs = np.array([chain.passage(int(n), 2.0, 0.1) for n in sizes])
    slopes = np.diff(logs) / np.diff(sizes)
    assert slopes[0] == pytest.approx(slopes[1], rel=0.02) and slopes[0] > 0


def test_edges_stay_finite_and_symmetric() -> None:
    for beta, n in ((1e-6, 100_000), (1.0, 100_000), (50.0, 100_000), (1_000.0, 1_000)):
        assert np.isfinite(chain.passage(n, beta, 0.1))
        log_p = chain.stationary(n, beta, 0.1)
        assert np.exp(log_p).sum() == pytest.approx(1.0) and chain.stationary(n, beta, -0.1) == pytest.approx(
            log_p[::-1]
        )
    assert chain.escape_time(50, 2.0, [0.2, -0.2]) == pytest.approx(
        np.full(2, chain.passage(50, 2.0, 0.2) - np.log(50))
    )
    assert np.isnan(chain.escape_time(50, [-1.0, np.inf], 0.1)).all()


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ((50, 0.0, 0.1), "beta"),
        ((50, -2.0, 0.1), "beta"),
        ((50, np.inf, 0.1), "beta"),
        ((50, np.nan, 0.1), "beta"),
        ((50, 2.0, 1.01), "bias"),
        ((50, 2.0, np.nan), "bias"),
        ((0, 2.0, 0.1), "agents"),
        ((10**9, 2.0, 0.1), "agents"),
        ((50, 2.0, 0.1, -1), "stubborn"),
        ((50, 2.0, 0.1, 1, 0), "opinion"),
    ],
)
def test_wrong_settings_are_told_in_words(given: Any, word: str) -> None:
    with pytest.raises(SettingError, match=word):
        chain.rates(*given)
