import numpy as np
import pytest

from sim.state import Array
from sim.studies.analysis.importance import importance
from sim.studies.design import Condition, Study
from tests.sim.studies.analysis.making import bent, design, numbers, prevalence, results

SIZES = {"without BE": -1.2, "with BE": 0.3, "with PO": -0.5, "without PO": 0.1, "with TR": 0.45, "without TR": -0.44}


def moved(condition: Condition, own: Array) -> Array:
    size = SIZES.get(bent(condition), 0.0) * prevalence(condition) / 100
    return 2 + size + 0.1 * own + 0.1 * np.sin(9 * own + 3 * condition.number)


def of_values(seeds: int = 32) -> Study:
    return design(seeds, value=["BE", "PO", "TR"], direction=["with", "without"], prevalence=[0, 50, 100])


def test_values_are_ranked_by_the_stronger_of_their_directions() -> None:
    of = of_values()
    given = results(of, {"nAUP": moved})
    found = importance(given)
    assert [each.value for each in found.standings] == ["BE", "PO", "TR"]
    assert [each.rank for each in found.standings] == [1, 2, 3]
    assert [each.direction for each in found.standings][:2] == ["without", "with"]
    label = {condition.label: condition.number for condition in of.conditions}
    apart = given.of(label["100 % without Benevolence"], "nAUP") - given.of(0, "nAUP")
    first = found.standings[0]
    assert (first.change, first.importance) == pytest.approx((apart.mean(), -apart.mean()))
    assert first.low < first.importance < first.high
    assert first.first == 1
    assert first.p_holm < 0.001


def test_its_interval_is_that_of_resampled_seeds_taken_one_by_one() -> None:
    given = results(of_values(), {"nAUP": moved})
    first = importance(given).standings[0]
    label = {condition.label: condition.number for condition in given.study.conditions}
    base = given.of(0, "nAUP").to_numpy()
    both = [given.of(label[f"100 % {way} Benevolence"], "nAUP").to_numpy() - base for way in ("with", "without")]
    rng = np.random.default_rng(5)
    drawn = [rng.integers(0, 32, 32) for _ in range(4_000)]
    slow = np.percentile([max(abs(side[each].mean()) for side in both) for each in drawn], [2.5, 97.5])
    assert (first.low, first.high) == pytest.approx(tuple(slow), abs=0.01)


def test_ranks_that_luck_could_swap_say_so() -> None:
    given = results(of_values(8), {"nAUP": lambda c, own: 2 + 0.3 * np.sin(9 * own + 3 * c.number) + 0.2 * own})
    found = importance(given)
    assert all(each.rank_low <= each.rank <= each.rank_high for each in found.standings)
    assert any(each.rank_low < each.rank_high for each in found.standings)
    assert sum(each.first for each in found.standings) == pytest.approx(1)
    assert found.title.startswith("No value clearly moves the area under the population curve")


def test_a_title_states_the_numbers_of_the_ranking() -> None:
    found = importance(results(of_values(), {"nAUP": moved}))
    first, second = found.standings[:2]
    assert found.title.startswith("Benevolence moves the area under the population curve most, by ")
    expected = [first.importance, first.low, first.high, second.importance, 100 * first.first]
    assert numbers(found.title) == pytest.approx(expected, abs=0.005)


def test_other_factors_are_averaged_over() -> None:
    of = design(16, value=["BE", "PO"], direction=["with", "without"], prevalence=[0, 100], size=[25, 50])
    found = importance(results(of, {"nAUP": lambda c, own: moved(c, own) * (1 + (c.scenario.size == 50))}))
    assert found.standings[0].importance == pytest.approx(1.5 * 1.2, abs=0.15)


def test_no_ranking_says_why() -> None:
    none = importance(results(design(size=[10, 25]), {"nAUP": lambda c, own: own}))
    assert none.title == "No ranking of values by area under the population curve: the design varies no value"
    one = importance(results(of_values(1), {"nAUP": moved}))
    assert one.reason == "it takes two seeds, and 1 seed defines the metric in every condition needed"


def test_one_value_alone_is_not_ranked() -> None:
    of = design(8, value=["BE"], direction=["with", "without"], prevalence=[0, 100])
    found = importance(results(of, {"nAUP": moved}))
    assert (found.standings, found.reason) == ((), "the design varies one value alone")
