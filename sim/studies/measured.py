"""What a study measured of the communities the paper names, each figure with a 95 % interval over seeds.

Only runs that are done count; two conditions are compared on the seeds both have. A condition that the study does not
have is a KeyError.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from sim.scenario import Scenario, canonical
from sim.state import Array
from sim.studies.analysis import bootstrap
from sim.studies.analysis.correlations import correlations, rates
from sim.studies.analysis.curves import Curve
from sim.studies.analysis.effects import effect
from sim.studies.analysis.grid import Line, by_seed, lines, spread
from sim.studies.analysis.tipping import tipping
from sim.studies.analysis.words import number
from sim.studies.results import Results
from sim.studies.verdict import Estimate
from sim.values import CODES

ORIGINAL = "100% original"


class Measured:
    """Figures of one study's communities, by their mix."""

    def __init__(self, results: Results, distances: Mapping[str, Any]) -> None:
        self._results = results
        mixes = distances.get("mixes", ())
        self._distances = {record["mix"]: record for record in mixes if mixes[0]["mix"] == ORIGINAL}
        conditions = results.study.conditions
        self._base = conditions[0].scenario
        self._numbers = {_body(condition.scenario): condition.number for condition in conditions}

    def change(self, mix: str, metric: str) -> Estimate:
        """Difference of a metric to the original."""
        return self._change(mix, by_seed(self._results, metric))

    def change_of_rate(self, mix: str, metric: str) -> Estimate:
        """Difference of cases per 100 resident-days to the original."""
        return self._change(mix, rates(self._results, metric))

    def change_of_peak(self, mix: str) -> Estimate:
        """Difference of the largest population, in founders, to the original."""
        alive = self._results.population
        return self._change(mix, spread(self._results, alive.max(axis=1) / alive[:, 0]))

    def change_of_rest(self, mix: str) -> Estimate:
        """Difference of what the last day has left of the largest population to the original."""
        alive = self._results.population
        return self._change(mix, spread(self._results, alive[:, -1] / alive.max(axis=1)))

    def collapsed(self, mix: str) -> Estimate:
        """Share of communities that fall below half of their founders, with Wilson's interval."""
        from scipy import stats  # here, because it is slow to load

        days = spread(self._results, self._results.collapses())[self._row(mix)]
        runs, fallen = int(self._lived[self._row(mix)].sum()), int(np.sum(~np.isnan(days)))
        if not runs:
            return _undefined(0, "no run has been lived yet")
        span = stats.binomtest(fallen, runs).proportion_ci(0.95, "wilson")
        words = f"{fallen:,} of {runs:,}" + (f", half of them by day {np.nanmedian(days):.0f}" if fallen else "")
        return Estimate(fallen / runs, float(span.low), float(span.high), runs, words)

    def leading(self, wanted: frozenset[str]) -> Estimate:
        """How many of these values are among as many that change the population curve most, with or without."""
        table = by_seed(self._results, "nAUP")
        rows = [[self._row(f"100% {way} {value}") for way in ("with", "without")] for value in CODES]
        changes = table[np.array(rows)] - table[self._row(ORIGINAL)]  # (values, ways, seeds)
        changes = changes[:, :, ~np.isnan(changes).any(axis=(0, 1))]
        if (seeds := changes.shape[2]) < 2:
            return _undefined(seeds, "it takes two seeds on which all these communities were lived")

        means = np.vstack([changes.mean(axis=2).ravel(), bootstrap.weights(seeds) @ changes.reshape(-1, seeds).T])
        sizes = np.abs(means).reshape(len(means), len(CODES), -1).max(axis=2)  # first as found, then resampled
        order = np.argsort(-sizes, axis=1, kind="stable")
        among = np.isin(np.array(CODES)[order[:, : len(wanted)]], sorted(wanted)).sum(axis=1).astype(float)
        words = ", ".join(f"{CODES[k]} {number(sizes[0, k])}" for k in order[0, :4])
        return Estimate(among[0], *bootstrap.ends(among[1:]), seeds * (2 * len(CODES) + 1), words)

    def correlation(self, condition: str, metric: str) -> Estimate:
        """Pearson's r of prevalence and cases a resident-day over communities."""
        line = self._line(condition)
        found = next(each for each in correlations(self._results) if (each.line, each.behaviour) == (line, metric))
        return Estimate(found.r, found.low, found.high, found.runs, reason=found.reason)

    def tipping(self, condition: str) -> Estimate:
        """Where the population curve has a threshold, per cent."""
        line = self._line(condition)
        found = tipping(Curve(line, "nAUP", by_seed(self._results, "nAUP")[list(line.conditions)], ()))
        runs = found.seeds * len(line.conditions)
        if found.shape == "not told":
            return _undefined(runs, found.reason)
        gradual = found.shape != "threshold"
        words = "half of a gradual change" if gradual else "a threshold"
        return Estimate(found.point, found.low, found.high, runs, words, found.words, gradual)

    def distance(self, mix: str) -> Estimate:
        """Residents that can be lost at a steady state."""
        record = self._distances[mix]
        size = "" if record["size"] is None else f"of {number(record['size'])}"
        return _recorded(record, record["counted"], str(record["words"]))._replace(words=size)

    def change_of_distance(self, mix: str) -> Estimate:
        """Difference of the residents that can be lost to the original."""
        record = self._distances[mix]["to_first"]
        return _recorded(record, 2 * record["pairs"], "")

    def _change(self, mix: str, table: Array) -> Estimate:
        """`table`: f8 (conditions, seeds)."""
        found = effect(table[self._row(mix)], table[self._row(ORIGINAL)])
        return Estimate(found.difference, found.low, found.high, 2 * found.n, reason=found.reason)

    def _row(self, mix: str) -> int:
        """The condition with this mix, all else as in the reference."""
        return self._numbers[_body(self._base.with_(mix=mix))]

    def _line(self, condition: str) -> Line:
        """The prevalences of "without BE", all else as in the reference."""
        direction, value = condition.split()
        for line in lines(self._results.study):
            if (line.direction, line.value) == (direction, value) and line.conditions[0] == self._row(ORIGINAL):
                return line
        raise KeyError(condition)

    @cached_property
    def _lived(self) -> Array:
        return ~np.isnan(spread(self._results, np.zeros(len(self._results.runs))))


def _recorded(record: Mapping[str, Any], runs: int, words: str) -> Estimate:
    """A mean and its interval as `sim.studies.edges` records them."""
    mean, low, high = (
        float(x) if isinstance(x := record[key], int | float) else np.nan for key in ("mean", "low", "high")
    )
    return Estimate(
        mean, low, high, runs, reason=words or "it takes two communities of the same seed at a steady state"
    )


def _undefined(runs: int, reason: str) -> Estimate:
    return Estimate(np.nan, np.nan, np.nan, runs, reason=reason)


def _body(scenario: Scenario) -> str:
    return canonical(scenario.model_copy(update={"name": "study", "seed": 0}))
