"""Synthetic results: what each condition yields is written down, so that what an analysis must find is known."""

import re
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
import pandas as pd

from sim.state import Array
from sim.studies.design import Condition, Study, study
from sim.studies.results import Results

LEVELS = [0, 25, 50, 75, 100]
Yield = Callable[[Condition, Array], Array]  # a condition and its seeds' own luck, N(0, 1), to a metric's values


def design(seeds: int = 32, days: int = 10, **levels: Sequence[object]) -> Study:
    """A study of these factors; without any: Benevolence and Power, with and without, at five prevalences."""
    levels = levels or {"value": ["BE", "PO"], "direction": ["with", "without"], "prevalence": LEVELS}
    return _design(seeds, days, tuple((field, tuple(these)) for field, these in levels.items()))


@cache
def _design(seeds: int, days: int, levels: tuple[tuple[str, tuple[object, ...]], ...]) -> Study:
    factors = [{"field": field, "levels": list(these)} for field, these in levels]
    return study({"factors": factors, "seeds": list(range(1, seeds + 1)), "scenario": {"days": days}})


def results(
    of: Study, metrics: dict[str, Yield], alive: Callable[[Condition, Array], Array] | None = None, luck: int = 0
) -> Results:
    """Every run of the study. `alive`: residents by day, (seeds, days + 1); else all founders stay alive."""
    rng = np.random.default_rng(luck)
    own = rng.normal(size=len(of.seeds))
    rows, populations = [], []
    for condition in of.conditions:
        values = {name: make(condition, own) for name, make in metrics.items()}
        rows.append(pd.DataFrame({"condition": condition.number, "seed": of.seeds, "digest": "", **values}))
        size = condition.scenario.size
        still = np.full((len(of.seeds), of.scenario.days + 1), size)
        populations.append(still if alive is None else alive(condition, own))
    return Results(of, pd.concat(rows, ignore_index=True), np.concatenate(populations).astype("i4"))


def prevalence(condition: Condition) -> float:
    """Per cent of residents whose values are bent."""
    return sum(group.share for group in condition.scenario.mix if group.condition != "original")


def bent(condition: Condition) -> str:
    """ "without BE", or "" for the original."""
    groups = [group for group in condition.scenario.mix if group.condition != "original"]
    return f"{groups[0].condition} {groups[0].value}" if groups else ""


def numbers(text: str) -> list[float]:
    """All numbers a sentence states, in their order; "95 %" of "95 % interval" is none."""
    text = text.replace("95 % interval", "").replace("−", "-").replace(",", "")
    return [float(found) for found in re.findall(r"(?<![\w.])[-+]?\d+(?:\.\d+)?", text)]
