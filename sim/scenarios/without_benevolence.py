"""Nobody cares: a scenario worth watching.

Its seed was chosen for the story it shows; claims are made on other seeds.
"""

from sim.preset import Preset
from sim.scenario import Scenario, parse_mix

PRESET = Preset(
    slug="without-benevolence",
    title="Nobody cares",
    viewer=(
        "All residents have lost Benevolence, and nothing else was changed on purpose. Watch how long a "
        "community lasts in which nobody values those close by."
    ),
    look_for=(
        "The first days: attacks come before hunger. Then a handful own all there is, and are too few to make more."
    ),
    place=30,
    scenario=Scenario(mix=parse_mix("100% without BE")),
)
