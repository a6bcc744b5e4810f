"""From words on the command line to a checked Scenario: `--set field=value`, `--seed`, `--days`."""

import json
from collections.abc import Sequence
from typing import Any

from sim.errors import SettingError
from sim.preset import preset
from sim.scenario import Scenario


def configured(slug: str, settings: Sequence[str], seed: str | None, days: str | None) -> Scenario:
    """The preset's scenario with the settings, then seed and days, applied. SettingError names what is wrong."""
    changes = dict(read(setting) for setting in settings)
    changes |= {name: value for name, value in (("seed", seed), ("days", days)) if value is not None}
    scenario = preset(slug).scenario
    return scenario.with_(**changes) if changes else scenario


def read(setting: str) -> tuple[str, Any]:
    """Field and value of "field=value". Lists and objects are JSON; Scenario turns other text into the field's type."""
    field, equals, text = setting.partition("=")
    if not equals or not field.strip():
        raise SettingError(f"--set: cannot read '{setting[:60]}'; write field=value, for example --set size=100")
    field, text = field.strip(), text.strip()
    if field != "interventions" and not text.startswith(("[", "{")):
        return field, text
    try:
        return field, json.loads(text)
    except ValueError as error:
        raise SettingError(f"{field}: this is not JSON ({error}): '{text[:60]}'") from None


def known(scenario: Scenario) -> str:
    """What makes a run the same again, in one line."""
    groups = ", ".join(f"{group.share:g} % {group.label}" for group in scenario.mix)
    minds = "".join(f"; {model.name}: {model.model} at {model.base_url}, {model.protocol}" for model in scenario.models)
    return f"{scenario.name}: {scenario.size} residents, {scenario.days} days, seed {scenario.seed}, {groups}{minds}"
