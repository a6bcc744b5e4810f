"""What a resident may want to say to one neighbour, and what each message is worth to it. Our choice of form.

`weigh_opening` fills one row a Kind; the honest and the deceptive form of a message are rivals, the better one stands.
"""

import numpy as np

from sim.compiled import inlined
from sim.state import Intent, Kind, Plan
from sim.utility.basis import BAD_NAME, HARM, KIND_ACT, greed, scruple, tenth, want
from sim.utility.giving import gift_worth, loan_worth, owed, spare, word_worth
from sim.utility.motives import (
    ALL,
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
from sim.utility.violence import PEACE, attack_limit, attack_worth, chance, demand_worth

KINDS = 16  # rows: Kind.NONE (silence) and the fifteen opening kinds
SILENCE = 0.9
UNTHINKABLE = -1.5  # worth of an attack below which nobody gives it a thought
RICHER = 1.5  # a neighbour with so many times my holdings is someone to please

(
    _ASK_HELP, _ASK_LOAN, _ASK_ATTACK, _ASK_DEFENCE, _MERGE, _FUNDING, _ALLIANCE, _TRADE, _GIFT, _LOAN, _DEMAND,
    _THREAT, _PRAISE, _PAY, _DANGER,
) = (int(kind) for kind in Kind if 1 <= kind <= 15)  # fmt: skip
_SINCERE, _FEIGN, _LULL, _BREAK, _MISLEAD, _SLANDER, _FLATTER, _INTIMIDATE, _BAIT = (int(plan) for plan in Plan)
_USE, _POWER, _REVENGE, _FAVOUR, _CARE, _HIDDEN = (
    int(bit) for bit in (Intent.USE, Intent.DOMINANCE, Intent.REVENGE, Intent.FAVOUR, Intent.CARE, Intent.BAIT)
)


@inlined
def surroundings(nbr, trust, seen, recalled, i, mine):
    """What i makes of its neighbours: fear 0..1, slot feared, slot of a bad name, slot of the richest without one."""
    fear, feared, bad, rich = 0.0, -1, -1, -1
    for s in range(nbr.shape[1]):
        if nbr[i, s] < 0:
            continue
        h = max(-trust[i, s], 0.0)
        if h > 0.0:
            danger = h * chance(seen[i, s], mine, 4.0) * 2.0
            if danger > fear:
                fear, feared = min(danger, 1.0), s
        if recalled[i, s] & BAD_NAME:
            if bad < 0 or trust[i, s] < trust[i, bad]:
                bad = s
        elif rich < 0 or seen[i, s] > seen[i, rich]:
            rich = s
    return fear, feared, bad, rich


@inlined
def weigh_opening(
    me, m, other, i, s, nbr, trust_in, seen_in, guard_in, known, f_open, f_rate, around, params, u, worth, say
):
    """Fill worth (KINDS,) and say (KINDS, 6): about, claim, amount, due, plan, intent.

    u: a uniform number, for the choice of a topic.
    """
    need, c, mine = me.need, me.consumption, me.holdings
    trust, seen, recalled, ally = other.trust, other.seen, other.recalled, other.ally
    tp, h = max(trust, 0.0), max(-trust, 0.0)
    g = greed(m, need)
    fear, feared, _, _ = around
    shame = scruple(m, trust)
    worth[:] = -np.inf
    say[:] = 0.0
    say[:, 0] = -1.0
    say[:, 1] = np.nan
    worth[0] = SILENCE
    target = me.target == s
    false_friend = target and me.lulled > 0.0

    # requests
    ask = tenth(min(max(3.0 * c - mine, 0.5 * c), 1.5 * c))
    if need > 0.25:
        worth[_ASK_HELP] = 1.5 * need + 0.35 * trust + 0.2 * np.tanh((seen - mine) / 6.0) - 0.35 * m[AUTONOMY]
        say[_ASK_HELP, 1], say[_ASK_HELP, 2] = tenth(mine), ask
    elif mine > 3.0 * c and seen > 2.0 * c:
        worth[_ASK_HELP] = 0.75 + g * np.tanh(c / 3.0) + 0.3 * m[DOMINANCE] - shame
        say[_ASK_HELP, 1], say[_ASK_HELP, 2] = tenth((0.3 + u) * c), tenth(c)
        say[_ASK_HELP, 4], say[_ASK_HELP, 5] = _FEIGN, _USE
    if need > 0.05 and other.debt == 0.0 and seen > 2.0 * c:
        worth[_ASK_LOAN] = 0.5 + 0.8 * need + 0.15 * m[GAIN] + 0.2 * trust - 0.2 * m[CUSTOM] - 0.2 * m[AUTONOMY]
        say[_ASK_LOAN, 1], say[_ASK_LOAN, 2] = tenth(mine), tenth(2.0 * c)
        say[_ASK_LOAN, 3] = me.day + params.loan_term
        if word_worth(m, need, 2.0 * c, trust) < 0.0:
            say[_ASK_LOAN, 4] = _BREAK
    if me.target >= 0 and not target and trust > 0.05:
        t = me.target
        joint = chance(mine + params.allied_force * seen, seen_in[i, t] + guard_in[i, t], params.force)
        alone = chance(mine, seen_in[i, t] + guard_in[i, t], params.force)
        worth[_ASK_ATTACK] = 0.5 + min(me.worth + PEACE, 1.0) + 2.0 * (joint - alone) + 0.3 * trust
        say[_ASK_ATTACK, 0], say[_ASK_ATTACK, 1] = nbr[i, t], tenth(seen_in[i, t])
    if fear > 0.15 and s != feared:
        worth[_ASK_DEFENCE] = 0.4 + 0.9 * m[SAFETY] * fear + 0.4 * trust
        say[_ASK_DEFENCE, 0] = nbr[i, feared]

    # proposals
    if me.bid >= 0 and other.beside:
        worth[_MERGE] = 1.0 + 0.3 * trust
        worth[_FUNDING] = 0.9 + 0.3 * m[GAIN]
        say[_MERGE, 0] = say[_FUNDING, 0] = me.bid
        say[_FUNDING, 2] = tenth(0.5 * c)
        say[_MERGE, 5] = say[_FUNDING, 5] = me.bid_intent
    if not ally:
        honest = 0.3 + 0.55 * m[SAFETY] * (0.5 + fear) + 0.4 * m[NEAR] * tp + 0.2 * m[NORM] - 0.25 * m[AUTONOMY]
        honest -= 0.2 * m[DOMINANCE] + 0.8 * h
        worth[_ALLIANCE] = honest
        say[_ALLIANCE, 3] = me.day + params.term
        if false_friend:
            worth[_ALLIANCE] = max(honest, 0.7 + 0.8 * me.lulled)
            say[_ALLIANCE, 4] = _LULL
    contact = int(u * nbr.shape[1])
    if contact != s and nbr[i, contact] >= 0 and trust_in[i, contact] > 0.0 and seen > 3.0 * c:
        worth[_TRADE] = 0.15 + 0.3 * m[GAIN] + 0.2 * m[SUCCESS] + 0.1 * m[NOVELTY] + 0.2 * trust
        say[_TRADE, 0], say[_TRADE, 2] = nbr[i, contact], tenth(0.3 * c)

    # offers
    can, lack = spare(mine, c), want(seen, c)
    if can > 0.2 * c:
        amount = tenth(can)
        worth[_GIFT] = 0.8 + gift_worth(m, need, amount, lack, trust, owed(recalled))
        say[_GIFT, 2], say[_GIFT, 5] = amount, _CARE
        if false_friend:
            bait = 0.4 + 0.7 * me.lulled
            if bait > worth[_GIFT]:
                worth[_GIFT] = bait
                say[_GIFT, 2], say[_GIFT, 4], say[_GIFT, 5] = tenth(0.4 * c), _BAIT, _HIDDEN
        if lack > 0.1 and other.credit == 0.0:
            worth[_LOAN] = 0.7 + loan_worth(m, need, tenth(1.5 * can), lack, trust)
            say[_LOAN, 2], say[_LOAN, 3], say[_LOAN, 5] = tenth(1.5 * can), me.day + params.loan_term, _CARE

    # pressure
    p = chance(mine, seen + other.guard, params.force)
    if p > 0.6 and seen > 2.0 * c and not ally:
        v, control, revenge = demand_worth(m, need, c, p, trust)
        worth[_DEMAND] = v
        say[_DEMAND, 2], say[_DEMAND, 3], say[_DEMAND, 4] = tenth(c), me.day + 2, _INTIMIDATE
        say[_DEMAND, 5] = _USE | (_REVENGE if recalled & HARM and revenge > control else _POWER)
    grudge = h * (0.8 * m[SAFETY] + 0.6 * m[DOMINANCE] + 0.6) if recalled & HARM else 0.0
    power = 0.7 * m[DOMINANCE] * p
    if not ally and (grudge > 0.0 or p > 0.6):
        worth[_THREAT] = 0.1 + grudge + power - 0.3 * m[NORM] - 0.3 * m[NEAR] * (1.0 - h) - 0.2 * m[ALL]
        say[_THREAT, 4], say[_THREAT, 5] = _INTIMIDATE, (_REVENGE if grudge > max(power, 0.0) else _POWER)

    # talk
    if recalled & KIND_ACT:
        worth[_PRAISE] = -0.05 + 0.25 * m[NEAR] + 0.25 * m[NORM] + 0.15 * m[CUSTOM] + 0.4 * trust
    elif seen > RICHER * mine:
        pull = np.tanh((seen - RICHER * mine) / 6.0)
        worth[_PRAISE] = 0.1 + pull * (0.4 * m[SAFETY] + 0.4 * m[GAIN]) - 0.45 * m[AUTONOMY] - 0.3 * m[NORM] - 0.5 * h
        say[_PRAISE, 4], say[_PRAISE, 5] = _FLATTER, _FAVOUR
    _weigh_news(me, m, other, i, s, nbr, trust_in, seen_in, known, f_open, f_rate, around, shame, u, worth, say)


@inlined
def _weigh_news(me, m, other, i, s, nbr, trust_in, seen, known, f_open, f_rate, around, shame, u, worth, say):
    """Information about a factory's pay, or about a resident: true if one knows something, false if one gains by it."""
    trust, c, home = other.trust, me.consumption, me.workplace
    tp = max(trust, 0.0)
    _, _, bad, rich = around
    k = int(u * known.shape[1])
    f = known[i, k]
    if f >= 0 and f_open[f] and f_rate[f] > 0.0:
        true_ = 0.3 + 0.35 * m[NEAR] * tp + 0.25 * m[ALL] + 0.15 * m[NORM] - 0.4 * max(-trust, 0.0)
        false = 0.25 + 0.45 * m[GAIN] + 0.3 * m[DOMINANCE] - shame
        rival = other.beside and f != home
        worth[_PAY] = true_
        say[_PAY, 0], say[_PAY, 1] = f, tenth(f_rate[f])
        if rival and false > true_:
            worth[_PAY] = false
            say[_PAY, 1] = tenth(f_rate[f] * 1.4 + 0.4 * c)  # better pay elsewhere: one rival fewer here
            say[_PAY, 4], say[_PAY, 5] = _MISLEAD, _USE
    if bad >= 0 and bad != s:
        worth[_DANGER] = 0.4 + 0.5 * m[NEAR] * tp + 0.4 * m[SAFETY] + 0.4 * max(-trust_in[i, bad], 0.0)
        say[_DANGER, 0] = nbr[i, bad]
    elif rich >= 0 and rich != s and seen[i, rich] > me.holdings:
        worth[_DANGER] = 0.05 + 0.5 * m[DOMINANCE] + 0.35 * m[GAIN] - shame - 0.3 * trust_in[i, rich]
        say[_DANGER, 0], say[_DANGER, 4], say[_DANGER, 5] = nbr[i, rich], _SLANDER, _USE


@inlined
def weigh_targets(nbr, seen, trust, guarded, ally_until, i, day, m, need, mine, params):
    """Best target of an attack: slot, worth now, worth if the target's friends were off their guard; slot -1: none."""
    best, now, lulled = -1, -np.inf, -np.inf
    for s in range(nbr.shape[1]):
        if nbr[i, s] < 0:
            continue
        if attack_limit(m, need, seen[i, s], trust[i, s], params) <= UNTHINKABLE:
            continue
        ally = ally_until[i, s] >= day
        guard = 0.0 if ally else guarded[i, s]
        v = attack_worth(m, need, mine, seen[i, s], guard, trust[i, s], ally, 1.0, params)
        free = v
        if guard > 0.0:
            free = attack_worth(m, need, mine, seen[i, s], 0.0, trust[i, s], True, 1.0, params)
        if max(v, free) > max(now, lulled):
            best, now, lulled = s, v, free
    return best, now, lulled
