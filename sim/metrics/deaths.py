"""How many residents left the community today, and why."""

from functools import partial

from sim.metric import Context, Metric, total
from sim.state import Array, Cause, Happening


def _of(cause: Cause, context: Context) -> Array:
    return context.died(cause)


def _metric(name: str, title: str, cause: Cause) -> Metric:
    source = f"events of kind DEATH, cause {cause.name}"
    return Metric(name, title, "residents a day", 0, None, source, partial(_of, cause), (), total)


METRICS = (
    Metric(
        name="deaths",
        title="Deaths",
        unit="residents a day",
        low=0,
        high=None,
        source="events of kind DEATH, of any cause",
        daily=lambda context: context.happened(Happening.DEATH),
        final=total,
    ),
    _metric("deaths_hunger", "Deaths of hunger", Cause.HUNGER),
    _metric("deaths_attack", "Deaths by attack", Cause.ATTACK),
    _metric("deaths_removed", "Residents removed", Cause.REMOVED),
)
