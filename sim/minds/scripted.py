"""The scripted mind: values -> motives -> utilities -> choices by random utility (McFadden 1974). Keeps nothing.

Every choice draws option k with probability proportional to exp(choice * V_k): the same law as argmax of
choice * V + Gumbel noise. It sees an Observation and nothing else, and it names no condition and no outcome.
"""

import numpy as np

from sim import randomness as luck
from sim.compiled import inlined, njit
from sim.intentions import Acts, Option, Plans, Talk
from sim.observe import Observation
from sim.params import Params
from sim.state import KNOWN, Array, D, Intent, Kind, Primary
from sim.utility.answering import SAY_LATER, SAY_NO, SAY_NOTHING, SAY_YES, weigh_answers
from sim.utility.basis import draw, greed, weigh
from sim.utility.giving import word_worth
from sim.utility.labour import OPTIONS, efficiency, weigh_labour
from sim.utility.motives import AUTONOMY, CUSTOM, DOMINANCE, SAFETY, SUCCESS
from sim.utility.opening import KINDS, UNTHINKABLE, surroundings, weigh_opening, weigh_targets
from sim.utility.views import Me, Other
from sim.utility.violence import attack_intent, attack_worth, stand_worth

_BIDDERS = 0.03  # share of residents who think about merging factories on a day
_MOVERS, _POOR_MOVERS = 0.2, 0.5  # share who consider another workplace; of those paid less than they consume

_ACCEPT, _REFUSE, _PROMISE, _THANK = int(Kind.ACCEPT), int(Kind.REFUSE), int(Kind.PROMISE), int(Kind.THANK)
_ASK_ATTACK, _DEFIED = int(Kind.ASK_ATTACK), int(Kind.THREAT)
_ALLIANCE, _GIFT, _INFORM_PAY = int(Kind.PROPOSE_ALLIANCE), int(Kind.OFFER_GIFT), int(Kind.INFORM_PAY)
_SECURE, _RAISE, _EXPLORE, _IDLE = int(Primary.SECURE), int(Primary.RAISE), int(Primary.EXPLORE), int(Primary.IDLE)
_POWER = int(Intent.DOMINANCE)


class ScriptedMind:
    """Answers for all its residents at once. Stateless."""

    name = "scripted"

    def perceive(self, o: Observation, params: Params) -> Plans:
        """Form the day's plans: whom it might attack, which factories it might join."""
        plans = Plans.none(len(o.alive))
        _perceive(o, params, plans)
        return plans

    def speak(self, o: Observation, params: Params, plans: Plans) -> Talk:
        """At most one opening message to each neighbour."""
        talk = Talk.none(len(o.alive))
        _speak(o, params, plans, talk)
        return talk

    def reply(self, o: Observation, params: Params, plans: Plans, said: Talk) -> Talk:
        """At most one answer to each message heard."""
        answers = Talk.none(len(o.alive))
        _reply(o, params, plans, said, answers)
        return answers

    def act(self, o: Observation, params: Params, plans: Plans, said: Talk, answers: Talk) -> Acts:
        """The day's primary and secondary actions."""
        acts = Acts.none(len(o.alive))
        _act(o, params, plans, said, answers, acts)
        return acts

    def stand(self, o: Observation, params: Params, who: Array, slot: Array) -> Array:
        """u1 (k,): 1 where the resident called stands by its neighbour in that slot."""
        stands = np.zeros(len(who), np.uint8)
        _stand(o, params, who, slot, stands)
        return stands

    def fund(self, o: Observation, params: Params, who: Array, side: Array, before: Array, after: Array) -> Array:
        """Units each asked worker puts in. side 1: for the bid, 0: against; pay before and after, as all can reckon."""
        paid = np.zeros(len(who))
        _fund(o, params, who, side, before, after, paid)
        return paid

    def weigh(
        self, o: Observation, params: Params, plans: Plans, said: Talk, answers: Talk, acts: Acts, i: int
    ) -> list[Option]:
        """What resident i weighed for the day, best first: its day's work, and an attack if it thought of one."""
        worth, told = np.zeros(OPTIONS), np.zeros((KNOWN, 2))
        _listen(o.nbr, o.back, o.trust, o.known, said.kind, said.about, said.claim, i, told)
        _weigh_day(o, i, plans, told, params.raise_cost, worth)
        labels = ["work"] * KNOWN + ["raise", "explore", "idle"]
        codes = [_SECURE] * KNOWN + [_RAISE, _EXPLORE, _IDLE]
        options = []
        for k in np.flatnonzero(np.isfinite(worth)):
            factory = int(o.known[i, k]) if k < KNOWN else -1
            chosen = codes[k] == acts.primary[i] and (k >= KNOWN or factory == acts.factory[i])
            options.append(Option(labels[k], "primary", factory, float(worth[k]), bool(chosen)))
        if plans.target[i] >= 0:
            slot = int(plans.target[i])
            score = _strike_worth(o, i, params, plans, said, answers)
            options.append(
                Option("attack", "secondary", int(o.nbr[i, slot]), float(score), bool(acts.attack[i] == slot))
            )
        return sorted(options, key=lambda option: -option.score)


@njit
def _perceive(o, params, plans):
    for i in range(o.alive.shape[0]):
        if not o.alive[i]:
            continue
        slot, now, lulled = weigh_targets(
            o.nbr, o.seen, o.trust, o.guard, o.ally, i, o.day, o.motives[i], o.need[i], o.holdings[i], params
        )
        if slot >= 0 and max(now, lulled) > UNTHINKABLE:
            plans.target[i], plans.worth[i], plans.lulled[i] = slot, now, lulled
        seed, me, home = o.seed[o.world[i]], o.local[i], o.workplace[i]
        if home < 0 or luck.uniform(seed, luck.MERGE, o.day, me, 0) > _BIDDERS:
            continue
        for k in range(KNOWN):
            f = o.known[i, k]
            if f < 0 or f == home or not o.f_open[f] or not o.f_open[home]:
                continue
            crowd = o.f_crowd[home] + o.f_crowd[f]
            if crowd <= 0.0 or o.f_crowd[home] <= 0.0:
                continue
            ceiling = o.f_rate[home] * o.f_crowd[home] / max(efficiency(o.f_crowd[home]), 1e-6)
            other = o.f_rate[f] * o.f_crowd[f] / max(efficiency(o.f_crowd[f]), 1e-6) if o.f_crowd[f] > 0 else 0.0
            after = (ceiling + params.merge_keep * other) * efficiency(crowd) / crowd
            m = o.motives[i]
            profit = greed(m, o.need[i]) * np.tanh((after - o.f_rate[home]) / max(o.consumption[i], 1e-9))
            control = 0.5 * m[DOMINANCE] + 0.3 * m[SUCCESS]
            worth = profit + control - 0.5 * m[CUSTOM] - 0.2 * m[SAFETY] - 0.1
            odds = np.exp(params.choice * worth)
            if luck.uniform(seed, luck.MERGE, o.day, me, k + 1) < odds / (1.0 + odds):
                plans.bid[i] = f
                plans.bid_intent[i] = _POWER if control > max(profit, 0.0) else 0
                break


@njit
def _speak(o, params, plans, talk):
    worth, say, odds = np.zeros(KINDS), np.zeros((KINDS, 6)), np.zeros(KINDS)
    for i in range(o.alive.shape[0]):
        if not o.alive[i]:
            continue
        seed, me = o.seed[o.world[i]], o.local[i]
        around, looked = (0.0, -1, -1, -1), False
        attention = min(params.talk * (1.0 + o.need[i]), 1.0)
        for s in range(D):
            if o.nbr[i, s] < 0 or luck.uniform(seed, luck.ATTEND, o.day, me, s) >= attention:
                continue
            if not looked:
                around, looked = surroundings(o.nbr, o.trust, o.seen, o.recalled, i, o.holdings[i]), True
            u = luck.uniform(seed, luck.SPEAK, o.day, me, 2 * s)
            own = Me(
                o.day, o.need[i], o.consumption[i], o.holdings[i], o.workplace[i], plans.target[i], plans.worth[i],
                plans.lulled[i], plans.bid[i], plans.bid_intent[i],
            )  # fmt: skip
            other = Other(
                o.trust[i, s], o.seen[i, s], o.recalled[i, s], o.guard[i, s], o.ally[i, s] >= o.day, o.pledge[i, s],
                o.debt[i, s], o.credit[i, s], o.beside[i, s],
            )  # fmt: skip
            weigh_opening(
                own, o.motives[i], other, i, s, o.nbr, o.trust, o.seen, o.guard, o.known, o.f_open, o.f_rate, around,
                params, u, worth, say,
            )  # fmt: skip
            weigh(worth, params.choice, odds)
            kind = draw(odds, KINDS, luck.uniform(seed, luck.SPEAK, o.day, me, 2 * s + 1))
            if kind == 0:
                continue
            talk.kind[i, s], talk.about[i, s] = kind, int(say[kind, 0])
            talk.claim[i, s], talk.amount[i, s], talk.due[i, s] = say[kind, 1], say[kind, 2], int(say[kind, 3])
            talk.plan[i, s], talk.intent[i, s] = int(say[kind, 4]), int(say[kind, 5])


@njit
def _reply(o, params, plans, heard, answers):
    worth, say, odds = np.zeros(4), np.zeros((4, 4)), np.zeros(4)
    for i in range(o.alive.shape[0]):
        if not o.alive[i]:
            continue
        seed, me, fear = o.seed[o.world[i]], o.local[i], -1.0
        for s in range(D):
            j = o.nbr[i, s]
            if j < 0:
                continue
            b = o.back[i, s]
            kind = heard.kind[j, b]
            if kind == 0:
                continue
            if fear < 0.0:
                fear = surroundings(o.nbr, o.trust, o.seen, o.recalled, i, o.holdings[i])[0]
            about, claim, amount = heard.about[j, b], heard.claim[j, b], heard.amount[j, b]
            own = Me(
                o.day, o.need[i], o.consumption[i], o.holdings[i], o.workplace[i], plans.target[i], plans.worth[i],
                plans.lulled[i], plans.bid[i], plans.bid_intent[i],
            )  # fmt: skip
            other = Other(
                o.trust[i, s], o.seen[i, s], o.recalled[i, s], o.guard[i, s], o.ally[i, s] >= o.day, o.pledge[i, s],
                o.debt[i, s], o.credit[i, s], o.beside[i, s],
            )  # fmt: skip
            weigh_answers(
                own, o.motives[i], other, i, s, o.nbr, o.trust, o.ally, kind, about, claim, amount, fear, params, worth,
                say,
            )  # fmt: skip
            weigh(worth, params.choice, odds)
            a = draw(odds, 4, luck.uniform(seed, luck.REPLY, o.day, me, s))
            if a == SAY_NOTHING:
                continue
            thanks = kind == _GIFT or kind > _DEFIED
            answers.kind[i, s] = (_THANK if thanks else _ACCEPT) if a == SAY_YES else _PROMISE
            if a == SAY_NO:
                answers.kind[i, s] = _REFUSE
            elif a in (SAY_YES, SAY_LATER):
                answers.amount[i, s], answers.due[i, s] = say[a, 0], int(say[a, 1])
                answers.plan[i, s], answers.intent[i, s] = int(say[a, 2]), int(say[a, 3])


@njit
def _act(o, params, plans, said, answers, acts):
    worth, odds, told = np.zeros(OPTIONS), np.zeros(OPTIONS), np.zeros((KNOWN, 2))
    for i in range(o.alive.shape[0]):
        if not o.alive[i]:
            continue
        seed, me = o.seed[o.world[i]], o.local[i]
        poor = o.income[i] < o.consumption[i]
        consider = luck.uniform(seed, luck.MOVE, o.day, me, 0) < (_POOR_MOVERS if poor else _MOVERS)
        news = _listen(o.nbr, o.back, o.trust, o.known, said.kind, said.about, said.claim, i, told)
        own = Me(
            o.day, o.need[i], o.consumption[i], o.holdings[i], o.workplace[i], plans.target[i], plans.worth[i],
            plans.lulled[i], plans.bid[i], plans.bid_intent[i],
        )  # fmt: skip
        weigh_labour(
            own, o.motives[i], i, o.income[i], o.tenure[i], o.nbr, o.beside, o.trust, o.known, o.f_open, o.f_rate,
            o.f_crowd, told, params.raise_cost, consider or news, worth,
        )  # fmt: skip
        weigh(worth, params.choice, odds)
        k = draw(odds, OPTIONS, luck.uniform(seed, luck.ACT, o.day, me, 0))
        acts.factory[i] = o.workplace[i]
        acts.primary[i] = _IDLE
        if k < KNOWN:
            acts.primary[i], acts.factory[i] = _SECURE, o.known[i, k]
        elif k == KNOWN:
            acts.primary[i] = _RAISE
        elif k == KNOWN + 1:
            acts.primary[i] = _EXPLORE
        for s in range(D):
            if o.pledge[i, s] > 0.0 or o.debt[i, s] > 0.0:
                _keep_faith(o, i, s, params, acts, seed, me)
        if plans.target[i] >= 0:
            _strike(o, i, params, plans, said, answers, acts, seed, me)


@njit
def _weigh_day(o, i, plans, told, raise_cost, worth):
    """The worths of one resident's primary actions, every workplace considered."""
    own = Me(
        o.day, o.need[i], o.consumption[i], o.holdings[i], o.workplace[i], plans.target[i], plans.worth[i],
        plans.lulled[i], plans.bid[i], plans.bid_intent[i],
    )  # fmt: skip
    weigh_labour(
        own, o.motives[i], i, o.income[i], o.tenure[i], o.nbr, o.beside, o.trust, o.known, o.f_open, o.f_rate,
        o.f_crowd, told, raise_cost, True, worth,
    )  # fmt: skip


@inlined
def _listen(nbr, back, trust, known, kind, about, claim, i, told):
    """Pay that neighbours tell of for each factory i knows: told (KNOWN, 2), the claim and the weight i gives it."""
    told[:] = 0.0
    news = False
    for s in range(D):
        j = nbr[i, s]
        if j < 0 or kind[j, back[i, s]] != _INFORM_PAY or trust[i, s] <= 0.0:
            continue
        for k in range(KNOWN):
            if known[i, k] == about[j, back[i, s]]:
                told[k, 0], told[k, 1] = claim[j, back[i, s]], 0.5 + 0.5 * trust[i, s]
                news = True
    return news


@inlined
def _keep_faith(o, i, s, params, acts, seed, me):
    """Whether it would pay what it owes the neighbour today: bit 1 a promise, bit 2 a debt."""
    for bit in (1, 2):
        amount = o.pledge[i, s] if bit == 1 else o.debt[i, s]
        due = o.pledge_due[i, s] if bit == 1 else o.debt_due[i, s]
        if amount > 0.0 and due <= o.day and not o.ruse[i, s] & bit:
            odds = np.exp(params.choice * word_worth(o.motives[i], o.need[i], amount, o.trust[i, s]))
            if luck.uniform(seed, luck.GIVE, o.day, me, 2 * s + bit) < odds / (1.0 + odds):
                acts.honour[i, s] |= bit


@inlined
def _party(o, i, params, said, answers):
    """Force of those who agreed to join i's attack, as i sees it."""
    force = 0.0
    for s in range(D):
        j = o.nbr[i, s]
        if j >= 0 and said.kind[i, s] == _ASK_ATTACK and answers.kind[j, o.back[i, s]] == _ACCEPT:
            force += params.allied_force * o.seen[i, s]
    return force


@inlined
def _strike_worth(o, i, params, plans, said, answers):
    """Worth of attacking today rather than wait until the target's friends are off their guard."""
    t = plans.target[i]
    mine, allied = o.holdings[i] + _party(o, i, params, said, answers), o.ally[i, t] >= o.day
    guard = 0.0 if allied else o.guard[i, t]
    share = o.holdings[i] / max(mine, 1e-9)
    now = attack_worth(o.motives[i], o.need[i], mine, o.seen[i, t], guard, o.trust[i, t], allied, share, params)
    return now - (0.8 * max(plans.lulled[i], 0.0) if guard > 0.0 else 0.0)


@inlined
def _strike(o, i, params, plans, said, answers, acts, seed, me):
    """Whether it attacks its target today, with those who agreed to join."""
    t = plans.target[i]
    if said.kind[i, t] in (_ALLIANCE, _GIFT) or answers.kind[i, t] in (_ACCEPT, _PROMISE):
        return  # friendly words today, at the earliest an attack tomorrow
    odds = np.exp(params.choice * _strike_worth(o, i, params, plans, said, answers))
    if luck.uniform(seed, luck.ATTACK, o.day, me, 0) < odds / (1.0 + odds):
        acts.attack[i] = t
        mine = o.holdings[i] + _party(o, i, params, said, answers)
        bound = o.ally[i, t] >= o.day or o.pledge[i, t] > 0.0 or o.debt[i, t] > 0.0
        acts.attack_intent[i] = attack_intent(
            o.motives[i], o.need[i], mine, o.seen[i, t], o.trust[i, t], o.recalled[i, t], bound, params
        )


@njit
def _stand(o, params, who, slot, stands):
    for k in range(who.shape[0]):
        i, s = who[k], slot[k]
        odds = np.exp(params.choice * (0.2 + stand_worth(o.motives[i], o.trust[i, s], 1.0)))
        u = luck.uniform(o.seed[o.world[i]], luck.GIVE, o.day, o.local[i], 2 * s + 2 * D + 2)
        stands[k] = not o.plot[i, s] and u < odds / (1.0 + odds)


@njit
def _fund(o, params, who, side, before, after, paid):
    for k in range(who.shape[0]):
        i = who[k]
        m, c = o.motives[i], max(o.consumption[i], 1e-9)
        change = greed(m, o.need[i]) * np.tanh(2.0 * (after[k] - before[k]) / c)
        if side[k]:
            wish = change + 0.2 * m[SUCCESS] + 0.2 * m[DOMINANCE] - 0.2 * m[CUSTOM]
        else:
            wish = 0.4 * m[CUSTOM] + 0.2 * m[AUTONOMY] + 0.2 * m[SAFETY] - change
        most = min(0.12 * max(o.holdings[i] - 2.0 * c, 0.0), c)
        paid[k] = most * min(max(wish, 0.0), 1.0)


MIND = ScriptedMind()
