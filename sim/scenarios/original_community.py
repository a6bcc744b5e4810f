"""The original community: a scenario worth watching.

Its seed was chosen for the story it shows; claims are made on other seeds.
"""

from sim.preset import Preset
from sim.scenario import Scenario, parse_mix

PRESET = Preset(
    slug="original-community",
    title="The original community",
    viewer=(
        "Nobody's values were touched. Twenty-five residents work, give, borrow and raise children as their "
        "own values tell them."
    ),
    look_for=(
        "Gifts run both ways, alliances are kept, and the population climbs towards what the factories can feed."
    ),
    place=10,
    scenario=Scenario(mix=parse_mix("100% original"), seed=12),
)
