"""The tipping point: a scenario worth watching.

Its seed was chosen for the story it shows; claims are made on other seeds.
"""

from sim.preset import Preset
from sim.scenario import Scenario, parse_mix

PRESET = Preset(
    slug="tipping-point",
    title="The tipping point",
    viewer=(
        "One resident in five without Benevolence: near the quarter at which the paper saw communities fall. "
        "Change the share by a few per cent and run it again."
    ),
    look_for=("Whether births outpace attacks. Early warning, and the seeds for which it goes one way or the other."),
    place=40,
    scenario=Scenario(mix=parse_mix("20% without BE"), seed=3),
)
