"""Lines worth reading of a run: one from each quarter, each of another kind, said in earnest."""

import numpy as np

from dashboard.payload.lines import Line, lines
from dashboard.payload.marks import marks
from dashboard.payload.run import Run
from dashboard.payload.voice import Voice
from sim.state import Kind

# What is looked for in a quarter, in this order, as far as no earlier quarter has it.
TELLING = (
    Kind.OFFER_GIFT, Kind.ASK_HELP, Kind.PROPOSE_ALLIANCE, Kind.PROMISE, Kind.PROPOSE_MERGE, Kind.REFUSE, Kind.DEMAND,
    Kind.ASK_LOAN, Kind.INFORM_DANGER, Kind.THREAT, Kind.PROPOSE_TRADE, Kind.THANK, Kind.PRAISE, Kind.INFORM_PAY,
)  # fmt: skip


def quotes(run: Run, voice: Voice, count: int = 4) -> list[Line]:
    """At most `count` LINEs from the days lived so far, in order."""
    found: list[Line] = []
    used: set[Kind] = set()
    for part in np.array_split(np.arange(1, run.day + 1), count):
        place = _telling(run, part.tolist(), used)
        if place is not None:
            day, i, kind = place
            used.add(kind)
            found += lines(run, day, np.array([i]), marks(run.history[day], run.labels[day]), voice)
    return found


def _telling(run: Run, days: list[int], used: set[Kind]) -> tuple[int, int, Kind] | None:
    """The middle one of the first telling kind that somebody used in earnest on these days."""
    for kind in TELLING:
        if kind in used:
            continue
        at = [
            (day, i)
            for day in days
            for i in np.flatnonzero(
                (run.history[day].messages["kind"] == kind) & (run.history[day].messages["plan"] == 0)
            ).tolist()
        ]
        if at:
            return *at[len(at) // 2], kind
    return None
