"""What the living hold: altogether and a head."""

from sim.metric import Metric, ratio

METRICS = (
    Metric(
        name="total",
        title="Resources held",
        unit="units",
        low=0,
        high=None,
        source="sum of holdings of the living at the day's end",
        daily=lambda context: context.total,
    ),
    Metric(
        name="head",
        title="Resources a head",
        unit="units a resident",
        low=0,
        high=None,
        source="mean holdings of the living; not defined when nobody lives",
        daily=lambda context: ratio(context.total, context.alive),
    ),
)
