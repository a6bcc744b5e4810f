"""Each metric equals its formula, computed the slow way, on random communities."""

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.measures import Measures, catalogue
from tests.factories import make_day, make_labels
from tests.sim.metrics.reference import REFERENCES, History

LONG = {"variance_alive", "autocorr_alive", "variance_head", "autocorr_head", "warning"}


def history(seed: int, sizes: tuple[int, ...], days: int, dead: float, messages: int) -> History:
    rng = np.random.default_rng(seed)
    made = [make_day(rng, sizes, day=t, dead=dead, messages=messages) for t in range(days)]
    return [(day, make_labels(rng, day)) for day in made]


def measured(run: History, founders: list[int]) -> Measures:
    measures = Measures(np.array(founders), len(run) - 1)
    for t, (day, labels) in enumerate(run):
        measures.add(day, run[t - 1][0] if t else None, labels)
    return measures


@cache
def long_run() -> tuple[History, Measures]:
    run = history(7, (9, 6), 32, 0.2, 30)
    return run, measured(run, [9, 6])


def test_every_metric_has_a_reference() -> None:
    assert set(REFERENCES) == set(catalogue())


@pytest.mark.parametrize("name", catalogue())
def test_equals_its_formula_over_a_long_run(name: str) -> None:
    run, measures = long_run()
    for t in range(1, len(run)) if name in LONG else (0, 1, 2, 31):
        for block, founders in enumerate([9, 6]):
            expected = REFERENCES[name](run[: t + 1], block, founders)
            assert measures.series(name)[t, block] == pytest.approx(expected, rel=1e-9, abs=1e-9, nan_ok=True), (
                t,
                block,
            )


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    sizes=st.lists(st.integers(1, 12), min_size=1, max_size=4).map(tuple),
    days=st.integers(1, 5),
    dead=st.sampled_from([0.0, 0.3, 0.9, 1.0]),
    messages=st.sampled_from([0, 5, 40]),
)
def test_equals_its_formula(seed: int, sizes: tuple[int, ...], days: int, dead: float, messages: int) -> None:
    run = history(seed, sizes, days, dead, messages)
    measures = measured(run, list(sizes))
    for name, reference in REFERENCES.items():
        for block, founders in enumerate(sizes):
            expected = reference(run, block, founders)
            got = measures.series(name)[-1, block]
            assert got == pytest.approx(expected, rel=1e-9, abs=1e-9, nan_ok=True), (name, block)


def test_the_long_run_defines_every_metric() -> None:
    _, measures = long_run()
    assert not [name for name in REFERENCES if math.isnan(measures.series(name)[-1, 0])]
