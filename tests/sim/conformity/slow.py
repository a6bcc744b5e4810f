"""Slow and plain: what the lab computes, written once more from the formulas, to be compared with."""

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def adopt(m: float, beta: float, h: float) -> float:
    return float((np.tanh(beta * (m + h)) + 1) / 2)


def roots(beta: float, h: float, z: float = 0.0, s: int = 1, points: int = 400_001) -> list[float]:
    """Fixed points of the regular agents' m, by looking for changes of sign on a fine grid and halving."""

    def gap(m: Any) -> Any:
        return m - np.tanh(beta * ((m + s * z) / (1 + z) + h))

    grid = np.linspace(-1.0, 1.0, points)
    signs = np.sign(gap(grid))
    found = [float(grid[i]) for i in np.flatnonzero(signs == 0)]
    for i in np.flatnonzero(signs[:-1] * signs[1:] < 0):
        low, high, sign = grid[i], grid[i + 1], signs[i]
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if np.sign(gap(middle)) == sign else (low, middle)
        found.append(float(low))
    return sorted(found)


def matrix(n: int, beta: float, h: float, push: int = 0, include_self: bool = False) -> Floats:
    """Transition probabilities of one update between k = 0 ... n agents at +1: agent by agent."""
    T = np.zeros((n + 1, n + 1))
    for k in range(n + 1):
        opinions = [1] * k + [-1] * (n - k)
        for own in opinions:
            crowd = n + abs(push) if include_self else n - 1 + abs(push)
            total = sum(opinions) + push - (0 if include_self else own)
            p = adopt(total / crowd if crowd else 0.0, beta, h)
            T[k, k + (own == -1)] += p / n
            T[k, k - (own == 1)] += (1 - p) / n
    return T


def passage(n: int, beta: float, h: float, push: int = 0, include_self: bool = False) -> float:
    """Mean updates from k = 0 to 2 k >= n, by a dense linear solve."""
    K = (n + 1) // 2
    T = matrix(n, beta, h, push, include_self)[:K, :K]
    return float(np.linalg.solve(np.eye(K) - T, np.ones(K))[0])


def stationary(n: int, beta: float, h: float, push: int = 0, include_self: bool = False) -> Floats:
    """Long-run probabilities of k, by a dense linear solve."""
    T = matrix(n, beta, h, push, include_self)
    system = np.vstack((T.T - np.eye(n + 1), np.ones(n + 1)))
    return np.asarray(np.linalg.lstsq(system, np.append(np.zeros(n + 1), 1.0))[0])


@numba.njit
def first_passages(n, beta, h, push, runs, chance):
    """Sampled updates from everyone at -1 to half, agents kept one by one, numpy's own chance; (runs,)."""
    times = np.empty(runs)
    for run in range(runs):
        opinions, total, updates = -np.ones(n), -float(n), 0
        while total < 0:
            i = chance.integers(0, n)
            u = (total - opinions[i] + push) / (n - 1 + abs(push))
            new = 1.0 if chance.random() < (np.tanh(beta * (u + h)) + 1) / 2 else -1.0
            total += new - opinions[i]
            opinions[i] = new
            updates += 1
        times[run] = updates
    return times
