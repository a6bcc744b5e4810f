"""What the poor, the middle and the rich hold: quantiles of the living residents' holdings."""

from functools import partial

import numpy as np

from sim.compiled import njit
from sim.metric import Context, Metric
from sim.state import Array


@njit
def _quantile(ranked: Array, starts: Array, share: float) -> Array:
    out = np.full(starts.size - 1, np.nan)
    for w in range(out.size):
        count = starts[w + 1] - starts[w]
        if count:
            place = share * (count - 1)
            below = int(place)
            low = ranked[starts[w] + below]
            high = ranked[starts[w] + min(below + 1, count - 1)]
            out[w] = low + (place - below) * (high - low)
    return out


def _daily(share: float, context: Context) -> Array:
    return _quantile(*context.ranked, share)


def _metric(name: str, title: str, share: float) -> Metric:
    source = f"{share:.0%} quantile of holdings, linear between ranks (Hyndman & Fan 1996, type 7); needs one living"
    return Metric(name, title, "units", 0, None, source, partial(_daily, share))


METRICS = (
    _metric("q10", "Holdings of the poor", 0.1),
    _metric("q50", "Holdings of the middle", 0.5),
    _metric("q90", "Holdings of the rich", 0.9),
)
