import numpy as np
import pytest
from scipy.optimize import curve_fit

from sim.state import Array
from sim.studies.analysis import bootstrap
from sim.studies.analysis.sigmoid import Curves, drawn, fit

X = np.arange(0, 101, 10, dtype=float)


def form(x: Array, a: float, b: float, c: float, s: float) -> Array:
    return a + b / (1 + np.exp(-(x - c) / s))


def studied(c: float, s: float, noise: float = 0.1, seeds: int = 32, luck: int = 0) -> Array:
    return form(X, 1, -1, c, s)[:, None] + np.random.default_rng(luck).normal(0, noise, (len(X), seeds))


@pytest.mark.parametrize(("c", "s"), [(45, 8), (20, 3), (80, 15), (50, 30)])
def test_least_squares_as_scipy_has_them_for_a_study_and_for_one_resampled(c: float, s: float) -> None:
    values = studied(c, s)
    weights = np.vstack([np.full(32, 1 / 32), bootstrap.weights(32)[:3]])
    found = fit(X, values, weights)
    for b, weight in enumerate(weights):
        drawn_again = np.repeat(values, (32 * weight).round().astype(int), axis=1)
        at, y = np.repeat(X, drawn_again.shape[1]), drawn_again.ravel()
        best, _ = curve_fit(form, at, y, p0=(1, -1, c, s), maxfev=20_000)
        least = float(((y - form(at, *best)) ** 2).sum())
        assert found.curve[b] == pytest.approx(least, rel=1e-3)
        line = np.polyfit(at, y, 1)
        assert found.line[b] == pytest.approx(((y - np.polyval(line, at)) ** 2).sum())
        if (c, s) == (45, 8):  # the others' data hardly tell c from s
            assert found.best.centre[b] == pytest.approx(best[2], abs=0.5)
            assert found.best.scale[b] == pytest.approx(best[3], rel=0.1)


def test_half_of_the_change_is_where_the_curve_is_halfway() -> None:
    curves = Curves(np.array([40.0, -20.0, 130.0]), np.array([5.0, 20.0, 20.0]))
    for share in (0.25, 0.5, 0.75):
        at = curves.done(share, 0, 100)
        low, there, high = (np.diag(curves.at(x)) if len(x) > 1 else curves.at(x)[:, 0] for x in (X[:1], at, X[-1:]))
        assert (there - low) / (high - low) == pytest.approx(share)


def test_a_perfect_fit_is_a_number_too() -> None:
    values = np.repeat(form(X, 0, 1, 50, 10)[:, None], 4, axis=1)
    found = fit(X, values, np.full((1, 4), 0.25))
    assert np.isfinite(np.log(found.curve)).all()
    assert found.curve[0] < 1e-6 * found.line[0]


def test_what_is_drawn_passes_through_the_means() -> None:
    found = fit(X, values := studied(45, 8, 0.01), np.full((1, 32), 1 / 32))
    axis, y = drawn(X, values.mean(axis=1), Curves(found.best.centre[0], found.best.scale[0]))
    assert np.interp(X, axis, y) == pytest.approx(values.mean(axis=1), abs=0.01)
    axis, y = drawn(X, 3 - 0.1 * X, None)
    assert y == pytest.approx(3 - 0.1 * axis)
