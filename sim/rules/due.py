"""What falls due: promises and loans are kept, broken though one could, or put off because one cannot. Our choice."""

import numpy as np

from sim.chronicle import emit, remember
from sim.compiled import njit
from sim.state import D, Flag, Happening, Intent, Seen

RESPITE = 3  # days by which a debt is put off when the debtor would have less than a day's consumption left

_GIFT, _REPAY, _DEFAULT, _BROKEN, _UNABLE = (
    int(kind) for kind in (Happening.GIFT, Happening.REPAY, Happening.DEFAULT, Happening.BROKEN, Happening.UNABLE)
)
_PROMISED, _CARE, _TREACHERY = int(Flag.PROMISED), int(Intent.CARE), int(Intent.TREACHERY)
_KEPT, _BROKE = int(Seen.KEPT), int(Seen.BROKE)


@njit
def settle(world, day, acts, rows, count):
    """Promises (bit 1) and debts (bit 2) that are due today or overdue."""
    for i in range(world.alive.shape[0]):
        if not world.alive[i]:
            continue
        for s in range(D):
            if world.nbr[i, s] < 0:
                continue
            if world.pledge[i, s] > 0.0 and world.pledge_due[i, s] <= day:
                amount = world.pledge[i, s]
                if _one(world, day, i, s, amount, acts.honour[i, s] & 1, _GIFT, _BROKEN, _PROMISED, rows, count):
                    world.pledge[i, s] = 0.0
                    world.ruse[i, s] &= 2
                else:
                    world.pledge_due[i, s] = day + RESPITE
            if world.debt[i, s] > 0.0 and world.debt_due[i, s] <= day:
                if _one(world, day, i, s, world.debt[i, s], acts.honour[i, s] & 2, _REPAY, _DEFAULT, 0, rows, count):
                    world.debt[i, s] = 0.0
                    world.ruse[i, s] &= 1
                else:
                    world.debt_due[i, s] = day + RESPITE


@njit
def _one(world, day, i, s, amount, willing, kept, broken, flag, rows, count):
    """Settle one word given. True if it is done with, False if put off."""
    j, b = world.nbr[i, s], world.back[i, s]
    if world.holdings[i] - amount < world.consumption[i]:
        emit(rows, count, _UNABLE, i, j, -1, amount, np.nan, 0, 0)
        return False
    if willing:
        world.holdings[i] -= amount
        world.holdings[j] += amount
        remember(world.memory, day, j, b, _KEPT)
        emit(rows, count, kept, i, j, -1, amount, np.nan, flag, _CARE)
    else:
        remember(world.memory, day, j, b, _BROKE)
        emit(rows, count, broken, i, j, -1, amount, np.nan, 0, _TREACHERY)
    return True
