"""The paper's study: every value, stressed and suppressed, at every prevalence."""

from sim.scenario import Scenario
from sim.studies.design import Study
from sim.studies.factor import Factor
from sim.studies.preset import StudyPreset
from sim.values import CODES

PRESET = StudyPreset(
    slug="the-paper",
    title="The paper's study",
    question="Which of Schwartz's ten values hold a community together, and at what prevalence does it tip?",
    place=10,
    study=Study(
        scenario=Scenario(size=25, days=80),
        factors=(
            Factor(field="value", levels=CODES),
            Factor(field="direction", levels=("with", "without")),
            Factor(field="prevalence", levels=(0, 25, 50, 75, 100)),
        ),
        edges=("100% original", "100% without BE", "100% with PO", "100% without TR"),
    ),
)
