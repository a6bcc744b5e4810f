"""Many futures of one present: a community's whole state, tiled into a batch of blocks that differ in luck and loss.

A future with the community's own seed and without a loss is the run itself going on; one with another seed and a loss
is the run with the orders NewLuck and Remove on the next morning. Only the population is kept of it.
"""

from collections.abc import Sequence
from typing import NamedTuple, Self

import numpy as np

from sim import randomness as luck
from sim.chronicle import Log, bury
from sim.day import live
from sim.engine import Engine
from sim.errors import SettingError
from sim.mind import Unanimous, mind
from sim.params import Society, params, society
from sim.scenario import Group, Scenario
from sim.state import Array, Cause, World

_ROWS = ("parent", "nbr")  # fields that name residents by row
_FACTORIES = ("workplace", "known", "f_into")  # fields that name factories by row
_BLOCKS = ("world", "f_world")


class Present(NamedTuple):
    """One community in the evening of a day, and what its next days depend on."""

    world: World  # one block, its own: the run may go on
    day: int
    scenario: Scenario  # with the settings of that day, and nothing done to it later
    groups: tuple[Group, ...]  # of the mix, then those that interventions added

    @classmethod
    def of(cls, engine: Engine, day: int | None = None) -> Self:
        """The run on a day lived, its last if none is named. SettingError if residents are asked in words."""
        if engine.scenario.worded:
            raise SettingError(
                "somebody in this community is asked in words; its futures cannot be lived by the hundred. "
                "Use scripted residents"
            )
        day = engine.day if day is None else day
        scenario = engine.scenario.on(day).model_copy(update={"interventions": ()})
        return cls(engine.state(day).copy(), day, scenario, tuple(engine.groups))

    @property
    def size(self) -> int:
        """Residents alive."""
        return int(self.world.alive.sum())


class Forks:
    """Futures of one present, a block each, lived together a day at a time."""

    def __init__(self, present: Present, seeds: Sequence[int], loss: int = 0) -> None:
        """One future a seed; each loses `loss` residents, drawn by its own lot, on the first morning."""
        self.day = present.day
        self.world = tiled(present.world, len(seeds))._replace(seed=np.array(seeds, np.uint64))
        self.population: list[Array] = []  # of each day lived, f8 (futures,)
        self._params = params(present.scenario)
        self._society = _shared(present, len(seeds))
        self._groups = list(present.groups)
        self._thinker = Unanimous(mind(present.scenario.mind))
        self._take(loss)

    def step(self) -> Array:
        """Live one day in every future: residents then alive, f8 (futures,)."""
        self.day += 1
        self.world = live(self.world, self._thinker, self._params, self._society, self._groups, (), self.day).world
        self.population.append(np.bincount(self.world.world, self.world.alive, len(self.world.seed)))
        return self.population[-1]

    def _take(self, loss: int) -> None:
        """The loss, as the order Remove draws it and carries it out."""
        if not loss:
            return
        world, log = self.world, Log(0)
        for block, seed in enumerate(world.seed):
            rows = np.flatnonzero((world.world == block) & (world.alive > 0))
            lot = [luck.uniform(seed, luck.INTERVENE, self.day + 1, i, 0) for i in world.local[rows].tolist()]
            for i in np.sort(rows[np.argsort(lot, kind="stable")[:loss]]):
                log.count[0] = 0
                bury(world, log.rows, log.count, self.day + 1, i, int(Cause.REMOVED), -1)


def tiled(world: World, count: int) -> World:
    """`count` copies of a world of one block, as one world of so many blocks."""
    residents, works = len(world.alive), len(world.f_open)
    fields = {}
    for name, field in world._asdict().items():
        many = np.concatenate([field] * count)
        step = residents if name in _ROWS else works if name in _FACTORIES else int(name in _BLOCKS)
        if step:
            offset = np.repeat(np.arange(count, dtype=field.dtype) * step, len(field))
            many += np.where(many >= 0, offset.reshape(-1, *[1] * (field.ndim - 1)), 0).astype(field.dtype)
        fields[name] = many
    return World(**fields)


def _shared(present: Present, count: int) -> Society:
    """Who may be born, the same in every future."""
    one = society([present.scenario])
    for g, group in enumerate(present.groups[len(present.scenario.mix) :], len(present.scenario.mix)):
        one.profiles[0, g] = group.profile()
    return Society(*(np.concatenate([table] * count) for table in one))
