"""Early warnings, counted from what a study file keeps of its runs."""

from pathlib import Path

import numpy as np
import pytest

from sim.metrics.early_warning import INDICATORS
from sim.studies import alarms
from sim.studies.alarms import scores, series
from sim.studies.file import StudyFile
from sim.studies.lives import live
from sim.studies.plan import plan
from tests.sim.studies.tiny import tiny

DESIGN = tiny(scenario={"size": 20, "days": 40}, factors=[{"field": "start", "levels": [3, 8]}], seeds="1000-1003")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("alarms") / "a.study"
    with StudyFile.create(path, DESIGN) as file:
        file.add([row for unit in plan(DESIGN) for row in live(unit)])
    return path


def test_every_condition_has_its_series_day_by_day(path: Path) -> None:
    with StudyFile.open(path) as file:
        kept, results = series(file), file.results()
    assert sorted(kept) == [condition.number for condition in DESIGN.conditions]
    for number, found in kept.items():
        mine = results.population[(results.runs["condition"] == number).to_numpy()]
        assert found.seeds == list(DESIGN.seeds)
        np.testing.assert_array_equal(found.alive, mine.T)
        assert set(found.indicators) == set(INDICATORS)
        assert all(values.shape == found.alive.shape for values in found.indicators.values())
        assert np.isfinite(found.indicators["variance_alive"][20:, 0]).any() or not mine[0, 20:].any()


def test_large_studies_are_counted_on_their_first_seeds(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alarms, "MOST_RUNS", 2 * len(DESIGN.conditions))
    with StudyFile.open(path) as file:
        kept = series(file)
    assert all(each.seeds == [1000, 1001] for each in kept.values())
    assert isinstance(scores(kept), list)
