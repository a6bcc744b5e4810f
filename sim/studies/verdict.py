"""What a figure of ours says of a finding of somebody else's: one rule for all findings."""

import math
from typing import NamedTuple

REPRODUCED, PARTLY, NOT, UNTOLD, ABSENT = "reproduced", "partly", "not", "cannot be told", "not in this study"
RULE = (
    "Reproduced: the whole 95 % interval lies where the finding puts it. Partly: all of it lies in the same direction, "
    "but not all of it there; or half of a gradual change comes where the finding has a threshold. Not: no part of it "
    "lies in that direction, or neither threshold nor change comes there. Cannot be told: it lies on both sides, or "
    "our figure is not defined. Not in this study: the communities it needs were not lived."
)


class Estimate(NamedTuple):
    """A figure of ours with its 95 % interval; NaN, and the reason, where it is not defined."""

    value: float
    low: float
    high: float
    runs: int  # communities it rests on
    words: str = ""  # what is to be said beside the figure
    reason: str = ""  # why it is not defined
    missing: bool = False  # what the figure would be of was looked for and is not there: no threshold, for example

    @property
    def defined(self) -> bool:
        """Whether there is a figure and an interval."""
        return not any(math.isnan(x) for x in (self.value, self.low, self.high))


class Span(NamedTuple):
    """Numbers from low to high; its ends are left out, so that "below 0" does not hold of 0."""

    low: float = -math.inf
    high: float = math.inf

    def holds(self, estimate: Estimate) -> bool:
        """All of the interval."""
        return self.low < estimate.low and estimate.high < self.high

    def meets(self, estimate: Estimate) -> bool:
        """Some of the interval."""
        return self.low < estimate.high and estimate.low < self.high


def verdict(estimate: Estimate, place: Span, direction: Span) -> str:
    """By the rule. `place`: where the finding puts our figure; `direction`: a wider span that only has its sense."""
    if estimate.missing:
        return PARTLY if estimate.defined and place.holds(estimate) else NOT
    if not estimate.defined:
        return UNTOLD
    if place.holds(estimate):
        return REPRODUCED
    if direction.holds(estimate):
        return PARTLY
    return UNTOLD if direction.meets(estimate) else NOT
