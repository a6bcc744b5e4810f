"""How each mind of a community is asked that is not scripted: by its model's script; the others by one of their own."""

from sim.models import PERSON, Model
from sim.prompts.script import script
from sim.scenario import Scenario
from sim.scene import Script

_AT_THE_SCREEN = Model.model_construct(name=PERSON, model=PERSON, protocol="lean", phrasing="priority")


def scripts(scenario: Scenario) -> dict[str, Script]:
    """Scripts by the name of the mind. SettingError if a model's phrasing is unknown."""
    records = [
        Model.model_construct(name=record.name, model=record.run, protocol=record.protocol, phrasing="priority")
        for record in scenario.records
    ]
    return {model.name: script(model) for model in (*scenario.models, *records, _AT_THE_SCREEN)}
