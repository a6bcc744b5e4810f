"""One value in small steps: where the tipping point lies."""

from sim.scenario import Scenario
from sim.studies.design import Study
from sim.studies.factor import Factor
from sim.studies.preset import StudyPreset

STEP = 4  # per cent: one resident of 25

PRESET = StudyPreset(
    slug="one-value",
    title="One value, resident by resident",
    question="How many residents have to live without Benevolence, or for it, before the community changes its course?",
    place=20,
    study=Study(
        scenario=Scenario(size=25, days=80),
        factors=(
            Factor(field="value", levels=("BE",)),
            Factor(field="direction", levels=("with", "without")),
            Factor(field="prevalence", levels=tuple(range(0, 101, STEP))),
        ),
    ),
)
