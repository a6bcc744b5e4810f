"""What the primary actions are worth: to work at a factory one knows, to raise, to explore, to idle.

The form is the feasibility study's (random utility over motives), our choice; rates are pay for a day's full labour.
"""

import numpy as np

from sim.compiled import inlined, njit
from sim.state import KNOWN, D
from sim.utility.basis import greed
from sim.utility.motives import (
    ALL,
    AUTONOMY,
    CUSTOM,
    DOMINANCE,
    NEAR,
    NOVELTY,
    PLEASURE,
    SAFETY,
    SUCCESS,
)  # fmt: skip

MIDPOINT, STEEPNESS = 9.0, 2.0  # labour at which a factory reaches half its maximum, and how sharply
OPTIONS = KNOWN + 3  # work at each factory known, raise, explore, idle


@njit
def efficiency(labour):
    """Share of a factory's maximum that so much labour makes: S-shaped, 0 at 0, towards 1 (CIVA; constants ours)."""
    low = 1.0 / (1.0 + np.exp(MIDPOINT / STEEPNESS))
    return (1.0 / (1.0 + np.exp(-(labour - MIDPOINT) / STEEPNESS)) - low) / (1.0 - low)


@inlined
def weigh_labour(
    me, m, i, income, tenure, nbr, beside, trust, known, f_open, f_rate, f_crowd, told, raise_cost, consider, worth
):
    """Fill worth (OPTIONS,) with each option's utility, -inf where it is not to be had. `consider`: may change jobs.

    told (KNOWN, 2): what neighbours say each known factory pays, and the weight given to it.
    """
    need, c = me.need, max(me.consumption, 1e-9)
    g = greed(m, need)
    friends, company, unknown = _company(nbr, beside, trust, known, i)
    worth[:] = -np.inf
    best = 0.0
    for k in range(KNOWN):
        f = known[i, k]
        if f < 0 or not f_open[f]:
            continue
        here = f == me.workplace
        rate = income if here and tenure > 2 else f_rate[f] + told[k, 1] * (told[k, 0] - f_rate[f])
        best = max(best, rate)
        if not here and me.workplace >= 0 and not consider:
            continue
        gain = min(max(rate / c - 1.0, -1.0), 1.5)
        v = g * gain + (0.4 * m[SUCCESS] + 0.4 * m[SAFETY]) * min(gain, 1.0)
        v += 0.1 * (m[NEAR] + m[ALL]) * np.tanh((MIDPOINT - f_crowd[f]) / 6.0)
        if here:
            v += m[CUSTOM] * (0.3 + 0.5 * min(tenure / 10.0, 1.0)) + 0.5 * m[NEAR] * friends + 0.1 * m[SAFETY]
        else:
            v += -0.2 * m[CUSTOM] + 0.4 * m[NOVELTY] + 0.15 * m[AUTONOMY]
        worth[k] = v
    now = min(max(income / c - 1.0, -1.0), 1.5)
    half = 0.5 * (now + 1.0) - 1.0
    if me.holdings >= raise_cost + 2.0 * c:
        outlook = min(max(best / c - 1.05, -0.6), 0.6)
        cost = min(raise_cost / me.holdings, 1.0)
        v = g * (half - 0.25 * cost + 0.6 * outlook) + 0.4 * m[NEAR] + 0.6 * m[ALL] * outlook
        v += m[SUCCESS] * (0.5 + 0.3 * outlook) + 0.2 * m[NOVELTY] - 0.6 * m[CUSTOM]
        worth[KNOWN] = v + m[SAFETY] * (0.3 * outlook - 0.4 * cost) + 0.3 * m[DOMINANCE] + 0.2 * m[AUTONOMY]
    lonely = 1.0 - min(company / 6.0, 1.0)
    news = 0.25 * unknown + 0.25 * lonely
    worth[KNOWN + 1] = (
        g * (half + news) + m[NOVELTY] * (0.3 + 0.7 * unknown + 0.3 * lonely) + 0.5 * m[AUTONOMY]
        - 0.4 * m[CUSTOM] - 0.2 * m[SAFETY]
    )  # fmt: skip
    worth[KNOWN + 2] = -g + m[PLEASURE] - 0.4 * m[SUCCESS] - 0.2 * m[NOVELTY] + 0.1 * m[AUTONOMY]


@inlined
def _company(nbr, beside_me, trust, known, i):
    """Trusted share of those beside me, number of living neighbours, share of room for knowledge still empty."""
    trusted = beside = company = 0
    for s in range(D):
        if nbr[i, s] >= 0:
            company += 1
            if beside_me[i, s]:
                beside += 1
                trusted += trust[i, s] > 0.1
    empty = 0
    for k in range(KNOWN):
        empty += known[i, k] < 0
    return trusted / beside if beside else 0.0, company, empty / KNOWN
