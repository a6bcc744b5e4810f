"""The (beta, h) plane: how many states, on which side of the spinodal, and how long a population stays misaligned."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.conformity import chain, setting
from sim.conformity.theory import Bools, Floats, barrier, metastable, spinodal
from sim.errors import SettingError

_WORK = 2_000_000  # states of chains, about a tenth of a second; more, and escape times are extrapolated


class Diagram(NamedTuple):
    """`beta` (columns,), `h` (rows,); the rest (rows, columns)."""

    beta: Floats
    h: Floats
    spinodal: Floats  # (columns,)
    metastable: Bools  # a population can stay against its bias
    escape: Floats  # log10 of the mean sweeps from everyone against the bias to half, by the chain
    exact: bool  # False: n is large; `escape` is that of fewer agents and the theory's barrier, to 0.3 decades


def diagram(
    n: int = 50,
    beta: tuple[float, float] = (0.5, 5.0),
    h: tuple[float, float] = (-1.0, 1.0),
    cells: tuple[int, int] = (200, 200),
    include_self: bool = False,
) -> Diagram:
    """The plane for n agents; `cells`: columns and rows. SettingError for values out of range."""
    n = setting.size(n)
    if not (setting.force(beta[0]) < setting.force(beta[1]) and setting.bias(h[0]) < setting.bias(h[1])):
        raise SettingError("each side of the diagram must rise: give the lower bound first")
    if not all(2 <= side <= 1_000 for side in cells):
        raise SettingError(f"the diagram has {cells[0]} x {cells[1]} cells; a side must have 2 to 1,000")
    columns, rows = (np.linspace(*span, count) for span, count in zip((beta, h), cells))
    edge = spinodal(columns)
    inside = metastable(columns[None, :], rows[:, None])
    depth, where = np.unique(np.abs(rows).round(12), return_inverse=True)  # its sign does not matter
    known = max(2, min(n, 2 * int(_WORK / (len(columns) * len(depth)))))
    times = chain.escape_time(known, columns[None, :], depth[:, None], include_self=include_self)
    if known < n:
        times = times + (n - known) * barrier(columns[None, :], depth[:, None])
    return Diagram(columns, rows, edge, inside, times[where] / np.log(10), known >= n)


def share_inside(beta: ArrayLike, h: ArrayLike) -> float:
    """Share of points inside the spinodal; nan without points."""
    inside = metastable(beta, h)
    return float(inside.mean()) if inside.size else float("nan")
