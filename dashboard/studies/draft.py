"""The study a visitor is designing: what is typed, field by field, and what of it is wrong. Knows no Streamlit."""

import dataclasses
import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import ValidationError

from dashboard.limits import Limits
from dashboard.minds_form import Conditions, ModelRow
from sim.errors import SettingError
from sim.interview import Terms
from sim.models import Model
from sim.preset import presets as scenarios
from sim.providers.endpoints import Endpoints
from sim.scenario import Scenario, explain
from sim.studies.design import Study, read_seeds, study
from sim.studies.factor import DIRECTION, FIXED, OF_MIX, OF_MODEL, PREVALENCE, VALUE, Factor
from sim.studies.limits import limits as of_studies
from sim.studies.reading import write
from sim.values import CODES

CHOSEN = {VALUE: CODES, DIRECTION: ("with", "without")}  # factors whose levels are picked, not typed
STARTS: dict[str, str] = {PREVALENCE: "0, 25, 50, 75, 100", "size": "15, 25, 50", "talk": "0.1, 0.35, 0.7"}
MOST_FACTORS = 8
EXAMPLE = "20% without BE; 40% without BE"


@dataclass
class Row:
    """One factor as it is typed. `number` tells its widgets from those of other rows."""

    number: int
    field: str
    picked: list[str] = dataclasses.field(default_factory=list)  # levels of a factor in CHOSEN
    typed: str = ""  # levels of any other

    @property
    def levels(self) -> list[Any]:
        """The levels, as text: mixes hold commas, so semicolons part them."""
        if self.field in CHOSEN:
            return list(self.picked)
        parts = self.typed.split(";" if self.field == "mix" or ";" in self.typed else ",")
        return [part.strip() for part in parts if part.strip()]


class Read(NamedTuple):
    """What the draft amounts to: a study, or what is wrong with it, by field ("size", "factor 2", "whole")."""

    study: Study | None
    wrong: dict[str, str]
    terms: Terms | None = None  # on which models are asked, if any is


class Draft:
    """See the module. `version` changes when all fields are set anew."""

    def __init__(self, design: Study, preset: str | None = None) -> None:
        self.version = 0
        self.load(design, preset)

    def load(self, design: Study, preset: str | None = None) -> None:
        """Take a design over, into every field."""
        self.version += 1
        self.preset = preset
        self.name, self.title, self.question = design.name, design.title, design.question
        self.scenario, self.edges = design.scenario, design.edges
        self.size, self.days = design.scenario.size, design.scenario.days
        self.seeds = json.loads(write(design, ".json"))["seeds"]  # "1000-1063"
        self.rows = [_row(k, factor) for k, factor in enumerate(design.factors)]
        self.conditions = Conditions()
        self.model = ModelRow.of(design.scenario.models[0]) if design.scenario.models else None

    def choose(self, slug: str) -> None:
        """Another scenario for all runs; size and days come with it."""
        if chosen := scenarios().get(slug):
            self.scenario, self.preset, self.model = chosen.scenario, None, None
            self.size, self.days = self.scenario.size, self.scenario.days
            self.version += 1

    def add(self) -> None:
        """One more factor: the first that is not there yet."""
        if free := [name for name in self.offered() if name not in {row.field for row in self.rows}]:
            number = max((row.number for row in self.rows), default=-1) + 1
            self.rows.append(_begun(number, free[0]))
            self.preset = None

    def remove(self, number: int) -> None:
        """Take a factor out."""
        self.rows = [row for row in self.rows if row.number != number]
        self.preset = None

    def set_field(self, number: int, name: str) -> None:
        """Vary another setting in that row."""
        self.rows = [_begun(number, name) if row.number == number else row for row in self.rows]
        self.preset = None

    def offered(self) -> list[str]:
        """Every setting that can be varied, the likeliest first."""
        asked = list(OF_MODEL) if self.scenario.models else []
        return [*OF_MIX, *asked, *(name for name in Scenario.model_fields if name not in FIXED)]

    def read(self, limits: Limits) -> Read:
        """The study, if all of it can be. Every field is looked at, so that all that is wrong is told at once."""
        wrong: dict[str, str] = {}
        fields: dict[str, Any] = {"name": self.name, "title": self.title.strip(), "question": self.question.strip()}
        if not 3 <= len(fields["title"]) <= 80:
            wrong["title"] = "A title has 3 to 80 characters"
        scenario = self.scenario
        for name, value in (("size", self.size), ("days", self.days)):
            try:
                scenario = scenario.with_(**{name: value})
            except SettingError as error:
                wrong[name] = str(error)
        terms = None
        if self.model:
            model, faults = self.model.read(Endpoints.from_environment())
            wrong |= faults
            terms = self._terms(model, wrong)
            if model:
                scenario = scenario.with_(models=[model, *scenario.models[1:]])
        try:
            limits.check(scenario)
        except SettingError as error:
            name, _, words = str(error).partition(": ")
            wrong.setdefault(name if name in ("size", "days") else "whole", words or name)
        try:
            fields["seeds"] = read_seeds(self.seeds)
        except ValueError as error:
            wrong["seeds"] = str(error)
        factors = []
        for row in self.rows:
            try:
                factors.append(Factor(field=row.field, levels=tuple(row.levels)))
            except ValidationError as error:
                wrong[f"factor {row.number}"] = _words(error)
        if wrong:
            return Read(None, wrong, terms)
        edges = self.edges if any(row.field in OF_MIX for row in self.rows) else ()
        try:
            found = study({**fields, "scenario": scenario, "factors": tuple(factors), "edges": edges})
        except SettingError as error:
            return Read(None, self._placed(str(error).removeprefix("the study: ")))
        return Read(found, _beyond(found, limits), terms)

    def _terms(self, model: Model | None, wrong: dict[str, str]) -> Terms | None:
        """The terms as typed; what is wrong with them goes into `wrong`."""
        prices = {}
        try:
            if self.model and (price := self.model.price()) is not None:
                prices[self.model.name] = price
        except SettingError as error:
            wrong["prompt"] = str(error)
        return self.conditions.terms(prices, [model] if model else [], wrong)

    def _placed(self, words: str) -> dict[str, str]:
        """What is wrong with the whole, at the field it names."""
        if words.startswith(("the seed ", "a seed ")):
            return {"seeds": words}
        for row in self.rows:
            if f"factor '{row.field}'" in words or words.startswith(f"{row.field}:"):
                return {f"factor {row.number}": words}
        return {"whole": words}


def _beyond(found: Study, limits: Limits) -> dict[str, str]:
    """What this server does not run, with what it would."""
    try:
        of_studies().check(found)
    except SettingError as error:
        return {"whole": str(error)}
    for condition in found.conditions:
        try:
            limits.check(condition.scenario)
        except SettingError as error:
            return {"whole": f"{condition.label}: {error}"}
    return {}


def _row(number: int, factor: Factor) -> Row:
    if factor.field in CHOSEN:
        return Row(number, factor.field, [str(level) for level in factor.levels])
    parting = "; " if factor.field == "mix" else ", "
    return Row(number, factor.field, typed=parting.join(f"{level}" for level in factor.levels))


def _begun(number: int, name: str) -> Row:
    """A factor with levels to begin with."""
    if name in CHOSEN:
        return Row(number, name, ["BE"] if name == VALUE else list(CHOSEN[name]))
    default = Scenario.model_fields[name].default if name in Scenario.model_fields else ""
    return Row(number, name, typed=STARTS.get(name, EXAMPLE if name == "mix" else f"{default}"))


def _words(error: ValidationError) -> str:
    """What is wrong with one factor, without its name."""
    text = explain(error)
    return text.rpartition("factor '")[2].partition("' ")[2] if "factor '" in text else text
