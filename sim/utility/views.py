"""A resident and one neighbour as scalars, for functions that inner loops call.

A compiled function that is handed a record of thirty arrays counts thirty references there and back, which cost more
than its work (measured: hearing a day's talk took ten times as long). Scalars cost nothing.
"""

from typing import NamedTuple


class Me(NamedTuple):
    """What a resident is this morning, and what it has in mind (Observation and Plans, one row)."""

    day: int
    need: float
    consumption: float
    holdings: float
    workplace: int
    target: int  # slot of the neighbour it thinks of attacking, or -1
    worth: float
    lulled: float
    bid: int  # factory it would merge its own with, or -1
    bid_intent: int


class Other(NamedTuple):
    """What it knows of the neighbour in one slot (Observation, one tie)."""

    trust: float
    seen: float
    recalled: int
    guard: float
    ally: bool  # an alliance holds today
    pledge: float
    debt: float
    credit: float
    beside: int
