"""Production: output = maximum x S-shaped efficiency of labour, shared among the workers (CIVA).

Labour (our choice): 1 for Secure, a half for Raise and Explore, none for Idle. Shares follow labour and the day's
private luck, 1 +- risk; they always add to the output.
"""

import numpy as np

from sim import randomness as luck
from sim.chronicle import emit
from sim.compiled import njit
from sim.state import Happening, Primary
from sim.utility.labour import efficiency

_SECURE, _RAISE, _EXPLORE = int(Primary.SECURE), int(Primary.RAISE), int(Primary.EXPLORE)
_MOVE = int(Happening.MOVE)


@njit
def produce(world, params, day, acts, rows, count):
    """Move workers, make the day's output, pay it out."""
    n = world.alive.shape[0]
    part = np.zeros(n)
    world.f_labour[:] = 0.0
    shares = np.zeros(world.f_labour.shape[0])
    slot = day % world.paid.shape[1]
    for i in range(n):
        world.pay[i] = 0.0
        world.paid[i, slot] = np.nan
        if not world.alive[i]:
            continue
        world.primary[i] = acts.primary[i]
        f = acts.factory[i]
        if f >= 0 and world.f_open[f] and f != world.workplace[i]:
            world.workplace[i], world.tenure[i] = f, 0
            emit(rows, count, _MOVE, i, -1, f, 0.0, np.nan, 0, 0)
        f = world.workplace[i]
        if f < 0:
            continue
        world.tenure[i] += 1
        labour = 1.0 if acts.primary[i] == _SECURE else 0.0
        if acts.primary[i] == _RAISE or acts.primary[i] == _EXPLORE:
            labour = 0.5
        u = luck.uniform(world.seed[world.world[i]], luck.PAY_LUCK, day, world.local[i], 0)
        part[i] = labour * (1.0 + params.risk * (2.0 * u - 1.0))
        world.f_labour[f] += labour
        shares[f] += part[i]
    for f in range(world.f_labour.shape[0]):
        world.f_output[f] = world.f_max[f] * efficiency(world.f_labour[f]) if world.f_open[f] else 0.0
    for i in range(n):
        if part[i] > 0.0:
            f = world.workplace[i]
            world.pay[i] = world.f_output[f] * part[i] / shares[f]
            world.paid[i, slot] = world.pay[i]
            world.holdings[i] += world.pay[i]
