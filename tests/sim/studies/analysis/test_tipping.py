from collections.abc import Callable

import numpy as np
import pytest

from sim.studies.analysis.curves import Curve, curves
from sim.studies.analysis.tipping import Tipping, tipping, title
from tests.sim.studies.analysis.making import LEVELS, design, numbers, results
from tests.sim.studies.analysis.making import prevalence as share

FINE = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]
Form = Callable[[float], float]


def sigmoid(centre: float, scale: float) -> Form:
    return lambda x: 1 - 1 / (1 + np.exp(-(x - centre) / scale))


def slope(x: float) -> float:
    return 1 - 0.008 * x


def made(form: Form, noise: float = 0.1, seeds: int = 32, levels: list[int] = LEVELS, luck: int = 0) -> Curve:
    rng = np.random.default_rng(luck + 1_000)
    of = design(seeds, value=["BE"], prevalence=list(levels))
    given = results(
        of, {"SC": lambda c, own: form(share(c)) + noise * (0.5 * own + rng.normal(size=len(own)))}, luck=luck
    )
    return curves(given, "SC")[0]


@pytest.mark.parametrize(("centre", "levels"), [(37.0, LEVELS), (80.0, LEVELS), (42.0, FINE)])
def test_a_threshold_is_found_where_it_is(centre: float, levels: list[int]) -> None:
    found = tipping(made(sigmoid(centre, 4), levels=levels))
    assert found.shape == "threshold"
    assert found.low <= centre <= found.high
    assert found.support >= 2 / 3
    assert found.point == pytest.approx(centre, abs=12 if levels is LEVELS else 3)


def test_a_step_can_be_anywhere_between_two_prevalences() -> None:
    found = tipping(made(lambda x: float(x < 40), noise=0.02))
    assert found.shape == "threshold"
    assert 25 <= found.low < 30
    assert 45 < found.high <= 50
    assert found.point == pytest.approx(37.5, abs=1.5)


@pytest.mark.parametrize("noise", [0.02, 0.1, 0.5])
def test_a_slope_is_not_called_a_threshold(noise: float) -> None:
    shapes = [tipping(made(slope, noise, luck=luck)).shape for luck in range(25)]
    assert shapes.count("gradual") >= 22
    assert "threshold" not in shapes


@pytest.mark.parametrize("levels", [LEVELS, FINE])
@pytest.mark.parametrize(
    "form", [sigmoid(50, 22), lambda x: float(np.exp(-x / 22)), lambda x: -float(np.exp(x / 30)) / 20]
)
def test_a_bend_is_gradual_and_half_of_it_is_located(form: Form, levels: list[int]) -> None:
    found = tipping(made(form, noise=0.02 * abs(form(100) - form(0)), levels=levels))
    assert found.shape == "gradual"
    halfway = next(x for x in range(101) if abs(form(x) - form(0)) >= abs(form(100) - form(0)) / 2)
    assert found.point == pytest.approx(halfway, abs=4)
    assert numbers(found.words) == pytest.approx([found.point, found.low, found.high], abs=0.5)


def test_what_resampled_studies_do_not_agree_on_is_not_told() -> None:
    found = [tipping(made(sigmoid(50, s), luck=luck)) for s in (7.0, 7.5, 8.0, 8.5) for luck in range(6)]
    torn = [each for each in found if each.shape == "not told"]
    assert torn
    assert all(each.support < 2 / 3 and each.reason.startswith("resampled studies disagree, ") for each in torn)
    assert all(each.support >= 2 / 3 for each in found if each.shape in ("threshold", "gradual"))


def test_where_nothing_happens_five_in_a_hundred_curves_give_an_alarm() -> None:
    shapes = [tipping(made(lambda x: 1.0, luck=luck)).shape for luck in range(300)]
    assert 1 - shapes.count("flat") / 300 == pytest.approx(0.05, abs=0.035)
    assert shapes.count("threshold") / 300 < 0.05


def test_up_and_down_is_neither() -> None:
    found = tipping(made(lambda x: 1 - abs(x - 50) / 50))
    assert found.shape == "uneven"
    assert np.isnan(found.point)


def test_its_interval_holds_the_threshold_in_most_studies() -> None:
    found = [tipping(made(sigmoid(42, 4), levels=FINE, seeds=16, luck=luck)) for luck in range(60)]
    assert all(each.shape == "threshold" for each in found)
    assert np.mean([each.low <= 42 <= each.high for each in found]) >= 0.85


@pytest.mark.parametrize(
    ("curve", "reason"),
    [
        (made(slope, levels=[0, 50, 100]), "it takes 4 prevalences, and there are 3"),
        (made(slope, seeds=2), "it takes 5 seeds, and 2 seeds define the metric at every prevalence"),
        (made(slope, seeds=1), "it takes 5 seeds, and 1 seed defines the metric at every prevalence"),
        (made(lambda x: 2.0, noise=0), "no variance: the same in every run"),
        (made(lambda x: np.nan), "it takes 5 seeds, and 0 seeds define the metric at every prevalence"),
    ],
)
def test_what_cannot_be_told_says_why(curve: Curve, reason: str) -> None:
    found = tipping(curve)
    assert (found.shape, found.reason) == ("not told", reason)
    assert reason in title(curve, found)


def test_a_title_states_the_numbers_of_the_curve_and_of_its_threshold() -> None:
    curve = made(sigmoid(37, 4))
    found = tipping(curve)
    first, last = curve.points[0].mean, curve.points[-1].mean
    stated = numbers(title(curve, found))
    assert stated == pytest.approx([first, 0, last, 100, found.point, found.low, found.high], abs=0.5)


def test_words_of_each_shape() -> None:
    assert Tipping("gradual", 9).words == "gradually, without a threshold"
    assert Tipping("flat", 9, p=0.4).words.endswith("can be told (p = 0.40)")


def test_noiseless_curves_are_told_apart_too() -> None:
    assert tipping(made(slope, noise=1e-4)).shape == "gradual"
    assert tipping(made(sigmoid(37, 3), noise=1e-4)).shape == "threshold"
