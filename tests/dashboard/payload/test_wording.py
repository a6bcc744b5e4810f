"""Numbers in words and in JSON."""

import math

import pytest

from dashboard.payload import wording


def test_clean() -> None:
    assert wording.clean(math.nan) is None
    assert wording.clean(math.inf) is None
    assert wording.clean(None) is None
    assert wording.clean(1.23456) == 1.235
    assert str(wording.clean(-0.00001)) == "0.0"


def test_minus_is_a_minus() -> None:
    assert wording.number(-1.25, 2) == "−1.25"
    assert wording.number(-0.001, 2) == "0.00"
    assert wording.number(3.0) == "3.0"


@pytest.mark.parametrize(("whole", "word"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (10_000, "10,000")])
def test_spell(whole: int, word: str) -> None:
    assert wording.spell(whole) == word


def test_opened_keeps_names() -> None:
    assert wording.opened("six of Ada’s") == "Six of Ada’s"
    assert wording.opened("") == ""
