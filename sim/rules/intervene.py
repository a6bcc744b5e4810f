"""What an onlooker does to a running community, each as events of the day. Not in CIVA: our tool."""

import numpy as np

from sim import randomness as luck
from sim.birth import appetite, extend, profile
from sim.chronicle import Log, bury, living, note, tie
from sim.errors import SettingError
from sim.groups import group_of, mind_of_stranger, minds_of
from sim.interventions import (
    ChangeSetting,
    ChangeValues,
    Condition,
    Give,
    Intervention,
    NewLuck,
    Remove,
    ScaleFactory,
    Stranger,
    TakePlace,
)
from sim.params import GROUPS, Params, Society
from sim.scenario import Group
from sim.state import Array, Cause, Happening, World

_REMOVED = int(Cause.REMOVED)


def intervene(
    world: World, params: Params, society: Society, groups: list[Group], order: Intervention, number: int, log: Log
) -> World:
    """Carry out one order on the morning of its day, in a single block. SettingError if it names what is not there."""
    match order:
        case ChangeValues():
            rows = _some(world, order.day, max(1, round(order.share / 100 * int(world.alive.sum()))), "random")
            for mind in minds_of(groups):  # in every mind's group, drawn or not: known from the orders alone
                of_mind = [g for g, group in enumerate(groups) if group.mind == mind]
                theirs = rows[np.isin(world.group[rows], of_mind)]
                world.group[theirs] = _group(groups, society, order.condition, order.value, mind)
            profile(world, society, params.variety, rows)
            for i in rows:
                note(log, Happening.INTERVENE, int(i), about=number)
        case Remove():
            rows = (
                _one(world, order.resident)
                if order.resident is not None
                else _some(world, order.day, order.count, order.who)
            )
            for i in rows:
                note(log, Happening.INTERVENE, int(i), about=number, amount=float(world.holdings[i]))
                bury(world, log.rows, log.count, order.day, i, _REMOVED, -1)
        case ScaleFactory():
            if order.factory >= len(world.f_max):
                raise SettingError(
                    f"there is no factory {order.factory}; this community has {len(world.f_max)}, numbered from 0"
                )
            if not world.f_open[order.factory]:
                raise SettingError(f"factory {order.factory} has been merged into another; choose one that is at work")
            world.f_max[order.factory] *= order.factor
            note(log, Happening.INTERVENE, -1, target=order.factory, about=number, amount=order.factor)
        case Give():
            rows = living(world) if order.resident is None else _one(world, order.resident)
            world.holdings[rows] += order.amount
            for i in rows:
                note(log, Happening.INTERVENE, int(i), about=number, amount=order.amount)
        case NewLuck():
            world.seed[0] = order.seed
            note(log, Happening.INTERVENE, -1, about=number)
        case ChangeSetting():
            if order.setting == "consumption":
                appetite(world, order.value, np.arange(len(world.alive)))
            note(log, Happening.INTERVENE, -1, about=number, amount=order.value)
        case TakePlace():
            note(log, Happening.INTERVENE, int(_one(world, order.resident)[0]), about=number)
        case Stranger():
            world = _arrive(world, params, society, groups, order, number, log)
    return world


def _one(world: World, resident: int) -> Array:
    if resident >= len(world.alive) or not world.alive[resident]:
        raise SettingError(f"there is no living resident {resident}; choose one who is alive")
    return np.array([resident])


def _some(world: World, day: int, count: int, who: str) -> Array:
    rows = living(world)
    if who == "random":
        key = np.array([luck.uniform(world.seed[0], luck.INTERVENE, day, i, 0) for i in rows])
    else:
        key = world.holdings[rows] * (-1 if who == "richest" else 1)
    return np.sort(rows[np.argsort(key, kind="stable")[:count]])


def _group(groups: list[Group], society: Society, condition: Condition, value: str, mind: str | None) -> int:
    """The group of a condition and a mind, added (with no share of births) if there is none."""
    wanted = group_of(condition, value, mind)
    for g, group in enumerate(groups):
        if (group.condition, group.value, group.mind) == (wanted.condition, wanted.value, wanted.mind):
            return g
    if len(groups) >= GROUPS:
        raise SettingError(f"a community can have at most {GROUPS} groups; use a condition that it already has")
    groups.append(wanted)
    society.profiles[0, len(groups) - 1] = wanted.profile()
    return len(groups) - 1


def _arrive(
    world: World, params: Params, society: Society, groups: list[Group], order: Stranger, number: int, log: Log
) -> World:
    world, rows = extend(world, 1)
    me = int(rows[0])
    world.local[me] = me
    world.born[me] = order.day
    world.group[me] = _group(groups, society, order.condition, order.value, mind_of_stranger(groups))
    world.holdings[me] = order.holdings
    profile(world, society, params.variety, rows)
    appetite(world, params.consumption, rows)
    hosts = [i for i in living(world) if i != me and (world.nbr[i] < 0).any()]
    hosts.sort(key=lambda i: luck.uniform(world.seed[0], luck.TIES, order.day, int(i), 0))
    for host in hosts[:4]:
        tie(world, me, int(host))
    if hosts:
        world.known[me] = world.known[hosts[0]]
        world.workplace[me] = world.workplace[hosts[0]]
    note(log, Happening.INTERVENE, me, about=number, amount=order.holdings)
    return world
