"""What a resident gave its word for, and what became of it: gifts promised, loans to repay, alliances."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from sim.speech.quantities import units
from sim.state import Array, Day, Flag, Happening, Kind

State = Literal["kept", "broken", "open"]
ALLIANCE, PLEDGE, DEBT = "alliance", "pledge", "debt"


class Promise(NamedTuple):
    """One word given by a resident to another."""

    kind: str
    other: int
    amount: float  # units; 0 for an alliance
    due: int  # last day
    given: int  # day it was given
    state: State
    settled: int  # day it was kept or broken; the day given while it is open

    def text(self, names: Sequence[str]) -> str:
        """ "to Wren: 0.5 units by day 41"."""
        if self.kind == ALLIANCE:
            return f"to {names[self.other]}: an alliance until day {self.due}"
        what = "to repay " if self.kind == DEBT else ""
        until = f" by day {self.due}" if self.due else ""
        return f"to {names[self.other]}: {what}{units(self.amount)}{until}"


def promises(history: Sequence[Day], day: int, resident: int) -> list[Promise]:
    """All of the resident's promises up to `day`, newest first."""
    waiting: dict[tuple[str, int], Promise] = {}
    done: list[Promise] = []

    def give(kind: str, other: int, amount: float, due: int, now: int) -> None:
        if kind == ALLIANCE:
            settle(kind, other, "kept", now)  # renewed; a new gift or loan takes the place of the old one
        waiting[kind, other] = Promise(kind, other, amount, due, now, "open", now)

    def settle(kind: str, other: int, state: State, now: int) -> None:
        if (kind, other) in waiting:
            done.append(waiting.pop((kind, other))._replace(state=state, settled=now))

    for today in history[1 : day + 1]:
        now = today.day
        for message in _of(today.messages, today.messages["sender"] == resident, "kind", [Kind.PROMISE]):
            give(PLEDGE, int(message["receiver"]), float(message["amount"]), int(message["due"]), now)
        mine = (today.events["actor"] == resident) | (today.events["target"] == resident)
        for event in _of(today.events, mine, "kind", _TOLD):
            kind, by_me = event["kind"], event["actor"] == resident
            other = int(event["target"] if by_me else event["actor"])
            if kind == Happening.ALLIANCE:
                give(ALLIANCE, other, 0.0, int(event["about"]), now)
            elif kind == Happening.LOAN and not by_me:
                give(DEBT, other, float(event["amount"]), int(event["about"]), now)
            elif not by_me:
                continue
            elif kind == Happening.GIFT and event["flag"] & Flag.PROMISED:
                settle(PLEDGE, other, "kept", now)
            elif kind == Happening.REPAY:
                settle(DEBT, other, "kept", now)
            elif kind == Happening.DEFAULT:
                settle(DEBT, other, "broken", now)
            elif kind == Happening.BROKEN:
                settle(PLEDGE, other, "broken", now)
            elif kind == Happening.UNABLE:
                settle(PLEDGE if (PLEDGE, other) in waiting else DEBT, other, "broken", now)
            elif kind in _TREASON:
                settle(ALLIANCE, other, "broken", now)
        for key in [key for key, word in waiting.items() if key[0] == ALLIANCE and word.due <= now]:
            settle(*key, "kept", now)
    return sorted([*waiting.values(), *done], key=lambda word: (-word.settled, word.other, word.kind))


_TREASON = [Happening.ATTACK, Happening.JOIN, Happening.DESERT]
_TOLD = [
    Happening.ALLIANCE, Happening.LOAN, Happening.GIFT, Happening.REPAY, Happening.DEFAULT, Happening.BROKEN,
    Happening.UNABLE, *_TREASON,
]  # fmt: skip


def _of(records: Array, mine: Array, column: str, kinds: Sequence[int]) -> list[Array]:
    return [record for record in records[mine] if record[column] in kinds]
