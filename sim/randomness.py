"""All random numbers: a counter-based hash of (seed, purpose, day, resident, slot).

A draw depends on its key alone, never on how many draws came before. So results do not change with the size of a
batch, the order of answers, or a new feature that draws elsewhere, and two branches share their luck.
The mixer is the finaliser of SplitMix64 (Steele, Lea & Flood 2014), applied once for every part of the key.
"""

import numba
import numpy as np

from sim.compiled import njit

# Purposes: one number for each kind of luck. Append only: a changed number changes every run.
PROFILE, HOLDINGS, CONSUMPTION, OUTPUT, PAY_LUCK, COST_LUCK, SIGHT, ATTEND, SPEAK, REPLY, ACT, MOVE = range(12)
EXPLORE, ATTACK, ORDER, MERGE, FUND, GROUP, DISCOVER, INTERVENE, NAMES, GIVE, WORDING, TIES = range(12, 24)

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@numba.njit(inline="always")
def _mix(z):
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@njit
def bits(seed, purpose, day, resident, slot):
    """64 random bits for a key of five integers."""
    z = _mix(np.uint64(seed) + _GOLDEN)
    z = _mix(z ^ ((np.uint64(purpose) << np.uint64(32)) + np.uint64(day) + _GOLDEN))
    return _mix(z ^ ((np.uint64(resident) << np.uint64(32)) + np.uint64(slot) + _GOLDEN))


@njit
def uniform(seed, purpose, day, resident, slot):
    """A float in the open interval (0, 1): 53 bits plus a half, so that its logarithms are finite."""
    return (np.float64(bits(seed, purpose, day, resident, slot) >> np.uint64(11)) + 0.5) * (1.0 / 9007199254740992.0)


@njit
def normal(seed, purpose, day, resident, slot):
    """A standard normal deviate (Box & Muller 1958); uses slots 2*slot and 2*slot + 1 of its key."""
    radius = np.sqrt(-2.0 * np.log(uniform(seed, purpose, day, resident, 2 * slot)))
    return radius * np.cos(2.0 * np.pi * uniform(seed, purpose, day, resident, 2 * slot + 1))
