"""What a study is to live: a scenario, its factors, its seeds; and the conditions that follow. Frozen, self-checking.

Knows nothing of how or where it is lived.
"""

import hashlib
import itertools
import json
import re
from functools import cached_property
from typing import Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from sim.errors import SettingError
from sim.scenario import Group, Scenario, canonical, explain
from sim.studies.factor import OF_MIX, Factor, Level, apply

FIRST_SEED = 1_000  # of claims; seeds 0 to 63 were for tuning
MOST_SEEDS = 10_000
MOST_CONDITIONS = 5_000


class Condition(NamedTuple):
    """One combination of levels: what all its runs share but the seed."""

    number: int  # 0 is the reference, to which the others are compared
    label: str  # "25 % without Benevolence"
    levels: dict[str, Level]  # by factor; empty for a reference that no combination gives
    scenario: Scenario  # its seed means nothing


class Study(BaseModel):
    """A design. Two combinations that give the same community (a prevalence of 0 %) are lived once."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: str = Field("study", pattern=r"^[a-z0-9][a-z0-9-]{0,59}$", description="Short name, as on the command line.")
    title: str = Field("A study", min_length=3, max_length=80, description="A few words.")
    question: str = Field("", max_length=300, description="What it is to answer.")
    scenario: Scenario = Field(default_factory=Scenario, description="What all runs share.")
    factors: tuple[Factor, ...] = Field((), max_length=8, description="What is varied, and how.")
    seeds: tuple[int, ...] = Field(tuple(range(FIRST_SEED, FIRST_SEED + 64)), description="One run of each a seed.")
    edges: tuple[str, ...] = Field((), max_length=20, description="Mixes whose distance to the edge is measured too.")

    @field_validator("seeds", mode="before")
    @classmethod
    def _listed(cls, seeds: Any) -> Any:
        return read_seeds(seeds) if isinstance(seeds, str) else seeds

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not 1 <= len(self.seeds) <= MOST_SEEDS:
            raise ValueError(f"a study repeats each condition on 1 to {MOST_SEEDS} seeds; {len(self.seeds)} were given")
        if len(set(self.seeds)) < len(self.seeds):
            twice = next(seed for k, seed in enumerate(self.seeds) if seed in self.seeds[:k])
            raise ValueError(f"the seed {twice} is named twice; a run counts once, so name each seed once")
        if any(not 0 <= seed < 2**63 for seed in self.seeds):
            raise ValueError("a seed is a whole number from 0 to 2^63 - 1")
        fields = [factor.field for factor in self.factors]
        if twice_ := [field for k, field in enumerate(fields) if field in fields[:k]]:
            raise ValueError(f"the factor '{twice_[0]}' is named twice; put all its levels into one")
        if "mix" in fields and set(fields) & set(OF_MIX):
            raise ValueError("the factor 'mix' sets what value, direction and prevalence set; use one or the other")
        if self.scenario.interventions:
            raise ValueError("the communities of a study are lived undisturbed; take the interventions out")
        if self.combinations > MOST_CONDITIONS:
            raise ValueError(
                f"these factors make {self.combinations} conditions; a study can have {MOST_CONDITIONS}. "
                "Take out a factor, or some of its levels"
            )
        try:
            _ = self.conditions, [self.scenario.with_(mix=mix) for mix in self.edges]
        except SettingError as error:
            raise ValueError(str(error)) from None
        return self

    @property
    def combinations(self) -> int:
        """Combinations of levels, those that give the same community counted apart."""
        count = 1
        for factor in self.factors:
            count *= len(factor.levels)
        return count

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """The reference, then every combination of levels that gives another community."""
        plain = {"mix": [Group(share=100).model_dump()]} if self._bends else {}
        base = self.scenario.with_(**plain)
        found = {_body(base): Condition(0, "original" if self._bends else "as it is", {}, base)}
        for combination in itertools.product(*(factor.levels for factor in self.factors)):
            levels = dict(zip([factor.field for factor in self.factors], combination, strict=True))
            scenario, label = apply(self.scenario, levels)
            body = _body(scenario)
            if body not in found:
                found[body] = Condition(len(found), label, levels, scenario)
            elif not found[body].levels:  # the reference is one of the combinations
                found[body] = found[body]._replace(levels=levels)
        return tuple(found.values())

    @property
    def runs(self) -> int:
        """Communities to be lived."""
        return len(self.conditions) * len(self.seeds)

    @property
    def resident_days(self) -> int:
        """Founders times days over all runs: the size of the work, if populations keep their size."""
        return sum(condition.scenario.size * condition.scenario.days for condition in self.conditions) * len(self.seeds)

    @property
    def digest(self) -> str:
        """SHA-256 of the design in one fixed form."""
        return hashlib.sha256(self.text().encode()).hexdigest()

    def text(self) -> str:
        """The design as JSON in one fixed form; `study` reads it."""
        return json.dumps(self.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), allow_nan=False)

    @property
    def _bends(self) -> bool:
        """Whether its factors set the mix, so that the original community is the one to compare with."""
        return any(factor.field in (*OF_MIX, "mix") for factor in self.factors)


def study(fields: dict[str, Any]) -> Study:
    """A Study from raw fields. SettingError in words."""
    try:
        return Study.model_validate(fields)
    except ValidationError as error:
        raise SettingError(f"the study: {explain(error)}") from None


_SPAN = re.compile(r"^\s*(\d{1,19})\s*(?:-|to)\s*(\d{1,19})\s*$")


def read_seeds(text: str) -> tuple[int, ...]:
    """ "1000-1063, 7": seeds. ValueError if it cannot be read."""
    seeds: list[int] = []
    for part in text.split(","):
        if span := _SPAN.match(part):
            first, last = int(span[1]), int(span[2])
            if not 0 <= last - first < MOST_SEEDS:
                raise ValueError(f"the seeds '{part.strip()[:40]}' are not 1 to {MOST_SEEDS} numbers, low to high")
            seeds += range(first, last + 1)
        elif part.strip().isdecimal():
            seeds.append(int(part))
        else:
            raise ValueError(f"seeds are written as 1000-1063 or 1, 2, 3; '{part.strip()[:40]}' cannot be read")
    return tuple(seeds)


def _body(scenario: Scenario) -> str:
    return canonical(scenario.model_copy(update={"name": "study", "seed": 0}))
