"""How unequally the living hold what there is."""

import numpy as np

from sim.compiled import njit
from sim.metric import Context, Metric
from sim.state import Array


@njit
def _gini(ranked: Array, starts: Array) -> Array:
    out = np.full(starts.size - 1, np.nan)
    for w in range(out.size):
        count = starts[w + 1] - starts[w]
        plain = weighted = 0.0
        for i in range(count):
            plain += ranked[starts[w] + i]
            weighted += (i + 1) * ranked[starts[w] + i]
        if plain > 0:
            out[w] = max(2 * weighted / (count * plain) - (count + 1) / count, 0.0)  # equality may round below zero
    return out


def _daily(context: Context) -> Array:
    return _gini(*context.ranked)


METRIC = Metric(
    name="gini",
    title="Gini coefficient of holdings",
    unit="",
    low=0,
    high=1,
    source="g_t = 2 sum_i i x(i) / (N_t sum_i x(i)) - (N_t + 1) / N_t, x ascending (CIVA); not defined if nobody holds "
    "anything",
    daily=_daily,
)
