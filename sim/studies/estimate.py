"""What a study will take, before it starts: runs, resident-days, seconds; with models also calls, tokens and money.

Seconds rest on a few of its communities, really lived here and now; money on `sim.estimate`. Nobody is asked.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import numpy as np

from sim.estimate import Estimate
from sim.estimate import estimate as of_run
from sim.models import Model
from sim.params import params
from sim.providers.prices import Prices
from sim.scenario import Scenario
from sim.studies import edges
from sim.studies.design import Condition, Study
from sim.studies.distance import HORIZON
from sim.studies.lives import Life, Unit, live
from sim.studies.minds import minds, worded
from sim.studies.plan import COST

TRIED = 4  # units of work that are lived as a trial, of as many kinds
GROWN, LOSSES = 2, 5  # founders that a community has grown to be when its edge is sought, and losses tried: our guess
START = 3.0  # seconds until workers are there, about
PRICED = 12  # conditions whose questions are put into words; the others are taken for as dear
ANSWER = 2.0  # seconds a model is taken to need for one answer: our guess
IN_TURN = {"lean": 2, "full": 5}  # answers of a resident's day that wait for one another
AT_ONCE = 4  # runs with models that are lived at once

T = TypeVar("T")


@dataclass(frozen=True)
class Taking:
    """What the runs of one model will take. Dollars; None: its price is not known."""

    model: str
    base_url: str
    runs: int
    resident_days: int
    calls: int
    prompt: int
    cached: int
    completion: int
    money: float | None  # if the endpoint keeps beginnings of prompts
    most: float | None  # if it does not


@dataclass(frozen=True)
class StudyEstimate:
    """The whole study's. `rate`: resident-days a second and core, as measured; None where nothing is scripted."""

    conditions: int
    runs: int
    resident_days: int
    workers: int
    rate: float | None
    seconds: float
    models: tuple[Taking, ...]
    basis: tuple[str, ...]

    @property
    def calls(self) -> int:
        """Of all models."""
        return sum(taking.calls for taking in self.models)

    @property
    def tokens(self) -> int:
        """Of prompts and answers."""
        return sum(taking.prompt + taking.completion for taking in self.models)

    @property
    def money(self) -> float | None:
        """Dollars; 0 if no model is asked, None if a price is not known."""
        return _sum([taking.money for taking in self.models])

    @property
    def most(self) -> float | None:
        """The same without any prompt cache."""
        return _sum([taking.most for taking in self.models])


def estimate(study: Study, *, workers: int = 1, prices: Prices | None = None, at_once: int = AT_ONCE) -> StudyEstimate:
    """The estimate. Takes a second or two. SettingError for a phrasing that is not there."""
    asked = [condition for condition in study.conditions if worded(condition.scenario)]
    scripted = [condition for condition in study.conditions if not worded(condition.scenario)]
    seeds, sentences = len(study.seeds), list[str]()
    rate, seconds = None, 0.0
    if scripted:
        trial = _trial(scripted, study.seeds)
        founders = sum(condition.scenario.size * condition.scenario.days for condition in scripted) * seeds
        rate, seconds = trial.resident_days / trial.seconds, START
        seconds += founders * trial.seconds / trial.founder_days / workers
        faster = (
            f"{workers} workers are taken to be {workers} times as fast" if workers > 1 else "one worker does it all"
        )
        sentences.append(
            f"{trial.communities} communities were lived here for this, at {rate:,.0f} resident-days a second; "
            f"{faster}."
        )
        if study.edges:
            tasks = edges.tasks(study)
            work = sum(task.scenario.size * task.futures for task in tasks) * GROWN * LOSSES * HORIZON
            seconds += work / rate / workers
            sentences.append(
                f"The distance to the edge is measured for {len(tasks)} communities besides: about as much work as "
                f"{work:,} resident-days."
            )
    found = _priced(asked, prices or Prices(), seeds)
    if asked:
        chains = sum(IN_TURN[_protocol(condition.scenario)] * condition.scenario.days for condition in asked) * seeds
        seconds += chains * ANSWER / min(at_once, len(asked) * seeds)
        sentences += found.basis
        sentences.append(
            f"A model is taken to answer within {ANSWER:g} seconds, and {at_once} communities with models are lived at "
            "once. Answers that equal questions of other runs have got already are not asked again."
        )
    return StudyEstimate(
        len(study.conditions), study.runs, study.resident_days, workers, rate, seconds, found.takings, tuple(sentences)
    )


class _Trial(NamedTuple):
    """What living some communities took. `founder_days`: as if none had been born or had died."""

    communities: int
    founder_days: int
    resident_days: int
    seconds: float


def _trial(conditions: Sequence[Condition], seeds: Sequence[int]) -> _Trial:
    """Live small units from all over the design, as its work will be."""
    kinds: dict[object, list[Condition]] = {}
    for condition in conditions:
        kind = params(condition.scenario), condition.scenario.days, condition.scenario.mind
        kinds.setdefault(kind, []).append(condition)
    units = [_unit(alike, seeds) for alike in _evenly(list(kinds.values()), TRIED)]
    live(Unit(0, ((0, 0, conditions[0].scenario.with_(size=2, days=1)),)))  # rules are loaded before the clock starts
    began = time.perf_counter()
    rows = [row for unit in units for row in live(unit)]
    seconds = time.perf_counter() - began
    lived = sum(int(row.population[:-1].sum()) for row in rows if isinstance(row, Life))
    return _Trial(len(rows), sum(unit.cost for unit in units), lived, seconds)


def _unit(conditions: Sequence[Condition], seeds: Sequence[int]) -> Unit:
    """Runs of these conditions, as many as make a unit, cut short if one alone is longer."""
    cost = sum(condition.scenario.size * condition.scenario.days for condition in conditions) / len(conditions)
    most = max(1, int(COST / cost))
    pairs = [(condition, seed) for seed in seeds[: 1 + most // len(conditions)] for condition in conditions]
    chosen = _evenly(pairs, most)
    days = max(1, min(chosen[0][0].scenario.days, COST // max(condition.scenario.size for condition, _ in chosen)))
    return Unit(0, tuple((c.number, seed, c.scenario.model_copy(update={"days": days})) for c, seed in chosen))


def _evenly(items: Sequence[T], most: int) -> list[T]:
    """At most so many of them, from first to last."""
    many = min(most, len(items))
    return [items[k * len(items) // many] for k in range(many)]


class _Priced(NamedTuple):
    takings: tuple[Taking, ...]
    basis: tuple[str, ...]


def _priced(conditions: Sequence[Condition], prices: Prices, seeds: int) -> _Priced:
    """What is asked in these conditions, on all seeds."""
    alike: dict[tuple[Model, ...], list[Condition]] = {}
    for condition in conditions:
        alike.setdefault(tuple(minds(condition.scenario)), []).append(condition)
    most = max(1, PRICED // max(1, len(alike)))
    sums: dict[tuple[str, str], list[tuple[float, ...]]] = {}
    known: dict[tuple[str, str], bool] = {}
    basis: dict[str, None] = {}
    for group in alike.values():
        chosen = _evenly(group, most)
        for condition in chosen:
            found: Estimate = of_run(condition.scenario, prices)
            basis |= dict.fromkeys(found.basis)
            for cost in found.costs:
                place = cost.model.model, cost.model.base_url
                known[place] = known.get(place, True) and cost.money is not None
                row = (1, cost.resident_days, cost.calls, cost.prompt, cost.cached, cost.completion,
                       cost.money or 0.0, cost.most or 0.0)  # fmt: skip
                sums.setdefault(place, []).append(tuple(part * seeds * len(group) / len(chosen) for part in row))
    takings = tuple(_taking(place, np.sum(rows, axis=0).tolist(), known[place]) for place, rows in sums.items())
    return _Priced(takings, tuple(_basis(len(conditions), min(most * len(alike), len(conditions)), basis)))


def _taking(place: tuple[str, str], numbers: Sequence[float], known: bool) -> Taking:
    *whole, money, most = numbers
    runs, days, calls, prompt, cached, completion = (round(number) for number in whole)
    dollars = (money, most) if known else (None, None)
    return Taking(*place, runs, days, calls, prompt, cached, completion, *dollars)


def _basis(conditions: int, priced: int, sentences: Mapping[str, None]) -> Iterator[str]:
    if conditions:
        yield f"Questions of {priced} of {conditions} conditions with models, one seed each; the others as these."
    yield from sentences


def _protocol(scenario: Scenario) -> str:
    return max((model.protocol for model in minds(scenario)), key=lambda protocol: IN_TURN[protocol])


def _sum(parts: Sequence[float | None]) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
