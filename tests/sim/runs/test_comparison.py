"""Runs beside each other: where they part, what differs, and that a placebo differs in nothing."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from sim.engine import Engine
from sim.errors import SettingError
from sim.interventions import ChangeValues, Give, Intervention, NewLuck
from sim.runs.branch import branch
from sim.runs.comparison import (
    Side,
    aligned,
    check,
    common,
    differences,
    exactly_zero,
    first_parting,
    parting,
    partings,
    unlike,
)
from sim.runs.stored import Stored
from sim.runs.verdict import same_until, when_they_part
from sim.runs.writer import RunWriter
from sim.scenario import Scenario
from sim.state import Array, Day
from tests.dashboard.fake import FakeRun, event, message

DAYS = 14


def lived(run: Engine) -> Engine:
    while not run.finished:
        run.step()
    return run


@pytest.fixture(scope="module")
def first() -> Engine:
    return lived(Engine(Scenario(size=12, days=DAYS, seed=3)))


def other(first: Engine, day: int, *orders: Intervention) -> Engine:
    return lived(branch(first, day, orders))


def test_a_placebo_is_the_same_to_the_last_bit(first: Engine) -> None:
    sides = [Side.of(first), Side.of(other(first, 5))]
    assert parting(*sides) is None
    assert exactly_zero(*sides)
    assert when_they_part(sides) == f"No difference on any of {DAYS + 1} days (identical by hash)"
    for name in sides[0].series:
        gap = differences(aligned(sides, name))
        assert not np.nan_to_num(gap).any()


@pytest.mark.parametrize("day", [0, 1, 7, DAYS - 1])
def test_a_branch_parts_on_the_day_of_its_order(first: Engine, day: int) -> None:
    sides = [Side.of(first), Side.of(other(first, day, NewLuck(day=day + 1, seed=99)))]
    assert parting(*sides) == day + 1 == slow_parting(*sides)
    assert not exactly_zero(*sides)
    assert same_until(parting(*sides), DAYS) == f"identical until day {day}, by hash"


def slow_parting(one: Side, other: Side) -> int | None:
    """Day by day, over the days themselves."""
    for day in range(common([one, other]) + 1):
        here, there = one.day(day), other.day(day)
        if any(not np.array_equal(a, b, equal_nan=a.dtype.kind == "f") for a, b in plain(here, there)):
            return day
    return None


def plain(one: Day, other: Day) -> list[tuple[Array, Array]]:
    pairs = []
    for a, b in zip(one[2:], other[2:]):
        if a.dtype.names:
            a, b = np.frombuffer(a.tobytes(), "u1"), np.frombuffer(b.tobytes(), "u1")
        pairs.append((a, b))
    return pairs


def test_of_several_runs_the_earliest_parting_counts(first: Engine) -> None:
    sides = [
        Side.of(first),
        Side.of(other(first, 9, Give(day=10))),
        Side.of(other(first, 4, ChangeValues(day=5, share=50))),
    ]
    assert partings(sides) == {(0, 1): 10, (0, 2): 5, (1, 2): 5}
    assert first_parting(sides) == 5
    alive = [int(side.series["alive"][-1]) for side in sides]
    said = when_they_part(sides)
    assert said.startswith(f"They part on day 5; on day {DAYS}, ")
    assert all(str(count) in said for count in alive)


def test_a_shorter_run_is_compared_as_far_as_it_goes(first: Engine) -> None:
    short = Engine(first.scenario)
    for _ in range(6):
        short.step()
    sides = [Side.of(first), Side.of(short)]
    assert parting(*sides) is None
    assert not exactly_zero(*sides)
    assert when_they_part(sides) == "No difference on any of the 7 days that all have lived (identical by hash)"
    table = aligned(sides, "alive")
    assert table.shape == (2, DAYS + 1)
    assert np.isnan(table[1, 7:]).all()
    assert np.isnan(differences(table)[1, 7:]).all()


def test_a_kept_run_is_read_like_a_running_one(first: Engine, tmp_path: Path) -> None:
    path = tmp_path / "0123456789ab.sqlite"
    with RunWriter.create(path, first, "Kept") as writer:
        writer.finish(first)
    with Stored(path) as stored:
        side = Side.of(stored)
        assert side.title == "Kept"
        assert exactly_zero(Side.of(first), side)
        assert unlike(first.history[3], side.day(3)) == (3, ([], []), [])


def test_unlike_lines_are_found_with_their_numbers() -> None:
    one, other = (FakeRun(Scenario(size=6, days=3)) for _ in range(2))
    common_lines = [message(0, 1, 13), message(2, 3, 13)]
    one.live([*common_lines, message(4, 5, 1, amount=1.0)], [event(4, 0, 1, amount=2.0)])
    other.live([*common_lines], [event(4, 0, 1, amount=2.5), event(19, 3)])
    found = unlike(one.history[1], other.history[1])
    assert found.only == ([2, 3], [2, 3])
    assert found.told
    assert {"messages", "events", "alive"} <= set(found.columns)


def test_equal_lines_are_counted() -> None:
    one, other = (FakeRun(Scenario(size=6, days=3)) for _ in range(2))
    one.live([message(0, 1, 13), message(0, 1, 13), message(0, 1, 13)])
    other.live([message(0, 1, 13)])
    assert unlike(one.history[1], other.history[1]).only == ([1, 2], [])


def test_what_residents_keep_to_themselves_is_no_unlike_line() -> None:
    one, other = (FakeRun(Scenario(size=6, days=3)) for _ in range(2))
    one.live([message(0, 1, 13, plan=6)])
    other.live([message(0, 1, 13)])
    found = unlike(one.history[1], other.history[1])
    assert (found.told, found.columns) == (False, ["messages"])


@pytest.mark.parametrize("count", [0, 1, 5])
def test_two_to_four_runs(count: int) -> None:
    with pytest.raises(SettingError, match="2 to 4 runs"):
        check(count)


def ends(*alive: int) -> Sequence[Side]:
    scenario = Scenario(days=2)
    return [
        Side("", scenario, ["a", f"{k}", f"{k}"], {"alive": [9, 9, n]}, lambda day: NotImplemented)
        for k, n in enumerate(alive)
    ]


@pytest.mark.parametrize(
    ("alive", "says"),
    [
        ((8, 31), "They part on day 1; on day 2, 8 against 31 are alive"),
        ((8, 8), "They part on day 1; on day 2, 8 are alive in both"),
        ((0, 0, 0), "They part on day 1; on day 2, nobody is alive in all of them"),
        ((1, 1), "They part on day 1; on day 2, one resident is alive in both"),
        ((3, 2, 1), "They part on day 1; on day 2, 3, 2 and 1 are alive"),
    ],
)
def test_words(alive: tuple[int, ...], says: str) -> None:
    assert when_they_part(ends(*alive)) == says
