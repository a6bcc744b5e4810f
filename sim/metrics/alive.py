"""How many residents live."""

from sim.metric import Metric

METRIC = Metric(
    name="alive",
    title="Residents alive",
    unit="residents",
    low=0,
    high=None,
    source="N_t, counted at the day's end (CIVA, Zhang et al. 2026)",
    daily=lambda context: context.alive,
)
