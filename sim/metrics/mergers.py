"""How many pairs of factories became one today."""

from sim.metric import Context, Metric, total
from sim.state import Array, Flag, Happening


def _daily(context: Context) -> Array:
    events = context.day.events
    merged = events[(events["kind"] == Happening.MERGE) & (events["flag"] & Flag.SUCCESS != 0)]
    return context.per_block(context.day.world[merged["actor"]])


METRIC = Metric(
    name="mergers",
    title="Mergers",
    unit="mergers a day",
    low=0,
    high=None,
    source="events of kind MERGE that succeeded",
    daily=_daily,
    final=total,
)
