"""The mean field: a population so large that chance averages out (De Marzo et al., unless another source is named).

All functions take numbers or arrays that broadcast; float64; nan where something is not defined. beta > 0 is the
majority force, h the agents' own bias, z >= 0 the stubborn agents per regular one (their share of all is z / (1 + z)),
s = +1 or -1 their opinion, m the mean opinion of the regular agents. No agent tells itself from the mean here: results
are of the limit of many agents, in which it makes no difference whether a polled one sees itself.
"""

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.conformity.roots import edges, folds, solve

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


MARGIN = 0.05  # of m: nearer than that to the ridge nothing is decided; our choice


class Condition(NamedTuple):
    """A word for where a population is, and why."""

    word: Literal["aligned", "misaligned", "tipping", "undecided"]
    reason: str


class States(NamedTuple):
    """Where a population can rest: up to three points, rising. `m`: (..., 3), nan where fewer; `stable`: (..., 3)."""

    m: Floats
    stable: Bools


def adoption(m: ArrayLike, beta: ArrayLike, h: ArrayLike) -> Floats:
    """Probability to declare +1 before a crowd of mean opinion m: P = [tanh(beta (m + h)) + 1] / 2.

    Written as 1 / (1 + exp(-2 x)), which keeps small probabilities exact.
    """
    x = np.asarray(beta, float) * (np.asarray(m, float) + h)
    small = np.exp(-2.0 * np.abs(x))
    return np.where(x >= 0, 1.0, small) / (1.0 + small)


def states(beta: ArrayLike, h: ArrayLike, z: ArrayLike = 0.0, s: ArrayLike = 1) -> States:
    """Fixed points and their stability: m_tot = tanh(beta (m_tot + h)) + z (s - m_tot).

    Since m_tot = (m + s z) / (1 + z), this is m = tanh(beta' (m + h')) with beta' = beta / (1 + z) and
    h' = (1 + z) h + s z. On the spinodal itself the vanishing state is left out.
    """
    b, f, ratio, sign = np.broadcast_arrays(*(np.asarray(value, float) for value in (beta, h, z, s)))
    ratio = np.where(ratio >= 0, ratio, np.nan)
    force, field = _flat(b / (1 + ratio)), _flat((1 + ratio) * f + sign * ratio)
    m, stable = np.empty((force.size, 3)), np.empty((force.size, 3), bool)
    solve(force, field, m, stable)
    return States(m.reshape(*b.shape, 3), stable.reshape(*b.shape, 3))


def spinodal(beta: ArrayLike) -> Floats:
    """|h| at which the state against the bias vanishes: m_s - atanh(m_s) / beta, m_s = sqrt(1 - 1 / beta); 0 to beta 1.

    Inside (|h| below it) a population against its bias stays; outside it returns.
    """
    flat = _flat(np.asarray(beta, float))
    found = np.empty(flat.size)
    edges(flat, found)
    return found.reshape(np.shape(beta))


def metastable(beta: ArrayLike, h: ArrayLike) -> Bools:
    """Whether a population can stay against its bias: beta > 1 and |h| < h_s(beta)."""
    return np.abs(np.asarray(h, float)) < spinodal(beta)


def tipping(beta: ArrayLike, h: ArrayLike, s: ArrayLike = 1) -> Floats:
    """z_c: the ratio of stubborn agents of opinion s at which the state against them vanishes: 1 + z = beta sech^2.

    Negative: without any it has vanished, and so many of the opposite opinion would be needed to hold it.
    nan: with none and with any number the change is smooth (|h| >= 1 - 1 / beta, or beta <= 1).
    """
    b, f, sign = np.broadcast_arrays(*(np.asarray(value, float) for value in (beta, h, s)))
    found = np.empty(b.size)
    folds(_flat(b), _flat(f * sign), found)
    return found.reshape(b.shape)


def tipping_back(beta: ArrayLike, h: ArrayLike, s: ArrayLike = 1) -> Floats:
    """The way back: the ratio of opinion s at which, as it falls, the state they made vanishes.

    Negative: it outlives them, and it takes so many of the opposite opinion to undo it. nan: as for `tipping`.
    """
    return -tipping(beta, h, -np.asarray(s, float))


def potential(m: ArrayLike, beta: ArrayLike, h: ArrayLike, z: ArrayLike = 0.0, s: ArrayLike = 1) -> Floats:
    """The landscape V with dm/dt = -dV/dm: valleys at stable states, a ridge at the unstable one.

    V(m) = m^2 / 2 - log(cosh(beta' (m + h'))) / beta', the integral of m - tanh(beta' (m + h')).
    """
    ratio = np.asarray(z, float)
    force = np.asarray(beta, float) / (1 + ratio)
    x = np.abs(force * (np.asarray(m, float) + (1 + ratio) * np.asarray(h, float) + s * ratio))
    return np.square(np.asarray(m, float)) / 2 - (x + np.log1p(np.exp(-2 * x)) - np.log(2.0)) / force


def condition(m: float, beta: float, h: float, z: float = 0.0, s: int = 1) -> Condition:
    """The word for a population at mean opinion m, and the reason, from the states of `states`.

    "misaligned": on the side against its own bias, and staying there; "tipping": on its way to the other side;
    "undecided": at the ridge, or without a side to be on.
    """
    if h == 0:
        return Condition("undecided", "The agents have no bias of their own, so neither side is the misaligned one.")
    found = states(beta, h, z, s)
    points = found.m[found.stable]
    own = 1 if h > 0 else -1
    if len(points) == 2 and abs(m - found.m[1]) < MARGIN:
        return Condition(
            "undecided", f"It stands at the ridge, m = {found.m[1]:.2f}: chance decides which way it falls."
        )
    goal = float(points[0] if m < found.m[1] else points[1]) if len(points) == 2 else float(points[0])
    if abs(goal) < MARGIN and abs(m) < 2 * MARGIN:
        return Condition("undecided", "The majority force is too weak here for a common opinion.")
    held = f" with {z:.2f} stubborn agents a regular one" if z > 0 else ""
    if goal * own > 0 and m * own > 0:
        return Condition(
            "aligned", f"It follows its own bias, and theory draws it to m = {goal:.2f}, on the same side."
        )
    if goal * own > 0:
        return Condition(
            "tipping",
            f"Nothing holds it against its bias: it returns to m = {goal:.2f}."
            if len(points) == 1
            else f"It is past the ridge at m = {found.m[1]:.2f} and returns to m = {goal:.2f}.",
        )
    if m * own > 0:
        return Condition("tipping", f"It leaves its own bias{held} and goes to m = {goal:.2f}.")
    if len(points) == 1:
        return Condition(
            "misaligned", f"The stubborn agents hold it against its bias, at m = {goal:.2f}: no other state."
        )
    return Condition(
        "misaligned", f"It is against its own bias, and the majority keeps it at m = {goal:.2f}: metastable."
    )


def _flat(values: Floats) -> Floats:
    return np.ascontiguousarray(values, float).ravel()
