"""Least squares of S-shaped curves a + b / (1 + exp(-(x - c) / s)) to many studies at once. Knows nothing of verdicts.

For given c and s the best a and b have a closed form, so every c and s of a grid is tried, which no start can mislead,
and the best is then refined by halving steps; `tests` hold it against scipy's `curve_fit`.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from sim.state import Array

_CENTRES, _SCALES = 201, 24
_STEEPEST = 1 / 400  # scale, of the range of prevalences: a step
_ROUNDS = 7


class Curves(NamedTuple):
    """Some curves' centre and scale, f8 of one shape."""

    centre: Array
    scale: Array

    def at(self, x: Array) -> Array:
        """Between 0 and 1, f8 (..., len(x))."""
        from scipy.special import expit  # here, because the first page needs none

        return expit((x - self.centre[..., None]) / self.scale[..., None])

    def done(self, share: float, low: float, high: float) -> Array:
        """The x between low and high by which so much of the change from one to the other is done."""
        from scipy.special import logit

        ends = self.at(np.array([low, high]))
        x = self.centre + self.scale * logit(ends[..., 0] + share * (ends[..., 1] - ends[..., 0]))
        return np.clip(x, low, high)


class Fits(NamedTuple):
    """Fits to B studies; residual sums of squares, f8 (B,)."""

    line: Array
    curve: Array
    best: Curves  # (B,)
    tried: Curves  # (K,), the grid
    misfit: Array  # f8 (B, K), residual sum of squares of each curve tried


def fit(x: Array, values: Array, weights: Array) -> Fits:
    """Fit every study: `values` f8 (levels, seeds) at the ascending x (levels,), `weights` of seeds f8 (B, seeds)."""
    means = weights @ values.T
    within = (weights @ (values**2).T - means**2).sum(axis=1).clip(0)
    apart = means - means.mean(axis=1, keepdims=True)
    total = within + (apart**2).sum(axis=1)
    floor = 1e-12 * total + np.finfo(float).tiny  # a perfect fit has a logarithm too
    tried, forms = _grid(tuple(x.tolist()))
    misfit = np.maximum(total[:, None] - (apart @ forms.T) ** 2, floor[:, None])
    first = misfit.argmin(axis=1)
    best, explained = _refined(x, apart, Curves(tried.centre[first], tried.scale[first]))
    least = np.minimum(np.maximum(total - explained, floor), misfit.min(axis=1))
    line = np.maximum(total - (apart @ _form(x)) ** 2, floor)
    seeds = values.shape[1]
    return Fits(seeds * line, seeds * least, best, tried, seeds * misfit)


def drawn(x: Array, means: Array, best: Curves | None, points: int = 201) -> Array:
    """The fitted curve, or the line without one, as f8 (2, points)."""
    axis = np.linspace(x[0], x[-1], points)
    form, at = (axis, x) if best is None else (best.at(axis), best.at(x))
    slope, base = np.polyfit(at, means, 1)
    return np.array([axis, base + slope * form])


@lru_cache(maxsize=8)
def _grid(prevalences: tuple[float, ...]) -> tuple[Curves, Array]:
    """Centres from half a range below to half a range above, scales from a step to nearly a line; and their forms."""
    x = np.array(prevalences)
    centres = x[0] + np.ptp(x) * np.linspace(-0.5, 1.5, _CENTRES)
    scales = np.ptp(x) * np.geomspace(_STEEPEST, 1, _SCALES)
    every = Curves(*(each.ravel() for each in np.meshgrid(centres, scales)))
    levels = every.at(x)
    usable = np.ptp(levels, axis=1) > 1e-6  # the others are flat at all levels
    return Curves(every.centre[usable], every.scale[usable]), _form(levels[usable])


def _form(levels: Array) -> Array:
    """Less their mean, and of length 1, along the last axis."""
    centred = levels - levels.mean(axis=-1, keepdims=True)
    length = np.sqrt((centred**2).sum(axis=-1, keepdims=True))
    return np.divide(centred, length, out=np.zeros_like(centred), where=length > 1e-7)


def _refined(x: Array, apart: Array, start: Curves) -> tuple[Curves, Array]:
    """From each start to the best curve near it, and the sum of squares it explains; (B,) each."""
    low, span, row = x[0], np.ptp(x), np.arange(len(start.centre))
    step, ratio = 2 * span / (_CENTRES - 1), _STEEPEST ** (-1 / (_SCALES - 1))
    moves = np.linspace(-1, 1, 5)
    aside, steeper = (each.ravel() for each in np.meshgrid(moves, moves))
    best, explained = start, np.zeros(len(row))
    for halving in range(_ROUNDS):
        near = Curves(
            np.clip(best.centre[:, None] + aside * step / 2**halving, low - span / 2, low + 1.5 * span),
            np.clip(best.scale[:, None] * ratio ** (steeper / 2**halving), span * _STEEPEST, span),
        )
        gained = np.einsum("bkl,bl->bk", _form(near.at(x)), apart) ** 2
        chosen = gained.argmax(axis=1)
        best, explained = Curves(near.centre[row, chosen], near.scale[row, chosen]), gained[row, chosen]
    return best, explained
