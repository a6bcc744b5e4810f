import json
import subprocess
import sys

import numpy as np
import pytest

from sim.measures import catalogue
from sim.state import Array
from sim.studies.analysis import effects
from sim.studies.analysis.answer import WARNING, answer, lines_of
from sim.studies.design import Condition
from sim.studies.failure import Failure
from sim.studies.results import Results
from tests.sim.studies.analysis.making import bent, design, prevalence, results
from tests.sim.studies.analysis.test_early import warned


def measured(condition: Condition, own: Array) -> Array:
    drop = 0.006 * prevalence(condition) if bent(condition) == "without BE" else 0.0
    return 1 - drop + 0.05 * own + 0.05 * np.sin(9 * own + condition.number)


def lived(seeds: int = 8) -> Results:
    return results(design(seeds), dict.fromkeys(catalogue(), measured))


def test_all_of_it_is_json_without_nan_and_the_same_twice() -> None:
    given = lived()
    one, two = (json.dumps(answer(given, answers={WARNING: warned(1.0)}), allow_nan=False) for _ in range(2))
    assert one == two


def test_its_parts_are_those_of_the_analysis() -> None:
    given = lived()
    found = answer(given)
    assert found["study"]["done"] == found["study"]["runs"] == len(given.runs)
    assert len(found["estimates"]) == len(catalogue()) * len(given.study.conditions)
    table = effects.effects(given)
    assert found["effects"]["title"] == effects.summary(table)
    assert [row["difference"] for row in found["effects"]["rows"]] == pytest.approx(table["difference"].tolist())
    shapes = {f"{c['line']['direction']} {c['line']['value']}": c["tipping"]["shape"] for c in found["curves"]}
    assert shapes["without BE"] == "gradual"
    assert found["importance"]["standings"][0]["value"] == "BE"


@pytest.mark.parametrize("runs", [0, 1, 9, 40])
def test_a_study_that_has_just_begun_has_sentences_without_nan(runs: int) -> None:
    whole = lived()
    part = whole._replace(
        runs=whole.runs.iloc[:runs], population=whole.population[:runs], failures=(Failure(3, 4, "a reason"),)
    )
    found = answer(part)
    said = lines_of(found)
    assert said[0] == f"A study: {runs} of 136 runs are done, 1 failed."
    assert not [line for line in said if "nan" in line.lower().split()]
    assert "NaN" not in json.dumps(found)
    assert found["failures"] == [{"condition": 3, "seed": 4, "reason": "a reason"}]


def test_metrics_that_all_runs_leave_undefined_are_stated_as_such() -> None:
    given = results(design(4), dict.fromkeys(catalogue(), lambda c, own: np.full(len(own), np.nan)))
    said = " ".join(lines_of(answer(given)))
    assert "none of 4 runs defines it" in said
    assert "nan" not in said.lower().split()


def test_a_study_that_varies_no_value_has_no_curves() -> None:
    found = answer(results(design(6, size=[10, 25]), dict.fromkeys(catalogue(), measured)))
    assert (found["curves"], found["heat"], found["correlations"]["rows"]) == ([], [], [])
    assert found["importance"]["reason"] == "the design varies no value"
    assert len(found["survival"]["rows"]) == 2


def test_what_is_slow_to_load_is_loaded_when_a_study_is_asked() -> None:
    code = "import sys, sim.studies.analysis.answer; print({'statsmodels', 'scipy.stats'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
