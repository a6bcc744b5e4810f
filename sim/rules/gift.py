"""Gift: give resources to another (CIVA, secondary action): offered freely, asked for, or given to a demand."""

import numpy as np

from sim.chronicle import emit, remember, slot_of
from sim.compiled import njit
from sim.state import D, Flag, Happening, Intent, Kind, Seen

_ACCEPT, _ASK_HELP, _OFFER, _DEMAND = int(Kind.ACCEPT), int(Kind.ASK_HELP), int(Kind.OFFER_GIFT), int(Kind.DEMAND)
_GIFT, _GAVE, _I_GAVE, _SAW = int(Happening.GIFT), int(Seen.GAVE), int(Seen.I_GAVE), int(Seen.GAVE_OTHER)
_DEMANDED, _BAIT, _CARE = int(Flag.DEMANDED), int(Intent.BAIT), int(Intent.CARE)


@njit
def give(world, day, said, answers, rows, count):
    """All of the day's gifts, in order of giver and slot."""
    for i in range(world.alive.shape[0]):
        if not world.alive[i]:
            continue
        for s in range(D):
            j = world.nbr[i, s]
            if j < 0:
                continue
            if said.kind[i, s] == _OFFER:
                hand_over(world, day, i, s, said.amount[i, s], 0, said.intent[i, s], rows, count)
            if answers.kind[i, s] == _ACCEPT:
                asked = said.kind[j, world.back[i, s]]
                if asked == _ASK_HELP:
                    hand_over(world, day, i, s, answers.amount[i, s], 0, answers.intent[i, s], rows, count)
                elif asked == _DEMAND:
                    hand_over(world, day, i, s, answers.amount[i, s], _DEMANDED, 0, rows, count)


@njit
def hand_over(world, day, i, s, amount, flag, intent, rows, count):
    """Move units from i to the neighbour in slot s, never more than i has; the neighbour's neighbours may see it."""
    amount = min(amount, world.holdings[i])
    if not amount >= 0.05:  # too little to speak of, or not a number
        return
    j = world.nbr[i, s]
    world.holdings[i] -= amount
    world.holdings[j] += amount
    if world.plot[i, s] and not flag:
        intent = _BAIT
    if not flag & _DEMANDED:
        remember(world.memory, day, j, world.back[i, s], _GAVE)
        remember(world.memory, day, i, s, _I_GAVE)
        for q in range(D):
            witness = world.nbr[j, q]
            if witness >= 0 and witness != i:
                slot = slot_of(world.nbr, witness, i)
                if slot >= 0:
                    remember(world.memory, day, witness, slot, _SAW)
    emit(rows, count, _GIFT, i, j, -1, amount, np.nan, flag, intent)
