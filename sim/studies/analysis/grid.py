"""Where each condition stands in a design: its reference, the line of prevalences it lies on, its runs by seed.

Knows no statistics.
"""

import itertools
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from sim import values
from sim.errors import SettingError
from sim.scenario import Scenario
from sim.state import Array
from sim.studies.design import Study
from sim.studies.factor import DIRECTION, OF_MIX, PREVALENCE, VALUE, Level, apply
from sim.studies.results import Results


class Line(NamedTuple):
    """One value bent one way, at every prevalence lived, all other levels the same."""

    value: str  # code
    direction: str  # "with" or "without"
    others: tuple[tuple[str, Level], ...]  # the other factors and their levels
    prevalences: tuple[float, ...]  # per cent, ascending; 0 is the reference
    conditions: tuple[int, ...]  # of each prevalence

    @property
    def words(self) -> str:
        """ "without Benevolence, size 50"."""
        return f"{self.direction} {values.VALUES[values.index(self.value)].name}{besides(self.others)}"

    @property
    def name(self) -> str:
        """Words that open a sentence: "Without Benevolence, size 50"."""
        return self.words[0].upper() + self.words[1:]


def besides(others: tuple[tuple[str, Level], ...]) -> str:
    """The other factors' levels as the end of a phrase: ", size 50", or nothing."""
    return "".join(f", {field.replace('_', ' ')} {level}" for field, level in others)


@lru_cache(maxsize=16)
def references(study: Study) -> tuple[int, ...]:
    """To which condition each is compared: the original at the same other levels if that is lived, else condition 0."""
    fields = [factor.field for factor in study.factors]
    if not any(field in (*OF_MIX, "mix") for field in fields):
        return (0,) * len(study.conditions)
    by_scenario = {condition.scenario: condition.number for condition in study.conditions}
    found = []
    for condition in study.conditions:
        others = {field: level for field, level in condition.levels.items() if field not in (*OF_MIX, "mix")}
        plain = _number(study, {**others, PREVALENCE: 0}, by_scenario)
        found.append(0 if plain in (None, condition.number) else plain)
    return tuple(found)


@lru_cache(maxsize=16)
def lines(study: Study) -> tuple[Line, ...]:
    """Every value and direction of the design with its prevalences; none where no value is varied."""
    levels = {factor.field: factor.levels for factor in study.factors}
    if VALUE not in levels:
        return ()
    by_scenario = {condition.scenario: condition.number for condition in study.conditions}
    others = [field for field in levels if field not in OF_MIX]
    prevalences = sorted({0.0, *(float(level) for level in levels.get(PREVALENCE, (100,)))})
    found = []
    for value, direction in itertools.product(levels[VALUE], levels.get(DIRECTION, ("without",))):
        for chosen in itertools.product(*(levels[field] for field in others)):
            same = dict(zip(others, chosen))
            numbers = [
                _number(study, {VALUE: value, DIRECTION: direction, **same, PREVALENCE: prevalence}, by_scenario)
                for prevalence in prevalences
            ]
            lived = [(level, number) for level, number in zip(prevalences, numbers) if number is not None]
            found.append(
                Line(
                    str(value),
                    str(direction),
                    tuple(same.items()),
                    tuple(level for level, _ in lived),
                    tuple(number for _, number in lived),
                )
            )
    return tuple(found)


def by_seed(results: Results, metric: str) -> Array:
    """A metric's values, f8 (conditions, seeds), seeds as in the design; NaN where not defined or not yet lived."""
    return spread(results, results.runs[metric].to_numpy(float))


def spread(results: Results, of_runs: Array) -> Array:
    """One number a run, in the order of `results.runs`, as f8 (conditions, seeds); NaN where there is none."""
    study = results.study
    at = {seed: k for k, seed in enumerate(study.seeds)}
    out = np.full((len(study.conditions), len(study.seeds)), np.nan)
    out[results.runs["condition"].to_numpy(int), [at[seed] for seed in results.runs["seed"].tolist()]] = of_runs
    return out


def died_out(results: Results) -> Array:
    """Whether nobody is alive at the end of each run, f8 (conditions, seeds): 1, 0 or NaN."""
    return spread(results, (results.population[:, -1] == 0).astype(float))


def _number(study: Study, levels: dict[str, Level], by_scenario: dict[Scenario, int]) -> int | None:
    try:
        return by_scenario.get(apply(study.scenario, levels).scenario)
    except SettingError:
        return None
