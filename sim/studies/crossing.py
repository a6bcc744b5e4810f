"""Where a share crosses one half: a logistic curve fitted to counts, with an interval of profile likelihood.

On a grid rather than by steps uphill, so that counts without overlap (all above, none below) have an answer too.
"""

from typing import NamedTuple

import numpy as np

from sim.state import Array

CONFIDENCE = 0.95
PLACES, WIDTHS = 1001, 50  # grid points
STEEPEST = 0.1  # the narrowest width of the curve that is told apart from a step, residents


class Crossing(NamedTuple):
    """Where the fitted curve is one half, and all places that the data hardly contradict."""

    place: float
    low: float
    high: float


def crossing(losses: Array, futures: Array, recovered: Array, most: float) -> Crossing:
    """Of share(m) = 1 / (1 + exp((m - d) / s)) the most likely d in [0, most]; all arguments f8 (k,), counts.

    Interval: d for which twice the loss of log-likelihood, at the best s, is under the 0.95 quantile of chi-squared
    with one degree of freedom (Wilks 1938).
    """
    from scipy import special  # here, because most of the package needs none

    places = np.linspace(0.0, most, PLACES)
    widths = np.geomspace(STEEPEST, max(2.0 * most, 10.0 * STEEPEST), WIDTHS)
    fit = np.zeros((WIDTHS, PLACES))
    for m, n, k in zip(losses, futures, recovered, strict=True):
        score = (places - m) / widths[:, None]
        fit += k * special.log_expit(score) + (n - k) * special.log_expit(-score)
    profile = fit.max(axis=0)
    best = profile.max()
    likely = places[profile >= best - 1e-9]  # a stretch where nothing overlaps: its middle
    held = places[profile >= best - special.chdtri(1, 1 - CONFIDENCE) / 2]
    return Crossing(float((likely[0] + likely[-1]) / 2), float(held[0]), float(held[-1]))
