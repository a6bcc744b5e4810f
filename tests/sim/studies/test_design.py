"""A study's design: which communities follow from its factors, and what is told when it makes no sense."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import SettingError
from sim.studies.design import Study, read_seeds, study
from sim.values import CODES


def of(**factors: list[Any]) -> Study:
    return study({"factors": [{"field": field, "levels": levels} for field, levels in factors.items()]})


def test_the_original_is_the_reference_and_lived_once() -> None:
    found = of(value=["BE", "PO"], direction=["with", "without"], prevalence=[0, 25, 100])
    assert [condition.label for condition in found.conditions][:3] == [
        "original", "25 % with Benevolence", "100 % with Benevolence",
    ]  # fmt: skip
    assert (found.combinations, len(found.conditions), found.runs) == (12, 9, 9 * 64)
    assert [condition.number for condition in found.conditions] == list(range(9))
    assert found.conditions[1].scenario.counts() == [19, 6]


def test_the_papers_study_has_81_conditions() -> None:
    assert len(of(value=list(CODES), direction=["with", "without"], prevalence=[0, 25, 50, 75, 100]).conditions) == 81


def test_without_a_factor_there_is_one_condition() -> None:
    only = of().conditions
    assert [(condition.label, condition.levels) for condition in only] == [("as it is", {})]


def test_a_setting_is_compared_with_the_scenario_as_it_is() -> None:
    found = of(size=[10, 25, 50])
    assert [(c.label, c.scenario.size) for c in found.conditions] == [
        ("as it is", 25),
        ("size 10", 10),
        ("size 50", 50),
    ]
    assert found.conditions[0].levels == {"size": 25}


@given(st.permutations(["value", "prevalence", "size"]))
def test_the_order_of_factors_makes_no_other_communities(order: list[str]) -> None:
    levels: dict[str, list[Any]] = {"value": ["BE", "SE"], "prevalence": [0, 50], "size": [10, 20]}
    bodies = {str(c.scenario) for c in of(**{field: levels[field] for field in order}).conditions}
    assert bodies == {str(c.scenario) for c in of(**levels).conditions}


def test_a_design_is_read_back_as_it_was_written() -> None:
    one = of(value=["BE"], prevalence=[10, 20.5])
    again = Study.model_validate_json(one.text())
    assert (again, again.digest) == (one, one.digest)


def test_another_design_has_another_digest() -> None:
    assert of(size=[10]).digest != of(size=[11]).digest


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"seeds": [1, 2, 1]}, "the seed 1 is named twice"),
        ({"seeds": []}, "1 to 10000 seeds; 0 were given"),
        ({"seeds": [-1]}, "from 0 to 2^63"),
        ({"seeds": "5-1"}, "low to high"),
        ({"seeds": "five"}, "'five' cannot be read"),
        ({"factors": [{"field": "size", "levels": []}]}, "'size' has no levels"),
        ({"factors": [{"field": "size", "levels": [10, 10]}]}, "names the level 10 twice"),
        ({"factors": [{"field": "colour", "levels": [1]}]}, "no setting 'colour' to vary; there are value"),
        ({"factors": [{"field": "seed", "levels": [1]}]}, "belongs to the scenario or to the seeds"),
        ({"factors": [{"field": "size", "levels": [0]}]}, "size: must be at least 1"),
        ({"factors": [{"field": "value", "levels": ["XX"]}]}, "no value 'XX'"),
        ({"factors": [{"field": "prevalence", "levels": [101]}]}, "between 0 and 100"),
        ({"factors": [{"field": "prevalence", "levels": [10]}]}, "add the factor 'value'"),
        ({"factors": [{"field": "direction", "levels": ["up"]}]}, "'with' or 'without', not 'up'"),
        ({"factors": [{"field": "phrasing", "levels": ["priority"]}]}, "only where residents are language models"),
        ({"factors": [{"field": "size", "levels": [10]}, {"field": "size", "levels": [11]}]}, "is named twice"),
        ({"factors": [{"field": "mix", "levels": ["10% with BE"]}, {"field": "value", "levels": ["BE"]}]}, "use one"),
        ({"factors": [{"field": f, "levels": list(range(1, 51))} for f in ("size", "term", "loan_term")]}, "125000"),
        ({"scenario": {"interventions": [{"kind": "remove", "day": 2, "count": 1}]}}, "lived undisturbed"),
        ({"edges": ["most without BE"]}, "cannot read 'most without BE'"),
        ({"colour": 1}, "colour: is not a setting here"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told(fields: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingError, match="the study: ") as told:
        study(fields)
    assert says in str(told.value)


def test_seeds_are_written_as_spans_and_numbers() -> None:
    assert read_seeds("1000-1003, 7") == (1000, 1001, 1002, 1003, 7)
