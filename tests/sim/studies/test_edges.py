"""Distances in a study: whom they count, the mean's interval, and that order and processes do not matter."""

import json
import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy import stats

from sim.errors import SettingError
from sim.scenario import Scenario, check
from sim.studies.design import Study
from sim.studies.edges import EARLIEST, LATEST, Row, edges, measure, present_of, settled, tasks

MIXES = ("100% original", "100% without BE")


def row(seed: int, mix: str = MIXES[0], case: str = "measured", steady: bool = True, place: float | None = 5) -> Row:
    return {
        "mix": mix, "seed": seed, "day": 40 + seed, "size": 30, "case": case, "steady": steady, "drift": 0.0,
        "distance": place, "low": None, "high": None, "tried": [],
    }  # fmt: skip


def a_study(mixes: Sequence[str] = MIXES, seeds: int = 4) -> Study:
    return Study(scenario=Scenario(size=8, days=30), edges=tuple(mixes), seeds=tuple(range(1, seeds + 1)))


def test_the_mean_is_over_the_steady_with_students_interval() -> None:
    places = [5.0, 7.0, 6.0]
    rows = [row(seed, place=place) for seed, place in enumerate(places, 1)]
    rows += [row(9, steady=False, place=99), row(10, case="died out", steady=False, place=None)]
    (found,) = edges(a_study(MIXES[:1]), rows)["mixes"]
    low, high = stats.t.interval(0.95, 2, loc=6, scale=stats.sem(places))
    assert (found["mean"], found["low"], found["high"]) == pytest.approx((6, low, high), abs=1e-5)
    assert (found["seeds"], found["counted"], found["not_steady"], found["died_out"]) == (5, 3, 1, 1)
    assert found["size"] == 30 and found["day"] == 42
    assert found["words"].endswith("over 3 of 5 seeds; 1 had died out, 1 never steady")


def test_differences_to_the_first_mix_are_paired_by_seed() -> None:
    rows = [row(seed, place=10 + seed) for seed in (1, 2, 3)]
    rows += [row(seed, MIXES[1], place=place) for seed, place in ((3, 4), (1, 1), (4, 50))]
    first, other = edges(a_study(), rows)["mixes"]
    assert first["to_first"]["mean"] == 0 and other["to_first"]["pairs"] == 2
    assert other["to_first"]["mean"] == np.mean([1 - 11, 4 - 13])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row(1, case="died out", steady=False, place=None)], "not defined: of 1 communities none"),
        ([row(1)], "in one community: no interval"),
        ([row(1, case="cannot hold", place=0), row(2)], "1 could not hold"),
        ([row(1, case="any loss", place=29), row(2)], "1 recovered from any loss"),
    ],
)
def test_what_is_not_defined_is_said(rows: list[Row], words: str) -> None:
    record = edges(a_study(), rows)
    assert words in record["mixes"][0]["words"]
    json.dumps(record, allow_nan=False)


def test_tasks_are_every_mix_on_the_first_seeds() -> None:
    found = tasks(a_study(), seeds=3, futures=9)
    assert [(task.mix, task.scenario.seed) for task in found] == [(mix, seed) for mix in MIXES for seed in (1, 2, 3)]
    assert {task.futures for task in found} == {9} and found[4].scenario.mix[0].label == "without Benevolence"


def test_a_study_is_measured_in_any_order_with_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.studies.edges.LATEST", 45)
    design = a_study(MIXES[:1], seeds=2)
    work = tasks(design, futures=4)
    found = edges(design, [measure(task) for task in reversed(work)])
    assert found == edges(design, [measure(task) for task in work])
    assert [row["seed"] for row in found["mixes"][0]["runs"]] == [1, 2]


def test_a_community_settles_between_two_days() -> None:
    present, population = settled(Scenario(size=5, days=9, seed=3))
    assert EARLIEST <= present.day <= LATEST or not present.size
    assert len(population) == present.day + 1 and population[-1] == present.size
    assert present_of(Scenario(size=5, seed=3), 0).present.size == 5
    assert not math.isnan(population[0])


def test_models_have_no_distance() -> None:
    model = {"name": "llm", "model": "m", "base_url": "http://127.0.0.1:1/v1"}
    with pytest.raises(SettingError, match="scripted"):
        settled(check({"mind": "llm", "models": [model]}))
