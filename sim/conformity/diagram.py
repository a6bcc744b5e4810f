"""The (beta, h) plane: how many states, on which side of the spinodal, and how long a population stays misaligned."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from sim.conformity import chain, setting
from sim.conformity.theory import Bools, Floats, metastable, spinodal
from sim.errors import SettingError


class Diagram(NamedTuple):
    """`beta` (columns,), `h` (rows,); the rest (rows, columns)."""

    beta: Floats
    h: Floats
    spinodal: Floats  # (columns,)
    metastable: Bools  # a population can stay against its bias
    escape: Floats  # log10 of the mean sweeps from everyone against the bias to half, by the chain; nan outside
    most: float  # times as long and longer are told as this


def diagram(
    n: int = 50,
    beta: tuple[float, float] = (0.5, 5.0),
    h: tuple[float, float] = (-1.0, 1.0),
    cells: tuple[int, int] = (200, 200),
    include_self: bool = False,
    most: float = 24.0,
) -> Diagram:
    """The plane for n agents; `cells`: columns and rows. SettingError for values out of range.

    Escape times are the exact chain's for every n, up to 10^most sweeps; of a longer one only that it is longer.
    """
    n = setting.size(n)
    if not (setting.force(beta[0]) < setting.force(beta[1]) and setting.bias(h[0]) < setting.bias(h[1])):
        raise SettingError("each side of the diagram must rise: give the lower bound first")
    if not all(2 <= side <= 1_000 for side in cells):
        raise SettingError(f"the diagram has {cells[0]} x {cells[1]} cells; a side must have 2 to 1,000")
    columns, rows = (np.linspace(*span, count) for span, count in zip((beta, h), cells))
    inside = metastable(columns[None, :], rows[:, None])
    depth, where = np.unique(np.abs(rows).round(12), return_inverse=True)  # its sign does not matter
    times = np.full((len(depth), len(columns)), np.nan)
    row, column = np.nonzero(metastable(columns[None, :], depth[:, None]))
    times[row, column] = chain.escape_up_to(n, columns[column], depth[row], most * np.log(10), include_self)
    escape = np.where(inside, times[where] / np.log(10), np.nan)
    return Diagram(columns, rows, spinodal(columns), inside, escape, most)


def share_inside(beta: ArrayLike, h: ArrayLike) -> float:
    """Share of points inside the spinodal; nan without points."""
    inside = metastable(beta, h)
    return float(inside.mean()) if inside.size else float("nan")
