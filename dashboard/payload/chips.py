"""The chips of many lines at once: word and family, from tables made once of `sim.speech.chips`."""

from functools import cache

import numpy as np

from sim.speech.chips import EVENTS, MESSAGES, Chip, event_chip, message_chip
from sim.state import Array, Day, Happening, Kind

_PLAIN = Chip("does", "talk")  # of a record without a kind, which no rule writes


def chips(today: Day, wanted: Array) -> list[Chip]:
    """The chips of these lines of a day (messages first, then events)."""
    table = known()
    return [table[number] for number in numbers(today)[wanted].tolist()]


def numbers(today: Day) -> Array:
    """The chip of every line of a day, as its place in `known`."""
    _, said, done = _tables()
    messages = today.messages
    return np.concatenate((said[messages["kind"], messages["answers"]], done[today.events["kind"]]))


def known() -> list[Chip]:
    """All chips there are."""
    return _tables()[0]


@cache
def _tables() -> tuple[list[Chip], Array, Array]:
    """All chips; the place of each in that list by kind and answered kind, and by happening."""
    kinds, happenings = range(max(Kind) + 1), range(max(Happening) + 1)
    said = [[message_chip(k, a) if k in MESSAGES else _PLAIN for a in kinds] for k in kinds]
    done = [event_chip(h) if h in EVENTS else _PLAIN for h in happenings]
    table = sorted({*done, *(chip for row in said for chip in row)})
    return table, np.array([[table.index(c) for c in row] for row in said]), np.array([table.index(c) for c in done])
