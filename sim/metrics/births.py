"""How many residents were born today."""

from sim.metric import Metric, total
from sim.state import Happening

METRIC = Metric(
    name="births",
    title="Births",
    unit="residents a day",
    low=0,
    high=None,
    source="events of kind BIRTH; strangers who arrive are not births",
    daily=lambda context: context.happened(Happening.BIRTH),
    final=total,
)
