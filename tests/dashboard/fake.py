"""A community whose days are written by hand: what the payload reads of an engine, without an engine."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from sim.journal import Journal
from sim.measures import Measures
from sim.scenario import Group, Scenario
from sim.state import EVENT, KNOWN, LABEL, MESSAGE, Array, Cause, D, Day, Happening, World

BEHAVIOURS = ("betrayal", "cooperation", "deception", "manipulation", "power-seeking", "retaliation", "sycophancy")


class FakeOption(NamedTuple):
    label: str
    kind: str
    target: int
    score: float
    chosen: bool


def message(sender: int, receiver: int, kind: int, **columns: Any) -> Array:
    return _record(
        MESSAGE, {"sender": sender, "receiver": receiver, "kind": kind, "about": -1, "claim": np.nan}, columns
    )


def event(kind: int, actor: int, target: int = -1, **columns: Any) -> Array:
    return _record(EVENT, {"kind": kind, "actor": actor, "target": target, "about": -1}, columns)


def label(subject: int, other: int = -1, **columns: Any) -> Array:
    nothing = {"said_day": -1, "said": -1, "did_day": -1, "did": -1, "score": 1.0}
    return _record(LABEL, {"subject": subject, "other": other} | nothing, columns)


def _record(dtype: np.dtype[Any], *columns: dict[str, Any]) -> Array:
    record = np.zeros(1, dtype)
    for given in columns:
        for name, value in given.items():
            record[name] = value
    return record


@dataclass
class FakeRun:
    """Starts with `size` residents who hold 8 units each; `live` adds a day."""

    scenario: Scenario
    history: list[Day] = field(default_factory=list)
    labels: list[dict[str, Array]] = field(default_factory=list)
    series: dict[str, list[float]] = field(default_factory=dict)
    parents: list[int] = field(default_factory=list)
    options: Sequence[FakeOption] = ()
    words: list[dict[int, str]] = field(default_factory=list)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    journal: Journal = field(default_factory=Journal)

    def __post_init__(self) -> None:
        n, factories = self.scenario.size, 3
        self.parents = [-1] * n
        self._measures = Measures(np.array([n]), self.scenario.days)
        groups = np.repeat(np.arange(len(self.scenario.mix), dtype="i2"), self.scenario.counts())
        nothing = np.zeros(n)
        day = Day(
            day=0, worlds=1, messages=np.zeros(0, MESSAGE), events=np.zeros(0, EVENT), world=np.zeros(n, "i4"),
            local=np.arange(n, dtype="i4"), group=groups, alive=np.ones(n, "u1"), holdings=np.full(n, 8.0),
            morning=np.full(n, 8.0), workplace=np.arange(n, dtype="i4") % factories, primary=np.ones(n, "u1"),
            pay=nothing, consumed=nothing, f_world=np.zeros(factories, "i4"), f_open=np.ones(factories, "u1"),
            f_max=np.full(factories, 22.0), f_labour=np.zeros(factories), f_output=np.zeros(factories),
        )  # fmt: skip
        self._add(day, {})

    @property
    def day(self) -> int:
        return len(self.history) - 1

    @property
    def groups(self) -> list[Group]:
        return list(self.scenario.mix)

    @property
    def finished(self) -> bool:
        return self.day == self.scenario.days or not self.history[-1].alive.any()

    @property
    def world(self) -> World:
        return self.state(self.day)

    def live(
        self,
        messages: Sequence[Array] = (),
        events: Sequence[Array] = (),
        holdings: Array | None = None,
        **labels: Array,
    ) -> None:
        """One more day. Births add a row, deaths empty one; `holdings`: of all at its end; labels by detector."""
        old = self.history[-1]
        alive, held = old.alive.copy(), old.holdings.copy()
        told = np.concatenate([np.zeros(0, EVENT), *events])
        group, workplace = old.group, old.workplace
        for happened in told:
            if happened["kind"] == Happening.DEATH:
                alive[happened["actor"]], held[happened["actor"]] = 0, 0.0
            elif happened["kind"] == Happening.BIRTH:
                parent = int(happened["actor"])
                self.parents.append(parent)
                alive, held = np.append(alive, np.uint8(1)), np.append(held, 4.0)
                group, workplace = np.append(group, group[parent]), np.append(workplace, workplace[parent])
        n = len(alive)
        day = old._replace(
            day=old.day + 1, messages=np.concatenate([np.zeros(0, MESSAGE), *messages]), events=told,
            world=np.zeros(n, "i4"), local=np.arange(n, dtype="i4"), group=group, alive=alive,
            holdings=held if holdings is None else holdings * alive, morning=np.resize(old.holdings, n),
            workplace=workplace, primary=np.ones(n, "u1"), pay=alive * 1.0, consumed=alive * 1.0,
            f_labour=np.full(3, 8.0), f_output=np.array([10.0, 12.5, 3.0]) * bool(alive.any()),
        )  # fmt: skip
        self._add(day, labels)

    def state(self, day: int) -> World:
        """A ring of neighbours, three on each side; the dead keep no ties; nobody remembers anything but GAVE."""
        today = self.history[day]
        n, factories = len(today.alive), len(today.f_open)
        nbr = np.full((n, D), -1, "i4")
        back = np.zeros((n, D), "i1")
        for slot, (step, other) in enumerate(((1, 1), (-1, 0), (2, 3), (-2, 2), (3, 5), (-3, 4))):
            if n > 6:
                nbr[:, slot], back[:, slot] = (np.arange(n) + step) % n, other
        nbr[today.alive == 0] = -1
        nbr[(nbr >= 0) & (today.alive[nbr] == 0)] = -1
        died, cause = np.full(n, -1, "i4"), np.zeros(n, "u1")
        born = np.zeros(n, "i4")
        for past in self.history[1 : day + 1]:
            dead = past.events[past.events["kind"] == Happening.DEATH]
            died[dead["actor"]], cause[dead["actor"]] = past.day, np.maximum(dead["flag"], Cause.HUNGER)
            born[past.events["target"][past.events["kind"] == Happening.BIRTH]] = past.day
        memory = np.zeros((n, D, 14), "u2")
        memory[:, 1, day % 14] = 1
        profiles = np.array([mix.profile() for mix in self.scenario.mix])
        ties = {name: np.zeros((n, D), "f4") for name in ("pledge", "debt")}
        dues = {name: np.zeros((n, D), "i4") for name in ("ally", "pledge_due", "debt_due")}
        return World(
            world=today.world, local=today.local, group=today.group, weights=profiles[today.group].astype("f4"),
            motives=np.zeros((n, 11), "f4"), holdings=today.holdings, consumption=np.ones(n), alive=today.alive,
            born=born, died=died, cause=cause, parent=np.array(self.parents[:n], "i4"), workplace=today.workplace,
            tenure=np.zeros(n, "i4"), primary=today.primary, pay=today.pay, paid=np.ones((n, 14), "f4"),
            known=np.zeros((n, KNOWN), "i4"), nbr=nbr, back=back, memory=memory, **ties, **dues,
            plot=np.zeros((n, D), "u1"), ruse=np.zeros((n, D), "u1"), f_world=today.f_world,
            f_local=np.arange(factories, dtype="i4"), f_max=today.f_max, f_open=today.f_open,
            f_into=np.full(factories, -1, "i4"), f_labour=today.f_labour, f_output=today.f_output,
            seed=np.array([self.scenario.seed], "u8"),
        )  # fmt: skip

    def why(self, day: int, resident: int) -> Sequence[FakeOption]:
        return self.options

    def _add(self, day: Day, labels: dict[str, Array]) -> None:
        found = {name: labels.get(name, labels.get(name.replace("-", "_"), np.zeros(0, LABEL))) for name in BEHAVIOURS}
        measured = self._measures.add(day, self.history[-1] if self.history else None, found)
        self.history.append(day)
        self.words.append({})
        self.labels.append(found)
        for name, value in measured.items():
            self.series.setdefault(name, []).append(float(value[0]))
