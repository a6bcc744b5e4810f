"""What every metric promises, as functions that raise AssertionError when it does not keep it."""

import copy
from functools import cache

import numpy as np

from sim.measures import Measures, catalogue
from sim.metric import Context, Metric
from sim.state import Array, Day
from tests.factories import Labels, alone, make_day, make_labels

SIZES = (14, 1, 9)
DAYS = 30
DIES_OUT, LAST = 2, 19  # this block has nobody left from that day on
Batch = list[tuple[Day, Labels]]


@cache
def batch() -> Batch:
    """A run of three blocks, one of which dies out."""
    rng = np.random.default_rng(3)
    run = []
    for t in range(DAYS):
        day = make_day(rng, SIZES, day=t, dead=0.2, messages=60)
        if t >= LAST:
            day = empty(day, DIES_OUT, everything=t > LAST)
        run.append((day, make_labels(rng, day)))
    return run


def empty(day: Day, block: int, everything: bool) -> Day:
    """The day with nobody left in a block; `everything`: nothing was said, done or made there either."""
    here, f_here = day.world == block, day.f_world == block
    day = day._replace(alive=np.where(here, 0, day.alive).astype("u1"))
    if not everything:
        return day
    return day._replace(
        messages=day.messages[~here[day.messages["sender"]]],
        events=day.events[~here[day.events["actor"]]],
        consumed=np.where(here, 0.0, day.consumed),
        f_output=np.where(f_here, 0.0, day.f_output),
    )


def is_described(metric: Metric) -> None:
    """It says what it is, in what unit, within which range, and by which formula."""
    assert metric.name.isidentifier(), metric.name
    assert metric.title
    assert metric.title[0].isupper()
    assert len(metric.source) >= 15
    assert metric.low is None or metric.high is None or metric.low < metric.high
    assert metric.unit == metric.unit.strip()
    assert metric.unit or (metric.low is not None and metric.high is not None), "without a unit it needs a range"


def keeps_its_range(metric: Metric) -> None:
    """One float a block, finite and within the range, or NaN; nothing is divided by zero on the way."""
    with np.errstate(all="raise"):
        measures = measured(batch(), metric)
        final = measures.final()[metric.name]
    assert final.shape == (len(SIZES),)
    for values in (measures.series(metric.name), final):
        defined = values[~np.isnan(values)]
        assert np.isfinite(defined).all()
        assert metric.low is None or (defined >= metric.low).all()
        assert metric.high is None or (defined <= metric.high).all()


def is_pure(metric: Metric) -> None:
    """The same day gives the same value again, and is left as it was."""
    context = last_context(metric)
    before = _bytes(context)
    first, second = metric.daily(context), metric.daily(context)
    assert first.shape == (len(SIZES),)
    assert first.dtype == np.float64
    np.testing.assert_array_equal(first, second)
    assert _bytes(context) == before


def keeps_blocks_apart(metric: Metric) -> None:
    """A block has the same values, to the last bit, alone or in a batch, day by day and for the whole run."""
    together = measured(batch(), metric)
    for block in range(len(SIZES)):
        days = LAST + 1 if block == DIES_OUT else DAYS
        single = measured([alone(day, labels, block) for day, labels in batch()[:days]], metric, SIZES[block])
        np.testing.assert_array_equal(together.series(metric.name)[:days, block], single.series(metric.name)[:, 0])
        np.testing.assert_array_equal(together.final()[metric.name][block], single.final()[metric.name][0])


def sees_the_public_only(metric: Metric) -> None:
    """It works on a day without the private columns, and on a day whose arrays cannot be written."""
    context = last_context(metric)
    assert "plan" not in (context.day.messages.dtype.names or ())
    for item in context.day:
        if isinstance(item, np.ndarray):
            item.flags.writeable = False
    metric.daily(context)


CHECKS = (is_described, keeps_its_range, is_pure, keeps_blocks_apart, sees_the_public_only)


def measured(run: Batch, metric: Metric, founders: int | None = None) -> Measures:
    """All metrics, this one among them, over a run."""
    metrics = {**catalogue(), metric.name: metric}.values()
    measures = Measures(np.array(SIZES if founders is None else [founders]), DAYS - 1, metrics)
    for t, (day, labels) in enumerate(run):
        measures.add(day, run[t - 1][0] if t else None, labels)
    return measures


def last_context(metric: Metric) -> Context:
    """The last day of the run, with copies of all it holds."""
    measures = measured(batch(), metric)
    past: dict[str, Array] = {name: measures.series(name) for name in metric.needs}
    before, (day, labels) = batch()[-2][0].public(), copy.deepcopy(batch()[-1])
    return Context(day.public(), before, labels, np.array(SIZES, float), past)


def _bytes(context: Context) -> list[bytes]:
    """All a metric was given, so that any change shows; NaN equals itself."""
    given = [*context.day, *context.labels.values(), *context.past.values(), context.founders]
    return [np.asarray(item).tobytes() for item in given]
