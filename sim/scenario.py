"""Everything a person can set, once: each parameter with its unit, bounds, default and source. Frozen, self-checking.

Defaults live here and nowhere else; command line and page read them, their bounds and their help from the fields.
"""

import json
import re
from typing import Any, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from sim import values
from sim.errors import SettingError
from sim.interventions import ChangeSetting, Condition, Intervention, TakePlace
from sim.models import Model, Record


class Group(BaseModel):
    """A share of the residents and the values they live by."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    share: float = Field(ge=0, le=100, description="Per cent of the residents.")
    mind: str | None = Field(None, pattern=r"^[a-z][a-z0-9_-]{0,39}$", description="How they decide; None: as others.")
    condition: Literal["original", "with", "without", "profile"] = "original"
    value: str | None = Field(None, description="Code of the value that is emphasised or suppressed.")
    weights: tuple[float, ...] | None = Field(None, description="Ten weights of a profile, in Schwartz's order.")

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.condition in ("with", "without"):
            if self.value is None:
                raise ValueError(f"the condition '{self.condition}' needs a value, for example BE")
            try:
                code = values.CODES[values.index(self.value)]
            except KeyError:
                known = ", ".join(values.CODES)
                raise ValueError(f"there is no value '{self.value[:40]}'; the ten are {known}") from None
            object.__setattr__(self, "value", code)
        if self.condition == "profile":
            if self.weights is None or len(self.weights) != 10:
                raise ValueError("a profile needs ten weights, one a value")
            if not all(values.LOWEST - 1e-9 <= w <= values.HIGHEST for w in self.weights):
                raise ValueError("each weight of a profile lies between -0.143 and 1")
        return self

    @property
    def label(self) -> str:
        """The group in words: "without Benevolence", or "original (llm)" if it has a mind of its own."""
        words: str = "own profile" if self.condition == "profile" else self.condition
        if self.condition in ("with", "without"):
            words = f"{self.condition} {values.VALUES[values.index(self.value or '')].name}"
        return f"{words} ({self.mind})" if self.mind else words

    def profile(self) -> values.Profile:
        """The group's ten weights, before individual differences."""
        match self.condition:
            case "with":
                return values.emphasise(values.BASELINE, self.value or "")
            case "without":
                return values.suppress(values.BASELINE, self.value or "")
            case "profile":
                return np.array(self.weights)
        return values.BASELINE.copy()


def _of(unit: str, source: str, group: str) -> dict[str, Any]:
    return {"unit": unit, "source": source, "group": group}


class Scenario(BaseModel):
    """One community, before its first day."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    name: str = Field("custom", pattern=r"^[a-z0-9][a-z0-9-]{0,59}$", description="Short name of the scenario.")
    size: int = Field(
        25, ge=1, le=100_000, description="Residents on day 0.", json_schema_extra=_of("residents", "CIVA: 25", "main")
    )
    days: int = Field(
        60, ge=1, le=3650, description="Days the run lasts.", json_schema_extra=_of("days", "our choice", "main")
    )
    seed: int = Field(
        1907, ge=0, lt=2**63, description="Number that fixes all chance.", json_schema_extra=_of("", "", "main")
    )
    mind: str = Field(
        "scripted", pattern=r"^[a-z][a-z0-9_-]{0,39}$", description="How residents decide: scripted, or a model's name."
    )
    models: tuple[Model, ...] = Field((), max_length=8, description="Language models that residents can live by.")
    records: tuple[Record, ...] = Field((), max_length=8, description="Kept runs whose answers residents give again.")
    mix: tuple[Group, ...] = Field(
        (Group(share=100),), min_length=1, max_length=8, description="Groups of residents; shares add to 100 %."
    )
    interventions: tuple[Intervention, ...] = Field((), max_length=200, description="What is done to the run, by day.")

    # minds
    talk: float = Field(
        0.35,
        ge=0,
        le=1,
        description="Share of its neighbours a resident considers writing to in a day.",
        json_schema_extra=_of("share", "our choice", "minds"),
    )
    memory: int = Field(
        7,
        ge=1,
        le=14,
        description="Days a resident remembers of each neighbour.",
        json_schema_extra=_of("days", "CIVA: a sliding window of k days", "minds"),
    )
    sight: float = Field(
        0.25,
        ge=0,
        le=2,
        description="Error with which a neighbour's holdings are seen (log scale; 0: exactly).",
        json_schema_extra=_of("log units", "CIVA: partial visibility; size our choice", "minds"),
    )
    choice: float = Field(
        4.0,
        gt=0,
        le=100,
        description="How closely acts follow values: low is erratic, high is strict.",
        json_schema_extra=_of("1/utility", "random utility (McFadden 1974); size our choice", "minds"),
    )
    variety: float = Field(
        0.14,
        ge=0,
        le=1,
        description="Spread of values between residents of one group.",
        json_schema_extra=_of("weight", "our choice", "minds"),
    )

    # economy
    factories: float = Field(
        3.0,
        ge=0.5,
        le=12,
        description="Factories for every 25 residents (at least one).",
        json_schema_extra=_of("per 25 residents", "our choice", "economy"),
    )
    output: float = Field(
        22.0,
        gt=0,
        le=1_000,
        description="Mean maximum output of a factory.",
        json_schema_extra=_of("units a day", "our choice", "economy"),
    )
    consumption: float = Field(
        1.0,
        ge=0,
        le=100,
        description="Mean daily consumption of a resident.",
        json_schema_extra=_of("units a day", "CIVA; size our choice", "economy"),
    )
    start: float = Field(
        8.0,
        ge=0,
        le=10_000,
        description="Mean holdings on day 0.",
        json_schema_extra=_of("units", "CIVA: randomised; size our choice", "economy"),
    )
    risk: float = Field(
        0.3,
        ge=0,
        le=1,
        description="How much a resident's pay and consumption vary by chance from day to day.",
        json_schema_extra=_of("share", "CIVA randomises both; size our choice", "economy"),
    )
    raise_cost: float = Field(
        6.0,
        gt=0,
        le=1_000,
        description="What raising a new resident costs.",
        json_schema_extra=_of("units", "our choice", "economy"),
    )
    raise_gift: float = Field(
        4.0,
        ge=0,
        le=1_000,
        description="What a new resident starts with, out of that cost.",
        json_schema_extra=_of("units", "our choice", "economy"),
    )

    # ties
    neighbours: int = Field(
        6,
        ge=0,
        le=10,
        description="Neighbours a resident starts with.",
        json_schema_extra=_of("residents", "our choice", "ties"),
    )
    term: int = Field(
        10, ge=1, le=100, description="Days an alliance lasts.", json_schema_extra=_of("days", "our choice", "ties")
    )
    loan_term: int = Field(
        7, ge=1, le=100, description="Days until a loan is due.", json_schema_extra=_of("days", "our choice", "ties")
    )

    # conflict
    force: float = Field(
        4.0,
        gt=0,
        le=1_000,
        description="Lead in holdings that turns even odds into 73 %.",
        json_schema_extra=_of("units", "CIVA: sigma of the difference; scale our choice", "conflict"),
    )
    allied_force: float = Field(
        0.6,
        ge=0,
        le=1,
        description="Share of its holdings an ally adds in an attack or a defence.",
        json_schema_extra=_of("share", "our choice", "conflict"),
    )
    attack_cost: float = Field(
        0.5,
        ge=0,
        le=1_000,
        description="What an attack costs each who takes part.",
        json_schema_extra=_of("units", "our choice", "conflict"),
    )
    attack_loss: float = Field(
        0.3,
        ge=0,
        le=1,
        description="Share of its holdings a failed attacker loses; half goes to the target.",
        json_schema_extra=_of("share", "our choice", "conflict"),
    )
    merge_keep: float = Field(
        0.8,
        ge=0,
        le=1,
        description="Share of the other factory's maximum that a merged factory keeps.",
        json_schema_extra=_of("share", "our choice", "conflict"),
    )

    @field_validator("mix", mode="before")
    @classmethod
    def _words(cls, mix: Any) -> Any:
        return parse_mix(mix) if isinstance(mix, str) else mix

    @field_validator("interventions", mode="after")
    @classmethod
    def _by_day(cls, orders: tuple[Intervention, ...]) -> tuple[Intervention, ...]:
        """In the order in which they act: an order added for a later day leaves the numbers of earlier ones alone."""
        return tuple(sorted(orders, key=lambda order: order.day))

    @model_validator(mode="after")
    def _fits(self) -> Self:
        total = sum(group.share for group in self.mix)
        if abs(total - 100) > 0.01:
            raise ValueError(f"mix: the shares add to {total:g} %; they must add to 100 %")
        if self.raise_gift > self.raise_cost:
            raise ValueError(
                f"raise_gift: {self.raise_gift:g} is more than raise_cost, {self.raise_cost:g}; "
                "a newborn cannot be given more than is spent on it"
            )
        if len(set(self.asked)) < len(self.asked):
            raise ValueError("models: two models have the same name; each needs its own")
        for order in self.interventions:
            if isinstance(order, ChangeSetting):
                try:
                    self.on(order.day)
                except ValidationError as error:
                    raise ValueError(f"the change on day {order.day}: {explain(error)}") from None
        return self

    def on(self, day: int) -> "Scenario":
        """The scenario as it holds on a day: with the settings that interventions have changed by its morning."""
        changed = {o.setting: o.value for o in self.interventions if isinstance(o, ChangeSetting) and o.day <= day}
        return type(self).model_validate({**self.model_dump(), "interventions": (), **changed}) if changed else self

    @property
    def asked(self) -> tuple[str, ...]:
        """Names of the minds that are asked in words, but for a person."""
        return (*(model.name for model in self.models), *(record.name for record in self.records))

    @property
    def worded(self) -> bool:
        """Whether somebody in it may be asked in words: a model, a kept run, or a person."""
        return bool(self.models or self.records) or any(isinstance(order, TakePlace) for order in self.interventions)

    def with_(self, **changes: Any) -> "Scenario":
        """The scenario with some fields changed, checked again. SettingError names field, range and remedy."""
        return check({**self.model_dump(), **changes})

    def counts(self) -> list[int]:
        """Residents in each group on day 0: largest remainders, adding to `size`."""
        exact = np.array([group.share * self.size / 100 for group in self.mix])
        whole = np.floor(exact + 1e-9).astype(int)
        for i in np.argsort(-(exact - whole), kind="stable")[: self.size - int(whole.sum())]:
            whole[i] += 1
        return [int(count) for count in whole]


_TERM = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*%?\s*(original|(with|without|w/o)\s+([A-Za-z-]+))\s*$", re.IGNORECASE)


def parse_mix(text: str) -> tuple[Group, ...]:
    """ "25% without BE, 10% with PO": groups; what is left of 100 % is original. SettingError if it cannot be read."""
    groups = []
    for part in text.split(","):
        found = _TERM.match(part)
        if not found:
            raise SettingError(
                f"mix: cannot read '{part.strip()[:60]}'; "
                "write for example '25% without BE' or '50% with PO, 50% original'"
            )
        share, _, condition, value = found.groups()
        word: Condition = "original" if condition is None else "with" if condition.lower() == "with" else "without"
        try:
            groups.append(Group(share=float(share), condition=word, value=value))
        except ValidationError as error:
            raise SettingError(f"mix: {explain(error)}") from None
    rest = 100 - sum(group.share for group in groups)
    if rest > 0.01 and not any(group.condition == "original" for group in groups):
        groups.insert(0, Group(share=rest))
    return tuple(groups)


def check(fields: dict[str, Any]) -> Scenario:
    """A Scenario from raw fields. SettingError, in one line a field, instead of pydantic's report."""
    unknown = sorted(set(fields) - set(Scenario.model_fields))
    if unknown:
        raise SettingError(
            f"there is no setting '{str(unknown[0])[:60]}'; the settings are {', '.join(Scenario.model_fields)}"
        )
    try:
        return Scenario.model_validate(fields)
    except ValidationError as error:
        raise SettingError(explain(error)) from None


def explain(error: ValidationError) -> str:
    """Pydantic's report as sentences that name field, range and remedy."""
    return "; ".join(_sentence(dict(item)) for item in error.errors())


_WRONG = {
    "greater_than_equal": "must be at least {ge}",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be at most {le}",
    "less_than": "must be less than {lt}",
    "finite_number": "must be a finite number",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "is a number too long to be read",
    "float_parsing": "must be a number",
    "float_type": "must be a number",
    "extra_forbidden": "is not a setting here",
    "missing": "is missing",
    "string_pattern_mismatch": "must be small letters, digits and dashes",
}


def _sentence(item: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in item["loc"])
    known = _WRONG.get(item["type"])
    wrong = known.format(**item.get("ctx", {})) if known else item["msg"].removeprefix("Value error, ")
    if not where:
        return wrong
    got = item.get("input")
    shown = "" if isinstance(got, dict | list | tuple | BaseModel) else f" (it was {str(got)[:40]!r})"
    return f"{where}: {wrong}{shown}{_range(str(item['loc'][0]))}"


def _range(name: str) -> str:
    field = Scenario.model_fields.get(name)
    if field is None:
        return ""
    bounds = {key: value for m in field.metadata for key in ("ge", "gt", "le", "lt")
              if (value := getattr(m, key, None)) is not None}  # fmt: skip
    low, high = bounds.get("ge", bounds.get("gt")), bounds.get("le", bounds.get("lt"))
    if low is None or high is None:
        return ""
    return f"; {name} lies between {low} and {high}, usually {field.default}"


def canonical(scenario: Scenario) -> str:
    """The scenario as JSON in one fixed form: sorted keys, no spaces. Equal scenarios give equal text."""
    return json.dumps(scenario.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), allow_nan=False)
