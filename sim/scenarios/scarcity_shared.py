"""Scarcity shared: a scenario worth watching.

Its seed was chosen for the story it shows; claims are made on other seeds.
"""

from sim.preset import Preset
from sim.scenario import Scenario, parse_mix

PRESET = Preset(
    slug="scarcity-shared",
    title="Scarcity shared",
    viewer=(
        "The factories make a third less, and everyone values Benevolence. There is little to give, and it is given."
    ),
    look_for=(
        "Requests for help and how often they are met; the poorest tenth of the band; loans, each of them repaid when "
        "it falls due."
    ),
    place=100,
    scenario=Scenario(mix=parse_mix("100% with BE"), output=15.0),
)
