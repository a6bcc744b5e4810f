"""The rise of Power: a scenario worth watching.

Its seed was chosen for the story it shows; claims are made on other seeds.
"""

from sim.preset import Preset
from sim.scenario import Scenario, parse_mix

PRESET = Preset(
    slug="rise-of-power",
    title="The rise of Power",
    viewer=(
        "Three in four residents live for Power. They work hard, ally and wait for the weak moment of a neighbour."
    ),
    look_for=(
        "A long quiet, then a decline in which every loss makes someone richer. Calls to join an attack, and allies "
        "who turn on each other."
    ),
    place=50,
    scenario=Scenario(mix=parse_mix("75% with PO"), seed=13, days=80),
)
