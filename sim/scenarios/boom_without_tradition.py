"""The boom without Tradition: a scenario worth watching.

Its seed was chosen for the story it shows; claims are made on other seeds.
"""

from sim.preset import Preset
from sim.scenario import Scenario, parse_mix

PRESET = Preset(
    slug="boom-without-tradition",
    title="The boom without Tradition",
    viewer="Nobody values Tradition. They explore, change workplaces and raise children at once.",
    look_for=(
        "A boom in the first weeks, then hunger and unpaid debts: the factories cannot feed them all, and "
        "the population settles."
    ),
    place=80,
    scenario=Scenario(mix=parse_mix("100% without TR"), days=80),
)
