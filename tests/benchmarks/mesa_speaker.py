"""A plain Mesa agent that looks round and speaks: the yardstick of `against_mesa.py`, and nothing else uses it.

The same formulas of worth as the engine's (`sim.utility`, uncompiled), the same choices, one object a resident, one a
tie, Python's own random numbers. What it leaves out (labels, metrics, digests) is time in its favour.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import mesa

from sim.observe import CO_WORKER, FADE, PRIOR, TRUST
from sim.state import KNOWN, D, Kind, Plan
from sim.utility.basis import BAD_NAME, HARM, KIND_ACT, draw, greed, scruple, want
from sim.utility.giving import gift_worth, loan_worth, owed, spare, word_worth
from sim.utility.labour import efficiency
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
from sim.utility.violence import PEACE, attack_worth, chance, demand_worth

if TYPE_CHECKING:
    from tests.benchmarks.mesa_dealings import Factory
    from tests.benchmarks.mesa_model import Community
    from tests.benchmarks.mesa_resident import Resident

SECURE, RAISE, EXPLORE, IDLE = range(1, 5)
WORTH = [(int(bit), worth) for bit, worth in TRUST.items()]
BREAK, LULL, BAIT, FEIGN, MISLEAD, SLANDER = (
    int(plan) for plan in (Plan.BREAK, Plan.LULL, Plan.BAIT, Plan.FEIGN_NEED, Plan.MISLEAD, Plan.SLANDER)
)
K = {kind.name: int(kind) for kind in Kind}


def tenth(x: float) -> float:
    """Rounded to a tenth, at least one."""
    return max(round(x * 10.0) / 10.0, 0.1)


@dataclass(slots=True, eq=False)
class Message:
    """What one resident says or answers to another."""

    kind: int
    about: Resident | Factory | None = None
    claim: float = math.nan
    amount: float = 0.0
    due: int = 0
    plan: int = 0


@dataclass(slots=True, eq=False)
class Tie:
    """What a resident has with one neighbour, and what it makes of it this morning."""

    other: Resident
    memory: list[int]
    ally: int = 0
    pledge: float = 0.0
    pledge_due: int = 0
    debt: float = 0.0
    debt_due: int = 0
    plot: bool = False
    ruse: int = 0
    seen: float = 0.0
    trust: float = 0.0
    recalled: int = 0
    guard: float = 0.0
    beside: bool = False
    credit: float = 0.0


@dataclass(slots=True, eq=False)
class Plans:
    """What it has in mind today."""

    target: Tie | None = None
    worth: float = -math.inf
    lulled: float = -math.inf
    bid: Factory | None = None


@dataclass(slots=True, eq=False)
class Acts:
    """What it will do today."""

    primary: int = IDLE
    factory: Factory | None = None
    attack: Tie | None = None
    stand: set[Resident] = field(default_factory=set)
    honour: dict[Resident, int] = field(default_factory=dict)


class Speaker(mesa.Agent):
    """What a resident is, sees and says."""

    model: Community

    def __init__(self, model: Community, motives: list[float], holdings: float, consumption: float) -> None:
        super().__init__(model)
        self.motives, self.holdings, self.consumption = motives, holdings, consumption
        self.alive, self.born, self.primary, self.tenure = True, model.day, 0, 0
        self.workplace: Factory | None = None
        self.known: list[Factory] = []
        self.paid: list[float | None] = [None] * model.scenario.memory
        self.ties: dict[Resident, Tie] = {}
        self.said: dict[Resident, Message] = {}
        self.answers: dict[Resident, Message] = {}
        self.plans, self.acts = Plans(), Acts()
        self.need = self.income = self.fear = self.force = 0.0
        self.feared: Tie | None = None
        self.bad: Tie | None = None
        self.rich: Tie | None = None

    def remember(self, other: Resident, bit: int) -> None:
        """Keep in mind today's act of a neighbour."""
        if tie := self.ties.get(other):
            tie.memory[self.model.day % len(tie.memory)] |= bit

    def pick(self, worth: list[float]) -> int:
        """An option by random utility."""
        choice = self.model.scenario.choice
        odds = [math.exp(choice * w) if w > -math.inf else 0.0 for w in worth]
        chosen: int = draw(odds, len(odds), self.random.random())
        return chosen

    def yes(self, worth: float) -> bool:
        """Whether something worth so much is done."""
        odds = math.exp(self.model.scenario.choice * worth)
        return self.random.random() < odds / (1.0 + odds)

    # perceive

    def ready(self) -> None:
        """What others may count on: the force of those allied with it."""
        day, share = self.model.day, self.model.scenario.allied_force
        self.force = sum(share * tie.other.holdings for tie in self.ties.values() if tie.ally >= day)

    def perceive(self) -> None:
        """Look at itself, its neighbours and its memory; think of targets and mergers."""
        scenario, day, draw_ = self.model.scenario, self.model.day, self.random.random
        self.need = want(self.holdings, self.consumption)
        paid = [pay for pay in self.paid if pay is not None]
        self.income = sum(paid) / len(paid) if paid else self.consumption
        blur = scenario.sight * (0.25 if self.primary == EXPLORE else 1.0)
        self.fear, self.feared, self.bad, self.rich = 0.0, None, None, None
        for other, tie in self.ties.items():
            tie.seen = other.holdings * math.exp(2.45 * blur * (draw_() + draw_() - 1.0))
            tie.beside = self.workplace is not None and self.workplace is other.workplace
            total, keep, bits = PRIOR + CO_WORKER * tie.beside, 1.0, 0
            for ago in range(1, scenario.memory + 1):
                if past := tie.memory[(day - ago) % scenario.memory]:
                    total += keep * sum(worth for bit, worth in WORTH if past & bit)
                    bits |= past
                keep *= FADE
            tie.trust, tie.recalled = math.tanh(total), bits
            mine = scenario.allied_force * self.holdings if tie.ally >= day else 0.0
            tie.guard = max(other.force - mine, 0.0)
            tie.credit = other.ties[self].debt
            self._regard(tie)
        self.plans = Plans()
        self._targets()
        self._bids()

    def _regard(self, tie: Tie) -> None:
        danger = max(-tie.trust, 0.0) * chance(tie.seen, self.holdings, 4.0) * 2.0
        if danger > self.fear:
            self.fear, self.feared = min(danger, 1.0), tie
        if tie.recalled & BAD_NAME:
            if self.bad is None or tie.trust < self.bad.trust:
                self.bad = tie
        elif self.rich is None or tie.seen > self.rich.seen:
            self.rich = tie

    def _targets(self) -> None:
        m, scenario, plans = self.motives, self.model.scenario, self.plans
        best, now, lulled = None, -math.inf, -math.inf
        for tie in self.ties.values():
            ally = tie.ally >= self.model.day
            guard = 0.0 if ally else tie.guard
            v = attack_worth(m, self.need, self.holdings, tie.seen, guard, tie.trust, ally, 1.0, scenario)
            free = v
            if guard > 0.0:
                free = attack_worth(m, self.need, self.holdings, tie.seen, 0.0, tie.trust, True, 1.0, scenario)
            if max(v, free) > max(now, lulled):
                best, now, lulled = tie, v, free
        if best and max(now, lulled) > -1.5:
            plans.target, plans.worth, plans.lulled = best, now, lulled

    def _bids(self) -> None:
        home, m, c = self.workplace, self.motives, max(self.consumption, 1e-9)
        if home is None or self.random.random() > 0.08:
            return
        for f in self.known:
            if f is home or not f.open or not home.open or home.labour <= 0.0:
                continue
            crowd = home.labour + f.labour
            ceiling = home.rate * home.labour / max(efficiency(home.labour), 1e-6)
            other = f.rate * f.labour / max(efficiency(f.labour), 1e-6) if f.labour > 0 else 0.0
            after = (ceiling + self.model.scenario.merge_keep * other) * efficiency(crowd) / crowd
            worth = greed(m, self.need) * math.tanh((after - home.rate) / c) + 0.5 * m[DOMINANCE] + 0.3 * m[SUCCESS]
            if self.yes(worth - 0.5 * m[CUSTOM] - 0.2 * m[SAFETY] - 0.1):
                self.plans.bid = f
                return

    # speak

    def speak(self) -> None:
        """At most one message to each neighbour."""
        self.said = {}
        attention = min(self.model.scenario.talk * (1.0 + self.need), 1.0)
        for other, tie in self.ties.items():
            if self.random.random() < attention:
                options: list[tuple[float, Message]] = [(0.9, Message(0))]
                self._requests(tie, options)
                self._proposals(tie, options)
                self._offers(tie, options)
                self._pressure(tie, options)
                self._news(tie, options)
                chosen = options[self.pick([worth for worth, _ in options])][1]
                if chosen.kind:
                    self.said[other] = chosen

    def _requests(self, tie: Tie, options: list[tuple[float, Message]]) -> None:
        m, c, mine, need, plans = self.motives, self.consumption, self.holdings, self.need, self.plans
        seen, trust, scenario = tie.seen, tie.trust, self.model.scenario
        ask = tenth(min(max(3.0 * c - mine, 0.5 * c), 1.5 * c))
        if need > 0.25:
            worth = 1.5 * need + 0.35 * trust + 0.2 * math.tanh((seen - mine) / 6.0) - 0.35 * m[AUTONOMY]
            options.append((worth, Message(K["ASK_HELP"], None, tenth(mine), ask)))
        elif mine > 3.0 * c and seen > 2.0 * c:
            worth = 0.75 + greed(m, need) * math.tanh(c / 3.0) + 0.3 * m[DOMINANCE] - scruple(m, trust)
            said = tenth((0.3 + self.random.random()) * c)
            options.append((worth, Message(K["ASK_HELP"], None, said, tenth(c), 0, FEIGN)))
        if need > 0.05 and tie.debt == 0.0 and seen > 2.0 * c:
            worth = 0.5 + 0.8 * need + 0.15 * m[GAIN] + 0.2 * trust - 0.2 * m[CUSTOM] - 0.2 * m[AUTONOMY]
            plan = BREAK if word_worth(m, need, 2.0 * c, trust) < 0.0 else 0
            due = self.model.day + scenario.loan_term
            options.append((worth, Message(K["ASK_LOAN"], None, tenth(mine), tenth(2.0 * c), due, plan)))
        if (t := plans.target) and t is not tie and trust > 0.05:
            joint = chance(mine + scenario.allied_force * seen, t.seen + t.guard, scenario.force)
            alone = chance(mine, t.seen + t.guard, scenario.force)
            worth = 0.5 + min(plans.worth + PEACE, 1.0) + 2.0 * (joint - alone) + 0.3 * trust
            options.append((worth, Message(K["ASK_ATTACK"], t.other, tenth(t.seen))))
        if self.fear > 0.15 and self.feared and tie is not self.feared:
            worth = 0.4 + 0.9 * m[SAFETY] * self.fear + 0.4 * trust
            options.append((worth, Message(K["ASK_DEFENCE"], self.feared.other)))

    def _proposals(self, tie: Tie, options: list[tuple[float, Message]]) -> None:
        m, c, trust, plans, scenario = self.motives, self.consumption, tie.trust, self.plans, self.model.scenario
        tp, h = max(trust, 0.0), max(-trust, 0.0)
        if plans.bid and tie.beside:
            options.append((1.0 + 0.3 * trust, Message(K["PROPOSE_MERGE"], plans.bid)))
            options.append((0.9 + 0.3 * m[GAIN], Message(K["PROPOSE_FUNDING"], plans.bid, amount=tenth(0.5 * c))))
        if tie.ally < self.model.day:
            worth = 0.3 + 0.55 * m[SAFETY] * (0.5 + self.fear) + 0.4 * m[NEAR] * tp + 0.2 * m[NORM]
            worth -= 0.25 * m[AUTONOMY] + 0.2 * m[DOMINANCE] + 0.8 * h
            offer = Message(K["PROPOSE_ALLIANCE"], due=self.model.day + scenario.term)
            if plans.target is tie and plans.lulled > 0.0:
                worth, offer.plan = max(worth, 0.7 + 0.8 * plans.lulled), LULL
            options.append((worth, offer))
        at = int(self.random.random() * D)
        if at < len(self.ties):
            contact = list(self.ties.values())[at]
            if contact is not tie and contact.trust > 0.0 and tie.seen > 3.0 * c:
                worth = 0.15 + 0.3 * m[GAIN] + 0.2 * m[SUCCESS] + 0.1 * m[NOVELTY] + 0.2 * trust
                options.append((worth, Message(K["PROPOSE_TRADE"], contact.other, amount=tenth(0.3 * c))))

    def _offers(self, tie: Tie, options: list[tuple[float, Message]]) -> None:
        m, c, need, plans, trust = self.motives, self.consumption, self.need, self.plans, tie.trust
        can, other = spare(self.holdings, c), want(tie.seen, c)
        if can <= 0.2 * c:
            return
        worth = 0.8 + gift_worth(m, need, tenth(can), other, trust, owed(tie.recalled))
        gift = Message(K["OFFER_GIFT"], amount=tenth(can))
        if plans.target is tie and plans.lulled > 0.0 and 0.4 + 0.7 * plans.lulled > worth:
            worth, gift = 0.4 + 0.7 * plans.lulled, Message(K["OFFER_GIFT"], amount=tenth(0.4 * c), plan=BAIT)
        options.append((worth, gift))
        if other > 0.1 and tie.credit == 0.0:
            amount, due = tenth(1.5 * can), self.model.day + self.model.scenario.loan_term
            worth = 0.7 + loan_worth(m, need, amount, other, trust)
            options.append((worth, Message(K["OFFER_LOAN"], amount=amount, due=due)))

    def _pressure(self, tie: Tie, options: list[tuple[float, Message]]) -> None:
        m, c, trust, scenario = self.motives, self.consumption, tie.trust, self.model.scenario
        if tie.ally >= self.model.day:
            return
        h = max(-trust, 0.0)
        p = chance(self.holdings, tie.seen + tie.guard, scenario.force)
        if p > 0.6 and tie.seen > 2.0 * c:
            worth = demand_worth(m, self.need, c, p, trust)[0]
            options.append((worth, Message(K["DEMAND"], amount=tenth(c), due=self.model.day + 2)))
        grudge = h * (0.8 * m[SAFETY] + 0.6 * m[DOMINANCE] + 0.6) if tie.recalled & HARM else 0.0
        if grudge > 0.0 or p > 0.6:
            worth = 0.1 + grudge + 0.7 * m[DOMINANCE] * p - 0.3 * m[NORM] - 0.3 * m[NEAR] * (1.0 - h) - 0.2 * m[ALL]
            options.append((worth, Message(K["THREAT"])))

    def _news(self, tie: Tie, options: list[tuple[float, Message]]) -> None:
        m, c, trust, mine = self.motives, self.consumption, tie.trust, self.holdings
        tp, h, shame = max(trust, 0.0), max(-trust, 0.0), scruple(m, trust)
        if tie.recalled & KIND_ACT:
            worth = 0.25 + 0.25 * m[NEAR] + 0.25 * m[NORM] + 0.15 * m[CUSTOM] + 0.4 * trust
            options.append((worth, Message(K["PRAISE"])))
        elif tie.seen > 1.5 * mine:
            pull = math.tanh((tie.seen - 1.5 * mine) / 6.0)
            worth = 0.1 + pull * (0.4 * m[SAFETY] + 0.4 * m[GAIN]) - 0.45 * m[AUTONOMY] - 0.3 * m[NORM] - 0.5 * h
            options.append((worth, Message(K["PRAISE"], plan=int(Plan.FLATTER))))
        at = int(self.random.random() * KNOWN)
        if at < len(self.known) and (f := self.known[at]).open and f.rate > 0.0:
            true = 0.3 + 0.35 * m[NEAR] * tp + 0.25 * m[ALL] + 0.15 * m[NORM] - 0.4 * h
            false = 0.25 + 0.45 * m[GAIN] + 0.3 * m[DOMINANCE] - shame
            if tie.beside and f is not self.workplace and false > true:
                options.append((false, Message(K["INFORM_PAY"], f, tenth(f.rate * 1.4 + 0.4 * c), plan=MISLEAD)))
            else:
                options.append((true, Message(K["INFORM_PAY"], f, tenth(f.rate))))
        if self.bad and self.bad is not tie:
            worth = 0.4 + 0.5 * m[NEAR] * tp + 0.4 * m[SAFETY] + 0.4 * max(-self.bad.trust, 0.0)
            options.append((worth, Message(K["INFORM_DANGER"], self.bad.other)))
        elif not self.bad and (rich := self.rich) and rich is not tie and rich.seen > mine:
            worth = 0.05 + 0.5 * m[DOMINANCE] + 0.35 * m[GAIN] - shame - 0.3 * rich.trust
            options.append((worth, Message(K["INFORM_DANGER"], rich.other, plan=SLANDER)))
