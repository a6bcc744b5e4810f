"""What is edited in the tables of the value mix ends up in the copy being edited."""

from typing import Any

import numpy as np
import pytest
import streamlit as st

from dashboard import mix
from dashboard.components.mixwheel import CIRCLE
from sim import values
from sim.scenario import parse_mix


def work() -> mix._Work:
    return mix._Work(parse_mix("25% without BE"), 0)


def edited(monkeypatch: pytest.MonkeyPatch, **edits: Any) -> None:
    """The state Streamlit keeps of a table under the key "table"."""
    state = {"edited_rows": {}, "added_rows": [], "deleted_rows": []} | edits
    monkeypatch.setattr(st, "session_state", {"table": state})


def test_cells_rows_and_deletions_are_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    one = work()
    added = {"Share": 50, "Condition": "with", "Value": "Power"}
    edited(monkeypatch, edited_rows={0: {"Share": 50}}, added_rows=[added, {}], deleted_rows=[1])
    mix._grouped(one, list(one.rows), "table")
    assert [(row.share, row.label) for row in one.rows] == [(50, "original"), (50, "with Power"), (0, "original")]


def test_deleting_every_row_leaves_nothing_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    one = work()
    edited(monkeypatch, deleted_rows=[0, 1])
    mix._grouped(one, list(one.rows), "table")
    assert (one.rows, one.shown) == ([], 0)


def test_a_typed_weight_makes_a_profile_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    one = work()
    place = CIRCLE.index(values.index("PO"))
    edited(monkeypatch, edited_rows={place: {"Weight": 1}})
    mix._weighed(one, one.rows[1].profile(), "table")
    assert one.rows[1].label == "own profile"
    assert one.rows[1].profile()[values.index("PO")] == 1
    assert np.isclose(one.rows[1].profile()[values.index("BE")], -1 / 7, atol=1e-3)
    assert one.rows[1].group().share == 25
    assert one.version == 1


@pytest.mark.parametrize(
    ("change", "less", "more"),
    [(-0.07, "▐", ""), (-0.92, "▐██████", ""), (0.15, "", "█"), (0.2, "", "█▌"), (0.01, "", "")],
)
def test_a_change_of_a_weight_is_a_bar_to_the_left_or_the_right(change: float, less: str, more: str) -> None:
    assert mix._bars(change) == (less, more)


def test_a_border_of_the_bar_moves_shares_between_two_groups() -> None:
    one = work()
    mix._shared(one, [40.0, 60.0])
    assert [row.share for row in one.rows] == [40, 60]
    assert [row.label for row in one.rows] == ["original", "without Benevolence"]
    assert one.version == 1


def test_a_dragged_wedge_changes_one_weight() -> None:
    one = work()
    before, place = one.rows[1].profile(), CIRCLE.index(values.index("PO"))
    mix._reweigh(one, before, {place: 0.9})
    after = one.rows[1].profile()
    assert [i for i in range(10) if not np.isclose(before[i], after[i], atol=1e-3)] == [values.index("PO")]
    assert (one.rows[1].label, after[values.index("PO")]) == ("own profile", 0.9)


@pytest.mark.parametrize("typed", [2, -0.2])
def test_a_weight_out_of_range_is_told_and_not_bent_into_range(monkeypatch: pytest.MonkeyPatch, typed: float) -> None:
    """A key lost on a busy machine makes 0.2 a 2, which must not become a 1."""
    one = work()
    before = list(one.rows)
    edited(monkeypatch, edited_rows={0: {"Weight": typed}})
    mix._weighed(one, one.rows[1].profile(), "table")
    assert one.rows == before
    assert f"cannot weigh {typed:g}" in one.refused
    assert one.version == 1  # the table shows again what holds
