"""A run that passes every check of an import, and yet follows from no rule, is shown like any other."""

import json
import warnings
from collections.abc import Sequence

import numpy as np
import pytest

from dashboard.payload.feed import Feed
from sim.engine import Engine
from sim.intentions import Option
from sim.journal import Journal
from sim.runs.intake import inspect
from sim.scenario import Group, Scenario
from sim.state import Array, Day, World
from tests.sim.runs.hostile import good
from tests.sim.runs.making import lived
from tests.sim.runs.test_soundness import odd_run


class Odd:
    """An engine's run with other days on record than it has lived: a `dashboard.payload.run.Run`."""

    def __init__(self, engine: Engine, rng: np.random.Generator) -> None:
        found = odd_run(rng, inspect(good()))
        self._engine = engine
        self.history: Sequence[Day] = [day for day, _ in found]
        self.labels: Sequence[dict[str, Array]] = [labels for _, labels in found]
        self.series = engine.series
        self.finished = engine.finished
        self.words: Sequence[dict[int, str]] = [{} for _ in self.history]
        self.notes: dict[tuple[int, int], str] = {}
        self.journal = Journal()

    @property
    def scenario(self) -> Scenario:
        return self._engine.scenario

    @property
    def groups(self) -> list[Group]:
        return self._engine.groups

    @property
    def world(self) -> World:
        return self._engine.world

    @property
    def day(self) -> int:
        return self._engine.day

    def state(self, day: int) -> World:
        return self._engine.state(day)

    def why(self, day: int, resident: int) -> Sequence[Option]:
        return self._engine.why(day, resident)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_days_are_sound_can_be_shown(seed: int) -> None:
    rng = np.random.default_rng(seed)
    engine = lived(inspect(good()).scenario)
    feed = Feed(Odd(engine, rng), "key", "title")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = [feed.rows(), feed.quotes(), feed.message(1, since=None)]
        told += [feed.detail(day) for day in range(engine.day + 1)]
        for day in (0, 3, engine.day):
            residents = len(feed.run.history[day].alive)
            told += [feed.card(resident, day) for resident in rng.choice(residents, 2).tolist()]
    assert json.dumps(told, allow_nan=False)
