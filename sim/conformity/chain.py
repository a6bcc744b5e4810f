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
_MILD = 300.0  # a logarithm whose number, and the products below, a float can hold
_ANEW = 64  # steps


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


def escape_up_to(n: int, beta: ArrayLike, h: ArrayLike, most: float, include_self: bool = False) -> Floats:
    """As `escape_time` without stubborn agents, and as exact, but no longer than `most`, a log of sweeps.

    Where the time is longer, the sum is left as soon as it has passed `most`, and `most` is told.
    """
    setting.size(n)
    b, f = np.broadcast_arrays(np.asarray(beta, float), np.abs(np.asarray(h, float)))
    found = np.empty(b.size)
    escapes_up_to(n, np.ascontiguousarray(b).ravel(), np.ascontiguousarray(f).ravel(), most, include_self, found)
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


@njit
def escapes_up_to(n, beta, h, most, include_self, out):
    """Fill log sweeps out of the state against the bias, at most `most`, for cells of (beta, h >= 0)."""
    for i in range(len(beta)):
        if not (beta[i] > 0.0 and np.isfinite(beta[i]) and np.isfinite(h[i])):
            out[i] = np.nan
        elif 2.0 * beta[i] * (3.0 + h[i]) < _MILD and most + np.log(n) < _MILD:
            out[i] = min(most, np.log(passage_up_to(n, beta[i], h[i], np.exp(most) * n, include_self) / n))
        else:
            out[i] = min(most, first_passage(n, beta[i], h[i], 0, include_self) - np.log(n))
    return


@njit
def passage_up_to(n, beta, h, most, include_self):
    """The sum of `first_passage` without logarithms, left when it has passed `most`.

    exp(-2 beta field) is a geometric sequence in k, taken anew from time to time, so that no error grows.
    """
    crowd = n if include_self else max(1, n - 1)
    own = 0.0 if include_self else 1.0
    ratio = np.exp(-4.0 * beta / crowd)
    beside = np.exp(4.0 * beta * own / crowd)  # from the field before a rise to the field before a fall
    step = total = odds = 0.0
    for k in range((n + 1) // 2):
        if k % _ANEW == 0:
            odds = np.exp(-2.0 * beta * ((2 * k - n + own) / crowd + h))  # of falling against rising
        fall = odds * beside
        step = (1.0 + odds) * (n + k * fall / (1.0 + fall) * step) / (n - k)
        total += step
        if total > most:
            return total
        odds *= ratio
    return total
