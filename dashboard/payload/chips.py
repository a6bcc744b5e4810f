"""The chips of many lines at once: word and family, from tables made once of `sim.speech.chips`."""

from functools import cache

from sim.speech.chips import EVENTS, MESSAGES, Chip, event_chip, message_chip
from sim.state import Array, Day, Happening, Kind

_PLAIN = Chip("does", "talk")  # of a record without a kind, which no rule writes


def chips(today: Day, wanted: Array) -> list[Chip]:
    """The chips of these lines of a day (messages first, then events)."""
    said, done = _tables()
    count = len(today.messages)
    messages = today.messages[wanted[wanted < count]]
    kinds, answers = messages["kind"].tolist(), messages["answers"].tolist()
    spoken = iter([said[kind][answer] for kind, answer in zip(kinds, answers)])
    acted = iter([done[kind] for kind in today.events["kind"][wanted[wanted >= count] - count].tolist()])
    return [next(spoken) if is_said else next(acted) for is_said in (wanted < count).tolist()]


@cache
def _tables() -> tuple[list[list[Chip]], list[Chip]]:
    """Chips by kind and answered kind, and by happening."""
    size = max(Kind) + 1
    said = [[message_chip(k, a) if k in MESSAGES else _PLAIN for a in range(size)] for k in range(size)]
    return said, [event_chip(h) if h in EVENTS else _PLAIN for h in range(max(Happening) + 1)]
