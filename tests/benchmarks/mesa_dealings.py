"""What residents of the plain Mesa model do to one another: talk, gifts, loans, attacks. See `mesa_model.py`."""

from __future__ import annotations

from dataclasses import dataclass

import mesa

from sim.rules.attack import UNSUSPECTING
from sim.rules.due import RESPITE
from sim.rules.talk import FOUND_OUT
from sim.scenario import Scenario
from sim.state import KNOWN, D, Seen
from sim.utility import violence
from tests.benchmarks.mesa_resident import Resident
from tests.benchmarks.mesa_speaker import BAIT, BREAK, FEIGN, LULL, MISLEAD, SLANDER, K, Tie

ATTACKED, SAW, DEFENDED, DESERTED, KEPT, BROKE, GAVE, I_GAVE, GAVE_OTHER = (
    int(bit)
    for bit in (
        Seen.ATTACKED, Seen.ATTACKED_OTHER, Seen.DEFENDED, Seen.DESERTED, Seen.KEPT, Seen.BROKE, Seen.GAVE,
        Seen.I_GAVE, Seen.GAVE_OTHER,
    )
)  # fmt: skip
THREATENED, PRAISED, INFORMED, WARNED, LIED, REFUSED, AGREED = (
    int(bit)
    for bit in (Seen.THREATENED, Seen.PRAISED, Seen.INFORMED, Seen.WARNED_OF, Seen.LIED, Seen.REFUSED, Seen.AGREED)
)


@dataclass(slots=True, eq=False)
class Factory:
    """A place of work."""

    number: int
    most: float
    open: bool = True
    labour: float = 0.0
    output: float = 0.0
    rate: float = 0.0
    share: float = 0.0


class Dealings(mesa.Model):
    """Ties between residents, and the rules that work along them."""

    def __init__(self, scenario: Scenario) -> None:
        super().__init__(seed=scenario.seed)
        self.scenario, self.day = scenario, 0
        self.events: list[tuple[object, ...]] = []

    def tie(self, one: Resident, two: Resident) -> bool:
        """Make them neighbours, if they are not and both have room."""
        if one is two or two in one.ties or len(one.ties) >= D or len(two.ties) >= D:
            return False
        one.ties[two] = Tie(two, [0] * self.scenario.memory)
        two.ties[one] = Tie(one, [0] * self.scenario.memory)
        return True

    def bury(self, resident: Resident) -> None:
        """It leaves, and its ties with it."""
        for other in resident.ties:
            del other.ties[resident]
        resident.ties.clear()
        resident.alive, resident.holdings = False, 0.0
        self.events.append(("death", resident))
        resident.remove()

    def hear(self, one: Resident) -> None:
        """What its words leave with others."""
        for other, tie in one.ties.items():
            if one.plans.target is tie and one.plans.lulled <= 0.0:
                tie.plot = False
            if message := one.said.get(other):
                tie.plot = tie.plot or message.plan in (LULL, BAIT)
                if message.kind in (K["DEMAND"], K["THREAT"]):
                    other.remember(one, THREATENED)
                elif message.kind == K["PRAISE"]:
                    other.remember(one, PRAISED)
                elif message.kind == K["INFORM_PAY"] and isinstance(message.about, Factory):
                    other.remember(one, INFORMED)
                    if message.about not in other.known and len(other.known) < KNOWN:
                        other.known.append(message.about)
                elif message.kind == K["INFORM_DANGER"] and isinstance(message.about, Resident):
                    if other.ties[one].trust > 0.0:
                        other.remember(message.about, WARNED)
                if message.plan in (FEIGN, MISLEAD, SLANDER) and self.random.random() < FOUND_OUT:
                    other.remember(one, LIED)
            if answer := one.answers.get(other):
                if answer.kind == K["REFUSE"]:
                    other.remember(one, REFUSED)
                elif answer.kind in (K["ACCEPT"], K["PROMISE"]):
                    other.remember(one, AGREED)
                tie.plot = tie.plot or answer.plan == LULL

    def agree(self, one: Resident) -> None:
        """Carry out what it accepted."""
        for other, answer in one.answers.items():
            tie, asked = one.ties.get(other), other.said.get(one)
            if not tie or not asked:
                continue
            if answer.kind == K["PROMISE"]:
                tie.pledge, tie.pledge_due = answer.amount, answer.due
                tie.ruse |= 1 if answer.plan == BREAK else 0
            elif answer.kind != K["ACCEPT"]:
                continue
            elif asked.kind == K["PROPOSE_ALLIANCE"] and tie.ally < self.day:
                tie.ally = other.ties[one].ally = self.day + self.scenario.term
                self.events.append(("alliance", other, one))
            elif asked.kind == K["ASK_LOAN"]:
                self.lend(one, other, answer.amount, asked.due, asked.plan == BREAK)
            elif asked.kind == K["OFFER_LOAN"]:
                self.lend(other, one, answer.amount, answer.due, answer.plan == BREAK)
            elif asked.kind == K["PROPOSE_TRADE"] and isinstance(asked.about, Resident):
                contact = asked.about
                if contact in other.ties and one.holdings >= answer.amount and self.tie(one, contact):
                    one.holdings -= answer.amount
                    other.holdings += answer.amount
                    self.events.append(("trade", other, one, contact))

    def lend(self, lender: Resident, borrower: Resident, amount: float, due: int, ruse: bool) -> None:
        """The lender gives today; the borrower owes it."""
        tie = borrower.ties[lender]
        if amount < 0.05 or lender.holdings < amount or tie.debt > 0.0:
            return
        lender.holdings -= amount
        borrower.holdings += amount
        tie.debt, tie.debt_due, tie.ruse = amount, due, tie.ruse | (2 if ruse else 0)
        borrower.remember(lender, KEPT)
        lender.remember(borrower, I_GAVE)
        self.events.append(("loan", lender, borrower, amount))

    def give(self, one: Resident) -> None:
        """Its gifts: offered, asked for, demanded."""
        for other in list(one.ties):
            said, answer, asked = one.said.get(other), one.answers.get(other), other.said.get(one)
            if said and said.kind == K["OFFER_GIFT"]:
                self.hand_over(one, other, said.amount, False)
            if answer and asked and answer.kind == K["ACCEPT"] and asked.kind in (K["ASK_HELP"], K["DEMAND"]):
                self.hand_over(one, other, answer.amount, asked.kind == K["DEMAND"])

    def hand_over(self, one: Resident, other: Resident, amount: float, demanded: bool) -> None:
        """Move units; neighbours of both may see it."""
        amount = min(amount, one.holdings)
        if amount < 0.05:
            return
        one.holdings -= amount
        other.holdings += amount
        if not demanded:
            other.remember(one, GAVE)
            one.remember(other, I_GAVE)
            for witness in other.ties:
                if witness is not one:
                    witness.remember(one, GAVE_OTHER)
        self.events.append(("gift", one, other, amount))

    def settle(self, one: Resident) -> None:
        """What falls due."""
        for other, tie in one.ties.items():
            willing = one.acts.honour.get(other, 0)
            if tie.pledge > 0.0 and tie.pledge_due <= self.day:
                if self.keep_word(one, other, tie.pledge, bool(willing & 1)):
                    tie.pledge, tie.ruse = 0.0, tie.ruse & 2
                else:
                    tie.pledge_due = self.day + RESPITE
            if tie.debt > 0.0 and tie.debt_due <= self.day:
                if self.keep_word(one, other, tie.debt, bool(willing & 2)):
                    tie.debt, tie.ruse = 0.0, tie.ruse & 1
                else:
                    tie.debt_due = self.day + RESPITE

    def keep_word(self, one: Resident, other: Resident, amount: float, willing: bool) -> bool:
        """Settle one word given; False if put off."""
        if one.holdings - amount < one.consumption:
            self.events.append(("unable", one, other, amount))
            return False
        if willing:
            one.holdings -= amount
            other.holdings += amount
        other.remember(one, KEPT if willing else BROKE)
        self.events.append(("kept" if willing else "broken", one, other, amount))
        return True

    def fight(self, one: Resident) -> None:
        """One attack, with those who joined and those who stand by the target."""
        target = one.acts.attack.other if one.acts.attack else one
        if not one.alive or target not in one.ties:
            return
        band = [
            other
            for other, message in one.said.items()
            if message.kind == K["ASK_ATTACK"] and message.about is target and other in one.ties
            and one in other.answers and other.answers[one].kind == K["ACCEPT"]
        ]  # fmt: skip
        guard = self.defenders(one, target, band)
        share, force = self.scenario.allied_force, self.scenario.force
        mine = one.holdings + sum(share * other.holdings for other in band)
        theirs = target.holdings + sum(share * other.holdings for other in guard)
        won = self.random.random() < violence.chance(mine, theirs, force)
        booty = target.holdings
        for attacker in (*band, one):
            target.remember(attacker, ATTACKED)
            for witness in target.ties:
                if witness is not attacker:
                    witness.remember(attacker, SAW)
            part = (
                (1.0 if attacker is one else share) * attacker.holdings / mine if mine > 0.0 else float(attacker is one)
            )
            attacker.holdings = max(attacker.holdings - self.scenario.attack_cost, 0.0)
            if won:
                attacker.holdings += part * booty
            else:
                loss = self.scenario.attack_loss * attacker.holdings
                attacker.holdings -= loss
                target.holdings += 0.5 * loss
        self.events.append(("attack", one, target, won))
        if won:
            self.bury(target)

    def defenders(self, one: Resident, target: Resident, band: list[Resident]) -> list[Resident]:
        """Those who stand by the target; those bound to who do not are remembered for it."""
        toward = target.ties[one]
        called = toward.ally < self.day and toward.trust <= UNSUSPECTING
        called = called or any(m.kind == K["ASK_DEFENCE"] and m.about is one for m in target.said.values())
        standing = []
        for other, tie in target.ties.items() if called else ():
            asked, answer = target.said.get(other), other.answers.get(target)
            promised = asked and answer and asked.kind == K["ASK_DEFENCE"] and answer.kind == K["ACCEPT"]
            if other is one or other in band or not (tie.ally >= self.day or promised):
                continue
            stands = target in other.acts.stand
            target.remember(other, DEFENDED if stands else DESERTED)
            self.events.append(("defend" if stands else "desert", other, target))
            if stands:
                standing.append(other)
        return standing
