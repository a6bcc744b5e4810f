"""CC, productive capacity: what the factories make for each resident."""

from sim.metric import Metric, averaged, ratio

METRICS = (
    Metric(
        name="made_head",
        title="Production a head",
        unit="units a day and resident",
        low=0,
        high=None,
        source="total output of all factories / N_t; not defined when nobody lives",
        daily=lambda context: ratio(context.past["made"][-1], context.alive),
        needs=("made",),
    ),
    Metric(
        name="CC",
        title="Collective capacity",
        unit="units a day and resident",
        low=0,
        high=None,
        source="mean over days 1 to t of the total output of all factories / N_t (CIVA), over the days with N_t > 0",
        daily=lambda context: averaged(context.past["made_head"][1:]),
        needs=("made_head",),
    ),
)
