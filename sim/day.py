"""A day of the community, in the order of CIVA: perceive, speak, reply, act, fund, update.

Short enough to read in one go. Rules write to the world; minds answer; everything that happened ends up in a Day.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim import records
from sim.chronicle import Log, note
from sim.interventions import Intervention
from sim.mind import Thinker
from sim.observe import observe
from sim.params import Params, Society
from sim.rules import (
    agreement,
    attack,
    consume,
    due,
    explore,
    gift,
    intervene,
    merge,
    raising,
    talk,
    work,
)  # fmt: skip
from sim.scenario import Group
from sim.state import EVENT, MESSAGE, Array, Day, Happening, World


def dawn(world: World) -> Day:
    """Day 0: the community before anything has happened."""
    return _record(
        0, world, np.zeros(0, MESSAGE), np.zeros(0, EVENT), world.holdings.copy(), np.zeros(len(world.alive))
    )


class Lived(NamedTuple):
    """A day lived: the world in the evening, the record, and the own words of messages by their number in it."""

    world: World
    day: Day
    words: dict[int, str]


def live(
    world: World, thinker: Thinker, params: Params, society: Society, groups: list[Group],
    orders: Sequence[tuple[int, Intervention]], day: int,
) -> Lived:  # fmt: skip
    """Live one day. `world` is used up."""
    world, log = wake(world, params, society, groups, orders)
    rows, count = log.rows, log.count
    morning = world.holdings.copy()

    seen = observe(world, params, day)
    world.memory[:, :, day % world.memory.shape[2]] = 0  # the oldest day is forgotten
    thought = thinker.think(seen, params, world)
    plans, said, answers, acts = thought[:4]
    spoken = records.messages(seen.nbr, seen.back, said, answers)
    _note_failures(log, thought.failed)

    talk.hear(world, day, seen, plans, said, answers)
    agreement.agree(world, params, day, said, answers, rows, count)
    gift.give(world, day, said, answers, rows, count)
    due.settle(world, day, acts, rows, count)
    who, slot = attack.calls(world, day, seen, said, answers, acts)
    acts.stand[who, slot] = thinker.stand(seen, params, who, slot)
    attack.fight(world, params, day, seen, said, answers, acts, rows, count)
    asked = merge.bids(world, params.merge_keep, day, plans.bid, plans.bid_intent, rows, count)
    if len(asked.who):
        funds = thinker.fund(seen, params, asked.who, asked.side, asked.before, asked.after)
        merge.unite(world, params, day, asked, funds, plans.bid, rows, count)

    _note_failures(log, thinker.failures())
    work.produce(world, params, day, acts, rows, count)
    explore.roam(world, day, rows, count)
    world = raising.bear(world, params, society, day, rows, count)
    consumed = np.zeros(len(world.alive))
    consume.consume(world, params, day, consumed, rows, count)
    morning = np.concatenate((morning, np.zeros(len(world.alive) - len(morning))))
    words = records.words(said.kind, answers.kind, thought.spoken, thought.replied)
    return Lived(world, _record(day, world, spoken, log.events(), morning, consumed), words)


def _note_failures(log: Log, failed: Sequence[tuple[int, int]]) -> None:
    for row, phase in failed:
        note(log, Happening.FAILED, row, about=int(phase))


def wake(
    world: World, params: Params, society: Society, groups: list[Group], orders: Sequence[tuple[int, Intervention]]
) -> tuple[World, Log]:
    """The morning: what onlookers ordered for the day is carried out. The world, and the log of the day begun."""
    log = Log(len(world.alive) + len(orders))
    for number, order in orders:
        world = intervene.intervene(world, params, society, groups, order, number, log)
    return world, log


def _record(day: int, world: World, spoken: Array, events: Array, morning: Array, consumed: Array) -> Day:
    return Day(
        day, len(world.seed), spoken, events, world.world.copy(), world.local.copy(), world.group.copy(),
        world.alive.copy(), world.holdings.copy(), morning, world.workplace.copy(), world.primary.copy(),
        world.pay.copy(), consumed, world.f_world.copy(), world.f_open.copy(), world.f_max.copy(),
        world.f_labour.copy(), world.f_output.copy(),
    )  # fmt: skip
