"""Who in a scenario is asked in words: a scenario may have models that nobody lives by."""

from sim.models import Model
from sim.scenario import Scenario


def minds(scenario: Scenario) -> list[Model]:
    """The models that somebody lives by."""
    wanted = {group.mind or scenario.mind for group in scenario.mix if group.share > 0}
    return [model for model in scenario.models if model.name in wanted]


def worded(scenario: Scenario) -> bool:
    """Whether a model is asked in it."""
    return bool(minds(scenario))
