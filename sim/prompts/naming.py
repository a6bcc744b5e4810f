"""From the names in a resident's answer to its slots and factories, and what is wrong with a name. Keeps complaints."""

from functools import cached_property

import numpy as np

from sim.prompts.finding import clean
from sim.scene import ComplaintError, Scene
from sim.speech.names import factory_name
from sim.speech.quantities import joined

_NOBODY = {"", "none", "nobody", "no one", "noone", "null", "nothing", "n/a", "-"}
_MOST = 6  # sentences of complaint that are told


class Desk:
    """One resident's answer under inspection."""

    def __init__(self, scene: Scene, i: int) -> None:
        self.scene, self.o, self.i = scene, scene.o, i
        self.wrong: list[str] = []

    @property
    def holdings(self) -> float:
        """Units it owns this morning."""
        return float(self.o.holdings[self.i])

    @cached_property
    def slots(self) -> dict[str, int]:
        """Its living neighbours by name, small letters."""
        row = self.o.nbr[self.i]
        return {self.scene.names[row[s]].casefold(): s for s in np.flatnonzero(row >= 0).tolist()}

    @cached_property
    def factories(self) -> dict[str, int]:
        """The open factories it knows, by name, small letters."""
        known = [f for f in self.o.known[self.i].tolist() if f >= 0 and self.o.f_open[f]]
        return {factory_name(f).casefold(): f for f in known}

    def complain(self, sentence: str) -> None:
        """Note something to be told to whoever answered."""
        if sentence not in self.wrong:
            self.wrong.append(sentence)

    def finish(self) -> None:
        """ComplaintError if there was anything to complain about."""
        if self.wrong:
            raise ComplaintError(*self.wrong[:_MOST])

    def row(self, slot: int) -> int:
        """The neighbour in a slot."""
        return int(self.o.nbr[self.i, slot])

    def name(self, slot: int) -> str:
        """Its name."""
        return self.scene.names[self.row(slot)]

    def neighbour(self, name: str, field: str) -> int:
        """The slot of the neighbour named; -1 for nobody, and, with a complaint, for one who is none."""
        told = _key(name)
        if told in _NOBODY:
            return -1
        slot = self.slots.get(told)
        if slot is None:
            self.complain(f"{field}: {self._stranger(name, told)} {self._who()}")
            return -1
        return slot

    def someone(self, name: str, field: str) -> int:
        """The same where somebody must be named."""
        if _key(name) in _NOBODY:
            self.complain(f"{field}: name a neighbour. {self._who()}")
            return -1
        return self.neighbour(name, field)

    def factory(self, name: str, field: str) -> int:
        """The factory named; -1 for none, and, with a complaint, for one that is closed or that it does not know."""
        told = _key(name).removeprefix("the ")
        if told in _NOBODY:
            return -1
        found = self.factories.get(told)
        if found is None:
            closed = any(factory_name(int(f)).casefold() == told for f in np.flatnonzero(self.o.f_open == 0))
            state = "has been closed" if closed else "is no factory you know"
            self.complain(f"{field}: {_shown(name)} {state}. {self._which()}")
            return -1
        return found

    def workplace(self, name: str, field: str) -> int:
        """The same where one must be named."""
        if _key(name).removeprefix("the ") in _NOBODY:
            self.complain(f"{field}: name a factory. {self._which()}")
            return -1
        return self.factory(name, field)

    def _stranger(self, name: str, told: str) -> str:
        if told == self.scene.names[self.i].casefold() or told in ("me", "myself", "i"):
            return "that is yourself."
        rows = [j for j, other in enumerate(self.scene.names) if other.casefold() == told]
        if rows and rows[0] < len(self.o.alive) and not self.o.alive[rows[0]] and self._has_met(rows[0]):
            return f"{_shown(name)} is gone."
        return f"{_shown(name)} is not a neighbour of yours."

    def _has_met(self, j: int) -> bool:
        past = self.scene.past
        days = (past[d].messages for d in range(max(0, len(past) - self.scene.params.memory), len(past)))
        return any(((m["sender"] == j) & (m["receiver"] == self.i)).any() for m in days)

    def _who(self) -> str:
        names = [self.name(s) for s in self.slots.values()]
        return f"Your neighbours are {joined(names)}." if names else "You have no neighbours."

    def _which(self) -> str:
        known = [factory_name(f) for f in self.factories.values()]
        return f"You know {joined([f'the {name}' for name in known])}." if known else "You know no factory."


def _key(name: str) -> str:
    return clean(name, 80).strip(" .'\"").casefold()


def _shown(name: str) -> str:
    return f"'{clean(name, 40)}'"
