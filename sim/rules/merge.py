"""Merge: propose to make two factories one; the workers of both are asked one by one what they fund (CIVA).

Success has probability sigma(Phi_1 - Phi_2), Phi = what each factory's workers funded, those of the proposer's for
it, those of the other against it. Our choice: what is funded is used up by the reorganisation; the merged factory
keeps `merge_keep` of the other's maximum; a factory takes part in one bid a day, first come in an order drawn by lot.
"""

from typing import NamedTuple, Self

import numpy as np

from sim import randomness as luck
from sim.chronicle import emit
from sim.compiled import njit
from sim.state import KNOWN, Array, Flag, Happening, Intent, World
from sim.utility.labour import efficiency

_BID, _FUND, _MERGE = int(Happening.BID), int(Happening.FUND), int(Happening.MERGE)
_SUCCESS, _CARE = int(Flag.SUCCESS), int(Intent.CARE)


class Asked(NamedTuple):
    """The workers asked to fund, bid by bid."""

    who: Array  # i8 (k,), row
    bid: Array  # i8 (k,), row of the proposer
    side: Array  # u1 (k,), 1: works in the proposer's factory
    before: Array  # f8 (k,), pay for a full day's labour yesterday
    after: Array  # f8 (k,), what it would be in the merged factory with yesterday's labour of both

    @classmethod
    def none(cls) -> Self:
        none = np.zeros(0, np.int64)
        return cls(none, none, none.astype(np.uint8), none.astype(float), none.astype(float))


def bids(
    world: World, keep: float, day: int, plans_bid: Array, plans_intent: Array, rows: Array, count: Array
) -> Asked:
    """Announce the day's bids and list whom to ask, in order of bid and row."""
    wishes = np.flatnonzero((plans_bid >= 0) & (world.alive > 0) & (world.workplace >= 0))
    if not len(wishes):
        return Asked.none()
    size = int(np.sum(world.alive))
    return Asked(*_announce(world, keep, day, wishes, plans_bid, plans_intent, size, rows, count))


@njit
def _announce(world, keep, day, wishes, plans_bid, plans_intent, size, rows, count):
    who, bid = np.empty(size, np.int64), np.empty(size, np.int64)
    side, before, after = np.empty(size, np.uint8), np.empty(size), np.empty(size)
    asked = 0
    busy = np.full(world.f_open.shape[0], -1, np.int64)  # the bid a factory takes part in
    order = np.empty(wishes.shape[0], np.uint64)
    for k in range(wishes.shape[0]):
        i = wishes[k]
        order[k] = luck.bits(world.seed[world.world[i]], luck.ORDER, day, world.local[i], 1)
    for k in np.argsort(order):
        i = wishes[k]
        one, two = world.workplace[i], plans_bid[i]
        if busy[one] >= 0 or busy[two] >= 0 or not world.f_open[one] or not world.f_open[two]:
            continue
        busy[one] = busy[two] = i
        emit(rows, count, _BID, i, one, two, 0.0, np.nan, 0, plans_intent[i])
    for w in range(world.alive.shape[0]):
        if not world.alive[w] or world.workplace[w] < 0 or busy[world.workplace[w]] < 0:
            continue
        i = busy[world.workplace[w]]
        one, two = world.workplace[i], plans_bid[i]
        crowd = max(world.f_labour[one] + world.f_labour[two], 1.0)
        who[asked], bid[asked], side[asked] = w, i, world.workplace[w] == one
        home = world.workplace[w]
        before[asked] = world.f_output[home] / max(world.f_labour[home], 1.0)
        after[asked] = (world.f_max[one] + keep * world.f_max[two]) * efficiency(crowd) / crowd
        asked += 1
    return who[:asked], bid[:asked], side[:asked], before[:asked], after[:asked]


@njit
def unite(world, params, day, asked, funds, plans_bid, rows, count):
    """Take the funds and decide each bid."""
    balance = np.zeros(world.alive.shape[0])
    for k in range(asked.who.shape[0]):
        w, i = asked.who[k], asked.bid[k]
        amount = min(max(funds[k], 0.0), world.holdings[w])
        if amount >= 0.05:
            world.holdings[w] -= amount
            balance[i] += amount if asked.side[k] else -amount
            flag = _SUCCESS if asked.side[k] else 0
            emit(rows, count, _FUND, w, -1, world.workplace[w], amount, np.nan, flag, _CARE if asked.side[k] else 0)
    done = np.zeros(world.alive.shape[0], np.uint8)
    for k in range(asked.who.shape[0]):
        i = asked.bid[k]
        if done[i]:
            continue
        done[i] = 1
        one, two = world.workplace[i], plans_bid[i]
        p = 1.0 / (1.0 + np.exp(-balance[i]))
        won = luck.uniform(world.seed[world.world[i]], luck.MERGE, day, world.local[i], 100) < p
        emit(rows, count, _MERGE, i, one, two, 0.0, p, _SUCCESS if won else 0, 0)
        if won:
            world.f_max[one] += params.merge_keep * world.f_max[two]
            world.f_open[two] = 0
            world.f_into[two] = one
    _relocate(world)


@njit
def _relocate(world):
    """Workers of a closed factory go on in the one it was merged into, and all know it by that name."""
    for w in range(world.alive.shape[0]):
        home = world.workplace[w]
        if home >= 0 and not world.f_open[home]:
            world.workplace[w] = world.f_into[home]
            world.tenure[w] = 0
        for k in range(KNOWN):
            f = world.known[w, k]
            if f < 0 or world.f_open[f]:
                continue
            heir = world.f_into[f]
            for q in range(KNOWN):
                if world.known[w, q] == heir:
                    heir = -1
            world.known[w, k] = heir
