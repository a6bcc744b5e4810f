"""Early warning on populations whose fate is known."""

import numpy as np
import pytest

from sim.measures import Measures
from sim.state import Day
from tests.factories import make_day


def warning(population: list[int]) -> float:
    """The warning on the last day of a community with this many residents, each of whom holds the same."""
    base = make_day(np.random.default_rng(0), (max(population),), day=0)._replace(holdings=np.ones(max(population)))
    measures = Measures(np.array([population[0]]), len(population))
    before: Day | None = None
    for t, count in enumerate(population):
        day = base._replace(day=t, alive=(np.arange(max(population)) < count).astype("u1"))
        measures.add(day, before, {})
        before = day
    return float(measures.series("warning")[-1, 0])


def knocked(seed: int, memory: list[float]) -> list[int]:
    """A population that is knocked at random every day and keeps `memory` of its distance from 300 until the next."""
    rng, away, counts = np.random.default_rng(seed), 0.0, []
    for kept in memory:
        away = kept * away + rng.normal(0, 8)
        counts.append(300 + round(away))
    return counts


def test_a_community_that_recovers_ever_more_slowly_warns_more() -> None:
    days = 60
    slowing = [warning(knocked(seed, list(np.linspace(0.0, 1.0, days)))) for seed in range(40)]
    steady = [warning(knocked(seed, [0.0] * days)) for seed in range(40)]
    ahead = np.subtract.outer(slowing, steady)
    assert (ahead > 0).mean() + (ahead == 0).mean() / 2 > 0.6  # chance that the slowing one of a pair warns more


def test_without_any_change_there_is_nothing_to_tell() -> None:
    assert np.isnan(warning([50] * 40))


@pytest.mark.parametrize(("days", "defined"), [(19, False), (20, True)])
def test_it_takes_seven_values_of_an_indicator(days: int, defined: bool) -> None:
    swings = [100 + (7 * t) % 11 for t in range(days)]
    assert np.isfinite(warning(swings)) == defined
