"""Tradition's brake: a scenario worth watching.

Its seed was chosen for the story it shows; claims are made on other seeds.
"""

from sim.preset import Preset
from sim.scenario import Scenario, parse_mix

PRESET = Preset(
    slug="traditions-brake",
    title="Tradition's brake",
    viewer=(
        "All residents hold Tradition above all else. They stay at their workplace, keep their word and see "
        "little reason for more children."
    ),
    look_for="A population that hardly moves while holdings pile up: safe, fair and without growth.",
    place=70,
    scenario=Scenario(mix=parse_mix("100% with TR")),
)
