"""Typed rows become groups, or say what is missing."""

import numpy as np
import pytest

from dashboard.mix_rows import Row, read, rows_of, told
from sim import values
from sim.errors import SettingError
from sim.scenario import Group, parse_mix


def test_a_mix_comes_back_as_it_was() -> None:
    mix = (*parse_mix("25% without BE, 50% with PO"),)
    assert read(rows_of(mix)) == mix
    profile = (Group(share=100, condition="profile", weights=tuple(values.BASELINE)),)
    assert read(rows_of(profile)) == profile


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], "1 to 8 groups"),
        ([Row(10)] * 9, "1 to 8 groups"),
        ([Row(90)], "add 10"),
        ([Row(60), Row(60)], "take 20 off"),
        ([Row(100, "with")], "choose which"),
        ([Row(100, "with", "Gluttony")], "no value"),
        ([Row(-50), Row(150)], "share"),
    ],
)
def test_what_is_missing_is_told(rows: list[Row], says: str) -> None:
    with pytest.raises(SettingError, match=says):
        read(rows)


def test_a_weight_typed_by_hand_makes_the_profile_its_own() -> None:
    row = Row(40, "without", "Benevolence").with_profile([0.5] * 10)
    assert (row.share, row.condition, row.label) == (40, "own profile", "own profile")
    assert np.allclose(row.profile(), 0.5)


def test_choosing_an_own_profile_starts_from_what_was_there() -> None:
    row = Row(40, "without", "Benevolence")
    assert np.allclose(row.changed({"Condition": "own profile"}).profile(), row.profile())


def test_the_title_says_what_the_circle_does() -> None:
    title, note = told(Row(25, "without", "Benevolence"))
    change = values.suppress(values.BASELINE, "BE") - values.BASELINE
    assert values.VALUES[int(change.argmax())].name in title
    assert f"{abs(change[values.index('UN')]):.2f}" in note
    assert told(Row(100))[0] == "The original values"
