"""A factor of a study: one thing varied, and its levels. Knows how a level changes a scenario, nothing of runs."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sim import values
from sim.errors import SettingError
from sim.scenario import Group, Scenario

Level = int | float | str

VALUE, DIRECTION, PREVALENCE = "value", "direction", "prevalence"
OF_MIX = (VALUE, DIRECTION, PREVALENCE)  # together they make the mix: "25 % without Benevolence"
OF_MODEL = ("model", "phrasing", "temperature", "protocol")  # of the scenario's first model
# The same in every run of a study, or varied by its seeds.
FIXED = ("name", "seed", "days", "interventions", "models", "records")
MOST_LEVELS = 60


class Factor(BaseModel):
    """One field and its levels: value, direction and prevalence of the mix, a model's field, or any other setting."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    field: str = Field(max_length=40, description="What is varied.")
    levels: tuple[Level, ...] = Field(description="The values it takes, in the order they are shown in.")

    @field_validator("levels", mode="before")
    @classmethod
    def _numbers(cls, levels: Any) -> Any:
        """Numbers may come as text, from a page or a command line."""
        return [_number(level) for level in levels] if isinstance(levels, list | tuple) else levels

    @model_validator(mode="after")
    def _possible(self) -> "Factor":
        name = f"the factor '{self.field}'"
        if not self.levels:
            raise ValueError(f"{name} has no levels; give it at least one, or leave it out")
        if len(self.levels) > MOST_LEVELS:
            raise ValueError(f"{name} has {len(self.levels)} levels; it can have {MOST_LEVELS}")
        if twice := [level for k, level in enumerate(self.levels) if level in self.levels[:k]]:
            raise ValueError(f"{name} names the level {twice[0]} twice")
        if self.field in FIXED:
            raise ValueError(f"{name} cannot be varied within a study; it belongs to the scenario or to the seeds")
        if self.field not in (*OF_MIX, *OF_MODEL, *Scenario.model_fields):
            known = [*OF_MIX, *OF_MODEL, *(field for field in Scenario.model_fields if field not in FIXED)]
            raise ValueError(f"there is no setting '{self.field}' to vary; there are {', '.join(known)}")
        for level in self.levels:
            _check(self.field, level)
        return self


class Settings(NamedTuple):
    """What a combination of levels makes of a scenario."""

    scenario: Scenario
    label: str  # "25 % without Benevolence, size 50"; "original" where nothing is changed


def apply(base: Scenario, levels: Mapping[str, Level]) -> Settings:
    """The scenario with these levels. SettingError if one does not fit it."""
    words: list[str] = []
    changes: dict[str, Any] = {}
    if any(field in levels for field in OF_MIX):
        group, rest = _groups(levels)
        changes["mix"] = [one.model_dump() for one in (rest, group) if one.share > 0]
        words.append(f"{group.share:g} % {group.label}" if group.share > 0 else "original")
    if asked := {field: levels[field] for field in OF_MODEL if field in levels}:
        if not base.models:
            raise SettingError(
                f"'{next(iter(asked))}' can be varied only where residents are language models; "
                "the scenario of this study has none"
            )
        changes["models"] = [{**base.models[0].model_dump(), **asked}, *(m.model_dump() for m in base.models[1:])]
    for field, level in levels.items():
        if field in OF_MIX:
            continue
        if field not in OF_MODEL:
            changes[field] = level
        words.append(str(level) if field == "mix" else f"{field.replace('_', ' ')} {level}")
    return Settings(base.with_(**changes), ", ".join(words) or "as it is")


def _groups(levels: Mapping[str, Level]) -> tuple[Group, Group]:
    """The group whose values are bent, and the others. Left out: without, all of them."""
    share = float(levels.get(PREVALENCE, 100))
    if VALUE not in levels and share > 0:
        raise SettingError("a study that varies direction or prevalence must say of which: add the factor 'value'")
    condition = str(levels.get(DIRECTION, "without"))
    value = str(levels.get(VALUE, values.CODES[0]))
    return Group.model_validate({"share": share, "condition": condition, "value": value}), Group(share=100 - share)


def _check(field: str, level: Level) -> None:
    if field == VALUE and str(level) not in values.CODES:
        raise ValueError(f"there is no value '{str(level)[:40]}'; the ten are {', '.join(values.CODES)}")
    if field == DIRECTION and level not in ("with", "without"):
        raise ValueError(f"a direction is 'with' or 'without', not '{str(level)[:40]}'")
    if field == PREVALENCE and not (isinstance(level, int | float) and 0 <= level <= 100):
        raise ValueError(f"a prevalence lies between 0 and 100 per cent; it was '{str(level)[:40]}'")


def _number(level: Any) -> Any:
    if not isinstance(level, str):
        return level
    for kind in (int, float):
        try:
            return kind(level)
        except ValueError:
            continue
    return level
