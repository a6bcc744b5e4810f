"""Repetitions: the same as an explicit loop of engines, in slices of any size; and Student's interval by hand."""

import math

import numpy as np
import pytest

from sim.engine import Engine
from sim.errors import SettingError
from sim.interventions import ChangeValues, NewLuck, Remove
from sim.runs.luck import MEASURES, Luck, fresh_seeds, paired, repeated
from sim.runs.verdict import is_it_luck, signed, told
from sim.scenario import Scenario
from sim.state import Array

BASE = Scenario(size=10, days=8, seed=5)
CHANGED = BASE.with_(interventions=[ChangeValues(day=3, share=60, value="BE").model_dump()])
OTHERS = {
    "another mix": BASE.with_(mix="40% without BE"),
    "an intervention": CHANGED,
    "another length and size": BASE.with_(days=6, size=14),
}


def slowly(work: Luck) -> dict[str, Array]:
    """Each repetition as an engine of its own."""
    finals = {name: np.full((2, len(work.seeds)), np.nan) for name in MEASURES}
    for row, side in enumerate(work.sides):
        for k, seed in enumerate(work.seeds):
            engine = Engine(repeated(side, seed, k))
            while not engine.finished:
                engine.step()
            for name in MEASURES:
                finals[name][row, k] = engine.summary()[name]
    return finals


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_as_an_explicit_loop(other: Scenario) -> None:
    work = Luck(BASE, other, 5)
    while not work.advance(0):
        assert 0 < work.progress <= 1
    assert (work.progress, work.finished) == (1, True)
    for name, values in slowly(work).items():
        np.testing.assert_array_equal(work.finals[name], values, err_msg=name)


def test_the_same_on_both_sides_differs_in_nothing() -> None:
    work = Luck(CHANGED, CHANGED, 4)
    work.advance(60)
    for result in work.results():
        if result.seeds:
            assert (result.difference, result.more, result.fewer) == (0, 0, 0)
    alive = work.results()[0]
    assert (alive.low, alive.high, alive.clear) == (0, 0, False)
    assert is_it_luck(work.results()) == "On 4 new seeds both end with the same number of residents alive, each time"


def test_a_part_is_a_result_of_the_seeds_lived() -> None:
    work = Luck(BASE, CHANGED, 40)
    while work.results()[0].seeds < 16:
        work.advance(0)
    assert 0.3 < work.progress < 0.9
    assert not work.finished
    assert work.results()[0].seeds < 40


def test_new_seeds_are_not_those_shown() -> None:
    assert fresh_seeds(3, {500_001}) == [500_000, 500_002, 500_003]


def test_new_luck_is_new_in_every_repetition() -> None:
    shown = BASE.with_(interventions=[NewLuck(day=2, seed=7).model_dump()])
    orders = [repeated(shown, seed, k).interventions[0] for k, seed in enumerate((1, 2, 3))]
    assert len({order.seed for order in orders if isinstance(order, NewLuck)}) == 3
    assert repeated(shown, 1, 0) == repeated(shown, 1, 0)


def test_what_cannot_be_done_in_a_seed_does_not_count() -> None:
    orders = [Remove(day=4, resident=10).model_dump()]  # the first who may be born, in some seeds
    work = Luck(BASE, BASE.with_(interventions=orders), 6)
    work.advance(60)
    gone = len(work.impossible[1])
    assert work.results()[0].seeds == 6 - gone
    assert gone


def test_students_interval() -> None:
    one, other = np.array([1.0, 2, 3, np.nan, 5]), np.array([2.0, 2, 5, 4, np.nan])
    result = paired("alive", one, other)
    apart = [1.0, 0, 2]
    spread = math.sqrt(sum((x - 1) ** 2 for x in apart) / 2)
    reach = 4.302652729911275 * spread / math.sqrt(3)  # t(0.975, 2) of the tables
    assert (result.seeds, result.means, result.difference) == (3, (2, 3), 1)
    assert (result.low, result.high) == pytest.approx((1 - reach, 1 + reach))
    assert (round(3 * result.more), result.fewer, result.clear) == (2, 0, False)


def test_what_is_not_defined_says_so() -> None:
    nothing = paired("gini", np.array([np.nan, 1.0]), np.array([1.0, np.nan]))
    assert (nothing.seeds, math.isnan(nothing.difference), nothing.clear) == (0, True, False)
    assert told(nothing) == "Gini of holdings: not defined in any seed"
    single = paired("gini", np.array([0.25, 1.0]), np.array([0.5, np.nan]))
    assert math.isnan(single.low)
    assert "no interval from one seed" in told(single)
    assert is_it_luck([paired("alive", np.array([1.0]), np.array([2.0]))]).startswith("Too few")


@pytest.mark.parametrize(
    ("apart", "says"),
    [
        ([3.0, 4, 5, 4], "Hardly luck: on 4 new seeds B ends with 4.0 more residents alive than A"),
        ([-3.0, -4, -5, -4], "Hardly luck: on 4 new seeds B ends with 4.0 fewer residents alive than A"),
        ([-3.0, 4, -1, 2], "It may be luck: on 4 new seeds B ends with 0.5 more residents alive than A"),
    ],
)
def test_the_answer(apart: list[float], says: str) -> None:
    assert is_it_luck([paired("alive", np.zeros(4), np.array(apart))]).startswith(says)


def test_signs() -> None:
    assert [signed(x, 1) for x in (1.25, -0.04, -2, math.nan)] == ["+1.2", "0.0", "−2.0", "not defined"]


def test_wrong_questions() -> None:
    with pytest.raises(SettingError, match="2 to 1000 seeds"):
        Luck(BASE, BASE, 1)
    with pytest.raises(SettingError, match="only scripted residents"):
        Luck(BASE, BASE.with_(mind="another"), 4)
