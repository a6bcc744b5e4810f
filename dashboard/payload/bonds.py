"""What is between two residents on a morning, read from the public record of the days before.

The worth of an act, and how it fades, are those by which residents themselves trust (`sim.observe`).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.observe import FADE, PRIOR, TRUST
from sim.state import Array, Day, Happening, Kind, Seen

_DONE = {
    Happening.GIFT: Seen.GAVE, Happening.LOAN: Seen.KEPT, Happening.REPAY: Seen.KEPT, Happening.BROKEN: Seen.BROKE,
    Happening.DEFAULT: Seen.BROKE, Happening.ATTACK: Seen.ATTACKED, Happening.JOIN: Seen.ATTACKED,
    Happening.DEFEND: Seen.DEFENDED, Happening.DESERT: Seen.DESERTED,
}  # fmt: skip
_SAID = {
    Kind.ACCEPT: Seen.AGREED, Kind.REFUSE: Seen.REFUSED, Kind.THREAT: Seen.THREATENED, Kind.DEMAND: Seen.THREATENED,
    Kind.PRAISE: Seen.PRAISED,
}  # fmt: skip
_DONE_WORTH = np.array([TRUST[_DONE[kind]] if kind in _DONE else 0.0 for kind in Happening])
_SAID_WORTH = np.array([TRUST[_SAID[kind]] if kind in _SAID else 0.0 for kind in Kind])
ALLIED, LENT, REPAID = 1, 2, 3  # what an event agrees or settles
_AGREES = {Happening.ALLIANCE: ALLIED, Happening.LOAN: LENT, Happening.REPAY: REPAID}
_DONE_AGREES = np.array([_AGREES.get(kind, 0) for kind in Happening])


class Deeds(NamedTuple):
    """What a day leaves behind between two, one entry an act or message that counts; repayments last."""

    pair: Array  # i8, see `_key`: who, towards whom
    worth: Array  # f8, what the other's trust gains by it
    agrees: Array  # i8, ALLIED, LENT, REPAID or 0
    until: Array  # i8, the last day of what was agreed


class Bonds(NamedTuple):
    """One entry a pair."""

    trust: Array  # f8, of the first in the second, -1 to 1
    allied: Array  # bool
    debtor: Array  # bool, the first owes the second
    creditor: Array  # bool, the second owes the first


def deeds(day: Day) -> Deeds:
    """The deeds of a day."""
    events, messages = day.events, day.messages
    worth, agrees = _DONE_WORTH[events["kind"]], _DONE_AGREES[events["kind"]]
    done = np.flatnonzero((worth != 0) | (agrees > 0))
    done = done[np.argsort(agrees[done] == REPAID, kind="stable")]
    praise = _SAID_WORTH[messages["kind"]]
    said = np.flatnonzero(praise)
    only_said = np.zeros(len(said), np.int64)
    return Deeds(
        _key(
            np.concatenate((events["actor"][done], messages["sender"][said])),
            np.concatenate((events["target"][done], messages["receiver"][said])),
        ),
        np.concatenate((worth[done], praise[said])),
        np.concatenate((agrees[done], only_said)),
        np.concatenate((events["about"][done], only_said)),
    )


def bonds(past: Sequence[Deeds], day: int, first: Array, second: Array, memory: int) -> Bonds:
    """Bonds of pairs on the morning of `day`.

    past: of the days before, yesterday last, as far back as agreements last. memory: days that trust reaches back.
    """
    there, here = _key(first, second), _key(second, first)
    known = np.unique(np.concatenate((there, here)))
    trust: Array = np.zeros(len(known))
    allied, lent = np.zeros(len(known), bool), np.zeros(len(known), bool)
    ours, theirs = np.searchsorted(known, there), np.searchsorted(known, here)
    if past and len(known):
        pair, worth, agrees, until = (np.concatenate(column) for column in zip(*past))
        age = np.repeat(np.arange(len(past), 0, -1), [len(of_day.pair) for of_day in past])
        place = np.minimum(np.searchsorted(known, pair), len(known) - 1)
        counts = np.flatnonzero(known[place] == pair)
        place, worth, agrees, until, age = (column[counts] for column in (place, worth, agrees, until, age))
        trust = np.bincount(place, np.where(age <= memory, FADE ** (age - 1) * worth, 0.0), len(known))
        lasts = until >= day
        allied[place[(agrees == ALLIED) & lasts]] = True
        lent = _lent(known, place, agrees, lasts)
    return Bonds(np.clip(PRIOR + trust[theirs], -1, 1), allied[ours] | allied[theirs], lent[theirs], lent[ours])


def _lent(known: Array, place: Array, agrees: Array, lasts: Array) -> Array:
    """Where the last thing between a lender and a borrower is a loan that still runs, and no repayment of it."""
    settles = np.flatnonzero((agrees == REPAID) | ((agrees == LENT) & lasts))
    repaid = agrees[settles] == REPAID
    back = np.searchsorted(known, _turned(known[place[settles]]))
    last = np.full(len(known), -1)
    np.maximum.at(last, np.where(repaid, back, place[settles]), np.arange(len(settles)))
    open_: Array = last >= 0
    open_[open_] = ~repaid[last[open_]]
    return open_


def _key(one: Array, other: Array) -> Array:
    return (one.astype(np.int64) << 32) | (other.astype(np.int64) & 0xFFFFFFFF)


def _turned(key: Array) -> Array:
    return ((key & 0xFFFFFFFF) << 32) | (key >> 32)
