"""A study as tables: all of them, true to the file, the same bytes every time, and enough to repeat it."""

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.studies.citation import command, method
from sim.studies.design import Study
from sim.studies.export import export, files
from sim.studies.file import StudyFile
from sim.studies.preset import presets
from sim.studies.reading import read
from tests.sim.studies.filed import EVIL, filed, small

TABLES = {  # one value alone is not ranked: no importance
    "runs", "population", "conditions", "estimates", "effects", "curves", "survival", "correlations", "findings",
}  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filed(tmp_path_factory.mktemp("export") / "one.study", small())


@pytest.fixture(scope="module")
def content(path: Path) -> dict[str, bytes]:
    with StudyFile.open(path) as file:
        return dict(export(file))


def frame(content: dict[str, bytes], name: str) -> pd.DataFrame:
    return pd.read_parquet(io.BytesIO(content[f"parquet/{name}.parquet"]))


def test_every_table_is_there_twice(content: dict[str, bytes]) -> None:
    assert set(content) == {
        "README.txt", "small.json", "method.txt", "citation.bib",
        *(f"{kind}/{name}.{kind}" for name in TABLES for kind in ("csv", "parquet")),
    }  # fmt: skip
    for name in TABLES:
        plain = pd.read_csv(io.BytesIO(content[f"csv/{name}.csv"]))
        assert list(plain.columns) == list(frame(content, name).columns) and len(plain) == len(frame(content, name))


def test_runs_and_population_are_those_of_the_file(content: dict[str, bytes], path: Path) -> None:
    with StudyFile.open(path) as file:
        results = file.results()
    runs, population = frame(content, "runs"), frame(content, "population")
    for name in ("condition", "seed", "digest", *results.metrics):
        assert runs[name].equals(results.runs[name].reset_index(drop=True)), name
    assert np.array_equal(runs["collapse_day"], results.collapses(), equal_nan=True)
    assert np.array_equal(population[[f"day_{day}" for day in range(13)]], results.population)
    assert runs["label"].iloc[-1] == "100 % without Benevolence"


def test_two_exports_are_the_same_bytes(content: dict[str, bytes], path: Path) -> None:
    with StudyFile.open(path) as file:
        assert dict(export(file)) == content


def test_the_design_in_it_is_the_design(content: dict[str, bytes]) -> None:
    assert read(content["small.json"], ".json").digest == small().digest
    assert b"python -m sim study small.json --out small.study" in content["README.txt"]


def test_an_unfinished_study_and_its_failures(tmp_path: Path) -> None:
    with StudyFile.open(filed(tmp_path / "two.study", small(), runs=20, failed=2)) as file:
        content, results = dict(export(file)), file.results()
    failures = frame(content, "failures")
    assert failures["reason"].tolist() == [EVIL] * 2 and len(frame(content, "runs")) == len(results.runs)
    assert "two runs could not be lived" in content["method.txt"].decode()
    with StudyFile.create(tmp_path / "none.study", small()) as file:
        empty = dict(files(file.results(), file.facts, {}))
    assert "csv/runs.csv" not in empty and "csv/conditions.csv" in empty and b"0 of 54 planned" in empty["method.txt"]


def test_the_method_says_what_was_done(path: Path) -> None:
    with StudyFile.open(path) as file:
        results, facts = file.results(), file.facts
    told = method(facts, results)
    for words in (
        "We lived 54 communities with Commonweal", "each for twelve days: nine conditions on six seeds (1000 to 1005)",
        "value (BE), direction (with; without) and prevalence (0; 25; 50; 75; 100), in every combination",
        "All had ten residents", "Their scripted residents act by Schwartz's ten values", "corrected by Holm",
        "fewer than 50 % of its founders",
        results.digest, small().digest, facts.code, *facts.packages.values(),
    ):  # fmt: skip
        assert words in told, words
    assert ". . " not in told and ".." not in told


def test_the_command_names_the_preset_where_it_is_one() -> None:
    whole: Study = presets()["the-paper"].study
    few = whole.model_copy(update={"seeds": whole.seeds[:8]})
    other = whole.model_copy(update={"seeds": (7, 9)})
    assert command(few) == "python -m sim study the-paper --seeds 8 --out the-paper.study"
    assert command(other) == "python -m sim study the-paper.json --out the-paper.study"
    assert command(few.model_copy(update={"edges": ()})).split()[4] == "the-paper.json"
