"""How many residents' minds gave no usable answer today."""

import numpy as np

from sim.metric import Context, Metric, averaged, ratio
from sim.state import Array, Happening


def _daily(context: Context) -> Array:
    day = context.day
    failed = np.zeros(len(day.alive), bool)
    failed[day.events["actor"][day.events["kind"] == Happening.FAILED]] = True
    return ratio(context.per_block(day.world, failed), context.per_block(day.world, failed | (day.alive != 0)))


METRIC = Metric(
    name="failed_share",
    title="Residents without an answer",
    unit="",
    low=0,
    high=1,
    source="residents with an event of kind FAILED, of them and the living together; mean over days (our choice)",
    daily=_daily,
    final=lambda run: averaged(run.values),
)
