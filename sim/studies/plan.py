"""From the runs still to be lived to units of work. Knows nothing of who lives them, nor of how many there are."""

from collections.abc import Collection, Iterator

from sim.params import params
from sim.scenario import Scenario
from sim.studies.design import Study
from sim.studies.lives import Unit
from sim.studies.minds import worded

COST = 60_000  # founders times days of a unit: a second at most, so that progress is seen and little is lost
SEEDS = 8  # that all conditions have before any has more: what is known early holds for the whole design

Run = tuple[int, int, Scenario]


def plan(study: Study, done: Collection[tuple[int, int]] = ()) -> Iterator[Unit]:
    """Units of all runs not in `done` (condition and seed), in the order in which they are to be lived."""
    kept = frozenset(done)
    number = 0
    for first in range(0, len(study.seeds), SEEDS):
        for runs in _kinds(study, study.seeds[first : first + SEEDS], kept):
            for part in _parts(runs):
                yield Unit(number, part)
                number += 1


def _kinds(study: Study, seeds: tuple[int, ...], done: frozenset[tuple[int, int]]) -> Iterator[list[Run]]:
    """The runs of these seeds, those together whose scenarios may share a batch."""
    kinds: dict[object, list[Run]] = {}
    for number, _, _, scenario in study.conditions:
        kind: object = (params(scenario), scenario.days, scenario.mind)
        for seed in seeds:
            if (number, seed) not in done:
                key = (number, seed) if worded(scenario) else kind  # who is asked in words lives apart
                kinds.setdefault(key, []).append((number, seed, scenario))
    yield from kinds.values()


def _parts(runs: list[Run]) -> Iterator[tuple[Run, ...]]:
    """Consecutive runs of COST together, or one run that is more."""
    part: list[Run] = []
    cost = 0
    for run in runs:
        work = run[2].size * run[2].days
        if part and cost + work > COST:
            yield tuple(part)
            part, cost = [], 0
        part.append(run)
        cost += work
    if part:
        yield tuple(part)
