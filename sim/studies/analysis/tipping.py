"""Does a metric tip over at some prevalence, or change gradually, or not at all? The rule is fixed here, in one place.

1. Flat: Friedman's test (1937) of the prevalences, seeds as blocks, gives p >= 0.05.
2. Else a straight line and an S-shaped curve are fitted to all runs by least squares and compared by AICc (Hurvich &
   Tsai 1989). A threshold: the curve is better by 10 or more (the line has essentially no support: Burnham & Anderson
   2002, 2.6) and 80 % of its change, from 10 to 90 %, take at most a third of the range tried. By that a decline that
   is fastest at first, as an exponential one, is gradual: it has no level up to which nothing much happens.
3. Uneven: even the better one misses the means at the prevalences (lack-of-fit F-test, p < 0.05) and explains less than
   90 % of what they differ by; a change that goes up and down. Else: gradual.
4. Threshold or gradual is told only if at least two in three resampled studies say the same.

The tipping point is where half of the fitted change is done. Where prevalences lie far apart, a steep curve fits as
well wherever it falls between two of them. So the interval covers all curves that fit not clearly worse (profile
likelihood: 2 log L within 3.84 of the best), and the middle 95 % of the points of resampled studies; the point is the
middle of the former.
"""

from typing import Literal, NamedTuple

import numpy as np

from sim.state import Array
from sim.studies.analysis import bootstrap, words
from sim.studies.analysis.curves import Curve
from sim.studies.analysis.estimates import alike
from sim.studies.analysis.sigmoid import Curves, Fits, drawn, fit

FEWEST_LEVELS, FEWEST_SEEDS = 4, 5
BETTER = 10.0  # of AICc
STEEP = 1 / 3  # of the range of prevalences
EXPLAINED = 0.9
AGREED = 2 / 3  # of resampled studies
ALPHA = 0.05
_WORSE = 3.84  # twice the logarithm of a likelihood ratio; chi squared with one degree of freedom exceeds it in 5 %
_TIMES = 500
_LINE, _CURVE = 3, 5  # parameters, the variance among them
Shape = Literal["threshold", "gradual", "flat", "uneven", "not told"]


class Tipping(NamedTuple):
    """What becomes of one curve. NaN where not defined; prevalences in per cent."""

    shape: Shape
    seeds: int  # with the metric defined at all prevalences
    reason: str = ""  # why it is not told
    p: float = np.nan  # Friedman's
    better: float = np.nan  # AICc of the line less that of the S-shaped curve
    point: float = np.nan  # where half of the change is done; where the curve is better by BETTER
    low: float = np.nan
    high: float = np.nan
    width: float = np.nan  # what the middle 80 % of the curve's change take
    change: float = np.nan  # fitted, from the first prevalence to the last
    support: float = np.nan  # share of resampled studies that have a threshold, or none, as here
    fit: Array = np.zeros((2, 0))  # prevalences and fitted values, f8 (2, points)

    @property
    def words(self) -> str:
        """ "a threshold at 14 % of residents (95 % interval 9 to 18 %)"."""
        match self.shape:
            case "threshold":
                return f"a threshold at {self.point:.0f} % of residents ({words.span(self.low, self.high)})"
            case "gradual" if np.isfinite(self.point):
                half = f"half of the change by {self.point:.0f} % of residents ({words.span(self.low, self.high)})"
                return f"gradually, without a threshold; {half}"
            case "gradual":
                return "gradually, without a threshold"
            case "flat":
                return f"no change with the share of residents can be told ({words.chance(self.p)})"
            case "uneven":
                return "a change that is not one-way: no threshold can be placed"
        return f"a threshold cannot be told: {self.reason}"


def tipping(curve: Curve) -> Tipping:
    """What becomes of this curve, by the rule above."""
    x = np.array(curve.line.prevalences)
    values = curve.values[:, ~np.isnan(curve.values).any(axis=0)]
    seeds, n = values.shape[1], values.size
    if reason := _cannot(x, values):
        return Tipping("not told", seeds, reason)
    p = _friedman(values)
    if not p < ALPHA:
        return Tipping("flat", seeds, p=p)
    found = fit(x, values, np.full((1, seeds), 1 / seeds))
    better, width = float(_better(found, n)[0]), float(_width(x, found.best)[0])
    curved = better > 0
    shown = drawn(x, values.mean(axis=1), Curves(found.best.centre[0], found.best.scale[0]) if curved else None)
    change = float(shown[1, -1] - shown[1, 0])
    told = Tipping("gradual", seeds, "", p, better, width=width, change=change, fit=shown)
    left = found.curve[0] if curved else found.line[0]
    if _misses(values, float(left), _CURVE - 1 if curved else _LINE - 1):
        return told._replace(shape="uneven")
    threshold = better >= BETTER and width <= STEEP * np.ptp(x)
    again = fit(x, values, bootstrap.weights(seeds, _TIMES))
    steep = (_better(again, n) >= BETTER) & (_width(x, again.best) <= STEEP * np.ptp(x))
    told = told._replace(support=float(np.mean(steep == threshold)))
    if told.support < AGREED:
        share = words.share(float(np.mean(steep)))
        return told._replace(shape="not told", reason=f"resampled studies disagree, {share} of them have one")
    if better < BETTER:
        return told
    as_well = n * np.log(found.misfit[0] / found.curve[0]) <= _WORSE
    points = np.append(found.tried.done(0.5, x[0], x[-1])[as_well], found.best.done(0.5, x[0], x[-1]))
    low, high = bootstrap.ends(again.best.done(0.5, x[0], x[-1]))
    return told._replace(
        shape="threshold" if threshold else "gradual",
        point=float(points.min() + points.max()) / 2,
        low=float(min(points.min(), low)),
        high=float(max(points.max(), high)),
    )


def title(curve: Curve, found: Tipping) -> str:
    """The curve's own title and what becomes of it: a figure's title."""
    return f"{curve.title}: {found.words}"


def _cannot(x: Array, values: Array) -> str:
    """Why nothing can be told of these values, f8 (levels, seeds); empty if something can."""
    seeds = values.shape[1]
    if len(x) < FEWEST_LEVELS:
        return f"it takes {FEWEST_LEVELS} prevalences, and there are {len(x)}"
    if seeds < FEWEST_SEEDS:
        have = words.count(seeds, "seed defines", "seeds define")
        return f"it takes {FEWEST_SEEDS} seeds, and {have} the metric at every prevalence"
    return "no variance: the same in every run" if alike(values) else ""


def _friedman(values: Array) -> float:
    from scipy import stats  # here, because it is slow to load

    return float(stats.friedmanchisquare(*values).pvalue)


def _better(found: Fits, n: int) -> Array:
    """AICc of the line less that of the curve, f8 (B,): n log(RSS / n) + 2 k + 2 k (k + 1) / (n - k - 1)."""

    def penalty(k: int) -> float:
        return 2 * k + 2 * k * (k + 1) / (n - k - 1)

    return n * np.log(found.line / found.curve) + penalty(_LINE) - penalty(_CURVE)


def _width(x: Array, curves: Curves) -> Array:
    """What the middle 80 % of the change take."""
    return curves.done(0.9, x[0], x[-1]) - curves.done(0.1, x[0], x[-1])


def _misses(values: Array, rss: float, parameters: int) -> bool:
    """Whether a fit leaves out what is neither scatter nor little (Draper & Smith 1998, 2.1)."""
    from scipy import special

    levels, seeds = values.shape
    means = values.mean(axis=1, keepdims=True)
    pure, between = float(((values - means) ** 2).sum()), seeds * float(((means - means.mean()) ** 2).sum())
    left, free = max(rss - pure, 0.0), levels - parameters
    if free < 1 or left <= (1 - EXPLAINED) * between:
        return False
    scatter = max(pure / (values.size - levels), np.finfo(float).tiny)
    return bool(special.fdtrc(free, values.size - levels, left / free / scatter) < ALPHA)
