"""What an attack is worth to a resident, what a demand is, and whether to stand by a neighbour. Our choice of form.

All three weigh gain and dominance against safety, care, fairness, norms and custom. Nothing here knows a condition.
"""

import numpy as np

from sim.compiled import njit
from sim.state import Intent
from sim.utility.basis import HARM, greed, sigma
from sim.utility.motives import ALL, CUSTOM, DOMINANCE, NEAR, NORM, NOVELTY, SAFETY, SUCCESS

PEACE = 0.3  # what not attacking is worth
_TREACHERY, _REVENGE, _DOMINANCE = int(Intent.TREACHERY), int(Intent.REVENGE), int(Intent.DOMINANCE)


@njit
def chance(mine, theirs, force):
    """Chance of winning (CIVA: sigma of the difference of holdings, in units of `force`)."""
    return sigma((mine - theirs) / force)


@njit
def attack_worth(m, need, mine, theirs, guard, trust, allied, share, params):
    """Worth of attacking, relative to peace. `share`: part of the spoils (1 alone). Units: utility.

    m: motives (11,); mine: force on my side; theirs: holdings seen; guard: force of those who may defend.
    """
    p = chance(mine, theirs + guard, params.force)
    h = max(-trust, 0.0)
    spoils = p * share * theirs - (1.0 - p) * params.attack_loss * mine - params.attack_cost
    worth = greed(m, need) * np.tanh(spoils / params.raise_cost)
    worth += 0.8 * p * m[DOMINANCE] + 0.3 * p * m[SUCCESS] + 0.2 * m[NOVELTY]
    worth += m[SAFETY] * (-0.8 * (1.0 - p) - 0.1 * np.tanh(guard) + 0.6 * h)
    worth -= m[NEAR] * (0.9 + 0.6 * max(trust, 0.0)) * (1.0 - 0.6 * h) + 0.4 * m[ALL] * (1.0 - 0.3 * h)
    worth -= m[NORM] * (1.0 - 0.7 * h + 0.5 * allied) + m[CUSTOM] * (0.4 + 0.6 * allied) * (1.0 - 0.5 * h)
    return worth - PEACE


@njit
def attack_limit(m, need, theirs, trust, params):
    """What attack_worth cannot exceed, for less work: victory certain, nobody in the way, tanh(x) at most x."""
    h = max(-trust, 0.0)
    limit = greed(m, need) * min(theirs / params.raise_cost, 1.0)
    limit += 0.8 * max(m[DOMINANCE], 0.0) + 0.3 * max(m[SUCCESS], 0.0) + 0.2 * m[NOVELTY]
    limit += 0.6 * h * max(m[SAFETY], 0.0) + 0.9 * max(-m[SAFETY], 0.0)
    limit -= m[NEAR] * (0.9 + 0.6 * max(trust, 0.0)) * (1.0 - 0.6 * h) + 0.4 * m[ALL] * (1.0 - 0.3 * h)
    limit -= min(m[NORM] * (1.0 - 0.7 * h), m[NORM] * (1.5 - 0.7 * h))
    limit -= min(m[CUSTOM] * 0.4, m[CUSTOM]) * (1.0 - 0.5 * h)
    return limit - PEACE


@njit
def attack_intent(m, need, mine, theirs, trust, recalled, bound, params):
    """Why: the bits of Intent that an attack would carry. `bound`: an alliance, promise or loan is open."""
    p = chance(mine, theirs, params.force)
    h = max(-trust, 0.0)
    spoils = greed(m, need) * np.tanh(p * theirs / params.raise_cost)
    control = 0.8 * p * m[DOMINANCE]
    grudge = h * (0.6 * m[SAFETY] + 0.7 * m[NORM] + 0.55 * m[NEAR] + 0.12 * m[ALL])
    bits = _TREACHERY if bound else 0
    if recalled & HARM and grudge > 0.15:
        bits |= _REVENGE
    if control > 0.5 * spoils:
        bits |= _DOMINANCE
    return bits


@njit
def demand_worth(m, need, amount, p, trust):
    """Worth of demanding `amount` from one I would beat with chance p, and its Intent bits."""
    h = max(-trust, 0.0)
    control, revenge = 0.9 * m[DOMINANCE] * p, 0.6 * h
    worth = 0.2 + p * greed(m, need) * np.tanh(amount / 3.0) + control + revenge
    worth -= 0.45 * m[NEAR] * (1.0 - 0.6 * h) + 0.3 * m[ALL] + 0.5 * m[NORM] * (1.0 - 0.5 * h) + 0.2 * m[CUSTOM]
    return worth, control, revenge


@njit
def stand_worth(m, trust, promised):
    """Worth of standing by a neighbour who is attacked; `promised`: I gave my word."""
    care = m[NEAR] * (0.5 + 0.5 * max(trust, 0.0)) + 0.2 * m[ALL]
    duty = (0.4 * m[NORM] + 0.3 * m[CUSTOM]) * promised
    return care + duty + 0.1 * m[DOMINANCE] - 0.35 * m[SAFETY] - 0.5 * max(-trust, 0.0)
