"""ED, economic equality: the opposite of inequality, over the run."""

from sim.metric import Metric, averaged

METRIC = Metric(
    name="ED",
    title="Economic equality",
    unit="",
    low=0,
    high=1,
    source="mean over days 1 to t of 1 - g_t, g_t the Gini coefficient (CIVA), over the days on which g_t is defined",
    daily=lambda context: 1 - averaged(context.past["gini"][1:]),
    needs=("gini",),
)
