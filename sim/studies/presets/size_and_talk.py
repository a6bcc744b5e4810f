"""Sensitivity to two settings the paper held fixed: how many residents there are, and how much they talk."""

from sim.scenario import Scenario
from sim.studies.design import Study
from sim.studies.factor import Factor
from sim.studies.preset import StudyPreset

PRESET = StudyPreset(
    slug="size-and-talk",
    title="Size and talkativeness",
    question="Does what a lack of Benevolence does depend on how many residents there are and how much they talk?",
    place=30,
    study=Study(
        scenario=Scenario(days=80),
        factors=(
            Factor(field="value", levels=("BE",)),
            Factor(field="direction", levels=("without",)),
            Factor(field="prevalence", levels=(0, 25, 50, 100)),
            Factor(field="size", levels=(15, 25, 50, 100)),
            Factor(field="talk", levels=(0.1, 0.35, 0.7)),
        ),
    ),
)
