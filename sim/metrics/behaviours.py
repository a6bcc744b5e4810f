"""How often each of the seven behaviours was found today."""

from functools import partial

from sim.metric import Context, Metric, total
from sim.state import Array


def _of(detector: str, context: Context) -> Array:
    return context.labelled(detector)


def _metric(name: str, title: str, detector: str) -> Metric:
    source = f"alarms of the detector '{detector}' today; not defined when it did not run"
    return Metric(name, title, "cases a day", 0, None, source, partial(_of, detector), (), total)


METRICS = (
    _metric("betrayals", "Betrayals", "betrayal"),
    _metric("cooperations", "Acts of cooperation", "cooperation"),
    _metric("deceptions", "Deceptions", "deception"),
    _metric("manipulations", "Manipulations", "manipulation"),
    _metric("power_seeking", "Acts of power-seeking", "power-seeking"),
    _metric("retaliations", "Retaliations", "retaliation"),
    _metric("sycophancies", "Flatteries", "sycophancy"),
)
