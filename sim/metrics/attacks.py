"""How many attacks there were today."""

from sim.metric import Metric, total
from sim.state import Happening

METRIC = Metric(
    name="attacks",
    title="Attacks",
    unit="attacks a day",
    low=0,
    high=None,
    source="events of kind ATTACK, won or lost; a joint attack is one, by its leader",
    daily=lambda context: context.happened(Happening.ATTACK),
    final=total,
)
