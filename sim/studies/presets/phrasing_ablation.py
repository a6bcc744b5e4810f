"""The same values put in other words: what is owed to the wording of a prompt."""

from sim.models import Model
from sim.providers.keys import OPENAI
from sim.scenario import Scenario
from sim.studies.design import FIRST_SEED, Study
from sim.studies.factor import Factor
from sim.studies.preset import StudyPreset

PRESET = StudyPreset(
    slug="phrasing-ablation",
    title="Three ways to say it",
    question="Do language models live differently when the same values are put to them in other words?",
    place=40,
    study=Study(
        scenario=Scenario(size=12, days=20, mind="llm", models=(Model(model="gpt-5.4-nano", base_url=OPENAI),)),
        factors=(
            Factor(field="phrasing", levels=("priority", "portrait", "ratings")),
            Factor(field="value", levels=("BE",)),
            Factor(field="direction", levels=("without",)),
            Factor(field="prevalence", levels=(0, 100)),
        ),
        seeds=tuple(range(FIRST_SEED, FIRST_SEED + 6)),
    ),
)
