"""One bad apple: a scenario worth watching.

Its seed was chosen for the story it shows; claims are made on other seeds.
"""

from sim.preset import Preset
from sim.scenario import Scenario, parse_mix

PRESET = Preset(
    slug="one-bad-apple",
    title="One bad apple",
    viewer=(
        "Twenty-four residents hold Benevolence above all else; one has lost it. Each newborn has the same "
        "one chance in twenty-five."
    ),
    look_for=("How far a single resident gets among people who trust, and whether the community outgrows the damage."),
    place=90,
    scenario=Scenario(mix=parse_mix("96% with BE, 4% without BE"), seed=3),
)
