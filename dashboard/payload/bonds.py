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


class Bonds(NamedTuple):
    """One entry a pair."""

    trust: Array  # f8, of the first in the second, -1 to 1
    allied: Array  # bool
    debtor: Array  # bool, the first owes the second
    creditor: Array  # bool, the second owes the first


def bonds(history: Sequence[Day], day: int, first: Array, second: Array, memory: int, term: int) -> Bonds:
    """Bonds of pairs on the morning of `day`.

    memory: days that trust reaches back. term: days that agreements last at most.
    """
    there, here = _key(first, second), _key(second, first)
    known = np.unique(np.concatenate((there, here)))
    named = np.zeros(len(history[day].alive), bool)
    named[first] = named[second] = True
    trust = np.zeros(len(known))
    allied, lent = np.zeros(len(known), bool), np.zeros(len(known), bool)
    for past in history[max(1, day - max(memory, term)) : day]:
        age = day - past.day
        events, messages = past.events, past.messages
        at, found = _find(known, named, events["actor"], events["target"])
        kind = events["kind"][found]
        if age <= memory:
            np.add.at(trust, at, FADE ** (age - 1) * _DONE_WORTH[kind])
            spoken, said = _find(known, named, messages["sender"], messages["receiver"])
            np.add.at(trust, spoken, FADE ** (age - 1) * _SAID_WORTH[messages["kind"][said]])
        lasting = events["about"][found] >= day
        allied[at[lasting & (kind == Happening.ALLIANCE)]] = True
        lent[at[lasting & (kind == Happening.LOAN)]] = True
        lent[np.searchsorted(known, _turned(known[at[kind == Happening.REPAY]]))] = False
    ours, theirs = np.searchsorted(known, there), np.searchsorted(known, here)
    return Bonds(np.clip(PRIOR + trust[theirs], -1, 1), allied[ours] | allied[theirs], lent[theirs], lent[ours])


def _key(one: Array, other: Array) -> Array:
    return (one.astype(np.int64) << 32) | (other.astype(np.int64) & 0xFFFFFFFF)


def _turned(key: Array) -> Array:
    return ((key & 0xFFFFFFFF) << 32) | (key >> 32)


def _find(known: Array, named: Array, one: Array, other: Array) -> tuple[Array, Array]:
    """Where records of known pairs stand: (place in `known`, place among the records) of each."""
    likely = np.flatnonzero(named[one] & named[other])  # sorts out most of a large community at little cost
    keys = _key(one[likely], other[likely])
    place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    found = known[place] == keys
    return place[found], likely[found]
