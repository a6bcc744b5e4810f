"""Every metric keeps the contract; and the contract rejects metrics that do not."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from typing import Any

import numpy as np
import pytest

from sim.measures import catalogue
from sim.metric import Context, Metric
from sim.state import Array
from tests.sim.metrics import contract

Check = Callable[[Metric], None]


@pytest.mark.parametrize("check", contract.CHECKS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("metric", catalogue().values(), ids=catalogue())
def test_keeps_the_contract(metric: Metric, check: Check) -> None:
    check(metric)


def _metric(daily: Callable[[Context], Array], **changes: Any) -> Metric:
    return replace(Metric("broken", "Broken", "units", 0, None, "made up for this test", daily), **changes)


def _spends(context: Context) -> Array:
    context.day.holdings[:] -= 1
    return context.alive


def _remembers(numbers: "count[int]") -> Callable[[Context], Array]:
    return lambda context: context.alive + next(numbers)


def _mixes(context: Context) -> Array:
    return np.full(context.day.worlds, context.day.holdings[context.day.alive != 0].mean())


def _reads_plans(context: Context) -> Array:
    return context.per_block(context.day.world[context.day.messages["sender"][context.day.messages["plan"] > 0]])


BROKEN: tuple[tuple[str, Check, Metric], ...] = (
    ("no unit", contract.is_described, _metric(lambda c: c.alive, unit="")),
    ("no source", contract.is_described, _metric(lambda c: c.alive, source="")),
    ("empty range", contract.is_described, _metric(lambda c: c.alive, low=1, high=1)),
    ("out of range", contract.keeps_its_range, _metric(lambda c: c.alive, high=3)),
    ("final out of range", contract.keeps_its_range, _metric(lambda c: c.alive * 0, final=lambda run: run.last - 99.0)),
    ("infinite", contract.keeps_its_range, _metric(lambda c: np.where(c.alive > 0, c.alive, np.inf))),
    ("divides by zero", contract.keeps_its_range, _metric(lambda c: c.total / c.alive)),
    ("one value for all", contract.is_pure, _metric(lambda c: c.alive[:1])),
    ("whole numbers", contract.is_pure, _metric(lambda c: c.alive.astype(int))),
    ("changes the day", contract.is_pure, _metric(_spends)),
    ("remembers", contract.is_pure, _metric(_remembers(count()))),
    ("mixes blocks", contract.keeps_blocks_apart, _metric(_mixes)),
    ("other sums", contract.keeps_blocks_apart, _metric(lambda c: c.alive, final=lambda r: r.values[-1])),
    ("writes", contract.sees_the_public_only, _metric(_spends)),
)


@pytest.mark.parametrize(("check", "metric"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_rejects_a_broken_metric(check: Check, metric: Metric) -> None:
    with pytest.raises((AssertionError, FloatingPointError, ValueError)):
        check(metric)


def test_rejects_a_metric_that_reads_private_plans() -> None:
    with pytest.raises(ValueError, match="plan"):
        contract.sees_the_public_only(_metric(_reads_plans))
