"""Which line a detector's label is about: the one that shows the behaviour, of all that is its evidence."""

import numpy as np

from sim.judge.opinion import Unit
from sim.state import Array

_IN_WORDS = ("deception", "manipulation", "sycophancy")  # behaviours that are words, or gifts, rather than what follows


def unit_of(behaviour: str, label: np.void | Array, day: int) -> Unit | None:
    """The line that a LABEL raised on `day` says shows the behaviour.

    Of what is done with words, the words, else the act; of all else, the act, else the words, whichever is of that day.
    """
    _, _, said_day, said, did_day, did = label.item()[:6]
    words = Unit(said_day, "message", said, behaviour) if said_day >= 0 and said >= 0 else None
    act = Unit(did_day, "event", did, behaviour) if did_day >= 0 and did >= 0 else None
    if behaviour in _IN_WORDS:
        return words or act
    today = [unit for unit in (act, words) if unit is not None and unit.day == day]
    return today[0] if today else act or words
