"""Explore: learn by chance about nearby factories and residents (CIVA). Chances are our choice.

A resident met is a neighbour's neighbour; a factory found is where it works, or the next one along the row.
"""

import numpy as np

from sim import randomness as luck
from sim.chronicle import emit, slot_of, tie
from sim.compiled import njit
from sim.state import KNOWN, D, Happening, Primary

MEETS, FINDS = 0.6, 0.5  # chance to ask a neighbour at random for another, and to look for a factory

_EXPLORING = int(Primary.EXPLORE)
_EXPLORE, _NO_ROOM = int(Happening.EXPLORE), int(Happening.NO_ROOM)


@njit
def roam(world, day, rows, count):
    """All explorers, in order of row."""
    for i in range(world.alive.shape[0]):
        if not world.alive[i] or world.primary[i] != _EXPLORING or world.born[i] == day:
            continue
        seed, me = world.seed[world.world[i]], world.local[i]
        met, found = -1, -1
        if luck.uniform(seed, luck.EXPLORE, day, me, 0) < MEETS:
            k = _stranger(world, day, i, seed, me)
            if k >= 0 and tie(world, i, k):
                met = k
            elif k >= 0:
                emit(rows, count, _NO_ROOM, i, k, -1, 0.0, np.nan, 0, 0)
        if luck.uniform(seed, luck.EXPLORE, day, me, 1) < FINDS:
            found = _factory(world, day, i, met, seed, me)
        emit(rows, count, _EXPLORE, i, met, found, 0.0, np.nan, 0, 0)


@njit
def _stranger(world, day, i, seed, me):
    """A living neighbour of a neighbour whom i does not know yet, or -1."""
    j = world.nbr[i, int(luck.uniform(seed, luck.EXPLORE, day, me, 2) * D)]
    if j < 0:
        return -1
    k = world.nbr[j, int(luck.uniform(seed, luck.EXPLORE, day, me, 3) * D)]
    if k < 0 or k == i or not world.alive[k] or slot_of(world.nbr, i, k) >= 0:
        return -1
    return k


@njit
def _factory(world, day, i, met, seed, me):
    """A factory i did not know, put in an empty place of its mind or in that of one it does not work at; else -1."""
    familiar = world.known[i, int(luck.uniform(seed, luck.EXPLORE, day, me, 4) * KNOWN)]
    base = world.workplace[met] if met >= 0 else familiar
    if base < 0:
        return -1
    works = world.f_open.shape[0]
    f = base
    for step in range(3):
        knows = False
        for k in range(KNOWN):
            knows = knows or world.known[i, k] == f
        if world.f_open[f] and not knows:
            break
        f = base + step + 1
        if f >= works or world.f_world[f] != world.world[i]:
            return -1
    else:
        return -1
    place = -1
    for k in range(KNOWN):
        if world.known[i, k] < 0 or not world.f_open[world.known[i, k]]:
            place = k
    if place < 0:
        place = int(luck.uniform(seed, luck.EXPLORE, day, me, 5) * KNOWN)
    if world.known[i, place] == world.workplace[i] and world.workplace[i] >= 0:
        return -1
    world.known[i, place] = f
    return f
