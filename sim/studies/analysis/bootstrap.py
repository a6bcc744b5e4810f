"""Whole seeds drawn again with replacement (Efron 1979), so that runs that share their luck stay together.

Always the same draws for the same number of seeds: two analyses of one study give the same intervals.
"""

from functools import lru_cache

import numpy as np

from sim.state import Array

TIMES = 1_000
ENDS = (2.5, 97.5)  # per cent of the draws below the ends of a 95 % interval (percentile method)


@lru_cache(maxsize=8)
def weights(seeds: int, times: int = TIMES) -> Array:
    """How often each seed is drawn, as a share of all, f8 (times, seeds). Read only."""
    drawn = np.random.default_rng(0).multinomial(seeds, np.full(seeds, 1 / seeds), times) / seeds
    drawn.flags.writeable = False
    return drawn


def ends(draws: Array) -> tuple[float, float]:
    """Ends of the 95 % interval of figures of resampled studies, f8 (times,)."""
    low, high = np.percentile(draws, ENDS)
    return float(low), float(high)
