"""Whether so many answers failed that a reader must know, in a sentence."""

import numpy as np

from dashboard.payload.run import Run
from dashboard.payload.wording import opened, percent, spell
from sim.state import Happening

MOST = 0.05  # share of questions without a legal answer above which a community says so


def failing(run: Run) -> str:
    """The sentence, "" if at most MOST of the questions put to residents found no legal answer."""
    if not run.scenario.worded:
        return ""
    failed = sum(int(np.count_nonzero(day.events["kind"] == Happening.FAILED)) for day in run.history)
    asked = sum(not place.again and place.day <= run.day for place, _ in run.journal)
    if failed <= MOST * asked:
        return ""
    share = percent(failed / max(asked, failed))
    return opened(
        f"{spell(failed)} of {asked:,} questions to residents ({share}) found no usable answer; they did what is usual "
        "instead. Read this community with care."
    )
