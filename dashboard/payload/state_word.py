"""The state of the community in one word, from its population and holdings up to that day, never from later days.

Looking back over WINDOW days (or to day 0, when the run is younger), in this order:
- extinct: nobody is alive.
- new: fewer than YOUNG days have been lived.
- collapsing: the population lost at least FALL of what it was at the window's start, and at least two residents.
- strained: it lost LOSS or more, or it did not grow and holdings a head fell by DRAIN or more, or the
  median resident has less than one day's consumption left.
- growing: it gained GAIN or more.
- stable: anything else.
The thresholds are our choice, fixed before any run was looked at.
"""

from collections.abc import Sequence
from typing import Literal

State = Literal["growing", "stable", "strained", "collapsing", "extinct", "new"]

WINDOW = 7  # days looked back: a week, as in the tile of betrayals
YOUNG = 3  # days before a word is given
FALL = 0.15  # share of the population lost in the window
LOSS = 0.05
GAIN = 0.03
DRAIN = 0.20  # share of the holdings a head lost in the window


def word(
    day: int, alive: Sequence[int], head: Sequence[float | None], middle: Sequence[float | None], need: float
) -> State:
    """The word of `day`, from the days looked back over: the first entry is the window's start, the last is `day`.

    Residents alive, units a head, median units; `need`: units a resident consumes a day.
    """
    before, now = alive[0], alive[-1]
    if now == 0:
        return "extinct"
    if day < YOUNG:
        return "new"
    change = (now - before) / before if before else 1.0
    if change <= -FALL and before - now >= 2:
        return "collapsing"
    had, has, median = head[0], head[-1], middle[-1]
    drained = had is not None and has is not None and change <= 0 and has <= (1 - DRAIN) * had
    if change <= -LOSS or drained or (median is not None and median < need):
        return "strained"
    return "growing" if change >= GAIN else "stable"
