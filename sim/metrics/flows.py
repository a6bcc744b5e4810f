"""What is made and what is used up in a day."""

from sim.metric import Metric, total

METRICS = (
    Metric(
        name="made",
        title="Production",
        unit="units a day",
        low=0,
        high=None,
        source="sum of the output of all factories",
        daily=lambda context: context.per_block(context.day.f_world, context.day.f_output),
        final=total,
    ),
    Metric(
        name="used",
        title="Consumption",
        unit="units a day",
        low=0,
        high=None,
        source="sum of what residents consumed",
        daily=lambda context: context.per_block(context.day.world, context.day.consumed),
        final=total,
    ),
)
