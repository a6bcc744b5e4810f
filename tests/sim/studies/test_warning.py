"""Early warning before a collapse: what is read, of whom, and that it is what the Community page shows."""

import numpy as np
import pytest

from sim.metrics.early_warning import INDICATORS
from sim.studies.warning import TOGETHER, Series, fall, records, tau, warned

DAYS = 30


def series(alive: np.ndarray, indicator: np.ndarray) -> Series:
    return Series(list(range(alive.shape[1])), alive, {INDICATORS[0]: indicator})


def test_the_fall_begins_on_the_last_day_near_the_peak() -> None:
    assert fall(np.array([20, 30, 40, 37, 35, 36, 20, 9, 8.0])) == 5  # 36 is nine in ten of 40
    assert fall(np.array([20, 30, 40, 37, 10, 10, 10.0])) is None  # half is no collapse
    assert fall(np.array([20, 9.0])) == 0


def test_a_run_without_a_collapse_is_read_as_far_as_one_with() -> None:
    days = np.arange(DAYS + 1.0)
    alive = np.full((DAYS + 1, 4), 20.0)
    alive[26:, 0], alive[22:, 2] = 3, 3
    noise = np.random.default_rng(0).random((DAYS + 1, 4))
    rising = np.where(np.arange(4) % 2 == 0, days[:, None], noise)
    found = warned({7: series(alive, rising)})
    assert [(one.condition, one.seed, one.collapsed, one.until) for one in found] == [
        (7, 0, True, 25), (7, 1, False, 25), (7, 2, True, 21), (7, 3, False, 21),
    ]  # fmt: skip
    assert [one.scores[TOGETHER] == 1 for one in found] == [True, False, True, False]
    assert records(found)[0]["scores"] == {INDICATORS[0]: 1.0, TOGETHER: 1.0}


def test_without_a_collapse_there_is_nothing_to_tell_and_early_ones_have_no_score() -> None:
    steady = np.full((DAYS + 1, 2), 20.0)
    assert warned({0: series(steady, steady)}) == []
    early = steady.copy()
    early[6:, 0] = 1
    days = np.repeat(np.arange(DAYS + 1.0)[:, None], 2, axis=1)
    assert warned({0: series(early, np.where(days < 13, np.nan, days))}) == []


@pytest.mark.parametrize(("values", "score"), [([1.0] * 6, None), ([1.0] * 20, None), (list(range(9)), 1.0)])
def test_tau_needs_seven_values_that_differ(values: list[float], score: float | None) -> None:
    assert tau(np.array([np.nan, *values])) == score


def test_tau_reads_the_last_sixty_days() -> None:
    assert tau(np.array([*range(100, 0, -1), *range(60)], float)) == 1.0
