import numpy as np

from sim.studies.analysis.grid import by_seed, died_out, lines, references
from sim.studies.design import study
from tests.sim.studies.analysis.making import design, prevalence, results


def test_all_are_compared_with_the_original() -> None:
    assert set(references(design())) == {0}


def test_at_another_size_with_the_original_of_that_size() -> None:
    of = design(value=["BE"], prevalence=[0, 50], size=[25, 50])
    labels = [condition.label for condition in of.conditions]
    against = {labels[k]: labels[reference] for k, reference in enumerate(references(of))}
    assert against["50 % without Benevolence, size 50"] == "original, size 50"
    assert against["50 % without Benevolence, size 25"] == "original"
    assert against["original, size 50"] == "original"


def test_where_that_original_is_not_lived_with_the_first_condition() -> None:
    of = design(value=["BE"], prevalence=[50], size=[25, 50])
    assert set(references(of)) == {0}


def test_mixes_are_compared_with_the_original_at_the_same_size() -> None:
    of = design(mix=["100% original", "30% without BE"], size=[25, 50])
    labels = [condition.label for condition in of.conditions]
    last = labels.index("30% without BE, size 50")
    assert labels[references(of)[last]] == "100% original, size 50"


def test_without_a_mix_the_scenario_as_it_is_is_the_reference() -> None:
    assert set(references(design(size=[10, 25, 50]))) == {0}
    assert lines(design(size=[10, 25, 50])) == ()


def test_each_line_holds_its_prevalences_with_the_original_at_none() -> None:
    of = design()
    assert [line.words for line in lines(of)] == [
        "with Benevolence", "without Benevolence", "with Power", "without Power",
    ]  # fmt: skip
    for line in lines(of):
        assert line.conditions[0] == 0
        assert [prevalence(of.conditions[number]) for number in line.conditions] == [0, 25, 50, 75, 100]


def test_values_without_prevalences_are_bent_in_all() -> None:
    (line,) = lines(design(value=["TR"]))
    assert (line.prevalences, line.name) == ((0.0, 100.0), "Without Tradition")


def test_a_line_of_another_size_is_of_that_size_alone() -> None:
    of = design(value=["BE"], prevalence=[0, 50], size=[25, 50])
    large = next(line for line in lines(of) if dict(line.others)["size"] == 50)
    assert large.words == "without Benevolence, size 50"
    assert [of.conditions[number].scenario.size for number in large.conditions] == [50, 50]


def test_runs_stand_at_their_condition_and_seed_and_others_are_not_defined() -> None:
    of = study({"seeds": [7, 3], "factors": [{"field": "size", "levels": [10]}], "scenario": {"days": 2}})
    whole = results(of, {"SC": lambda condition, luck: condition.number + np.array([0.1, 0.2])})
    part = whole._replace(runs=whole.runs.iloc[[1, 2]], population=whole.population[[1, 2]])
    np.testing.assert_array_equal(by_seed(part, "SC"), [[np.nan, 0.2], [1.1, np.nan]])
    np.testing.assert_array_equal(died_out(part), [[np.nan, 0], [0, np.nan]])
