"""A study preset: a design worth running, with the question it answers.

Presets are found in `sim/studies/presets`, one a file: each defines `PRESET = StudyPreset(...)`.
"""

import difflib
from functools import cache
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.errors import RunError, SettingError
from sim.registry import discover
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
    found = []
    for name, item in discover(FOLDER, "PRESET").items():
        if not isinstance(item, StudyPreset):
            raise RunError(f"{FOLDER}: '{name}' is a {type(item).__name__}; it must be a StudyPreset")
        found.append(item)
    return {preset.slug: preset for preset in sorted(found, key=lambda preset: (preset.place, preset.slug))}


def preset(slug: str) -> StudyPreset:
    """One preset. SettingError, naming the likely ones, if there is none of that slug."""
    known = presets()
    if slug in known:
        return known[slug]
    close = difflib.get_close_matches(slug.casefold(), known, n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(close)}?" if close else f"the studies are {', '.join(known)}"
    raise SettingError(f"there is no study '{slug[:60]}'; {hint}")
