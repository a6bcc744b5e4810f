"""CIVA's community as a plain Mesa model: the rules of `sim/rules`, one resident at a time. See `mesa_speaker.py`.

Run by `against_mesa.py` in a process of its own, where numba compiles nothing: `python -m tests.benchmarks.mesa_model
SIZE DAYS` prints population by day and seconds as JSON.
"""

from __future__ import annotations

import json
import math
import sys
import time

from sim.rules.explore import FINDS, MEETS
from sim.rules.raising import FIRST_TIES
from sim.scenario import Scenario, check
from sim.state import KNOWN, D
from sim.utility import basis, giving, labour, violence
from sim.utility.motives import AUTONOMY, CUSTOM, DOMINANCE, LAMBDA, SAFETY, SUCCESS
from sim.values import HIGHEST, LOWEST
from tests.benchmarks.mesa_dealings import AGREED, GAVE, Dealings, Factory
from tests.benchmarks.mesa_resident import Resident
from tests.benchmarks.mesa_speaker import (
    EXPLORE,
    IDLE,
    RAISE,
    SECURE,
)

for formulas in (basis, giving, labour, violence):
    vars(formulas)["np"] = math  # uncompiled, the formulas are several times as fast with it as with numpy

LABOUR = {SECURE: 1.0, RAISE: 0.5, EXPLORE: 0.5, IDLE: 0.0}


class Community(Dealings):
    """The world, and the day in the engine's order."""

    def __init__(self, scenario: Scenario) -> None:
        super().__init__(scenario)
        works = max(1, round(scenario.factories * scenario.size / 25))
        self.factories = [
            Factory(f, scenario.output * (18.0, 22.0, 26.0)[f % 3] / 22.0 * (0.9 + 0.2 * self.random.random()))
            for f in range(works)
        ]
        founders = [
            self.newcomer(max(self.random.gauss(scenario.start, 0.25 * scenario.start), 0.0))
            for _ in range(scenario.size)
        ]
        for i, resident in enumerate(founders):
            home = i * works // scenario.size
            resident.workplace = self.factories[home]
            resident.known = [self.factories[home]] + ([self.factories[(home + 1) % works]] if works > 1 else [])
            for step in range(1, min(scenario.neighbours // 2, (scenario.size - 1) // 2) + 1):
                self.tie(resident, founders[(i + step) % scenario.size])
        for factory in self.factories:
            factory.rate = scenario.consumption * 1.1

    def newcomer(self, holdings: float) -> Resident:
        """A resident with values of its own."""
        group = self.random.choices(self.scenario.mix, [group.share for group in self.scenario.mix])[0]
        spread = self.scenario.variety
        weights = [min(max(self.random.gauss(w, spread), LOWEST), HIGHEST) for w in group.profile()]
        motives = [float(x) for x in weights @ LAMBDA]
        return Resident(self, motives, holdings, self.scenario.consumption * (0.9 + 0.2 * self.random.random()))

    def step(self) -> None:
        """One day."""
        self.day += 1
        self.events.clear()
        residents: list[Resident] = list(self.agents)
        for resident in residents:
            resident.ready()
        for resident in residents:
            resident.perceive()
        for resident in residents:
            for tie in resident.ties.values():
                tie.memory[self.day % self.scenario.memory] = 0
            resident.speak()
        for resident in residents:
            resident.reply()
        for resident in residents:
            resident.act()
        for rule in (self.hear, self.agree, self.give, self.settle):
            for resident in residents:
                rule(resident)
        attackers = [resident for resident in residents if resident.acts.attack]
        self.random.shuffle(attackers)
        for resident in attackers:
            self.fight(resident)
        self.merge(residents)
        self.produce([resident for resident in residents if resident.alive])
        for resident in residents:
            if resident.alive and resident.primary == EXPLORE:
                self.explore(resident)
        for resident in residents:
            if resident.alive and resident.primary == RAISE and resident.holdings >= self.scenario.raise_cost:
                self.raise_child(resident)
        for resident in residents:
            if resident.alive:
                self.consume(resident)

    def merge(self, residents: list[Resident]) -> None:
        """Bids to merge, funded worker by worker."""
        bids: dict[Factory, tuple[Resident, Factory, Factory]] = {}
        wishes = [r for r in residents if r.alive and r.plans.bid and r.workplace]
        self.random.shuffle(wishes)
        for wish in wishes:
            one, two = wish.workplace, wish.plans.bid
            if one and two and one not in bids and two not in bids and one.open and two.open:
                bids[one] = bids[two] = (wish, one, two)
        if not bids:
            return
        balance: dict[Resident, float] = {bid[0]: 0.0 for bid in bids.values()}
        for worker in residents:
            if worker.alive and worker.workplace in bids:
                wish, one, two = bids[worker.workplace]
                crowd = max(one.labour + two.labour, 1.0)
                after = (one.most + self.scenario.merge_keep * two.most) * labour.efficiency(crowd) / crowd
                amount = min(self.fund(worker, worker.workplace is one, after), worker.holdings)
                if amount >= 0.05:
                    worker.holdings -= amount
                    balance[wish] += amount if worker.workplace is one else -amount
        for wish, one, two in {id(bid): bid for bid in bids.values()}.values():
            won = self.random.random() < basis.sigma(balance[wish])
            self.events.append(("merge", wish, one, two, won))
            if won:
                one.most, two.open = one.most + self.scenario.merge_keep * two.most, False
                for worker in residents:
                    if worker.workplace is two:
                        worker.workplace, worker.tenure = one, 0
                    if two in worker.known:
                        worker.known = [f for f in worker.known if f not in (one, two)] + [one]

    def fund(self, worker: Resident, bidding: bool, after: float) -> float:
        """What a worker puts in, for or against."""
        m, c, home = worker.motives, max(worker.consumption, 1e-9), worker.workplace
        before = home.output / max(home.labour, 1.0) if home else 0.0
        change = basis.greed(m, worker.need) * math.tanh(2.0 * (after - before) / c)
        if bidding:
            wish = change + 0.2 * m[SUCCESS] + 0.2 * m[DOMINANCE] - 0.2 * m[CUSTOM]
        else:
            wish = 0.4 * m[CUSTOM] + 0.2 * m[AUTONOMY] + 0.2 * m[SAFETY] - change
        return min(0.12 * max(worker.holdings - 2.0 * c, 0.0), c) * min(max(wish, 0.0), 1.0)

    def produce(self, residents: list[Resident]) -> None:
        """Move workers, make the day's output, pay it out."""
        parts: list[tuple[Resident, Factory, float]] = []
        slot = self.day % self.scenario.memory
        for factory in self.factories:
            factory.labour = factory.share = 0.0
        for one in residents:
            one.paid[slot], one.primary, place = None, one.acts.primary, one.acts.factory
            if place and place.open and place is not one.workplace:
                one.workplace, one.tenure = place, 0
                self.events.append(("move", one, place))
            if home := one.workplace:
                one.tenure += 1
                work = LABOUR[one.primary]
                part = work * (1.0 + self.scenario.risk * (2.0 * self.random.random() - 1.0))
                home.labour, home.share = home.labour + work, home.share + part
                if part > 0.0:
                    parts.append((one, home, part))
        for factory in self.factories:
            factory.output = factory.most * labour.efficiency(factory.labour) if factory.open else 0.0
            factory.rate = factory.output / factory.labour if factory.labour > 0.0 else 0.0
        for one, home, part in parts:
            pay = home.output * part / home.share
            one.paid[slot] = pay
            one.holdings += pay

    def explore(self, one: Resident) -> None:
        """Meet a neighbour's neighbour, find a factory."""
        met: Resident | None = None
        at, next_ = int(self.random.random() * D), int(self.random.random() * D)
        if self.random.random() < MEETS and at < len(one.ties):
            between = list(one.ties)[at]
            if next_ < len(between.ties) and self.tie(one, found := list(between.ties)[next_]):
                met = found
        if self.random.random() < FINDS:
            base = (
                met.workplace
                if met
                else (one.known[k] if (k := int(self.random.random() * KNOWN)) < len(one.known) else None)
            )
            if base:
                for place in self.factories[base.number : base.number + 3]:
                    if place.open and place not in one.known:
                        if len(one.known) >= KNOWN:
                            one.known.remove(next(f for f in one.known if f is not one.workplace))
                        one.known.append(place)
                        break
        self.events.append(("explore", one, met))

    def raise_child(self, parent: Resident) -> None:
        """A new resident beside its parent."""
        parent.holdings -= self.scenario.raise_cost
        child = self.newcomer(self.scenario.raise_gift)
        child.workplace, child.known = parent.workplace, list(parent.known)
        if self.tie(child, parent):
            child.remember(parent, GAVE | AGREED)
            parent.remember(child, GAVE | AGREED)
        for other in list(parent.ties):
            if len(child.ties) < FIRST_TIES and other is not child:
                self.tie(child, other)
        self.events.append(("birth", parent, child))

    def consume(self, one: Resident) -> None:
        """The day's consumption, and the death of those who cannot pay it."""
        cost = one.consumption * (1.0 + self.scenario.risk * (2.0 * self.random.random() - 1.0))
        if one.holdings < cost:
            self.bury(one)
        else:
            one.holdings -= cost


def main(size: int, days: int) -> None:
    """Live some days and print what came of it."""
    community = Community(check({"size": size, "seed": 1}))
    population, start = [], time.process_time()
    for _ in range(days):
        community.step()
        population.append(len(community.agents))
    print(json.dumps({"population": population, "seconds": time.process_time() - start}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
