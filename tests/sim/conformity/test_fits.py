"""Fits from counts: the truth is found, intervals cover it, and what is no measurement is said to be none."""

import numpy as np
import pytest

from sim.conformity import fits, theory
from sim.conformity.fits import Tally, fit
from sim.errors import SettingError

M = np.linspace(-0.92, 0.92, 10)


def sampled(beta: float, h: float, seed: int, order: float = 0.0, each: int = 50) -> list[Tally]:
    """Answers of a model that follows the curve; `order`: log odds for the opinion named first."""
    chance = np.random.default_rng(seed)
    p = theory.adoption(M, beta, h)
    found = []
    for m, share in zip(M, p):
        for first in (1, -1):
            odds = share / (1 - share) * np.exp(first * order / 2)
            found.append(Tally(float(m), first, int(chance.binomial(each, odds / (1 + odds))), each))
    return found


@pytest.mark.parametrize(("beta", "h"), [(1.87, 0.53), (2.66, 0.34), (3.9, -0.35), (0.6, 0.1)])
def test_intervals_cover_the_truth_as_often_as_they_say(beta: float, h: float) -> None:
    runs = 60
    found = [fit(sampled(beta, h, seed)) for seed in range(runs)]
    for covered in (
        sum(one.beta_interval.low < beta < one.beta_interval.high for one in found),
        sum(one.h_interval.low < h < one.h_interval.high for one in found),
    ):
        assert covered >= 50  # of 60 at 95 %: fewer happens once in ten thousand times
    assert np.mean([one.beta for one in found]) == pytest.approx(beta, rel=0.05)
    assert sum(one.p < 0.01 for one in found) <= 5 and sum(one.order_p < 0.01 for one in found) <= 5


def test_the_maximum_is_that_of_a_grid() -> None:
    counts = sampled(2.3, 0.25, 4)
    found = fit(counts)
    m, yes, asked = (np.array(column, float) for column in zip(*((c.m, c.yes, c.asked) for c in counts)))
    grid = np.array([[b, h] for b in np.linspace(1.5, 3, 151) for h in np.linspace(0, 0.5, 101)])
    p = theory.adoption(m[None, :], grid[:, :1], grid[:, 1:])
    best = grid[np.argmax((yes * np.log(p) + (asked - yes) * np.log(1 - p)).sum(1))]
    assert found.beta == pytest.approx(best[0], abs=0.01) and found.h == pytest.approx(best[1], abs=0.005)


def test_mirrored_answers_give_the_mirrored_bias() -> None:
    counts = sampled(2.3, 0.25, 4)
    one, other = fit(counts), fit([Tally(-c.m, -c.first, c.asked - c.yes, c.asked) for c in counts])
    assert other.beta == pytest.approx(one.beta) and other.h == pytest.approx(-one.h)


@pytest.mark.parametrize(
    ("counts", "word"),
    [
        ([Tally(float(m), 1, 50, 50) for m in M], "Every answer was the same"),
        ([Tally(float(m), 1, 25, 50) for m in M], "flat"),
        ([Tally(float(m), 1, 50 * (m > 0), 50) for m in M], "at a bound"),
        ([Tally(float(m), 1, int(25 - 20 * m), 50) for m in M], "against the majority"),
        ([Tally(float(m), 1, 45 if i % 2 else 20 + 2 * i, 50) for i, m in enumerate(M)], "not of this family"),
    ],
)
def test_what_is_no_measurement_is_said(counts: list[Tally], word: str) -> None:
    found = fit(counts)
    assert any(word in warning for warning in found.warnings), found.warnings
    assert word == "not of this family" or not found.measured


def test_order_of_naming_is_found() -> None:
    found = fit(sampled(2.0, 0.1, 1, order=1.0))
    assert found.order_bias == pytest.approx(1.0, abs=0.5) and any("named first" in w for w in found.warnings)
    found = fit(sampled(2.0, 0.1, 1, order=-1.0))
    assert found.order_bias < 0 and any("named second are" in w for w in found.warnings)


def test_too_little_or_impossible_counts_are_refused() -> None:
    with pytest.raises(SettingError, match="two mean opinions"):
        fit([Tally(0.1, 1, 3, 10)])
    with pytest.raises(SettingError, match="cannot be"):
        fit([Tally(0.1, 1, 30, 10), Tally(0.3, 1, 3, 10)])


def test_bounds_are_those_of_the_authors() -> None:
    assert fit([Tally(-0.5, 0, 0, 50), Tally(0.5, 0, 50, 50)]).beta == fits.STEEP
