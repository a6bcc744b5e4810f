"""nAUP: how well the population held up over the run."""

import numpy as np

from sim.metric import Context, Metric, Run, averaged, last, ratio
from sim.state import Array


def _daily(context: Context) -> Array:
    return ratio(averaged(context.past["alive"][1:]), context.founders)


def _final(run: Run) -> Array:
    """A community that died out before the horizon counts as empty on the days that were left."""
    horizon = np.maximum(run.horizon, run.last)
    return last(run) * np.where(run.extinct, run.last / np.maximum(horizon, 1), 1.0)


METRIC = Metric(
    name="nAUP",
    title="Area under the population curve",
    unit="share of the founders",
    low=0,
    high=None,
    source="mean over days 1 to t of N_t / N_0 (CIVA); not defined on day 0",
    daily=_daily,
    needs=("alive",),
    final=_final,
)
