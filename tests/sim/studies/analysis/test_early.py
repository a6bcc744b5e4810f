from typing import Any

import numpy as np
import pytest

from sim.studies.analysis.early import early, roc, title
from sim.studies.warning import TOGETHER, Warned, records
from tests.sim.studies.analysis.making import numbers


def warned(rise: float, runs: int = 60, luck: int = 0) -> list[dict[str, Any]]:
    rng = np.random.default_rng(luck)
    found = []
    for seed in range(runs):
        collapsed = seed % 2 == 0
        scores = {name: float(rng.normal(rise * collapsed)) for name in ("variance_alive", TOGETHER)}
        found.append(Warned(0, seed, collapsed, 40, {**scores, "autocorr_alive": None}))
    return records(found)


def test_the_area_is_the_share_of_pairs_in_the_right_order() -> None:
    rng = np.random.default_rng(9)
    before, without = rng.normal(0.7, 1, 40).round(1), rng.normal(0, 1, 50).round(1)
    found = roc(before, without)
    pairs = (before[:, None] > without).mean() + 0.5 * (before[:, None] == without).mean()
    assert found.area == pytest.approx(pairs)
    false, true = found.curve
    assert np.trapezoid(true, false) == pytest.approx(pairs)
    assert found.curve[:, 0].tolist() == [0, 0]
    assert found.curve[:, -1].tolist() == [1, 1]
    assert (np.diff(found.curve) >= 0).all()
    assert found.low < found.area < found.high


def test_where_nothing_warns_five_in_a_hundred_intervals_exclude_chance() -> None:
    rng = np.random.default_rng(10)
    found = [roc(rng.normal(size=30), rng.normal(size=40)) for _ in range(400)]
    assert np.mean([each.low > 0.5 or each.high < 0.5 for each in found]) == pytest.approx(0.05, abs=0.03)


def test_what_rises_before_collapse_warns_and_what_falls_warns_the_wrong_way() -> None:
    up = {each.indicator: each for each in early(warned(1.5))}
    assert up["variance_alive"].verdict == "warns"
    assert {each.verdict for each in early(warned(-1.5))} == {"warns the wrong way", "not told"}
    assert up["autocorr_alive"].reason.startswith("it takes 5 runs of each kind, and 0 runs with a collapse and 0 ")
    assert up[TOGETHER].words.startswith("All indicators together: warns")


def test_all_apart_has_an_interval_too() -> None:
    above, below = roc(np.arange(10, 20), np.arange(8)), roc(np.arange(8), np.arange(10, 20))
    assert (above.area, above.high, below.area, below.low) == (1, 1, 0, 0)
    assert 0.5 < above.low < 1
    assert 0 < below.high < 0.5


def test_a_title_states_the_numbers() -> None:
    found = early(warned(1.5))
    best = max((each for each in found if np.isfinite(each.area)), key=lambda each: each.area)
    assert numbers(title(found)) == pytest.approx([2, 2, best.area, best.low, best.high, 30, 30], abs=0.01)
    assert title(()) == "Whether there is an early warning cannot be told: none was measured"
