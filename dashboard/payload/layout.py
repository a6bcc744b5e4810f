"""Where residents stand in the graph: founders spread by forces, newcomers beside their parent; fixed for a run.

Springs along ties (Fruchterman & Reingold 1991) and a weak pull towards co-workers, then pushed apart until nobody
stands on another. No chance is involved: the same ties and workplaces give the same picture.
"""

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.float64]  # shape (n, 2), each in [0, 1]
Indices = npt.NDArray[np.integer]

MARGIN = 0.05
SPACE = 0.72  # distance founders keep, in units of 1 / sqrt(n)
NEAR = 0.62  # share of that distance a newcomer keeps at first
HEAT = 0.1  # largest first step, in units of 1 / sqrt(n)
STRETCH = 0.3  # stiffness of a tie
TOGETHER = 0.35  # pull of co-workers, against 1 for the repulsion
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
CANDIDATES = 240
NEAREST = 30  # candidates looked at first: mostly one of them is free
DEPTH = 6  # of the curve founders start on: 4^7 places
ROUNDS = 50


def spread(ties: Indices, workplace: Indices) -> Places:
    """Places of n founders. `ties`: shape (m, 2), rows 0 to n - 1, each tie once; `workplace`: shape (n,), -1 none."""
    n = len(workplace)
    if n == 1:
        return np.array([[0.5, 0.5]])
    places = MARGIN + (1 - 2 * MARGIN) * _moore((np.arange(n) + 0.5) / n)
    _, crew = np.unique(workplace, return_inverse=True)
    crew_size = np.maximum(np.bincount(crew), 1)
    works = workplace >= 0
    length = 1 / np.sqrt(n)
    for heat in np.linspace(HEAT, HEAT / 10, 40 if n <= 100 else 24) / np.sqrt(n):
        force = _repulsion(places, length)
        pull = places[ties[:, 1]] - places[ties[:, 0]]
        pull *= np.sqrt((pull**2).sum(axis=1, keepdims=True)) / length * STRETCH
        for axis in (0, 1):
            force[:, axis] += np.bincount(ties[:, 0], pull[:, axis], n) - np.bincount(ties[:, 1], pull[:, axis], n)
            middle = np.bincount(crew, places[:, axis]) / crew_size
            force[:, axis] += TOGETHER * (middle[crew] - places[:, axis]) * works
        size = np.sqrt((force**2).sum(axis=1, keepdims=True))
        places += force / np.maximum(size, 1e-9) * np.minimum(size, heat)
    return _apart(_stretched(places), SPACE / np.sqrt(n))


def beside(places: Places, point: tuple[float, float], founders: int) -> tuple[float, float]:
    """A free place as near as can be to `point`: on a spiral round it, at a distance from all."""
    space = NEAR * SPACE / np.sqrt(max(founders, 16))
    steps = np.arange(1, CANDIDATES + 1)
    reach = 0.75 * space * np.sqrt(steps)
    around = np.column_stack((np.cos(GOLDEN_ANGLE * steps), np.sin(GOLDEN_ANGLE * steps))) * reach[:, None] + point
    inside = ((around >= MARGIN) & (around <= 1 - MARGIN)).all(axis=1)
    around = around[inside] if inside.any() else np.clip(around, MARGIN, 1 - MARGIN)
    if not len(places):
        return float(around[0, 0]), float(around[0, 1])
    for tried in (around[:NEAREST], around):
        room = _room(tried, places)
        if room.max() >= space:
            break
    tight = space if room.max() >= space else 0.9 * room.max()  # crowded: nearly the widest gap, but not any far one
    chosen = tried[np.flatnonzero(room >= tight)[0]]
    return float(chosen[0]), float(chosen[1])


def _room(points: Places, places: Places) -> npt.NDArray[np.float64]:
    """How far each point is from the nearest place, axis by axis, which is ten times as fast as both at once."""
    square = (points[:, :1] - places[:, 0]) ** 2
    square += (points[:, 1:] - places[:, 1]) ** 2
    nearest: npt.NDArray[np.float64] = np.sqrt(square.min(axis=1))
    return nearest


def _moore(along: npt.NDArray[np.float64]) -> Places:
    """Points of Moore's closed curve, which fills the square and keeps near what is near on it. `along`: in [0, 1)."""
    quarter, rest = np.divmod(along * 4, 1)
    steps = (rest * 4**DEPTH).astype(np.int64)
    x, y = np.zeros(len(along)), np.zeros(len(along))
    for level in range(DEPTH):  # Hilbert's curve from (0, 0) to (1, 0), from its smallest square up
        digit, side = steps >> (2 * level) & 3, 2**level
        x, y = (
            np.choose(digit, (y, x, x + side, 2 * side - 1 - y)),
            np.choose(digit, (x, y + side, y + side, side - 1 - x)),
        )
    x, y = (x + 0.5) / 2**DEPTH, (y + 0.5) / 2**DEPTH
    left = quarter < 2
    across = np.where(left, 1 - y, 1 + y) / 2
    up = np.where(left, x, 1 - x) / 2 + np.isin(quarter, (1, 2)) / 2
    return np.column_stack((across, up))


def _stretched(places: Places) -> Places:
    """Stretched to the margins in both directions."""
    low, high = places.min(axis=0), places.max(axis=0)
    return MARGIN + (1 - 2 * MARGIN) * (places - low) / np.maximum(high - low, 1e-9)


def _repulsion(places: Places, length: float) -> Places:
    """The sum of length^2 / distance away from all within two lengths, shape (n, 2).

    Farther away it would push everyone to the rim.
    """
    x, y = places.astype(np.float32).T
    dx, dy = x[:, None] - x, y[:, None] - y
    square = dx * dx + dy * dy
    strength = np.float32(length**2) / np.maximum(square, np.float32(1e-6))
    strength *= square < np.float32(4 * length**2)
    return np.column_stack(((dx * strength).sum(axis=1), (dy * strength).sum(axis=1))).astype(np.float64)


def _apart(places: Places, space: float) -> Places:
    """Pushes pairs closer than `space` apart, inside the margins, until none is left or ROUNDS are over."""
    n = len(places)
    for _ in range(ROUNDS):
        x, y = places.astype(np.float32).T
        square = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
        one, other = np.nonzero(square < space**2)
        one, other = one[one < other], other[one < other]
        if not len(one):
            break
        delta = places[one] - places[other]
        distance = np.maximum(np.sqrt((delta**2).sum(axis=1, keepdims=True)), 1e-6)
        push = delta / distance * np.maximum(space * 1.02 - distance, 0) / 2
        for axis in (0, 1):
            places[:, axis] += np.bincount(one, push[:, axis], n) - np.bincount(other, push[:, axis], n)
        np.clip(places, MARGIN, 1 - MARGIN, out=places)
    return places
