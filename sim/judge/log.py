"""The public log of a run as a judge reads it: who held what, what was said and done. No plan, intent or label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from sim.prompts.telling import content, quoted
from sim.speech.events import event_text
from sim.speech.names import factory_name
from sim.speech.quantities import number
from sim.state import Array, Day, Happening, Kind

# Of these nothing can be judged: they concern one resident alone, or nobody's choice.
_SILENT = np.array([Happening.MOVE, Happening.EXPLORE, Happening.NO_ROOM, Happening.INTERVENE, Happening.FAILED])
# Days for which a line can make a later one a broken word, a deceit or a revenge; our choice, after the detectors.
LONG, _SOON = 14, 2
_WORDS = {
    Kind.PROMISE: LONG,
    Kind.DEMAND: LONG,
    Kind.THREAT: LONG,
    Kind.PROPOSE_ALLIANCE: _SOON,
    Kind.OFFER_GIFT: _SOON,
}
_DEEDS = dict.fromkeys(
    (
        Happening.ATTACK, Happening.JOIN, Happening.DESERT, Happening.BROKEN, Happening.DEFAULT, Happening.ALLIANCE,
        Happening.LOAN, Happening.REPAY,
    ),
    LONG,
)  # fmt: skip


class Record(Protocol):
    """A run that has been lived, up to its day `last`: `sim.runs.stored.Stored` is one."""

    @property
    def last(self) -> int: ...
    def day(self, day: int) -> Day: ...
    def words(self, day: int) -> Mapping[int, str]: ...


class Line(NamedTuple):
    """One message or event."""

    number: int  # in its day: messages first, then events
    telling: int  # days for which it is worth knowing
    people: tuple[int, ...]  # whose holdings it makes one ask for
    text: str


@dataclass(frozen=True)
class Page:
    """A day of the log. `messages`: how many lines of the day are messages."""

    day: int
    messages: int
    lines: tuple[Line, ...]
    holdings: Mapping[int, float]  # of the morning, by resident
    pay: str

    def place(self, number: int) -> tuple[bool, int]:
        """Whether a line is an event, and its place among the day's events or messages."""
        return (number >= self.messages, number - self.messages if number >= self.messages else number)


def judged_lines(day: Day) -> Array:
    """Numbers of the lines of a day that a judge is shown."""
    shown = ~np.isin(day.events["kind"], _SILENT)
    return np.concatenate((np.arange(len(day.messages)), len(day.messages) + np.flatnonzero(shown)))


def page(record: Record, day: int, names: Sequence[str]) -> Page:
    """A day's page. `names`: of all residents, by their number."""
    today, words = record.day(day).public(), record.words(day)
    lines = []
    for at in judged_lines(today).tolist():
        if at < len(today.messages):
            lines.append(_said(at, today.messages[at], words.get(at, ""), names))
        else:
            lines.append(_done(at, today.events[at - len(today.messages)], names))
    people = {i for line in lines for i in line.people if i >= 0 and today.morning[i] > 0}  # 0: born today
    held = {i: float(today.morning[i]) for i in sorted(people)}
    paid = _paid(record.day(day - 1)) if day else ""
    return Page(day, len(today.messages), tuple(lines), held, paid)


def _said(at: int, row: np.void, words: str, names: Sequence[str]) -> Line:
    one, other, kind, answers, *terms = row.item()
    about, claim, amount, due = terms
    told = f"{names[one]} to {names[other]}: {content(kind, about, claim, amount, due, names.__getitem__)}"
    if answers:
        told += f" (answers: {Kind(answers).name.lower().replace('_', ' ')})"
    told += f'. "{quoted(words)}"' if words else "."
    return Line(at, _WORDS.get(Kind(kind), 0), (one, other), told)


def _done(at: int, row: np.void, names: Sequence[str]) -> Line:
    kind, one, other = row.item()[:3]
    at_factory = kind in (Happening.BID, Happening.FUND, Happening.MERGE)
    people = (one,) if at_factory else (one, other)
    return Line(at, _DEEDS.get(Happening(kind), 0), people, event_text(row, names.__getitem__, factory_name))


def _paid(before: Day) -> str:
    at_work = np.flatnonzero(before.f_labour > 0).tolist()
    pay = [f"{factory_name(f)} {number(float(before.f_output[f] / before.f_labour[f]))}" for f in at_work]
    return ", ".join(pay)
