"""The rest of the plain Mesa agent: how it answers and what it does. See `mesa_speaker.py`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sim.state import KNOWN
from sim.utility.basis import RESERVE, greed, scruple
from sim.utility.giving import believed_need, gift_worth, loan_worth, owed, word_worth
from sim.utility.labour import MIDPOINT
from sim.utility.motives import (
    ALL,
    AUTONOMY,
    CUSTOM,
    DOMINANCE,
    GAIN,
    NEAR,
    NORM,
    NOVELTY,
    PLEASURE,
    SAFETY,
    SUCCESS,
)  # fmt: skip
from sim.utility.violence import attack_worth, chance, stand_worth
from tests.benchmarks.mesa_speaker import (
    BREAK,
    EXPLORE,
    IDLE,
    LULL,
    RAISE,
    SECURE,
    Acts,
    K,
    Message,
    Speaker,
    Tie,
    tenth,
)

if TYPE_CHECKING:
    pass

NOTHING, YES, NO, LATER = range(4)


class Resident(Speaker):
    """One resident: it looks, speaks, answers and acts; the Community carries out."""

    # reply

    def reply(self) -> None:
        """At most one answer to each message heard."""
        self.answers = {}
        for other, tie in self.ties.items():
            heard = other.said.get(self)
            if not heard:
                continue
            worth, say = (
                [0.1, -math.inf, -math.inf, -math.inf],
                {LATER: Message(K["PROMISE"]), NO: Message(K["REFUSE"])},
            )
            thanks = heard.kind == K["OFFER_GIFT"] or heard.kind > K["THREAT"]
            say[YES] = Message(K["THANK"] if thanks else K["ACCEPT"])
            worth[NO] = 0.2 + 0.1 * self.motives[AUTONOMY] + 0.5 * max(-tie.trust, 0.0)
            if heard.kind <= K["ASK_DEFENCE"]:
                self._answer_request(tie, heard, worth, say)
            elif heard.kind <= K["PROPOSE_TRADE"]:
                self._answer_proposal(tie, heard, worth, say[YES])
            elif heard.kind <= K["OFFER_LOAN"]:
                self._answer_offer(tie, heard, worth, say[YES])
            elif heard.kind <= K["THREAT"]:
                self._answer_pressure(tie, heard, worth, say[YES])
            else:
                tp, h, m = max(tie.trust, 0.0), max(-tie.trust, 0.0), self.motives
                worth[YES] = 0.1 + 0.3 * m[NORM] + 0.2 * m[NEAR] * tp + 0.2 * m[CUSTOM] - 0.5 * h
                worth[NO], worth[NOTHING] = -math.inf, 0.5
            if chosen := self.pick(worth):
                self.answers[other] = say[chosen]

    def _answer_request(self, tie: Tie, heard: Message, worth: list[float], say: dict[int, Message]) -> None:
        m, need, c, mine, trust = self.motives, self.need, self.consumption, self.holdings, tie.trust
        tp, scenario, day = max(trust, 0.0), self.model.scenario, self.model.day
        if heard.kind == K["ASK_HELP"]:
            give = min(heard.amount, 0.4 * (mine - RESERVE * c))
            other = believed_need(heard.claim, tie.seen, c, trust)
            if give > 0.1:
                due = max(owed(tie.recalled), 0.4 + 0.4 * tp)
                say[YES].amount = tenth(give)
                worth[YES] = 0.3 + gift_worth(m, need, tenth(give), other, trust, due)
            if tie.pledge == 0.0:
                later = tenth(heard.amount)
                sincere = gift_worth(m, 0.5 * need, later, other, trust, 0.5) - 0.1
                false = 0.1 + 0.25 * m[DOMINANCE] + 0.2 * m[GAIN] - 0.6 * scruple(m, trust) + 0.2 * m[CUSTOM]
                worth[LATER] = max(sincere, false)
                say[LATER].amount, say[LATER].due = later, day + 3
                say[LATER].plan = BREAK if false > sincere else 0
        elif heard.kind == K["ASK_LOAN"]:
            give = min(heard.amount, 0.5 * (mine - RESERVE * c))
            if give > 0.2 and tie.credit == 0.0:
                other = believed_need(heard.claim, tie.seen, c, trust)
                worth[YES] = 0.1 + loan_worth(m, need, tenth(give), other, trust)
                say[YES].amount, say[YES].due = tenth(give), day + scenario.loan_term
        elif heard.kind == K["ASK_ATTACK"]:
            target = self.ties.get(heard.about) if isinstance(heard.about, Resident) else None
            toward, allied = (target.trust, target.ally >= day) if target else (0.0, False)
            force = mine + tie.seen
            share = mine / max(force, 1e-9)
            v = attack_worth(m, need, force, heard.claim, 0.0, toward, allied, share, scenario)
            worth[YES] = v + 0.5 * m[NEAR] * tp
            worth[NO] += 0.2
        else:
            worth[YES] = stand_worth(m, trust, 1.0) - 0.1

    def _answer_proposal(self, tie: Tie, heard: Message, worth: list[float], yes: Message) -> None:
        m, c, mine, trust = self.motives, self.consumption, self.holdings, tie.trust
        tp, h = max(trust, 0.0), max(-trust, 0.0)
        if heard.kind in (K["PROPOSE_MERGE"], K["PROPOSE_FUNDING"]):
            worth[YES] = 0.1 + 0.3 * m[GAIN] + 0.3 * trust + 0.2 * m[SUCCESS] - 0.4 * m[CUSTOM] - 0.1 * m[SAFETY]
            yes.amount = min(heard.amount, max(tenth(0.1 * mine), 0.1))
        elif heard.kind == K["PROPOSE_ALLIANCE"]:
            safe = 0.5 * m[SAFETY] * (0.5 + self.fear)
            worth[YES] = 0.2 + safe + 0.6 * trust + 0.2 * m[NORM] + 0.3 * m[NEAR] * tp - 0.25 * m[AUTONOMY]
            if self.plans.target is tie and self.plans.lulled > 0.0:
                worth[YES], yes.plan = max(worth[YES], 0.5 + 0.8 * self.plans.lulled), LULL
            worth[NO] += 0.3 * h
        else:
            price = greed(m, self.need) * math.tanh(heard.amount / 2.0)
            if mine >= heard.amount + RESERVE * c:
                worth[YES] = 0.2 + 0.3 * m[NOVELTY] + 0.2 * m[GAIN] + 0.2 * trust - price
            yes.amount = heard.amount

    def _answer_offer(self, tie: Tie, heard: Message, worth: list[float], yes: Message) -> None:
        m, need = self.motives, self.need
        if heard.kind == K["OFFER_GIFT"]:
            worth[YES], worth[NO] = 0.5 + 0.3 * m[NORM] + 0.2 * m[NEAR], -math.inf
            return
        yes.amount, yes.due = heard.amount, self.model.day + self.model.scenario.loan_term
        if tie.debt == 0.0:
            worth[YES] = 0.8 * need + 0.15 * m[GAIN] - 0.1 * m[AUTONOMY] + 0.2 * tie.trust
            yes.plan = BREAK if word_worth(m, need, heard.amount, tie.trust) < 0.0 else 0

    def _answer_pressure(self, tie: Tie, heard: Message, worth: list[float], yes: Message) -> None:
        m, mine, h = self.motives, self.holdings, max(-tie.trust, 0.0)
        if heard.kind == K["THREAT"]:
            worth[NO] = 0.4 * m[AUTONOMY] + 0.4 * m[DOMINANCE]
            return
        lose = chance(tie.seen, mine, self.model.scenario.force)
        yes.amount = min(heard.amount, max(mine - self.consumption, 0.0))
        if yes.amount >= 0.1:
            price = greed(m, self.need) * math.tanh(heard.amount / 2.0)
            worth[YES] = 0.1 + m[SAFETY] * (0.3 + lose) + 0.2 * m[NORM] - price
            worth[YES] -= 0.3 * m[AUTONOMY] + 0.3 * m[SUCCESS] * (1.0 - lose)
        worth[NO] = 0.2 + 0.4 * m[AUTONOMY] + 0.4 * m[DOMINANCE] + 0.3 * h - 0.5 * m[SAFETY] * lose

    # act

    def act(self) -> None:
        """Choose the day's work, whom to stand by, what to honour, whether to strike."""
        acts = self.acts = Acts(factory=self.workplace)
        worth = self._labour()
        k = self.pick(worth)
        jobs = len(self.known)
        if k < jobs:
            acts.primary, acts.factory = SECURE, self.known[k]
        else:
            acts.primary = (RAISE, EXPLORE, IDLE)[k - jobs]
        for other, tie in self.ties.items():
            self._keep_faith(other, tie, acts)
        if self.plans.target:
            self._strike(self.plans.target, acts)

    def _labour(self) -> list[float]:
        m, need, c, scenario = self.motives, self.need, max(self.consumption, 1e-9), self.model.scenario
        g, worth, best = greed(m, need), [], 0.0
        consider = self.random.random() < (0.5 if self.income < self.consumption else 0.2)
        beside = [tie for tie in self.ties.values() if tie.beside]
        friends = sum(tie.trust > 0.1 for tie in beside) / len(beside) if beside else 0.0
        unknown, lonely = 1.0 - len(self.known) / KNOWN, 1.0 - min(len(self.ties) / 6.0, 1.0)
        for f in self.known:
            here = f is self.workplace
            rate = self.income if here and self.tenure > 2 else f.rate
            best = max(best, rate) if f.open else best
            if not f.open or (not here and self.workplace and not consider):
                worth.append(-math.inf)
                continue
            gain = min(max(rate / c - 1.0, -1.0), 1.5)
            v = g * gain + (0.4 * m[SUCCESS] + 0.4 * m[SAFETY]) * min(gain, 1.0)
            v += 0.1 * (m[NEAR] + m[ALL]) * math.tanh((MIDPOINT - f.labour) / 6.0)
            if here:
                v += m[CUSTOM] * (0.3 + 0.5 * min(self.tenure / 10.0, 1.0)) + 0.5 * m[NEAR] * friends + 0.1 * m[SAFETY]
            else:
                v += -0.2 * m[CUSTOM] + 0.4 * m[NOVELTY] + 0.15 * m[AUTONOMY]
            worth.append(v)
        half, raising = 0.5 * (min(max(self.income / c - 1.0, -1.0), 1.5) + 1.0) - 1.0, -math.inf
        if self.holdings >= scenario.raise_cost + 2.0 * c:
            outlook = min(max(best / c - 1.05, -0.6), 0.6)
            cost = min(scenario.raise_cost / self.holdings, 1.0)
            raising = g * (half - 0.25 * cost + 0.6 * outlook) + 0.4 * m[NEAR] + 0.6 * m[ALL] * outlook
            raising += m[SUCCESS] * (0.5 + 0.3 * outlook) + 0.2 * m[NOVELTY] - 0.6 * m[CUSTOM]
            raising += m[SAFETY] * (0.3 * outlook - 0.4 * cost) + 0.3 * m[DOMINANCE] + 0.2 * m[AUTONOMY]
        roam = g * (half + 0.25 * (unknown + lonely)) + m[NOVELTY] * (0.3 + 0.7 * unknown + 0.3 * lonely)
        roam += 0.5 * m[AUTONOMY] - 0.4 * m[CUSTOM] - 0.2 * m[SAFETY]
        rest = -g + m[PLEASURE] - 0.4 * m[SUCCESS] - 0.2 * m[NOVELTY] + 0.1 * m[AUTONOMY]
        return [*worth, raising, roam, rest]

    def _keep_faith(self, other: Resident, tie: Tie, acts: Acts) -> None:
        m, day = self.motives, self.model.day
        for bit, due, amount in ((1, tie.pledge_due, tie.pledge), (2, tie.debt_due, tie.debt)):
            if amount > 0.0 and due <= day and not tie.ruse & bit:
                if self.yes(word_worth(m, self.need, amount, tie.trust)):
                    acts.honour[other] = acts.honour.get(other, 0) | bit
        promised = other in self.answers and self.answers[other].kind == K["ACCEPT"]
        if (tie.ally >= day or promised) and not tie.plot and self.yes(0.2 + stand_worth(m, tie.trust, 1.0)):
            acts.stand.add(other)

    def _strike(self, target: Tie, acts: Acts) -> None:
        scenario, said = self.model.scenario, self.said.get(target.other)
        if said and said.kind in (K["PROPOSE_ALLIANCE"], K["OFFER_GIFT"]):
            return
        force = 0.0
        for other, message in self.said.items():
            answer = other.answers.get(self)
            if message.kind == K["ASK_ATTACK"] and answer and answer.kind == K["ACCEPT"]:
                force += scenario.allied_force * self.ties[other].seen
        mine, allied = self.holdings + force, target.ally >= self.model.day
        guard = 0.0 if allied else target.guard
        share = self.holdings / max(mine, 1e-9)
        now = attack_worth(self.motives, self.need, mine, target.seen, guard, target.trust, allied, share, scenario)
        if self.yes(now - (0.8 * max(self.plans.lulled, 0.0) if guard > 0.0 else 0.0)):
            acts.attack = target
