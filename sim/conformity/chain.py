"""The exact finite population: a birth-death chain in the number k of agents at +1, one agent polled an update.

A polled agent sees the other n - 1 agents and the stubborn ones ("self excluded", as in De Marzo et al.), or, with
`include_self`, all n: the textbook chain. `stubborn` agents of opinion `sign` are seen by all and never polled. All in
natural logarithms, since times reach 10^33 and more.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.compiled import njit
from sim.conformity import setting

Floats = NDArray[np.float64]


class Rates(NamedTuple):
    """Logarithms of the probabilities that an update raises (`up`) or lowers (`down`) k; (n + 1,) each."""

    up: Floats
    down: Floats


def rates(n: int, beta: float, h: float, stubborn: int = 0, sign: int = 1, include_self: bool = False) -> Rates:
    """up(k) = (n - k) / n P(u), down(k) = k / n [1 - P(u)], u the mean opinion seen; -inf where it cannot be.

    SettingError for values out of range.
    """
    n, beta, h, push = _checked(n, beta, h, stubborn, sign)
    up, down = np.empty(n + 1), np.empty(n + 1)
    for_all(n, beta, h, push, include_self, up, down)
    return Rates(up, down)


def stationary(n: int, beta: float, h: float, stubborn: int = 0, sign: int = 1, include_self: bool = False) -> Floats:
    """log probability of k = 0 ... n in the long run: detailed balance, p(k) up(k) = p(k + 1) down(k + 1)."""
    up, down = rates(n, beta, h, stubborn, sign, include_self)
    log_p = np.concatenate(([0.0], np.cumsum(up[:-1] - down[1:])))
    log_p -= log_p.max()
    return log_p - np.log(np.exp(log_p).sum())


def moments(log_p: Floats) -> tuple[float, float]:
    """Mean and standard deviation of m = 2 k / n - 1 under log probabilities of k."""
    m = np.linspace(-1.0, 1.0, len(log_p))
    p = np.exp(log_p)
    mean = float(p @ m)
    return mean, float(np.sqrt(p @ (m - mean) ** 2))


def passage(n: int, beta: float, h: float, stubborn: int = 0, sign: int = 1, include_self: bool = False) -> float:
    """log of the mean number of updates from everyone at -1 until half are at +1 (m >= 0 for the first time)."""
    n, beta, h, push = _checked(n, beta, h, stubborn, sign)
    return float(first_passage(n, beta, h, push, include_self))


def escape_time(
    n: int, beta: ArrayLike, h: ArrayLike, stubborn: int = 0, sign: int = 1, include_self: bool = False
) -> Floats:
    """log of the mean time, in sweeps of n updates, from everyone against the bias h until half are with it.

    beta and h broadcast; nan where beta is not positive. For h = 0: from -1. `sign`: of the stubborn agents' opinion.
    """
    setting.size(n)
    push = setting.count(stubborn) * setting.side(sign)
    b, f = np.broadcast_arrays(np.asarray(beta, float), np.asarray(h, float))
    found = np.empty(b.size)
    escapes(n, np.ascontiguousarray(b).ravel(), np.ascontiguousarray(f).ravel(), push, include_self, found)
    return found.reshape(b.shape)


def _checked(n: int, beta: float, h: float, stubborn: int, sign: int) -> tuple[int, float, float, int]:
    push = setting.count(stubborn) * setting.side(sign)
    return setting.size(n), setting.force(beta), setting.bias(h), push


@njit
def log_adopt(beta, field):
    """log P, P = 1 / (1 + exp(-2 beta field)), without overflow; log (1 - P) is log_adopt(beta, -field)."""
    x = -2.0 * beta * field
    return -(x + np.log1p(np.exp(-x))) if x > 0.0 else -np.log1p(np.exp(x))


@njit
def seen(n, others, push, include_self):
    """Mean opinion in view, given the sum of opinions in view of regular agents. 0 if nobody is in view."""
    crowd = (n if include_self else n - 1) + abs(push)
    return (others + push) / crowd if crowd > 0 else 0.0


@njit
def log_up(n, k, beta, h, push, include_self):
    """log of the probability that an update turns one of the n - k agents at -1; k < n."""
    own = 0 if include_self else 1
    return np.log((n - k) / n) + log_adopt(beta, seen(n, 2 * k - n + own, push, include_self) + h)


@njit
def log_down(n, k, beta, h, push, include_self):
    """log of the probability that an update turns one of the k agents at +1; k > 0."""
    own = 0 if include_self else 1
    return np.log(k / n) + log_adopt(beta, -(seen(n, 2 * k - n - own, push, include_self) + h))


@njit
def for_all(n, beta, h, push, include_self, up, down):
    """Fill the logs of both rates for every k."""
    for k in range(n + 1):
        up[k] = log_up(n, k, beta, h, push, include_self) if k < n else -np.inf
        down[k] = log_down(n, k, beta, h, push, include_self) if k > 0 else -np.inf
    return


@njit
def add_logs(a, b):
    """log(exp(a) + exp(b))."""
    return max(a, b) + np.log1p(np.exp(-abs(a - b)))


@njit
def first_passage(n, beta, h, push, include_self):
    """log mean updates from k = 0 to the first k with 2 k >= n.

    The mean time from k to k + 1 is t(k) = 1 / up(k) + down(k) / up(k) t(k - 1) (Gardiner, Handbook of Stochastic
    Methods, 7.4): a sum of positive terms, so nothing cancels.
    """
    step = total = -log_up(n, 0, beta, h, push, include_self)
    for k in range(1, (n + 1) // 2):
        up = log_up(n, k, beta, h, push, include_self)
        step = add_logs(0.0, log_down(n, k, beta, h, push, include_self) + step) - up
        total = add_logs(total, step)
    return total


@njit
def escapes(n, beta, h, push, include_self, out):
    """Fill log sweeps out of the state against the bias, for cells of (beta, h)."""
    for i in range(len(beta)):
        ok = beta[i] > 0.0 and np.isfinite(beta[i]) and np.isfinite(h[i])
        turned = -push if h[i] < 0.0 else push
        out[i] = first_passage(n, beta[i], abs(h[i]), turned, include_self) - np.log(n) if ok else np.nan
    return
