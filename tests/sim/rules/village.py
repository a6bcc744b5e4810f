"""A village of a few named residents, made by hand, in which one rule at a time can be watched."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from sim import chronicle
from sim.birth import blank
from sim.chronicle import Log
from sim.intentions import Acts, Plans, Talk
from sim.observe import Observation, observe
from sim.params import Params, Society, params, society
from sim.rules import agreement, attack, due, gift, talk
from sim.scenario import Scenario, check
from sim.state import Array, Happening, Kind, World

OUTPUT = 20.0  # maximum of each factory, units a day


class Village:
    """Residents are called by their names; what they say, answer and do is written down, then a rule is run."""

    def __init__(
        self, residents: Mapping[str, float] | None = None, /, *, factories: int = 1, seed: int = 1,
        settings: dict[str, Any] | None = None, **named: float,
    ) -> None:  # fmt: skip
        """Names and holdings, in units; settings as in Scenario."""
        holdings = {**named, **(residents or {})}
        self.scenario: Scenario = check({"size": len(holdings), "seed": seed, **(settings or {})})
        self.params: Params = params(self.scenario)
        self.society: Society = society([self.scenario])
        self.names = list(holdings)
        n = len(holdings)
        self.world: World = blank(n, self.scenario.memory)._replace(
            seed=np.array([seed], np.uint64),
            f_world=np.zeros(factories, np.int32),
            f_local=np.arange(factories, dtype=np.int32),
            f_max=np.full(factories, OUTPUT),
            f_open=np.ones(factories, np.uint8),
            f_into=np.full(factories, -1, np.int32),
            f_labour=np.zeros(factories),
            f_output=np.zeros(factories),
        )
        self.world.world[:] = 0
        self.world.local[:] = np.arange(n)
        self.world.holdings[:] = list(holdings.values())
        self.world.consumption[:] = 1.0
        self.world.known[:, 0] = self.world.workplace[:] = 0
        self.day = 5
        self.log = Log(2 * n)
        self.plans, self.said, self.answers, self.acts = Plans.none(n), Talk.none(n), Talk.none(n), Acts.none(n)

    def __getitem__(self, name: str) -> int:
        return self.names.index(name)

    def tie(self, *pairs: tuple[str, str]) -> "Village":
        """Make each pair neighbours."""
        for one, two in pairs:
            assert chronicle.tie(self.world, self[one], self[two])
        return self

    def slot(self, one: str, two: str) -> int:
        """The slot in which one has two; -1 if they are no neighbours."""
        slots = np.flatnonzero(self.world.nbr[self[one]] == self[two])
        return int(slots[0]) if len(slots) else -1

    def says(self, one: str, two: str, kind: Kind, *, answer: bool = False, **fields: float) -> None:
        """One writes to two; `answer`: in answer to what two wrote today."""
        talk_ = self.answers if answer else self.said
        at = self[one], self.slot(one, two)
        talk_.kind[at] = kind
        for name, value in fields.items():
            getattr(talk_, name)[at] = value

    def attacks(self, one: str, two: str) -> None:
        self.acts.attack[self[one]] = self.slot(one, two)

    def mark(self, field: str, one: str, two: str, value: float) -> None:
        """Write into one's record of two."""
        getattr(self.world, field)[self[one], self.slot(one, two)] = value

    def look(self, field: str, one: str, two: str) -> Any:
        return getattr(self.world, field)[self[one], self.slot(one, two)]

    def remembers(self, one: str, two: str) -> int:
        """What one noted of two today, as bits."""
        return int(self.world.memory[self[one], self.slot(one, two), self.day % self.params.memory])

    def holds(self, name: str) -> float:
        return float(self.world.holdings[self[name]])

    def total(self) -> float:
        return float(self.world.holdings.sum())

    def seen(self) -> Observation:
        return observe(self.world, self.params, self.day)

    def events(self, kind: Happening) -> Array:
        """Today's events of one kind."""
        events = self.log.events()
        return events[events["kind"] == kind]

    def told(self, kind: Happening) -> Iterator[tuple[str, str, float]]:
        """Actor, target and amount of each event of a kind."""
        for event in self.events(kind):
            target = self.names[event["target"]] if event["target"] >= 0 else ""
            yield self.names[event["actor"]], target, round(float(event["amount"]), 4)

    def hear(self) -> None:
        talk.hear(self.world, self.day, self.seen(), self.plans, self.said, self.answers)

    def give(self) -> None:
        gift.give(self.world, self.day, self.said, self.answers, self.log.rows, self.log.count)

    def agree(self) -> None:
        agreement.agree(
            self.world, self.params, self.day, self.said, self.answers, self.log.rows, self.log.count
        )  # fmt: skip

    def settle(self) -> None:
        due.settle(self.world, self.day, self.acts, self.log.rows, self.log.count)

    def called(self) -> set[tuple[str, str]]:
        """Who is called to defend whom."""
        who, slot = attack.calls(self.world, self.day, self.seen(), self.said, self.answers, self.acts)
        pairs = zip(who.tolist(), self.world.nbr[who, slot].tolist(), strict=True)
        return {(self.names[one], self.names[two]) for one, two in pairs}

    def fight(self) -> None:
        attack.fight(
            self.world, self.params, self.day, self.seen(), self.said, self.answers, self.acts, self.log.rows,
            self.log.count,
        )  # fmt: skip
