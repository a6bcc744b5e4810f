"""The rule-based baseline beside language models: the same communities, lived by both kinds of mind."""

from sim.models import Model
from sim.providers.keys import OPENAI
from sim.scenario import Scenario
from sim.studies.design import FIRST_SEED, Study
from sim.studies.factor import Factor
from sim.studies.preset import StudyPreset

PRESET = StudyPreset(
    slug="scripted-beside-llm",
    title="Scripted residents beside a model",
    question="Do language models fall and hold together over the same values as scripted residents do?",
    place=50,
    study=Study(
        scenario=Scenario(size=12, days=20, models=(Model(model="gpt-5.4-nano", base_url=OPENAI),)),
        factors=(
            Factor(field="mind", levels=("scripted", "llm")),
            Factor(field="value", levels=("BE",)),
            Factor(field="direction", levels=("with", "without")),
            Factor(field="prevalence", levels=(0, 50, 100)),
        ),
        seeds=tuple(range(FIRST_SEED, FIRST_SEED + 6)),
    ),
)
