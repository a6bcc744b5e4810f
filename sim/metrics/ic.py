"""IC, information connectivity: how many residents a day's talk joins into one circle where word gets from all to all.

Messages are exchanged before anybody is born or dies of hunger or attack, so the day's graph and its N_t are those of
the residents who were there to talk: the living at the day's end, less those born, plus those who died since the talk.
"""

import numpy as np

from sim.compiled import njit
from sim.metric import Context, Metric, averaged
from sim.state import Array, Cause, Happening


@njit
def _largest(sender: Array, receiver: Array, world: Array, worlds: int) -> Array:
    """Size of each block's largest strongly connected component; Tarjan (1972), without recursion, over CSR."""
    n = world.size
    first = np.zeros(n + 1, np.int32)
    for m in range(sender.size):
        first[sender[m] + 1] += 1
    for i in range(n):
        first[i + 1] += first[i]
    edge = first[:-1].copy()
    to = np.empty(sender.size, np.int32)
    for m in range(sender.size):
        to[edge[sender[m]]] = receiver[m]
        edge[sender[m]] += 1
    edge[:] = first[:-1]

    seen = np.zeros(n, np.int32)  # order of discovery, from 1; 0: not yet
    low = np.zeros(n, np.int32)
    open_ = np.zeros(n, np.bool_)  # on the stack: component not yet closed
    stack = np.empty(n, np.int32)
    path = np.empty(n, np.int32)  # the way from the root to the present node
    out = np.zeros(worlds)
    clock = height = 0
    for root in range(n):
        if seen[root]:
            continue
        depth = 0
        path[0] = root
        while depth >= 0:
            i = path[depth]
            if seen[i] == 0:
                clock += 1
                seen[i] = low[i] = clock
                stack[height] = i
                height += 1
                open_[i] = True
            descended = False
            while edge[i] < first[i + 1]:
                j = to[edge[i]]
                if seen[j] == 0:
                    depth += 1
                    path[depth] = j
                    descended = True
                    break
                if open_[j]:
                    low[i] = min(low[i], low[j])
                edge[i] += 1
            if descended:
                continue
            if low[i] == seen[i]:
                size = 0
                while True:
                    height -= 1
                    j = stack[height]
                    open_[j] = False
                    size += 1
                    if j == i:
                        break
                out[world[i]] = max(out[world[i]], size)
            depth -= 1
    return out


def _connected(context: Context) -> Array:
    if context.before is None:
        return np.full(context.day.worlds, np.nan)
    present = (
        context.alive
        + context.happened(Happening.DEATH)
        - context.died(Cause.REMOVED)
        - context.happened(Happening.BIRTH)
    )
    size = _largest(*context.ends, context.day.world, context.day.worlds)
    return np.where(present > 0, size / np.maximum(present, 1), np.nan)


METRICS = (
    Metric(
        name="connected",
        title="Residents joined by the day's talk",
        unit="share of residents",
        low=0,
        high=1,
        source="largest strongly connected component of the day's directed message graph / N_t (CIVA), N_t those there "
        "to talk; not defined on day 0 or when nobody was there",
        daily=_connected,
    ),
    Metric(
        name="IC",
        title="Information connectivity",
        unit="share of residents",
        low=0,
        high=1,
        source="mean of that share over days 1 to t (CIVA), over the days on which it is defined",
        daily=lambda context: averaged(context.past["connected"][1:]),
        needs=("connected",),
    ),
)
