"""beta and h from counted answers, by maximum likelihood, with intervals, goodness of fit and warnings.

P = [tanh(beta (m + h)) + 1] / 2 (De Marzo et al.) is a logistic curve in m: log(P / (1 - P)) = a + b m with
b = 2 beta and a = 2 beta h. So the binomial likelihood is that of a logistic regression (McCullagh & Nelder,
Generalized Linear Models, ch. 4), concave, with one maximum.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import chdtrc, chdtri, expit, log_expit, xlogy

from sim.errors import SettingError

Floats = NDArray[np.float64]
STEEP, FAR = 50.0, 16.0  # bounds of beta and |h|, as in the authors' fits
_DROP = chdtri(1, 0.05) / 2  # of the log likelihood, at the ends of a 95 % interval
_DEPENDS = 0.05  # p above which a curve counts as flat
_SURE = 0.01  # p below which something is said not to be chance


class Tally(NamedTuple):
    """Answers to one kind of question. `first`: +1 where opinion +1 was named first, -1 where second, 0 unknown."""

    m: float  # mean opinion shown
    first: int
    yes: int  # declared +1
    asked: int  # usable answers


class Interval(NamedTuple):
    """A 95 % interval by profile likelihood; infinite where the answers set no bound."""

    low: float
    high: float


class Fit(NamedTuple):
    """What the answers say. `warnings`: sentences for a person."""

    beta: float
    h: float
    beta_interval: Interval
    h_interval: Interval
    answers: int
    deviance: float
    freedom: int  # degrees of freedom of the deviance
    p: float  # of a deviance as large, were the curve of this family; nan without freedom
    dispersion: float  # Pearson's chi squared by degree of freedom: 1 if answers scatter as coins do
    order_bias: float  # log odds that naming an opinion first adds; nan where both orders were not asked
    order_p: float
    slope_p: float  # of answers as dependent on m, were they independent of it
    against: bool  # whether they fall as the majority for them rises
    warnings: tuple[str, ...]

    @property
    def flat(self) -> bool:
        """Whether the answers do not depend on the majority shown, as far as they tell."""
        return not self.slope_p < _DEPENDS

    @property
    def measured(self) -> bool:
        """Whether beta and h may be taken for a measurement: neither flat nor falling, and not at a bound."""
        return not (self.flat or self.against) and self.beta < STEEP and abs(self.h) < FAR


def fit(tallies: Sequence[Tally]) -> Fit:
    """Fit beta (0 to STEEP) and h (-FAR to FAR). SettingError without answers at two values of m."""
    m, yes, asked = _points(tallies)
    beta, h = _best(m, yes, asked)
    top = _likelihood(2 * beta * (m + h), yes, asked)
    beta_interval = _profile(lambda value: _given_beta(value, m, yes, asked), beta, top, 0.0, STEEP)
    h_interval = _profile(lambda value: _given_h(value, m, yes, asked), h, top, -FAR, FAR)
    p_hat = expit(2 * beta * (m + h))
    perfect = float((xlogy(yes, yes / asked) + xlogy(asked - yes, 1 - yes / asked)).sum())
    deviance, freedom = max(0.0, 2 * (perfect - top)), len(m) - 2
    spread = asked * p_hat * (1 - p_hat)
    pearson = float(((yes - asked * p_hat) ** 2 / np.maximum(spread, 1e-12)).sum())
    p = float(chdtrc(freedom, deviance)) if freedom > 0 else float("nan")
    order_bias, order_p = _order(tallies)
    even, _ = _logistic(np.ones((len(m), 1)), yes, asked)
    sloped, weights = _logistic(np.column_stack((np.ones_like(m), m)), yes, asked)
    slope_p = float(chdtrc(1, max(0.0, 2 * (sloped - even))))
    against = bool(weights[1] < 0 and slope_p < _DEPENDS)
    found = Fit(
        beta, h, beta_interval, h_interval, int(asked.sum()), deviance, freedom, p,
        pearson / freedom if freedom > 0 else float("nan"), order_bias, order_p, slope_p, against, (),
    )  # fmt: skip
    return found._replace(warnings=_warnings(found, yes, asked))


def _points(tallies: Sequence[Tally]) -> tuple[Floats, Floats, Floats]:
    """Answers added up at each m; (points,) each."""
    for each in tallies:
        if not (abs(each.m) <= 1 and 0 <= each.yes <= each.asked):
            raise SettingError(f"{each.yes} of {each.asked} answers at m = {each.m:g} cannot be; counts rise from 0")
    used = [each for each in tallies if each.asked]
    m = np.unique([each.m for each in used])
    if len(m) < 2:
        raise SettingError("there are usable answers at fewer than two mean opinions; a curve needs at least two")
    yes, asked = np.zeros(len(m)), np.zeros(len(m))
    for each in used:
        at = np.searchsorted(m, each.m)
        yes[at] += each.yes
        asked[at] += each.asked
    return m, yes, asked


def _likelihood(logit: Floats, yes: Floats, asked: Floats) -> float:
    return float((yes * log_expit(logit) + (asked - yes) * log_expit(-logit)).sum())


def _solve(slope: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function crosses 0, or the end at which it comes nearest."""
    if slope(low) <= 0:
        return low
    return high if slope(high) >= 0 else float(brentq(slope, low, high, xtol=1e-12))


def _given_h(h: float, m: Floats, yes: Floats, asked: Floats) -> tuple[float, float]:
    """Log likelihood at the best beta for an h, and that beta: concave in beta."""
    x = 2 * (m + h)
    beta = _solve(lambda value: float((x * (yes - asked * expit(value * x))).sum()), 0.0, STEEP)
    return _likelihood(beta * x, yes, asked), beta


def _given_beta(beta: float, m: Floats, yes: Floats, asked: Floats) -> tuple[float, float]:
    """Log likelihood at the best h for a beta, and that h: concave in a = 2 beta h."""
    reach = 2 * beta * FAR
    a = _solve(lambda value: float((yes - asked * expit(value + 2 * beta * m)).sum()), -reach, reach)
    return _likelihood(a + 2 * beta * m, yes, asked), a / (2 * beta) if beta > 0 else 0.0


def _best(m: Floats, yes: Floats, asked: Floats) -> tuple[float, float]:
    """The maximum within the bounds: the slope in beta of the profile, which is unimodal, has one zero."""

    def slope(beta: float) -> float:
        h = _given_beta(beta, m, yes, asked)[1]
        return float(((m + h) * (yes - asked * expit(2 * beta * (m + h)))).sum())

    beta = _solve(slope, 1e-9, STEEP)
    return beta, _given_beta(beta, m, yes, asked)[1]


def _profile(
    curve: Callable[[float], tuple[float, float]], best: float, top: float, least: float, most: float
) -> Interval:
    def above(value: float) -> float:
        return curve(value)[0] - top + _DROP

    low = float(brentq(above, least, best)) if best > least and above(least) < 0 else -np.inf
    high = float(brentq(above, best, most)) if best < most and above(most) < 0 else np.inf
    return Interval(max(low, 0.0) if least == 0.0 else low, high)


def _order(tallies: Sequence[Tally]) -> tuple[float, float]:
    """Log odds for the opinion named first, with m held fixed, and its p by likelihood ratio."""
    used = [each for each in tallies if each.asked and each.first]
    if {each.first for each in used} != {-1, 1}:
        return float("nan"), float("nan")
    m, first, yes, asked = (np.array(column, float) for column in zip(*used))
    plain = np.column_stack((np.ones_like(m), m))
    without, _ = _logistic(plain, yes, asked)
    top, weights = _logistic(np.column_stack((plain, first)), yes, asked)
    return float(2 * weights[2]), float(chdtrc(1, max(0.0, 2 * (top - without))))


def _logistic(design: Floats, yes: Floats, asked: Floats) -> tuple[float, Floats]:
    """Log likelihood and weights, by Newton's steps, with a faint ridge that keeps separated answers finite."""
    weights = np.zeros(design.shape[1])
    for _ in range(100):
        p = expit(design @ weights)
        pull = design.T @ (yes - asked * p) - 1e-6 * weights
        bend = (design.T * (asked * p * (1 - p))) @ design + 1e-6 * np.eye(len(weights))
        step = np.linalg.solve(bend, pull)
        step *= min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-300))
        weights = weights + step
        if np.abs(step).max() < 1e-10:
            break
    return _likelihood(design @ weights, yes, asked), weights


def _warnings(found: Fit, yes: Floats, asked: Floats) -> tuple[str, ...]:
    told = []
    if yes.sum() in (0, asked.sum()):
        told.append("Every answer was the same: the curve is saturated, and beta and h cannot be told apart.")
    elif found.against:
        told.append("Answers go against the majority shown: the model has no such beta, and 0 comes nearest.")
    elif found.flat:
        told.append("The curve is flat: answers do not depend on the majority shown, so h has no meaning.")
    elif found.beta >= STEEP or abs(found.h) >= FAR:
        told.append(f"The fit is at a bound (beta {STEEP:g}, |h| {FAR:g}): the curve is a step or saturated.")
    if found.p < _SURE:
        told.append(
            f"The curve is not of this family (p = {found.p:.1g}), or answers scatter more than coins do "
            f"(dispersion {found.dispersion:.1f}): the intervals are too narrow."
        )
    if found.order_p < _SURE:
        odds = np.exp(abs(found.order_bias))
        times = f"{odds:.2f}" if odds < 1_000 else "more than 1,000"
        which = "first" if found.order_bias > 0 else "second"
        told.append(
            f"The order of naming matters: the odds of the opinion named {which} are {times} times "
            f"those it has when named {'second' if which == 'first' else 'first'} (p = {found.order_p:.1g})."
        )
    return tuple(told)
