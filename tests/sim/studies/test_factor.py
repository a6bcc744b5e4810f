"""A level of a factor changes what it says, and nothing else."""

import pytest
from pydantic import ValidationError

from sim.errors import SettingError
from sim.models import Model
from sim.scenario import Scenario, canonical
from sim.studies.factor import Factor, apply


def test_value_direction_and_prevalence_make_the_mix() -> None:
    scenario, label = apply(Scenario(), {"value": "PO", "direction": "with", "prevalence": 30})
    assert label == "30 % with Power"
    assert [(group.share, group.label) for group in scenario.mix] == [(70, "original"), (30, "with Power")]


def test_all_of_them_leaves_no_original() -> None:
    assert [group.label for group in apply(Scenario(), {"value": "PO"}).scenario.mix] == ["without Power"]


def test_none_of_them_is_the_original() -> None:
    scenario, label = apply(Scenario(), {"value": "PO", "prevalence": 0})
    assert (canonical(scenario), label) == (canonical(Scenario()), "original")


def test_a_setting_changes_alone() -> None:
    scenario, label = apply(Scenario(), {"loan_term": 3})
    assert (scenario, label) == (Scenario(loan_term=3), "loan term 3")


def test_a_models_field_changes_its_first_model() -> None:
    base = Scenario(models=(Model(model="small"), Model(name="other", model="large")), mind="llm")
    scenario, label = apply(base, {"temperature": 0.5})
    assert [model.temperature for model in scenario.models] == [0.5, None]
    assert label == "temperature 0.5"


def test_a_level_that_does_not_fit_the_others_is_told() -> None:
    with pytest.raises(SettingError, match="more than raise_cost"):
        apply(Scenario(), {"raise_gift": 7})


def test_numbers_may_come_as_text() -> None:
    assert Factor.model_validate({"field": "talk", "levels": ["0.2", "1"]}).levels == (0.2, 1)


def test_too_many_levels_are_refused() -> None:
    with pytest.raises(ValidationError, match="it can have 60"):
        Factor.model_validate({"field": "size", "levels": list(range(1, 70))})
