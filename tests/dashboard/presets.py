"""Two presets under the names the Community page opens with, small and quick."""

from dashboard.opening import BET_ON, OPENING
from sim.preset import Preset
from sim.scenario import Scenario

_WORDS = {"viewer": "Residents live by their values.", "look_for": "who does what to whom"}


def _preset(slug: str, title: str, mix: str) -> Preset:
    scenario = Scenario.model_validate({"size": 10, "days": 12, "mix": mix})
    return Preset(slug=slug, title=title, scenario=scenario, **_WORDS)


PRESETS = {
    OPENING: _preset(OPENING, "Original community", "100% original"),
    BET_ON: _preset(BET_ON, "A quarter stop caring", "25% without BE"),
}
SCENARIOS = {slug: preset.scenario for slug, preset in PRESETS.items()}
