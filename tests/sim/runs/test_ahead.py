"""Packs unfolded ahead: the same in any order, each fetched once where days follow each other, damage told."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import RunError
from sim.runs.ahead import Ahead

LAST = 9
PACKS = {day: b"Z" + zlib.compress(b"%d" % day * 50) if day % 3 else b"R%d" % day for day in range(LAST + 1)}


def body(day: int) -> bytes:
    return b"R" + b"%d" % day * (50 if day % 3 else 1)


@given(st.lists(st.integers(0, LAST), max_size=40))
def test_days_may_be_asked_for_in_any_order(days: list[int]) -> None:
    ahead = Ahead(PACKS.__getitem__, LAST)
    assert [ahead(day) for day in days] == [body(day) for day in days]


def test_from_first_to_last_each_is_fetched_once() -> None:
    fetched: list[int] = []

    def fetch(day: int) -> bytes:
        fetched.append(day)
        return PACKS[day]

    ahead = Ahead(fetch, LAST)
    assert [ahead(day) for day in range(LAST + 1)] == [body(day) for day in range(LAST + 1)]
    assert fetched == list(range(LAST + 1))


def test_damage_is_told_of_the_day_it_is_in_and_of_no_other() -> None:
    packs = {**PACKS, 5: PACKS[5][:-4]}
    ahead = Ahead(packs.__getitem__, LAST)
    assert [ahead(day) for day in range(5)] == [body(day) for day in range(5)]
    with pytest.raises(RunError, match="cut short"):
        ahead(5)
    assert ahead(6) == body(6)
