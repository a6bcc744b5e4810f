"""Raise: invest resources to create a new resident (CIVA). Costs `raise_cost`, of which the child gets `raise_gift`.

A newborn takes after the community, not the parent: it belongs to a group with that group's share as probability
(our choice, after the feasibility study). It knows the parent, some of the parent's neighbours, and its workplace.
"""

import numpy as np

from sim import randomness as luck
from sim.birth import appetite, extend, profile
from sim.chronicle import emit, remember, tie
from sim.compiled import njit
from sim.params import Params, Society
from sim.state import Array, D, Happening, Primary, Seen, World

FIRST_TIES = 4  # neighbours of a newborn, the parent among them

_RAISE, _BIRTH, _NO_ROOM = int(Primary.RAISE), int(Happening.BIRTH), int(Happening.NO_ROOM)
_FAMILY = int(Seen.GAVE | Seen.AGREED)


def bear(world: World, params: Params, society: Society, day: int, rows: Array, count: Array) -> World:
    """The world with the day's children in it."""
    raising = (world.primary == _RAISE) & (world.alive > 0) & (world.holdings >= params.raise_cost)
    parents = np.flatnonzero(raising)
    if not len(parents):
        return world
    ever = np.bincount(world.world, minlength=len(world.seed))
    room = np.ones(len(parents), bool)
    for k, i in enumerate(parents):
        block = world.world[i]
        room[k] = ever[block] < society.most[block]
        ever[block] += room[k]
        if not room[k]:
            emit(rows, count, _NO_ROOM, i, -1, -1, 0.0, np.nan, 0, 0)
    parents = parents[room]
    local = np.bincount(world.world, minlength=len(world.seed))
    world, children = extend(world, len(parents))
    _enrol(world, np.cumsum(society.share, axis=1), day, parents, children, local)
    profile(world, society, params.variety, children)
    appetite(world, params.consumption, children)
    _place(world, params, day, parents, children, rows, count)
    return world


@njit
def _enrol(world, shares, day, parents, children, local):
    """Block, number and group of each newborn; local (W,) counts residents ever born."""
    for k in range(parents.shape[0]):
        child, block = children[k], world.world[parents[k]]
        world.world[child], world.local[child] = block, local[block]
        u = luck.uniform(world.seed[block], luck.GROUP, day, local[block], 1) * shares[block, -1]
        world.group[child] = min(np.searchsorted(shares[block], u, side="right"), shares.shape[1] - 1)
        local[block] += 1


@njit
def _place(world, params, day, parents, children, rows, count):
    for k in range(parents.shape[0]):
        i, child = parents[k], children[k]
        world.holdings[i] -= params.raise_cost
        world.holdings[child] = params.raise_gift
        world.born[child], world.parent[child] = day, i
        world.workplace[child] = world.workplace[i]
        world.known[child] = world.known[i]
        ties = 0
        if tie(world, child, i):
            ties = 1
            remember(world.memory, day, child, 0, _FAMILY)
            remember(world.memory, day, i, world.back[child, 0], int(_FAMILY))
        for s in range(D):
            j = world.nbr[i, s]
            if ties < FIRST_TIES and j >= 0 and j != child and tie(world, child, j):
                ties += 1
        emit(rows, count, _BIRTH, i, child, -1, params.raise_gift, np.nan, 0, 0)
