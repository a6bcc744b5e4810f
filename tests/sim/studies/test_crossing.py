"""The crossing of one half, against a slow fit and known cases."""

import numpy as np
import pytest
from scipy import optimize, special, stats

from sim.studies.crossing import crossing


def slow(losses: np.ndarray, futures: np.ndarray, recovered: np.ndarray) -> float:
    """The most likely place, by steps downhill."""

    def unlikely(at: np.ndarray) -> float:
        score = (at[0] - losses) / np.exp(at[1])
        return -float((recovered * special.log_expit(score) + (futures - recovered) * special.log_expit(-score)).sum())

    return float(optimize.minimize(unlikely, [losses.mean(), 0.5], method="Nelder-Mead", tol=1e-9).x[0])


@pytest.mark.parametrize("seed", range(6))
def test_the_place_is_that_of_a_slow_fit_and_within_its_interval(seed: int) -> None:
    rng = np.random.default_rng(seed)
    losses = np.array([0, 12, 16, 18, 20, 24, 47], float)
    futures = np.full(7, 32.0)
    recovered = rng.binomial(32, special.expit((rng.uniform(14, 22) - losses) / rng.uniform(1, 4))).astype(float)
    found = crossing(losses, futures, recovered, 48.0)
    assert found.place == pytest.approx(slow(losses, futures, recovered), abs=0.1)
    assert found.low < found.place < found.high


def test_where_nothing_overlaps_the_place_lies_between_and_the_interval_reaches_over() -> None:
    found = crossing(np.array([0.0, 10, 11, 25]), np.full(4, 32.0), np.array([32.0, 32, 0, 0]), 25.0)
    assert 10 <= found.low < found.place < found.high <= 11
    assert found.place == pytest.approx(10.5, abs=0.1)


def test_it_does_not_leave_the_range() -> None:
    found = crossing(np.array([0.0, 1]), np.full(2, 32.0), np.array([17.0, 0]), 1.0)
    assert 0 <= found.low <= found.place <= found.high <= 1


def test_the_interval_holds_the_truth_in_about_nineteen_of_twenty_cases() -> None:
    rng = np.random.default_rng(1)
    losses, futures = np.array([0, 12, 15, 17, 19, 24, 47], float), np.full(7, 32.0)
    held = 0
    for _ in range(200):
        recovered = rng.binomial(32, special.expit((17.3 - losses) / 2.5)).astype(float)
        found = crossing(losses, futures, recovered, 48.0)
        held += found.low <= 17.3 <= found.high
    assert stats.binomtest(held, 200, 0.95).pvalue > 0.001
