"""What the possible answers to a neighbour's message are worth. Our choice of form."""

import numpy as np

from sim.compiled import inlined
from sim.state import Intent, Kind, Plan
from sim.utility.basis import RESERVE, greed, scruple, tenth
from sim.utility.giving import believed_need, gift_worth, loan_worth, owed, word_worth
from sim.utility.motives import (
    AUTONOMY,
    CUSTOM,
    DOMINANCE,
    GAIN,
    NEAR,
    NORM,
    NOVELTY,
    SAFETY,
    SUCCESS,
)  # fmt: skip
from sim.utility.violence import attack_worth, chance, stand_worth

SAY_NOTHING, SAY_YES, SAY_NO, SAY_LATER = range(4)  # no answer; accept or thank; refuse; promise
OPEN_DOOR = 0.2  # worth of a refusal before anything speaks for or against
_PROMISE_DAYS = 3

(
    _ASK_HELP, _ASK_LOAN, _ASK_ATTACK, _ASK_DEFENCE, _MERGE, _FUNDING, _ALLIANCE, _TRADE, _GIFT, _LOAN, _DEMAND,
    _THREAT, _PRAISE, _PAY, _DANGER,
) = (int(kind) for kind in Kind if 1 <= kind <= 15)  # fmt: skip
_BREAK, _LULL, _CARE = int(Plan.BREAK), int(Plan.LULL), int(Intent.CARE)


@inlined
def weigh_answers(me, m, other, i, s, nbr, trust_in, ally_until, kind, about, claim, amount, fear, params, worth, say):
    """Fill worth (4,) and say (4, 4): amount, due, plan, intent, for i's answer to the neighbour in slot s."""
    need, c, mine = me.need, me.consumption, me.holdings
    trust, seen = other.trust, other.seen
    tp, h = max(trust, 0.0), max(-trust, 0.0)
    g = greed(m, need)
    worth[:] = -np.inf
    say[:] = 0.0
    worth[SAY_NOTHING] = 0.1
    worth[SAY_NO] = OPEN_DOOR + 0.1 * m[AUTONOMY] + 0.5 * h
    false_friend = me.target == s and me.lulled > 0.0

    if kind == _ASK_HELP:
        give = min(amount, 0.4 * (mine - RESERVE * c))
        lack = believed_need(claim, seen, c, trust)
        if give > 0.1:
            give = tenth(give)
            worth[SAY_YES] = 0.3 + gift_worth(m, need, give, lack, trust, max(owed(other.recalled), 0.4 + 0.4 * tp))
            say[SAY_YES, 0], say[SAY_YES, 3] = give, _CARE
        if other.pledge == 0.0:
            later = tenth(amount)
            sincere = gift_worth(m, 0.5 * need, later, lack, trust, 0.5) - 0.1
            false = 0.1 + 0.25 * m[DOMINANCE] + 0.2 * m[GAIN] - 0.6 * scruple(m, trust) + 0.2 * m[CUSTOM]
            worth[SAY_LATER] = max(sincere, false)
            say[SAY_LATER, 0], say[SAY_LATER, 1], say[SAY_LATER, 3] = later, me.day + _PROMISE_DAYS, _CARE
            if false > sincere:
                say[SAY_LATER, 2], say[SAY_LATER, 3] = _BREAK, 0.0
    elif kind == _ASK_LOAN:
        give = min(amount, 0.5 * (mine - RESERVE * c))
        if give > 0.2 and other.credit == 0.0:
            give = tenth(give)
            worth[SAY_YES] = 0.1 + loan_worth(m, need, give, believed_need(claim, seen, c, trust), trust)
            say[SAY_YES, 0], say[SAY_YES, 1], say[SAY_YES, 3] = give, me.day + params.loan_term, _CARE
    elif kind == _ASK_ATTACK:
        t = _slot_of(nbr, i, about)
        toward = trust_in[i, t] if t >= 0 else 0.0
        allied = t >= 0 and ally_until[i, t] >= me.day
        force = mine + seen
        v = attack_worth(m, need, force, claim, 0.0, toward, allied, mine / max(force, 1e-9), params)
        worth[SAY_YES] = v + 0.5 * m[NEAR] * tp
        worth[SAY_NO] += 0.2
    elif kind == _ASK_DEFENCE:
        worth[SAY_YES] = stand_worth(m, trust, 1.0) - 0.1
    elif kind in (_MERGE, _FUNDING):
        worth[SAY_YES] = 0.1 + 0.3 * m[GAIN] + 0.3 * trust + 0.2 * m[SUCCESS] - 0.4 * m[CUSTOM] - 0.1 * m[SAFETY]
        say[SAY_YES, 0] = min(amount, max(tenth(0.1 * mine), 0.1))
    elif kind == _ALLIANCE:
        worth[SAY_YES] = (
            0.2 + 0.5 * m[SAFETY] * (0.5 + fear) + 0.6 * trust + 0.2 * m[NORM] + 0.3 * m[NEAR] * tp - 0.25 * m[AUTONOMY]
        )
        if false_friend:
            worth[SAY_YES] = max(worth[SAY_YES], 0.5 + 0.8 * me.lulled)
            say[SAY_YES, 2] = _LULL
        worth[SAY_NO] += 0.3 * h
    elif kind == _TRADE:
        worth[SAY_YES] = 0.2 + 0.3 * m[NOVELTY] + 0.2 * m[GAIN] + 0.2 * trust - g * np.tanh(amount / 2.0)
        say[SAY_YES, 0] = amount
        if mine < amount + RESERVE * c:
            worth[SAY_YES] = -np.inf
    elif kind == _GIFT:
        worth[SAY_YES] = 0.5 + 0.3 * m[NORM] + 0.2 * m[NEAR]
        worth[SAY_NO] = -np.inf
    elif kind == _LOAN:
        worth[SAY_YES] = 0.8 * need + 0.15 * m[GAIN] - 0.1 * m[AUTONOMY] + 0.2 * trust
        say[SAY_YES, 0], say[SAY_YES, 1] = amount, me.day + params.loan_term
        if other.debt > 0.0:
            worth[SAY_YES] = -np.inf
        elif word_worth(m, need, amount, trust) < 0.0:
            say[SAY_YES, 2] = _BREAK
    elif kind == _DEMAND:
        lose = chance(seen, mine, params.force)
        worth[SAY_YES] = 0.1 + m[SAFETY] * (0.3 + lose) + 0.2 * m[NORM] - g * np.tanh(amount / 2.0)
        worth[SAY_YES] -= 0.3 * m[AUTONOMY] + 0.3 * m[SUCCESS] * (1.0 - lose)
        say[SAY_YES, 0] = min(amount, max(mine - c, 0.0))
        if say[SAY_YES, 0] < 0.1:
            worth[SAY_YES] = -np.inf
        worth[SAY_NO] = OPEN_DOOR + 0.4 * m[AUTONOMY] + 0.4 * m[DOMINANCE] + 0.3 * h - 0.5 * m[SAFETY] * lose
    elif kind == _THREAT:
        worth[SAY_NO] = 0.4 * m[AUTONOMY] + 0.4 * m[DOMINANCE]
    else:  # praise and news
        worth[SAY_YES] = 0.1 + 0.3 * m[NORM] + 0.2 * m[NEAR] * tp + 0.2 * m[CUSTOM] - 0.5 * h
        worth[SAY_NO] = -np.inf
        worth[SAY_NOTHING] = 0.5


@inlined
def _slot_of(nbr, i, row):
    for s in range(nbr.shape[1]):
        if nbr[i, s] == row:
            return s
    return -1
