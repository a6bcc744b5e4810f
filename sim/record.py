"""The public record of the last days, as detectors read it: what was said, what was done, what the ledger shows.

Knows no private column and no future. `Window` keeps the last SPAN days in rings of one row a day, and chains each
resident's messages and events backwards, so that a question about two residents costs a short walk and no sorting.
An *address* is day * 2**32 + index: the index-th message (or event) of that day; -1 is none.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple, Self

import numpy as np

from sim.compiled import njit
from sim.state import Array, Day, Flag, Happening, Kind, Proof

SPAN = 14  # days kept
MEMORY = 7  # days that residents remember unless a scenario says otherwise: what is older explains nothing they say
EPS_CLAIM, SHARE_CLAIM = 0.15, 0.1  # a claim is false if it errs by more than this: units, share of the truth

SAID = np.dtype(
    [
        ("kind", "u1"),  # Kind
        ("answers", "u1"),
        ("actor", "i4"),  # the sender
        ("other", "i4"),  # the receiver
        ("about", "i4"),
        ("claim", "f4"),
        ("doubt", "u1"),  # Proof.LEDGER: the claim is false; Proof.NO_CAUSE: a warning nothing supports; 0: neither
        ("earlier", "i8"),  # address of the sender's message before this one
    ]
)
DONE = np.dtype(
    [
        ("kind", "u1"),  # Happening
        ("flag", "u1"),
        ("actor", "i4"),
        ("other", "i4"),  # the event's target
        ("about", "i4"),
        ("earlier", "i8"),  # address of the actor's event before this one
    ]
)


class Record(NamedTuple):
    """What a detector's kernel is given. n residents; rings have SPAN rows, that of day d is d % SPAN."""

    day: int  # today
    said: Array  # SAID (SPAN, room)
    spoken: Array  # i8 (SPAN,), messages of that day
    mouth: Array  # i8 (n,), address of each resident's last message
    done: Array  # DONE (SPAN, room)
    acted: Array  # i8 (SPAN,), events of that day
    hand: Array  # i8 (n,), address of each resident's last event
    struck: Array  # i4 (n,), last day before today on which it attacked anyone; -1 never
    broke: Array  # i4 (n,), last day before today on which it broke its word or made a false claim; -1 never
    gave: Array  # i4 (n,), last day before today on which it gave of its own accord to anyone; -1 never
    helped: Array  # i4 (n,), the same for lending, repaying, keeping a promise, defending, raising or being raised
    morning: Array  # f8 (n,), holdings this morning, units
    workplace: Array  # i4 (n,), factory worked at yesterday, or -1
    f_max: Array  # f8 (F,), yesterday's maximum output of each factory, units a day
    f_labour: Array  # f8 (F,), yesterday's labour
    f_pay: Array  # f8 (F,), yesterday's pay for a full day of labour, NaN where nobody worked


def mask(*kinds: IntEnum) -> int:
    """A set of kinds as bits, for `latest` and `among`."""
    return sum(1 << int(kind) for kind in kinds)


STRIKE = mask(Happening.ATTACK, Happening.JOIN)
BREACH = mask(Happening.DESERT, Happening.DEFAULT, Happening.BROKEN)
HARM = STRIKE | BREACH
HELP = mask(Happening.GIFT, Happening.LOAN, Happening.REPAY, Happening.DEFEND, Happening.BIRTH)
ASKED_FOR = int(Flag.PROMISED | Flag.DEMANDED)  # marks of a gift that was not given of one's own accord
PRESSURE = mask(Kind.DEMAND, Kind.THREAT)

_CLAIMS_HOLDINGS = mask(Kind.ASK_HELP, Kind.ASK_LOAN)
_CLAIMS = mask(Kind.ASK_HELP, Kind.ASK_LOAN, Kind.INFORM_PAY, Kind.INFORM_DANGER)
_GIFT, _BIRTH, _DEMANDED = int(Happening.GIFT), int(Happening.BIRTH), int(Flag.DEMANDED)
_INFORM_PAY, _INFORM_DANGER = int(Kind.INFORM_PAY), int(Kind.INFORM_DANGER)
_LEDGER, _NO_CAUSE = int(Proof.LEDGER), int(Proof.NO_CAUSE)


@njit
def among(kinds, kind):
    """Is this kind one of the set?"""
    return (kinds >> np.int64(kind)) & 1 == 1


@njit
def place(address):
    """(row of the ring, index in it, day) of an address."""
    day = address >> 32
    return day % SPAN, address & 0xFFFFFFFF, day


@njit
def latest(ring, address, since, kinds, other):
    """Address of the newest entry from `address` back to day `since`, of these kinds and towards `other`; else -1."""
    while address >= 0:
        row, i, day = place(address)
        if day < since:
            return -1
        if ring[row, i].other == other and among(kinds, ring[row, i].kind):
            return address
        address = ring[row, i].earlier
    return -1


@njit
def before(ring, address, day):
    """The same author's newest entry from before that day."""
    while address >= 0 and address >> 32 >= day:
        row, i, _ = place(address)
        address = ring[row, i].earlier
    return address


@njit
def grievance(r, one, other):
    """Addresses of the last threat or demand, and of the last harm, that `other` did to `one` in remembered days."""
    since = r.day - MEMORY
    threat = latest(r.said, before(r.said, r.mouth[other], r.day), since, PRESSURE, one)
    harm = latest(r.done, before(r.done, r.hand[other], r.day), since, HARM, one)
    return threat, harm


@njit
def _is_off(claim, truth):
    return abs(claim - truth) > EPS_CLAIM + SHARE_CLAIM * abs(truth)


@njit
def _recall(r):
    """Note who did what yesterday."""
    row, yesterday = (r.day - 1) % SPAN, r.day - 1
    for i in range(r.acted[row]):
        event = r.done[row, i]
        if event.actor >= 0:
            if among(STRIKE, event.kind):
                r.struck[event.actor] = yesterday
            elif among(BREACH, event.kind):
                r.broke[event.actor] = yesterday
            elif event.kind == _GIFT and not event.flag & ASKED_FOR:
                r.gave[event.actor] = yesterday
            elif among(HELP, event.kind) and not event.flag & _DEMANDED:
                r.helped[event.actor] = yesterday
                if event.kind == _BIRTH:  # parent and child are grateful to each other
                    r.helped[event.other] = yesterday
    for i in range(r.spoken[row]):
        if r.said[row, i].doubt:
            r.broke[r.said[row, i].actor] = yesterday


@njit
def _judge(r):
    """Hold each of today's claims against the ledger, and each warning against the days before."""
    row = r.day % SPAN
    for i in range(r.spoken[row]):
        message = r.said[row, i]
        message.doubt = 0
        if among(_CLAIMS_HOLDINGS, message.kind):
            if _is_off(message.claim, r.morning[message.actor]):
                message.doubt = _LEDGER
        elif message.kind == _INFORM_PAY:
            if 0 <= message.about < len(r.f_pay) and _is_off(message.claim, r.f_pay[message.about]):
                message.doubt = _LEDGER
        elif message.kind == _INFORM_DANGER and message.about >= 0 and not _has_cause(r, message):
            message.doubt = _NO_CAUSE


@njit
def _has_cause(r, warning):
    """Did the one warned of attack anyone, or break its word or lie to the one who warns, in remembered days?"""
    about, since = warning.about, max(r.day - MEMORY, 0)
    if r.struck[about] >= since:
        return True
    if r.broke[about] < since:
        return False
    if latest(r.done, r.hand[about], since, BREACH, warning.actor) >= 0:
        return True
    lie = latest(r.said, r.mouth[about], since, _CLAIMS, warning.actor)
    while lie >= 0 and not r.said[place(lie)[:2]].doubt:
        lie = latest(r.said, r.said[place(lie)[:2]].earlier, since, _CLAIMS, warning.actor)
    return lie >= 0


@njit
def _chain(r):
    """Link today's entries to their authors' earlier ones."""
    row, head = r.day % SPAN, np.int64(r.day) << 32
    for i in range(r.spoken[row]):
        message = r.said[row, i]
        message.earlier = r.mouth[message.actor]
        r.mouth[message.actor] = head + i
    for i in range(r.acted[row]):
        event = r.done[row, i]
        if event.actor >= 0:
            event.earlier = r.hand[event.actor]
            r.hand[event.actor] = head + i


class Window:
    """The last SPAN days up to today. Fill it with `push`, a day at a time; read it through `record`."""

    def __init__(self) -> None:
        self.day = -1
        none = np.zeros(0)
        self._works = none, none, none  # what tomorrow's record shows of factories
        self._workplace = np.zeros(0, np.int32)
        self.record = Record(
            day=-1,
            said=np.zeros((SPAN, 16), SAID),
            spoken=np.zeros(SPAN, np.int64),
            mouth=np.zeros(0, np.int64),
            done=np.zeros((SPAN, 16), DONE),
            acted=np.zeros(SPAN, np.int64),
            hand=np.zeros(0, np.int64),
            struck=np.zeros(0, np.int32),
            broke=np.zeros(0, np.int32),
            gave=np.zeros(0, np.int32),
            helped=np.zeros(0, np.int32),
            morning=none,
            workplace=self._workplace,
            f_max=none,
            f_labour=none,
            f_pay=none,
        )

    @classmethod
    def of(cls, days: Iterable[Day]) -> Self:
        """The window as it stands after these consecutive days."""
        window = cls()
        for day in days:
            window.push(day)
        return window

    def push(self, day: Day) -> None:
        """Today is `day`, the day after the last one pushed. Reads its public columns only."""
        old, n, row = self.record, len(day.alive), day.day % SPAN
        messages, events = day.messages, day.events
        said, done = _room(old.said, len(messages)), _room(old.done, len(events))
        for name, column in _SAID_FROM:
            said[name][row, : len(messages)] = messages[column]
        for name, column in _DONE_FROM:
            done[name][row, : len(events)] = events[column]
        old.spoken[row], old.acted[row] = len(messages), len(events)
        self.record = record = Record(
            day=day.day,
            said=said,
            spoken=old.spoken,
            mouth=_lengthen(old.mouth, n),
            done=done,
            acted=old.acted,
            hand=_lengthen(old.hand, n),
            struck=_lengthen(old.struck, n),
            broke=_lengthen(old.broke, n),
            gave=_lengthen(old.gave, n),
            helped=_lengthen(old.helped, n),
            morning=day.morning,
            workplace=_lengthen(self._workplace, n),
            f_max=self._works[0],
            f_labour=self._works[1],
            f_pay=self._works[2],
        )
        _recall(record)
        _judge(record)
        _chain(record)
        worked = day.f_labour > 0
        pay = np.divide(day.f_output, day.f_labour, out=np.full(len(worked), np.nan), where=worked)
        self._works, self._workplace = (day.f_max, day.f_labour, pay), day.workplace
        self.day = day.day


_SAID_FROM = [("actor", "sender"), ("other", "receiver")] + [
    (name, name) for name in ("kind", "answers", "about", "claim")
]
_DONE_FROM = [("other", "target")] + [(name, name) for name in ("kind", "flag", "actor", "about")]


def _room(ring: Array, count: int) -> Array:
    """The ring, with room for `count` entries a day."""
    if count <= ring.shape[1]:
        return ring
    wider = np.zeros((SPAN, count + count // 4), ring.dtype)
    wider[:, : ring.shape[1]] = ring
    return wider


def _lengthen(column: Array, n: int) -> Array:
    """The column, with -1 for residents that are new."""
    if len(column) == n:
        return column
    return np.concatenate([column, np.full(n - len(column), -1, column.dtype)])
