"""Pieces every utility is made of: need, chances, harm remembered. Pure functions of what a resident knows."""

import numpy as np

from sim.compiled import njit
from sim.state import Seen
from sim.utility.motives import ALL, CUSTOM, GAIN, NEAR, NORM

HARM = int(Seen.ATTACKED | Seen.BROKE | Seen.DESERTED | Seen.THREATENED)  # done to me
BAD_NAME = int(Seen.ATTACKED | Seen.ATTACKED_OTHER | Seen.BROKE | Seen.DESERTED | Seen.LIED)  # worth a warning
KIND_ACT = int(Seen.GAVE | Seen.KEPT | Seen.DEFENDED | Seen.GAVE_OTHER)  # worth praise
RESERVE = 2.0  # days of consumption nobody gives away


@njit
def sigma(x):
    """The logistic function."""
    return 1.0 / (1.0 + np.exp(-x))


@njit
def greed(motives, need):
    """What a unit of resources is worth: (g_gain + 0.6)(1 + need)."""
    return max(motives[GAIN] + 0.6, 0.05) * (1.0 + need)


@njit
def want(holdings, consumption):
    """Need of one who holds so much: 1 with nothing, 0 with six days' consumption."""
    return min(max(1.0 - holdings / max(6.0 * consumption, 1e-9), 0.0), 1.0)


@njit
def scruple(motives, trust):
    """What it costs to deceive one whom I trust so far: norms, closeness, fairness, custom."""
    close = 0.4 + 0.5 * max(trust, 0.0)
    return 0.5 * motives[NORM] + close * motives[NEAR] + 0.25 * motives[ALL] + 0.2 * motives[CUSTOM]


@njit
def weigh(worth, choice, odds):
    """Odds of each option, relative to the best: exp(choice * (worth - best)); below e^-30 they are none."""
    best = worth.max()
    for k in range(worth.shape[0]):
        lead = choice * (worth[k] - best)
        odds[k] = np.exp(lead) if lead > -30.0 else 0.0


@njit
def draw(weights, count, u):
    """Index drawn with probability proportional to the first `count` weights, by one uniform number u."""
    total = 0.0
    for k in range(count):
        total += weights[k]
    left = u * total
    for k in range(count):
        left -= weights[k]
        if left < 0.0:
            return k
    return count - 1


@njit
def tenth(x):
    """Rounded to a tenth of a unit, as people say it; never less than a tenth."""
    return max(np.round(x * 10.0) / 10.0, 0.1)
