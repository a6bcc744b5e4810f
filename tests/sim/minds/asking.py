"""Asking a mind for everything it can answer, on mornings of communities that have lived a while."""

from functools import cache
from typing import NamedTuple

import numpy as np

from sim.engine import Engine
from sim.intentions import Acts, Plans, Talk
from sim.mind import Mind
from sim.observe import Observation, observe
from sim.params import Params, params
from sim.scenario import check
from sim.state import Array, World


class Morning(NamedTuple):
    """A community before one of its days."""

    world: World
    params: Params
    day: int

    def copy(self) -> "Morning":
        return self._replace(world=self.world.copy())


class Answers(NamedTuple):
    """All that a mind answered on a morning."""

    plans: Plans
    said: Talk
    answers: Talk
    acts: Acts
    stands: Array  # (n, D), asked about every neighbour
    funds: Array  # (n,), asked of all who work


@cache
def mornings() -> tuple[Morning, ...]:
    """Mornings early and late, with violence, with the dead, with debts and promises. To be copied, not changed."""
    settings = (
        ({"size": 12, "seed": 3}, 0),
        ({"size": 25, "seed": 5, "mix": "60% without BE", "talk": 1}, 4),
        ({"size": 20, "seed": 8, "mix": "50% with PO", "start": 12}, 9),
    )
    found = []
    for fields, days in settings:
        engine = Engine(check(fields))
        for _ in range(days):
            engine.step()
        found.append(Morning(engine.world.copy(), params(engine.scenario), days + 1))
    assert any((m.world.alive == 0).any() for m in found), "some must be dead"
    return tuple(found)


def ask(mind: Mind, at: Morning, o: Observation | None = None) -> Answers:
    """Put every question of the day to a mind."""
    o = observe(at.world, at.params, at.day) if o is None else o
    plans = mind.perceive(o, at.params)
    said = mind.speak(o, at.params, plans)
    answers = mind.reply(o, at.params, plans, said)
    acts = mind.act(o, at.params, plans, said, answers)
    return Answers(plans, said, answers, acts, *_called(mind, at, o))


def _called(mind: Mind, at: Morning, o: Observation) -> tuple[Array, Array]:
    who, slot = np.nonzero(o.nbr >= 0)
    stands, funds = np.zeros(o.nbr.shape, np.int64), np.zeros(len(o.alive))
    stands[who, slot] = mind.stand(o, at.params, who, slot)
    workers = np.flatnonzero((o.alive > 0) & (o.workplace >= 0))
    side = (workers % 2).astype(np.uint8)
    funds[workers] = mind.fund(o, at.params, workers, side, np.ones(len(workers)), np.full(len(workers), 2.0))
    return stands, funds


def columns(answers: Answers) -> dict[str, Array]:
    """Every array of the answers by name."""
    parts = {name: getattr(answers, name) for name in ("plans", "said", "answers", "acts")}
    found = {f"{part}.{name}": column for part, record in parts.items() for name, column in record._asdict().items()}
    return {**found, "stands": answers.stands, "funds": answers.funds}


def differences(one: Answers, two: Answers, row: int | None = None) -> list[str]:
    """Names of the arrays that differ; `row`: in what this resident answered."""
    other = columns(two)
    chosen = slice(None) if row is None else row
    return [name for name, a in columns(one).items() if not equal(a[chosen], other[name][chosen])]


def equal(a: Array, b: Array) -> bool:
    """Arrays alike, NaN equal to NaN."""
    return np.array_equal(a, b, equal_nan=np.asarray(a).dtype.kind == "f")
