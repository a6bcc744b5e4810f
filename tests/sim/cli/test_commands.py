"""The command line: what it prints, where, and with which exit code."""

import io
import json
import math
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from sim.__main__ import main

ROOT = Path(__file__).parent.parent.parent.parent
SHORT = ("run", "original-community", "--days", "6", "--set", "size=12")


class Told(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def sim(*words: str) -> Told:
    """`python -m sim` with these words, in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(words)
    return Told(code, out.getvalue(), err.getvalue())


def test_a_run_is_one_json_object_and_the_same_twice() -> None:
    words = (*SHORT, "--seed", "5", "--json")
    command = [sys.executable, "-m", "sim", *words]
    one, two = sim(*words), subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (one.returncode, one.stderr) == (two.returncode, two.stderr) == (0, "")
    assert one.stdout == two.stdout
    told = json.loads(one.stdout)
    assert list(told) == ["scenario", "seed", "days", "population", "metrics", "labels", "events", "digest"]
    assert (told["scenario"], told["seed"], told["days"]) == ("original-community", 5, 6)
    assert told["population"][0] == 12
    assert len(told["population"]) == 7
    assert list(told["metrics"]) == ["nAUP", "SC", "ED", "IC", "CC", "gini"]
    assert all(value is None or math.isfinite(value) for value in told["metrics"].values())
    assert len(told["labels"]) == 7
    assert len(told["digest"]) == 64


def test_another_seed_is_another_run() -> None:
    digests = {json.loads(sim(*SHORT, "--seed", seed, "--json").stdout)["digest"] for seed in ("5", "6")}
    assert len(digests) == 2


def test_what_is_not_defined_is_null() -> None:
    lonely = ("--set", "size=1", "--set", "talk=0", "--days", "1", "--json")
    told = json.loads(sim("run", "original-community", *lonely).stdout)
    assert None in told["metrics"].values()


def test_a_run_can_be_read_day_by_day() -> None:
    told = sim(*SHORT)
    assert told.returncode == 0
    assert told.stderr == "", "no progress bar where nobody looks"
    lines = told.stdout.splitlines()
    assert lines[0].startswith("original-community: 12 residents, 6 days, seed ")
    assert [line.split()[0] for line in lines if line[:5].strip().isdigit()] == ["1", "2", "3", "4", "5", "6"]
    assert "12 residents became" in told.stdout


def test_scenarios_can_be_listed() -> None:
    listed = json.loads(sim("scenarios", "--json").stdout)
    assert len(listed) >= 10
    assert {"slug", "title", "viewer", "look_for", "scenario"} <= set(listed[0])
    read = sim("scenarios").stdout
    assert all(entry["slug"] in read for entry in listed)


WRONG = {
    "a scenario nobody knows": ("run", "original-comunity"),
    "a size of nobody": ("run", "original-community", "--set", "size=0"),
    "shares that do not add up": ("run", "original-community", "--set", "mix=60% with BE, 60% with PO"),
    "a mind nobody has": ("run", "original-community", "--set", "mind=telepath"),
    "a seed that is no number": ("run", "original-community", "--seed", "soon"),
    "days beyond the limit": ("run", "original-community", "--days", "1000000"),
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG)
def test_a_mistake_is_one_sentence_and_exit_code_two(words: tuple[str, ...]) -> None:
    told = sim(*words)
    assert told.returncode == 2
    assert told.stdout == ""
    assert len(told.stderr.splitlines()) == 1
    assert "Traceback" not in told.stderr


def test_a_reader_may_stop_reading() -> None:
    command = f"'{sys.executable}' -m sim run original-community --days 40 | head -n 1"
    told = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.stdout.startswith("original-community")
    assert told.stderr == ""
