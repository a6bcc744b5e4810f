"""`python -m sim study`: run, stopped, gone on with, merged, shown."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.studies.file import StudyFile
from tests.sim.cli.test_commands import ROOT, Told, sim

DESIGN = """
name = "few"
title = "Few runs"
seeds = "1000-1005"

[scenario]
size = 8
days = 6

[[factors]]
field = "prevalence"
levels = [0, 50, 100]

[[factors]]
field = "value"
levels = ["BE"]
"""


@pytest.fixture
def design(tmp_path: Path) -> Path:
    path = tmp_path / "few.toml"
    path.write_text(DESIGN)
    return path


def run(design: Path, out: Path, *words: str) -> Told:
    return sim("study", str(design), "--out", str(out), "--workers", "2", *words)


def told(answer: Told) -> dict[str, object]:
    assert answer.returncode == 0, answer.stderr
    result = json.loads(answer.stdout)
    assert isinstance(result, dict)
    return result


def test_a_design_is_run_into_one_file(design: Path, tmp_path: Path) -> None:
    answer = run(design, tmp_path / "a.study")
    assert answer.returncode == 0 and not answer.stderr
    assert "Few runs: 3 conditions, 6 seeds, 18 runs, 864 resident-days, about" in answer.stdout
    assert "18 of 18 are in" in answer.stdout
    with StudyFile.open(tmp_path / "a.study") as file:
        assert file.results().digest in answer.stdout and file.results().whole


def test_the_same_design_gives_the_same_digest(design: Path, tmp_path: Path) -> None:
    one = told(run(design, tmp_path / "a.study", "--json"))
    other = told(sim("study", "run", str(design), "--out", str(tmp_path / "b.study"), "--workers", "1", "--json"))
    assert one["digest"] == other["digest"] and one["design"] == other["design"]
    assert (one["state"], one["runs"], one["done"], one["failures"]) == ("done", 18, 18, 0)


def test_settings_levels_and_seeds_are_changed_by_words(design: Path, tmp_path: Path) -> None:
    words = ("--set", "days=4", "--set", "prevalence=0, 25", "--seeds", "2", "--json")
    assert told(run(design, tmp_path / "a.study", *words))["runs"] == 4
    with StudyFile.open(tmp_path / "a.study") as file:
        assert file.study.scenario.days == 4 and file.study.seeds == (1000, 1001)
    assert told(run(design, tmp_path / "b.study", "--seeds", "7, 9-10", "--json"))["runs"] == 9


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("no-such-study",), "there is no study 'no-such-study'"),
        (("none.toml",), "cannot be read"),
        (("the-paper", "--seeds", "5, 5"), "named twice"),
        (("the-paper", "--seeds", "1000000"), "seeds"),
        (("the-paper", "--seeds", "0"), "make no sense"),
        (("the-paper", "--set", "value="), "value"),
        (("the-paper", "--set", "colour=red"), "there is no setting 'colour'"),
        (("the-paper", "--workers", "0"), "1 to 1024"),
        (("the-paper", "--engine", "spark"), "there is no engine 'spark'"),
        (("the-paper", "--seeds", "10000"), "810,000 runs"),
    ],
)
def test_what_is_wrong_is_told_before_anything_starts(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    answer = sim("study", *words, "--out", str(tmp_path / "a.study"))
    assert answer.returncode == 2 and said in answer.stderr and not answer.stdout
    assert not list(tmp_path.iterdir())


def test_a_file_that_exists_is_never_touched(design: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.study"
    out.write_text("mine")
    assert run(design, out).returncode == 2 and out.read_text() == "mine"


def test_a_cluster_that_cannot_be_reached_leaves_a_file_to_go_on_with(design: Path, tmp_path: Path) -> None:
    answer = run(design, tmp_path / "a.study", "--engine", "dask", "--address", "127.0.0.1:9")
    assert answer.returncode == 1 and "cannot be reached" in answer.stderr and "study resume" in answer.stderr
    assert told(sim("study", "resume", str(tmp_path / "a.study"), "--json"))["done"] == 18


def test_parts_are_merged(design: Path, tmp_path: Path) -> None:
    whole = told(run(design, tmp_path / "whole.study", "--json"))
    for name, seeds in (("a", "1000-1003"), ("b", "1003-1005")):
        told(run(design, tmp_path / f"{name}.study", "--seeds", seeds, "--json"))
    parts = (str(tmp_path / "a.study"), str(tmp_path / "b.study"))
    merged = told(sim("study", "merge", *parts, "--out", str(tmp_path / "c.study"), "--json"))
    assert merged["digest"] == whole["digest"] and merged["done"] == 18
    assert sim("study", "merge", *parts, "--out", str(tmp_path / "c.study")).returncode == 2
    resumed = told(sim("study", "resume", str(tmp_path / "c.study"), "--json"))
    assert resumed["lived_now"] == 0 and resumed["digest"] == whole["digest"]


def test_what_was_found_is_shown(design: Path, tmp_path: Path) -> None:
    run(design, tmp_path / "a.study")
    text = sim("study", "show", str(tmp_path / "a.study"))
    assert text.returncode == 0 and "Few runs" in text.stdout and "18 of 18 runs" in text.stdout
    found = told(sim("study", "show", str(tmp_path / "a.study"), "--json"))
    assert {"study", "effects", "survival", "failures"} <= set(found)
    assert sim("study", "show", str(tmp_path / "none.study")).returncode == 2


def test_the_presets_are_listed() -> None:
    assert "the-paper" in sim("study", "list").stdout
    listed = json.loads(sim("study", "list", "--json").stdout)
    assert {"name", "title", "question", "runs"} == set(listed[0])


def _heed_ctrl_c() -> None:
    """In a new process: a shell has what it starts in the background ignore Ctrl-C, and its children after it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name != "posix", reason="needs Ctrl-C")
def test_ctrl_c_stops_it_with_what_was_lived_kept(tmp_path: Path) -> None:
    out = tmp_path / "paper.study"
    words = ["study", "the-paper", "--seeds", "64", "--workers", "1", "--out", str(out)]
    process = subprocess.Popen(
        [sys.executable, "-m", "sim", *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, preexec_fn=_heed_ctrl_c,
    )  # fmt: skip
    end = time.monotonic() + 120
    while not (out.is_file() and _done(out)):
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.3)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
    before = _done(out)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 130 and "Traceback" not in stderr, stderr
    assert "of 5,184 are in" in stdout and "study resume" in stderr
    assert before < _done(out) < 5184, "what was begun was finished"


def _done(path: Path) -> int:
    with StudyFile.open(path) as file:
        return file.done
