"""Early warning: does the community take longer and longer to recover from small knocks?

Near a tipping point a system recovers slowly, so its fluctuations grow larger (variance) and more alike from day to day
(lag-1 autocorrelation): Scheffer et al. 2009, seen before population collapse by Dai et al. 2012. Both are taken over a
moving window, less its linear trend. Whether they rise is told by Kendall's tau against time (Dakos et al. 2012). It is
a weak hint, not a probability: of two noisy populations over 60 days, one of which recovers ever more slowly, it is
that one which warns more in only about seven cases of ten (`tests/sim/metrics/test_early_warning.py`).
"""

from functools import partial

import numpy as np

from sim.compiled import njit
from sim.metric import Context, Metric
from sim.state import Array

WINDOW = 14  # days; our choice: short, since a run is
TREND = 60  # days, at most, over which an indicator's trend is told; our choice: Dakos et al. take the whole series
FEWEST = 7  # values of an indicator without which no trend is told
INDICATORS = ("variance_alive", "autocorr_alive", "variance_head", "autocorr_head")


@njit
def _residuals(values: Array) -> Array:
    """What is left of x(t), f8 (T,), after its least-squares line; exact zeros where it lies on a line."""
    steps = np.arange(values.size) - (values.size - 1) / 2
    centred = values - values.mean()
    rest = centred - steps * ((steps * centred).sum() / (steps * steps).sum())
    if (rest * rest).sum() <= 1e-20 * (values * values).sum():  # no more than rounding leaves
        rest[:] = 0.0
    return rest


@njit
def _indicators(values: Array) -> tuple[Array, Array]:
    """Variance and lag-1 autocorrelation of the detrended window, f8 (T, W) -> (W,) each; NaN until it is full."""
    variance = np.full(values.shape[1], np.nan)
    correlation = np.full(values.shape[1], np.nan)
    if values.shape[0] < WINDOW:
        return variance, correlation
    for w in range(values.shape[1]):
        rest = _residuals(values[:, w].copy())
        power = (rest * rest).sum()
        variance[w] = power / (rest.size - 1)
        if power > 0:
            correlation[w] = (rest[1:] * rest[:-1]).sum() / power
    return variance, correlation


@njit
def _tau(values: Array) -> float:
    """Kendall's tau-b of a series against time over its defined values; NaN if too few, or all alike.

    Values that differ by rounding only count as tied.
    """
    some = values[~np.isnan(values)]
    if some.size < FEWEST:
        return np.nan
    score = untied = 0
    rounding = 1e-9 * np.abs(some).max()
    for i in range(some.size):
        for j in range(i):
            step = some[i] - some[j]
            score += int(step > rounding) - int(step < -rounding)
            untied += int(abs(step) > rounding)
    return score / np.sqrt(untied * (some.size * (some.size - 1) / 2)) if untied else np.nan


@njit
def _rise(stacked: Array) -> Array:
    """Mean tau of the indicators, not below 0: f8 (I, T, W) -> (W,)."""
    out = np.full(stacked.shape[2], np.nan)
    for w in range(out.size):
        total, count = 0.0, 0
        for k in range(stacked.shape[0]):
            tau = _tau(stacked[k, :, w].copy())
            if not np.isnan(tau):
                total += tau
                count += 1
        if count:
            out[w] = min(max(total / count, 0.0), 1.0)
    return out


def _window(of: str, which: int, context: Context) -> Array:
    return _indicators(context.past[of][-WINDOW:])[which]


def _warning(context: Context) -> Array:
    return _rise(np.stack([context.past[name][-TREND:] for name in INDICATORS]))


def _variance(name: str, title: str, unit: str, of: str) -> Metric:
    source = f"variance of {of} over 14 days, less a linear trend (Scheffer et al. 2009, Dai et al. 2012); from day 13"
    return Metric(name, title, unit, 0, None, source, partial(_window, of, 0), (of,))


def _autocorrelation(name: str, title: str, of: str) -> Metric:
    source = (
        f"lag-1 autocorrelation of {of} over 14 days, less a linear trend (Scheffer et al. 2009, Dai et al. 2012); "
        "from day 13, if there is variance"
    )
    return Metric(name, title, "", -1, 1, source, partial(_window, of, 1), (of,))


METRICS = (
    _variance("variance_alive", "Variance of the population", "residents squared", "alive"),
    _autocorrelation("autocorr_alive", "Autocorrelation of the population", "alive"),
    _variance("variance_head", "Variance of resources a head", "units squared", "head"),
    _autocorrelation("autocorr_head", "Autocorrelation of resources a head", "head"),
    Metric(
        name="warning",
        title="Early warning",
        unit="",
        low=0,
        high=1,
        source="mean over the four indicators of Kendall's tau-b against time over the last 60 days, not below 0 "
        "(after Dakos et al. 2012; their mean is our choice); needs 7 values of one indicator",
        daily=_warning,
        needs=INDICATORS,
    ),
)
