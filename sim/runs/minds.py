"""Whose minds a community has: scripted residents, language models, a person."""

from sim.interventions import TakePlace
from sim.models import PERSON, Model
from sim.runs.branch import groups_on
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
    model = model_of(scenario, mind)
    return model.model if model else mind.replace("_", " ")


def model_of(scenario: Scenario, mind: str) -> Model | None:
    """The model of that name, None if the mind is none."""
    return next((model for model in scenario.models if model.name == mind), None)
