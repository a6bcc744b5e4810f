"""A unit of work yields of each run what it would alone."""

import numpy as np
import pytest

from sim.engine import Engine
from sim.metrics.early_warning import INDICATORS
from sim.scenario import check
from sim.studies.failure import Failure
from sim.studies.lives import Life, Unit, live, metrics

HARSH = check({"size": 8, "days": 30, "start": 1.5, "output": 8, "mix": "100% without BE"})  # dies out before day 30
MILD = check({"size": 12, "days": 30})
RUNS = tuple((number, seed, scenario) for number, scenario in enumerate((HARSH, MILD)) for seed in (1000, 1001))


@pytest.fixture(scope="module")
def together() -> list[Life]:
    return [row for row in live(Unit(0, RUNS)) if isinstance(row, Life)]


def test_a_run_in_company_is_the_run_alone(together: list[Life]) -> None:
    assert [(life.condition, life.seed) for life in together] == [(number, seed) for number, seed, _ in RUNS]
    assert any(life.population[-1] == 0 for life in together), "one has died out while others went on"
    for run, life in zip(RUNS, together, strict=True):
        (alone,) = live(Unit(7, (run,)))
        assert isinstance(alone, Life) and alone.digest == life.digest
        np.testing.assert_array_equal(alone.values, life.values)
        np.testing.assert_array_equal(alone.population, life.population)
        np.testing.assert_array_equal(alone.warnings, life.warnings)


def test_it_is_the_run_of_the_engine(together: list[Life]) -> None:
    for (_, seed, scenario), life in zip(RUNS, together, strict=True):
        engine = Engine(scenario.with_(seed=seed))
        while not engine.finished:
            engine.step()
        np.testing.assert_array_equal(life.values, [engine.summary()[name] for name in metrics()])
        assert life.population[: engine.day + 1].tolist() == engine.series["alive"]
        assert not life.population[engine.day + 1 :].any() and len(life.population) == scenario.days + 1
        for k, name in enumerate(INDICATORS):
            np.testing.assert_array_equal(life.warnings[: engine.day + 1, k], np.array(engine.series[name], np.float32))
        assert np.isnan(life.warnings[engine.day + 1 :]).all()


def test_the_fingerprint_tells_runs_apart(together: list[Life]) -> None:
    assert len({life.digest for life in together}) == len(together)


def test_what_cannot_be_lived_is_a_failure_and_the_others_are_lived(together: list[Life]) -> None:
    odd = MILD.model_copy(update={"mind": "nobody-knows-it"})
    rows = live(Unit(0, ((9, 1000, odd), *RUNS[2:])))
    assert isinstance(rows[0], Failure) and rows[0][:2] == (9, 1000) and "nobody-knows-it" in rows[0].reason
    assert [row.digest for row in rows[1:] if isinstance(row, Life)] == [life.digest for life in together[2:]]
