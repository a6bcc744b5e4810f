"""Places: inside the square, apart, the same every time; newcomers near their parent."""

import numpy as np
import pytest

from dashboard.payload import layout


def ring(n: int) -> np.ndarray:
    rows = np.arange(n)
    return np.sort(np.vstack([np.column_stack((rows, (rows + step) % n)) for step in (1, 2, 3)]), axis=1)


def nearest(places: np.ndarray) -> float:
    distance = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))
    np.fill_diagonal(distance, np.inf)
    return float(distance.min())


@pytest.mark.parametrize("n", [1, 2, 3, 7, 25, 60, 200, 400])
@pytest.mark.parametrize("factories", [1, 3, 40])
def test_nobody_stands_on_another(n: int, factories: int) -> None:
    ties = ring(n) if n > 6 else np.zeros((0, 2), int)
    places = layout.spread(ties, np.arange(n) * 7 % factories)
    assert places.shape == (n, 2)
    assert ((places >= 0) & (places <= 1)).all()
    if n > 1:
        assert nearest(places) > 0.6 / np.sqrt(n)


def test_the_square_is_filled() -> None:
    places = layout.spread(ring(25), np.arange(25) % 3)
    assert (np.ptp(places, axis=0) > 0.85).all()


def test_same_ties_same_picture() -> None:
    once, again = (layout.spread(ring(25), np.arange(25) % 3) for _ in range(2))
    assert np.array_equal(once, again)


def test_without_workplaces_or_ties() -> None:
    places = layout.spread(np.zeros((0, 2), int), np.full(25, -1))
    assert np.isfinite(places).all()
    assert nearest(places) > 0.1


def test_neighbours_stand_nearer_than_strangers() -> None:
    ties = ring(100)
    places = layout.spread(ties, np.arange(100) % 12)
    distance = np.sqrt(((places[:, None] - places[None]) ** 2).sum(axis=2))
    assert distance[ties[:, 0], ties[:, 1]].mean() < 0.4 * distance.mean()


def test_newcomers_stand_near_and_apart() -> None:
    places = layout.spread(ring(25), np.arange(25) % 3)
    for _ in range(25):
        parent = tuple(places[3])
        place = layout.beside(places, parent, 25)
        assert min(place) >= 0 and max(place) <= 1
        places = np.vstack((places, place))
    assert nearest(places) > 0.065
    first, last = (np.hypot(*(places[i] - places[3])) for i in (25, 49))
    assert first < 0.2 and last < 0.6
