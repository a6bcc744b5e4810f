"""Daily consumption, and the death of those who cannot pay it (CIVA). Consumption varies by luck: 1 +- risk (ours)."""

from sim import randomness as luck
from sim.chronicle import bury
from sim.compiled import njit
from sim.state import Cause

_HUNGER = int(Cause.HUNGER)


@njit
def consume(world, params, day, consumed, rows, count):
    """Take the day's consumption from everyone alive; consumed (n,) says what was used, units."""
    for i in range(world.alive.shape[0]):
        if not world.alive[i] or world.born[i] == day:
            continue
        u = luck.uniform(world.seed[world.world[i]], luck.COST_LUCK, day, world.local[i], 0)
        cost = world.consumption[i] * (1.0 + params.risk * (2.0 * u - 1.0))
        consumed[i] = min(cost, world.holdings[i])
        if world.holdings[i] < cost:
            bury(world, rows, count, day, i, _HUNGER, -1)
        else:
            world.holdings[i] -= cost
