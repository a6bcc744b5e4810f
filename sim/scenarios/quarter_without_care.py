"""A quarter stop caring: a scenario worth watching.

Its seed was chosen for the story it shows; claims are made on other seeds.
"""

from sim.preset import Preset
from sim.scenario import Scenario, parse_mix

PRESET = Preset(
    slug="quarter-without-care",
    title="A quarter stop caring",
    viewer=(
        "The same residents and the same luck, but six of them no longer value Benevolence. The others do not "
        "know which."
    ),
    look_for=(
        "When the first attack comes, who is attacked, and what the rest do about it. Compare the population "
        "with the original community."
    ),
    place=20,
    scenario=Scenario(mix=parse_mix("25% without BE"), seed=12),
)
