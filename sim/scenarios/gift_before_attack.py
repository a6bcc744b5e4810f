"""The gift before the attack: a scenario worth watching.

Its seed was chosen for the story it shows; claims are made on other seeds.
"""

from sim.preset import Preset
from sim.scenario import Scenario, parse_mix

PRESET = Preset(
    slug="gift-before-attack",
    title="The gift before the attack",
    viewer=(
        "Two in five no longer value Benevolence. Some of them send friendly words and a small gift before they strike."
    ),
    look_for="Messages marked deceptive: open one to read what was said, what was meant and what was done.",
    place=60,
    scenario=Scenario(mix=parse_mix("40% without BE"), seed=9, days=40),
)
