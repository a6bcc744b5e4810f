"""A study preset: a design worth running, with the question it answers.

Presets are found in `sim/studies/presets`, one a file: each defines `PRESET = StudyPreset(...)`.
"""

from functools import cache
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.registry import called, listed
from sim.studies.design import Study

FOLDER = "sim.studies.presets"


class StudyPreset(BaseModel):
    """A design with its title and question. The design takes its name, title and question from here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$", description="Short name, as on the command line.")
    title: str = Field(min_length=3, max_length=60, description="A few words.")
    question: str = Field(min_length=20, max_length=300, description="What it is to answer, as a question.")
    place: int = Field(50, description="Place in the list of presets, low first.")
    study: Study

    @property
    def name(self) -> str:
        """The name it is registered by."""
        return self.slug

    @model_validator(mode="after")
    def _named(self) -> Self:
        named = {"name": self.slug, "title": self.title, "question": self.question}
        object.__setattr__(self, "study", self.study.model_copy(update=named))
        return self


@cache
def presets() -> dict[str, StudyPreset]:
    """All presets by slug, in their places. RunError if one is malformed."""
    return listed(FOLDER, "PRESET", StudyPreset)


def preset(slug: str) -> StudyPreset:
    """One preset. SettingError, naming the likely ones, if there is none of that slug."""
    return called(slug, presets(), "study", "studies")
