"""Full looks for garbage are seldom, and still done."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from dashboard import garbage


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_full_looks_are_ten_times_as_seldom_and_not_off() -> None:
    garbage.seldom()
    assert gc.isenabled()
    assert gc.get_threshold() == garbage.SELDOM


def test_what_comes_later_is_still_collected() -> None:
    class Knot:
        own: object

    garbage.spare()
    knot = Knot()
    knot.own = knot
    gone = weakref.ref(knot)
    del knot
    gc.collect()
    assert gone() is None
