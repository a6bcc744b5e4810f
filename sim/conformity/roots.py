"""Kernels that solve m = tanh(beta (m + h)), in x = beta (m + h), where nothing cancels.

G(x) = x / beta - h - tanh(x) has its extremes at -+x_s, cosh(x_s)^2 = beta, so every root has a bracket of its own.
"""

import numpy as np

from sim.compiled import njit

_STEPS = 200  # of Newton or bisection; twelve are usual


@njit
def lag(x):
    """x - tanh(x), by its series where the difference would cancel (Abramowitz & Stegun 4.5.64)."""
    if abs(x) > 0.1:
        return x - np.tanh(x)
    y = x * x
    tail = 2.0 / 15 - y * (17.0 / 315 - y * (62.0 / 2835 - y * (1382.0 / 155925 - y * (21844.0 / 6081075))))
    return x * y * (1.0 / 3 - y * tail)


@njit
def edge(beta):
    """The spinodal's |h|: m_s - atanh(m_s) / beta with m_s = sqrt(1 - 1 / beta) (De Marzo et al.); 0 for beta <= 1.

    Small m_s: the series sum of 2 m_s^(2k+1) / (4 k^2 - 1), in which the leading m_s has cancelled.
    """
    if not beta > 1.0:
        return 0.0 if beta > 0.0 else np.nan
    m = np.sqrt((beta - 1.0) / beta)
    if m > 0.3:
        return m - np.arccosh(np.sqrt(beta)) / beta
    total, power = 0.0, m
    for k in range(1, 16):
        power *= m * m
        total += 2.0 * power / (4.0 * k * k - 1.0)
    return total


@njit
def _root(beta, h, low, high, rising):
    """The one root of G between low and high, through which G rises or falls: Newton, kept inside by bisection."""
    loss = (beta - 1.0) / beta
    x = 0.5 * (low + high)
    for _ in range(_STEPS):
        value = lag(x) - x * loss - h
        if value == 0.0:
            return x
        if (value > 0.0) == rising:
            high = x
        else:
            low = x
        tanh = np.tanh(x)
        slope = tanh * tanh - loss
        new = x - value / slope if slope != 0.0 else low
        if not low < new < high:
            new = 0.5 * (low + high)
        if abs(new - x) <= 2e-16 * abs(new) or new in (low, high):
            return new
        x = new
    return x


@njit
def solve(beta, h, m, stable):
    """Fill m and stable, of shape (cells, 3), for beta and h of shape (cells,). Missing points: nan, not stable."""
    for i in range(len(beta)):
        m[i, 0] = m[i, 1] = m[i, 2] = np.nan
        stable[i, 0] = stable[i, 1] = stable[i, 2] = False
        b, f = beta[i], h[i]
        if not (b > 0.0 and np.isfinite(b) and np.isfinite(f)):
            continue
        far = b * (1.0 + abs(f))
        limit = edge(b)
        if abs(f) < limit:
            fold = np.arccosh(np.sqrt(b)) if b > 1.1 else np.arctanh(np.sqrt((b - 1.0) / b))
            m[i, 0] = np.tanh(_root(b, f, -far, -fold, True))
            m[i, 1] = np.tanh(_root(b, f, -fold, fold, False))
            m[i, 2] = np.tanh(_root(b, f, fold, far, True))
            stable[i, 0] = stable[i, 2] = True
        else:
            fold = np.arccosh(np.sqrt(b)) if b > 1.0 else 0.0
            low, high = (fold, far) if f > 0.0 else (-far, -fold)
            m[i, 0] = np.tanh(_root(b, f, low, high, True)) if f != 0.0 else 0.0
            stable[i, 0] = True
    return


@njit
def edges(beta, h):
    """Fill h with the spinodal at each beta, both of shape (cells,)."""
    for i in range(len(beta)):
        h[i] = edge(beta[i])
    return


@njit
def pushed(beta, h, z):
    """How far a push z towards +1 has lifted the field beyond the fold: h' - h_s(beta'). Negative: the state holds.

    With |z| stubborn agents a regular one, m = tanh(beta' (m + h')), beta' = beta / (1 + |z|), h' = (1 + |z|) h + z.
    """
    more = 1.0 + abs(z)
    return more * h + z - edge(beta / more)


@njit
def folds(beta, h, z):
    """Fill z, of shape (cells,), with the signed ratio at which the lower state vanishes; nan where it never does.

    A fold exists where |h| < 1 - 1 / beta. For h below the spinodal `pushed` rises with z >= 0; above it, it is concave
    in |z| for z <= 0, positive at 0 and negative at the end |z| = beta - 1 of bistability: one root on either side.
    """
    for i in range(len(beta)):
        b, f = beta[i], h[i]
        z[i] = np.nan
        if not (b > 1.0 and np.isfinite(b) and abs(f) * b < b - 1.0):
            continue
        sign = 1.0 if f < edge(b) else -1.0
        low, high = 0.0, b - 1.0
        for _ in range(_STEPS):
            middle = 0.5 * (low + high)
            if middle in (low, high):
                break
            if (pushed(b, f, sign * middle) < 0.0) == (sign > 0.0):
                low = middle
            else:
                high = middle
        z[i] = sign * 0.5 * (low + high)
    return
