import numpy as np
import pytest

from sim.studies.analysis.curves import curves
from tests.sim.studies.analysis.making import bent, design, numbers, prevalence, results


def test_each_point_is_the_mean_at_its_prevalence_and_the_title_states_the_ends() -> None:
    of = design()
    given = results(of, {"SC": lambda c, own: 0.9 - 0.006 * prevalence(c) * (bent(c) == "without BE") + 0.01 * own})
    found = {curve.line.words: curve for curve in curves(given, "SC")}
    curve = found["without Benevolence"]
    means = [given.of(number, "SC").mean() for number in curve.line.conditions]
    assert [point.mean for point in curve.points] == pytest.approx(means)
    assert curve.title.startswith("Without Benevolence: social capital goes from ")
    assert numbers(curve.title) == pytest.approx([means[0], 0, means[-1], 100], abs=0.005)
    assert numbers(found["with Power"].title) == pytest.approx([means[0], 0, 100], abs=0.005)


def test_a_point_that_is_not_defined_is_not_in_the_title() -> None:
    of = design(seeds=3)
    given = results(of, {"SC": lambda c, own: np.where(prevalence(c) < 100, own + 5, np.nan)})
    title = curves(given, "SC")[0].title
    assert title.endswith("at 75 %")
    nothing = results(of, {"SC": lambda c, own: np.full(len(own), np.nan)})
    assert (
        curves(nothing, "SC")[0].title == "With Benevolence: social capital is not defined, none of 3 runs defines it"
    )
