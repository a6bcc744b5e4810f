"""The distance to the edge in a study: for each mix named, over seeds, with an interval (docs/distance.md)."""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from sim.engine import Engine
from sim.errors import SettingError
from sim.forks import Present
from sim.scenario import Scenario
from sim.studies.design import Study
from sim.studies.distance import FUTURES, HORIZON, STEADY, Search, drift

EARLIEST, LATEST = 40, 200  # days between which a community may settle
SEEDS = 16  # of a study's that are used unless more are asked for: each takes seconds
CONFIDENCE = 0.95

Row = dict[str, Any]  # one community: JSON-able, not defined is None


class Community(NamedTuple):
    """A present, and the population of each day up to it."""

    present: Present
    population: list[float]


class Task(NamedTuple):
    """One community whose distance is to be measured. Can be sent to another process."""

    scenario: Scenario
    mix: str
    futures: int


def present_of(scenario: Scenario, day: int) -> Community:
    """The community on a day, or on the one on which it died out."""
    engine = _engine(scenario, max(day, 1))
    while engine.day < day and not engine.finished:
        engine.step()
    return Community(Present.of(engine), engine.series["alive"])


def settled(scenario: Scenario) -> Community:
    """The community on the first day from day 40 on on which it is steady; else on day 200, or when it has died out."""
    engine = _engine(scenario, LATEST)
    while not engine.finished:
        engine.step()
        if engine.day >= EARLIEST and abs(drift(engine.series["alive"])) <= STEADY:
            break
    return Community(Present.of(engine), engine.series["alive"])


def _engine(scenario: Scenario, days: int) -> Engine:
    if scenario.worded:
        raise SettingError("the distance to the edge is of scripted residents; this scenario asks a language model")
    return Engine(scenario.with_(days=days), keep=False)


def tasks(study: Study, seeds: int = SEEDS, futures: int = FUTURES) -> list[Task]:
    """Every community of a study's `edges`, on the first so many of its seeds."""
    return [
        Task(study.scenario.with_(mix=mix, seed=seed), mix, futures)
        for mix in study.edges
        for seed in study.seeds[:seeds]
    ]


def measure(task: Task) -> Row:
    """Live one community until it is steady, and find its distance."""
    community = settled(task.scenario)
    search = Search(*community, task.futures)
    while not search.advance(60):
        pass
    answer = search.answer
    assert answer is not None
    return {
        "mix": task.mix,
        "seed": task.scenario.seed,
        "day": answer.day,
        "size": answer.size,
        "case": answer.case,
        "steady": answer.steady,
        "drift": _number(answer.drift),
        "distance": _number(answer.place),
        "low": _number(answer.low),
        "high": _number(answer.high),
        "tried": [list(tried) for tried in answer.tried],
    }


def edges(study: Study, rows: Iterable[Row]) -> dict[str, Any]:
    """The answer from the rows measured, whatever their order: one record a mix, in the study's order. JSON-able."""
    found = sorted(rows, key=lambda row: (str(row["mix"]), int(row["seed"])))
    by_mix = {mix: [row for row in found if row["mix"] == mix] for mix in study.edges}
    first = next(iter(by_mix.values()), [])
    return {
        "definition": "docs/distance.md",
        "horizon": HORIZON,
        "mixes": [_summary(mix, rows, first) for mix, rows in by_mix.items() if rows],
    }


def _summary(mix: str, rows: list[Row], first: list[Row]) -> dict[str, Any]:
    """Mean distance over the seeds that count, its interval, and what became of the others.

    `first`: the rows of the study's first mix; the difference to it is paired by seed.
    """
    counted = _counted(rows)
    places, reference = list(counted.values()), _counted(first)
    died = sum(row["case"] == "died out" for row in rows)
    steady = [row for row in rows if row["seed"] in counted]
    record = {
        "mix": mix,
        "seeds": len(rows),
        "counted": len(counted),
        **_mean(places),
        "size": _number(_over([row["size"] for row in steady], np.mean)),
        "day": _number(_over([row["day"] for row in steady], np.median)),
        "died_out": died,
        "not_steady": len(rows) - len(counted) - died,
        "cannot_hold": sum(row["case"] == "cannot hold" for row in steady),
        "any_loss": sum(row["case"] == "any loss" for row in steady),
    }
    pairs = [place - reference[seed] for seed, place in counted.items() if seed in reference]
    apart = {"pairs": len(pairs), **_mean(pairs)}
    return {**record, "words": _words(record), "to_first": apart, "runs": rows}


def _counted(rows: Sequence[Row]) -> dict[int, float]:
    """The distances that count, by seed."""
    return {row["seed"]: row["distance"] for row in rows if row["steady"] and row["case"] != "died out"}


def _mean(places: Sequence[float]) -> dict[str, float | None]:
    """Mean and 95 % interval, Student's t; None under one value, under two."""
    mean, n = _over(places, np.mean), len(places)
    reach = math.nan
    if n > 1:
        from scipy import special  # here, because the page needs none for its first paint

        reach = float(special.stdtrit(n - 1, (1 + CONFIDENCE) / 2)) * float(np.std(places, ddof=1)) / math.sqrt(n)
    return {"mean": _number(mean), "low": _number(mean - reach), "high": _number(mean + reach)}


def _over(numbers: Sequence[float], measure: Callable[[Sequence[float]], Any]) -> float:
    return float(measure(numbers)) if numbers else math.nan


def _words(record: dict[str, Any]) -> str:
    """The record as a sentence or two."""
    counted, seeds = record["counted"], record["seeds"]
    if not counted:
        said = f"not defined: of {seeds} communities none was at a steady state"
    elif record["low"] is None:
        said = f"{record['mean']:.1f} of {record['size']:.1f} residents, in one community: no interval"
    else:
        said = (
            f"{record['mean']:.1f} of {record['size']:.1f} residents, 95 % interval {record['low']:.1f} to "
            f"{record['high']:.1f}, over {counted} of {seeds} seeds"
        )
    others = {
        "died_out": "had died out", "not_steady": "never steady", "cannot_hold": "could not hold (counted as 0)",
        "any_loss": "recovered from any loss (a lower bound)",
    }  # fmt: skip
    told = [f"{record[name]} {what}" for name, what in others.items() if record[name]]
    return said + (f"; {', '.join(told)}" if told else "")


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)
