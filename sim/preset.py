"""A preset: a scenario worth watching, with the words a viewer needs.

Presets are found in `sim/scenarios`, one a file: each defines `PRESET = Preset(...)`; page and command line offer it.
"""

from functools import cache
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sim.registry import called, listed
from sim.scenario import Scenario

FOLDER = "sim.scenarios"


class Preset(BaseModel):
    """A scenario with its title and what to say about it. The scenario takes its name from the slug."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$", description="Short name, as in the page's address.")
    title: str = Field(min_length=3, max_length=60, description="A few words.")
    viewer: str = Field(min_length=20, max_length=300, description="Two sentences for the one who watches.")
    look_for: str = Field(min_length=10, max_length=300, description="What to look for while it runs.")
    place: int = Field(50, description="Place in the list of presets, low first.")
    scenario: Scenario

    @property
    def name(self) -> str:
        """The name it is registered by."""
        return self.slug

    @model_validator(mode="after")
    def _named(self) -> Self:
        object.__setattr__(self, "scenario", self.scenario.model_copy(update={"name": self.slug}))
        return self


@cache
def presets() -> dict[str, Preset]:
    """All presets by slug, in their places. RunError if one is malformed."""
    return listed(FOLDER, "PRESET", Preset)


def preset(slug: str) -> Preset:
    """One preset. SettingError, naming the likely ones, if there is none of that slug."""
    return called(slug, presets(), "scenario", "scenarios")
