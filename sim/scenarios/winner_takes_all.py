"""Winner takes all: a scenario worth watching.

Its seed was chosen for the story it shows; claims are made on other seeds.
"""

from sim.preset import Preset
from sim.scenario import Scenario, parse_mix

PRESET = Preset(
    slug="winner-takes-all",
    title="Winner takes all",
    viewer=(
        "Half of the residents live for Power and half for Achievement. The community grows for weeks before it "
        "is divided up."
    ),
    look_for=(
        "Inequality: the Gini coefficient and the Lorenz curve while attackers take all that their targets hold."
    ),
    place=110,
    scenario=Scenario(mix=parse_mix("50% with PO, 50% with AC"), days=80),
)
