"""All measures of a run, day after day: finds the metrics, takes them in order of need, keeps their values."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter

import numpy as np

from sim.errors import RunError
from sim.metric import Context, Metric, Run
from sim.registry import discover
from sim.state import Array, Day


@cache
def catalogue() -> dict[str, Metric]:
    """Every metric by name. RunError if one is malformed."""
    found: dict[str, Metric] = {}
    for name, item in discover("sim.metrics", "METRIC").items():
        if not isinstance(item, Metric):
            raise RunError(f"metric '{name}' is a {type(item).__name__}; it must be a Metric")
        found[name] = item
    return found


def in_order(metrics: Iterable[Metric]) -> tuple[Metric, ...]:
    """The metrics, each after those it needs. RunError if a need is unknown or circular."""
    known = {metric.name: metric for metric in metrics}
    for metric in known.values():
        if missing := sorted(set(metric.needs) - set(known)):
            raise RunError(f"metric '{metric.name}' needs '{missing[0]}', which does not exist")
    try:
        order = TopologicalSorter({name: metric.needs for name, metric in known.items()}).static_order()
        return tuple(known[name] for name in order)
    except CycleError as error:
        raise RunError(f"metrics need one another in a circle: {', '.join(error.args[1])}") from error


class Measures:
    """The values of all metrics on all days of one run of W blocks."""

    def __init__(self, founders: Array, horizon: int | Array, metrics: Iterable[Metric] | None = None) -> None:
        """founders: residents of each block on day 0, shape (W,). horizon: days the run is to last, (W,) or one."""
        self.metrics = in_order(catalogue().values() if metrics is None else metrics)
        self.days = 0  # days recorded, day 0 included
        self._founders = np.array(founders, np.float64)
        self._horizon = np.broadcast_to(np.asarray(horizon, np.int64), self._founders.shape)
        self._row = {metric.name: m for m, metric in enumerate(self.metrics)}
        self._needed = sorted({name for metric in self.metrics for name in metric.needs})
        self._population: list[Array] = []  # of each day, (W,)
        self._values = np.empty((len(self.metrics), 64, self._founders.size))  # metric, day, block

    def add(self, day: Day, before: Day | None, labels: Mapping[str, Array]) -> dict[str, Array]:
        """Measure the next day. Metric name -> its value in each block, f8 (W,), NaN where not defined."""
        if day.day != self.days:
            raise RunError(f"day {day.day} cannot be measured: day {self.days} comes next")
        if self.days == self._values.shape[1]:
            self._values = np.concatenate([self._values, np.empty_like(self._values)], axis=1)
        self.days += 1
        past = {name: self._values[self._row[name], : self.days] for name in self._needed}
        context = Context(day.public(), before and before.public(), labels, self._founders, past)
        self._population.append(context.alive)
        for m, metric in enumerate(self.metrics):
            self._values[m, day.day] = metric.daily(context)
        return {metric.name: self._values[m, day.day].copy() for m, metric in enumerate(self.metrics)}

    def take_up(self, series: Mapping[str, Sequence[float]]) -> None:
        """Go on where a run of one block stands: all its values so far. RunError if they are not of these metrics."""
        if other := sorted(set(self._row) ^ set(series)):
            raise RunError(
                f"this run cannot be continued: metric '{other[0]}' is known to only one of it and this program. It "
                "was made by another version; it can still be read and exported"
            )
        self.days = len(series["alive"])
        self._values = np.empty((len(self.metrics), self.days + 64, 1))
        for name, m in self._row.items():
            self._values[m, : self.days, 0] = series[name]
        self._population = [np.array([value]) for value in series["alive"]]

    def series(self, name: str) -> Array:
        """All values of one metric so far, f8 (T, W), day 0 first."""
        return self._values[self._row[name], : self.days].copy()

    def final(self) -> dict[str, Array]:
        """The run's value of each metric, f8 (W,). A block that has died out ends on that day, whatever others do."""
        gone = np.array(self._population) == 0
        extinct = gone.any(axis=0)
        last = np.where(extinct, gone.argmax(axis=0), self.days - 1)
        over = np.arange(self.days)[:, None] > last
        lived = {metric.name: np.where(over, np.nan, self.series(metric.name)) for metric in self.metrics}
        return {
            metric.name: metric.final(
                Run(lived[metric.name], {name: lived[name] for name in metric.needs}, last, extinct, self._horizon)
            )
            for metric in self.metrics
        }
