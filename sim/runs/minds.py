"""Whose minds a community has: scripted residents, language models, those of a kept run, a person."""

from sim.groups import groups_on
from sim.interventions import TakePlace
from sim.models import PERSON, Model
from sim.scenario import Scenario

A_PERSON = "a person"


def minds(scenario: Scenario) -> list[str]:
    """Names of the minds that residents have, each once, in the order of the groups; a person last."""
    found = [group.mind or scenario.mind for group in groups_on(scenario, scenario.days)]
    if any(isinstance(order, TakePlace) for order in scenario.interventions):
        found.append(PERSON)
    return list(dict.fromkeys(found))


def called(scenario: Scenario, mind: str) -> str:
    """A mind as it is told on a page: what its endpoint calls a model, else its own name."""
    if mind == PERSON:
        return A_PERSON
    if model := model_of(scenario, mind):
        return model.model
    run = next((record.run for record in scenario.records if record.name == mind), "")
    return f"as in run {run}" if run else mind.replace("_", " ")


def in_words(scenario: Scenario) -> str:
    """ "scripted"; "gpt-5.4-mini"; "6 of 25 gpt-5.4-mini", where the others are scripted."""
    counted: dict[str, int] = {}
    for group, count in zip(scenario.mix, scenario.counts()):
        mind = group.mind or scenario.mind
        counted[mind] = counted.get(mind, 0) + count
    asked = {mind: count for mind, count in counted.items() if asked_in_words(scenario, mind)}
    if len(counted) == 1 or not asked:
        return called(scenario, next(iter(counted)))
    return ", ".join(f"{count} of {scenario.size} {called(scenario, mind)}" for mind, count in asked.items())


def asked_in_words(scenario: Scenario, mind: str) -> bool:
    """Whether residents with this mind are asked in words."""
    return mind in {PERSON, *scenario.asked}


def model_of(scenario: Scenario, mind: str) -> Model | None:
    """The model of that name, None if the mind is none."""
    return next((model for model in scenario.models if model.name == mind), None)
