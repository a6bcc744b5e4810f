"""The community in a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.payload.state_word import State, word

FINE = [8.0] * 8


@pytest.mark.parametrize(
    ("day", "alive", "head", "middle", "expected"),
    [
        (0, [25], [8.0], [8.0], "new"),
        (2, [25, 25, 10], [8.0] * 3, [8.0] * 3, "new"),
        (1, [25, 0], [8.0, None], [8.0, None], "extinct"),
        (30, [25] * 8, FINE, FINE, "stable"),
        (30, [25, *[26] * 7], FINE, FINE, "growing"),
        (30, [25, *[21] * 7], FINE, FINE, "collapsing"),
        (30, [25, *[23] * 7], FINE, FINE, "strained"),
        (30, [25] * 8, [8.0, *[6.0] * 7], FINE, "strained"),
        (30, [25, *[27] * 7], [8.0, *[6.0] * 7], FINE, "growing"),
        (30, [25, *[27] * 7], FINE, [0.9] * 8, "strained"),
        (30, [3, *[2] * 7], FINE, FINE, "strained"),
        (30, [3, *[1] * 7], FINE, FINE, "collapsing"),
        (4, [25, 25, 26, 26, 26], FINE[:5], FINE[:5], "growing"),
    ],
)
def test_words(day: int, alive: list[int], head: list[float], middle: list[float], expected: State) -> None:
    assert word(day, alive, head, middle, 1.0) == expected


@given(st.lists(st.integers(0, 500), min_size=1, max_size=8), st.integers(0, 500))
def test_always_one_of_the_words(alive: list[int], day: int) -> None:
    held = [float(n) if n else None for n in alive]
    found = word(day, alive, held, held, 1.0)
    assert found in ("growing", "stable", "strained", "collapsing", "extinct", "new")
    assert (found == "extinct") == (alive[-1] == 0)
