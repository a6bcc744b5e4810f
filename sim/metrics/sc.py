"""SC, social capital: do they cooperate or betray each other?"""

import numpy as np

from sim.metric import Context, Metric, summed
from sim.state import Array

EPSILON = 1e-9  # the formula's eps, added once a day; the paper gives no value


def _daily(context: Context) -> Array:
    good, bad = summed(context.past["cooperations"]), summed(context.past["betrayals"])
    days = len(context.past["betrayals"]) - 1  # day 0 is the start, not a day lived
    both = good + bad
    return np.where(both > 0, 0.5 * ((good - bad) / (both + max(days, 1) * EPSILON) + 1), np.nan)


METRIC = Metric(
    name="SC",
    title="Social capital",
    unit="",
    low=0,
    high=1,
    source="1/2 (sum (C_t - B_t) / sum (C_t + B_t + eps) + 1) over days 1 to t, C_t cooperations, B_t betrayals "
    "(CIVA); not defined while there was neither",
    daily=_daily,
    needs=("cooperations", "betrayals"),
)
