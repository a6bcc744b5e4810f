"""Numbers in words."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.speech.quantities import capital, count, days, joined, number, per_cent, units


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 units"), (0.01, "less than 0.1 units"), (0.05, "0.1 units"), (0.96, "1 unit"), (1, "1 unit"),
        (1.04, "1 unit"), (1.5, "1.5 units"), (12.25, "12.2 units"), (-0.01, "0 units"), (-3.2, "-3.2 units"),
        (math.nan, "an unknown number of units"),
    ],
)  # fmt: skip
def test_units(value: float, text: str) -> None:
    assert units(value) == text


@given(st.floats(0.0001, 1e6))
def test_something_is_never_nothing(value: float) -> None:
    assert number(value) not in ("0", "0.0", "-0")


def test_counts_and_lists() -> None:
    assert [count(0, "death"), count(1, "death"), count(12, "death"), count(1_400, "death")] == [
        "no deaths", "one death", "twelve deaths", "1,400 deaths"
    ]  # fmt: skip
    assert count(2, "child", "children") == "two children"
    assert [joined([]), joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert capital("two") == "Two"
    assert capital("") == ""


def test_days_and_chances() -> None:
    assert [days(0.3), days(1), days(1.5), days(2.2), days(30)] == [
        "less than a day", "about a day", "a day and a half", "two days", "30 days"
    ]  # fmt: skip
    assert [per_cent(0.934), per_cent(0.001), per_cent(0.999), per_cent(0), per_cent(1), per_cent(math.nan)] == [
        "93 %", "less than 1 %", "over 99 %", "0 %", "100 %", "unknown"
    ]  # fmt: skip
