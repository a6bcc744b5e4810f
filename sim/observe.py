"""Who sees what. The one place that turns the World into what residents may know.

Nothing another resident thinks, plans or feels is in an Observation: only one's own state, one's own memory, one's
neighbours' holdings with an error, and public facts (workplaces, alliances, the pay of factories one knows).
"""

from typing import NamedTuple

import numpy as np

from sim import randomness as luck
from sim.compiled import njit
from sim.params import Params
from sim.state import Array, D, Seen, World

TRUST = {
    Seen.GAVE: 0.35, Seen.KEPT: 0.40, Seen.BROKE: -0.70, Seen.ATTACKED: -1.20, Seen.ATTACKED_OTHER: -0.50,
    Seen.DEFENDED: 0.70, Seen.DESERTED: -0.70, Seen.THREATENED: -0.45, Seen.PRAISED: 0.08, Seen.GAVE_OTHER: 0.08,
    Seen.LIED: -0.50, Seen.REFUSED: -0.10, Seen.AGREED: 0.20, Seen.INFORMED: 0.05, Seen.WARNED_OF: -0.30,
}  # what one remembered act is worth on the day after; our choice, set before tuning  # fmt: skip
FADE = 0.85  # of its worth a remembered act keeps from one day to the next, until it is forgotten
PRIOR, CO_WORKER = 0.05, 0.10  # trust in a neighbour one knows nothing of, and in one who works beside one


class Observation(NamedTuple):
    """What each resident knows this morning. Row = resident, slot = neighbour. Never to be written to."""

    day: int
    alive: Array  # u1 (n,)
    world: Array  # i4 (n,)
    local: Array  # i4 (n,)
    seed: Array  # u8 (W,)
    motives: Array  # f4 (n, 11)
    holdings: Array  # f8 (n,)
    consumption: Array  # f8 (n,)
    need: Array  # f8 (n,), 0 (six days' consumption or more in hand) to 1 (nothing)
    income: Array  # f8 (n,), mean pay of the remembered days
    workplace: Array  # i4 (n,)
    tenure: Array  # i4 (n,)
    known: Array  # i4 (n, KNOWN)
    nbr: Array  # i4 (n, D), -1 also where the neighbour is dead
    back: Array  # i1 (n, D)
    seen: Array  # f8 (n, D), the neighbour's holdings as seen
    trust: Array  # f8 (n, D), -1 to 1, from memory alone
    recalled: Array  # u2 (n, D), all Seen bits of the remembered days together
    guard: Array  # f8 (n, D), force that the neighbour's allies would add, as far as alliances are public
    beside: Array  # u1 (n, D), works where I work
    ally: Array
    pledge: Array
    pledge_due: Array
    debt: Array
    debt_due: Array
    credit: Array  # f4 (n, D), what the neighbour owes me
    plot: Array
    ruse: Array
    f_open: Array  # u1 (F,)
    f_rate: Array  # f8 (F,), pay for a full day's labour yesterday (read only for factories one knows)
    f_crowd: Array  # f8 (F,), labour yesterday


def observe(world: World, params: Params, day: int) -> Observation:
    """The Observation of every resident on the morning of `day`."""
    n = len(world.alive)
    rate = np.where(world.f_labour > 0, world.f_output / np.maximum(world.f_labour, 1e-9), 0.0)
    if day == 1:
        rate[:] = params.consumption * 1.1  # nobody has worked yet: all expect to live
    need, income, nbr = np.zeros(n), np.zeros(n), np.full((n, D), -1, np.int32)
    seen, trust, guard = np.zeros((n, D)), np.zeros((n, D)), np.zeros((n, D))
    recalled, beside = np.zeros((n, D), np.uint16), np.zeros((n, D), np.uint8)
    credit = np.zeros((n, D), np.float32)
    _look(world, params, day, _WORTH, need, income, nbr, seen, trust, recalled, guard, beside, credit)
    return Observation(
        day, world.alive, world.world, world.local, world.seed, world.motives, world.holdings, world.consumption,
        need, income, world.workplace, world.tenure, world.known, nbr, world.back, seen, trust, recalled, guard,
        beside, world.ally, world.pledge, world.pledge_due, world.debt, world.debt_due, credit, world.plot,
        world.ruse, world.f_open, rate, world.f_labour,
    )  # fmt: skip


def _worth() -> Array:
    table = np.zeros(1 << 16)
    bits = np.arange(1 << 16)
    for bit, worth in TRUST.items():
        table[(bits & bit) != 0] += worth
    return table


_WORTH = _worth()


@njit
def _look(world, params, day, worth, need, income, nbr, seen, trust, recalled, guard, beside, credit):
    n = world.alive.shape[0]
    days = world.memory.shape[2]
    force = np.zeros(n)
    blank = (np.tanh(PRIOR), np.tanh(PRIOR + CO_WORKER))  # trust in one of whom nothing is remembered
    for i in range(n):
        if world.alive[i]:
            for s in range(D):
                if world.nbr[i, s] >= 0 and world.ally[i, s] >= day:
                    force[i] += params.allied_force * world.holdings[world.nbr[i, s]]
    for i in range(n):
        if not world.alive[i]:
            continue
        seed, me = world.seed[world.world[i]], world.local[i]
        need[i] = min(max(1.0 - world.holdings[i] / max(6.0 * world.consumption[i], 1e-9), 0.0), 1.0)
        total, count = 0.0, 0
        for d in range(days):
            if not np.isnan(world.paid[i, d]):
                total += world.paid[i, d]
                count += 1
        income[i] = total / count if count else world.consumption[i]
        blur = params.sight * (0.25 if world.primary[i] == 3 else 1.0)  # who explored yesterday sees more clearly
        for s in range(D):
            j = world.nbr[i, s]
            if j < 0 or not world.alive[j]:
                continue
            nbr[i, s] = j
            both = luck.bits(
                seed, luck.SIGHT, day, me, s
            )  # two 32-bit uniforms: their sum errs triangularly, sd = blur
            error = (np.float64(both >> np.uint64(32)) + np.float64(both & np.uint64(0xFFFFFFFF))) / 4294967296.0 - 1.0
            seen[i, s] = world.holdings[j] * np.exp(2.45 * blur * error)
            beside[i, s] = world.workplace[i] >= 0 and world.workplace[i] == world.workplace[j]
            sum_, keep, bits = PRIOR + CO_WORKER * beside[i, s], 1.0, 0
            for ago in range(1, days + 1):
                past = world.memory[i, s, (day - ago) % days]
                if past:
                    sum_ += keep * worth[past]
                    bits |= past
                keep *= FADE
            trust[i, s] = np.tanh(sum_) if bits else blank[beside[i, s]]
            recalled[i, s] = bits
            mine = params.allied_force * world.holdings[i] if world.ally[i, s] >= day else 0.0
            guard[i, s] = max(force[j] - mine, 0.0)
            credit[i, s] = world.debt[j, world.back[i, s]]
