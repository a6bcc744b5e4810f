"""A day's holdings and factories as small tables and curves. What is one number a day is in `metrics/`."""

from typing import NamedTuple

import numpy as np

from sim.state import Array, Day


class Groups(NamedTuple):
    """One row a value group, G in all."""

    alive: Array  # i8 (G,), living residents
    head: Array  # f8 (G,), mean holdings of the living, units; NaN where nobody lives


class Factories(NamedTuple):
    """One row a factory of the block, in the order of their numbers, F in all."""

    output: Array  # f8 (F,), units made today
    workers: Array  # i8 (F,), living residents whose workplace it is
    open: Array  # bool (F,), not merged into another


def lorenz(day: Day, world: int = 0, points: int = 101) -> Array:
    """Lorenz curve of the living residents' holdings, f8 (at most `points`, 2): share of residents, share of holdings.

    From (0, 0) to (1, 1), poorest first. Empty, (0, 2), when nobody lives or nobody holds anything.
    """
    held = np.sort(day.holdings[(day.world == world) & (day.alive != 0)])
    below = np.concatenate([[0.0], np.cumsum(held)])
    if below[-1] <= 0:
        return np.empty((0, 2))
    ranks = np.unique(np.linspace(0, held.size, min(points, held.size + 1)).round().astype(np.int64))
    return np.column_stack([ranks / held.size, below[ranks] / below[-1]])


def by_group(day: Day, groups: int, world: int = 0) -> Groups:
    """Living residents and their mean holdings in each of the first `groups` value groups."""
    here = (day.world == world) & (day.alive != 0)
    alive = np.bincount(day.group[here], minlength=groups)[:groups]
    held = np.bincount(day.group[here], day.holdings[here], groups)[:groups]
    return Groups(alive, np.divide(held, alive, out=np.full(groups, np.nan), where=alive > 0))


def by_factory(day: Day, world: int = 0) -> Factories:
    """Output, workers and state of each factory of a block."""
    rows = np.flatnonzero(day.f_world == world)
    placed = day.workplace[(day.world == world) & (day.alive != 0) & (day.workplace >= 0)]
    workers = np.bincount(placed, minlength=day.f_world.size)
    return Factories(day.f_output[rows], workers[rows], day.f_open[rows] != 0)
