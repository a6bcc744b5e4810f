"""Receipts and citations: complete, exact, and the same bytes every time."""

import json
import re
from pathlib import Path

import pytest

from sim.interventions import Give
from sim.runs.citation import WORKS, bibtex, method
from sim.runs.receipt import receipt, receipt_text
from sim.runs.stored import Stored
from sim.runs.writer import RunWriter
from sim.scenario import Scenario
from tests.sim.runs.making import MEDDLED, community, lived, saved


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(tmp_path_factory.mktemp("receipt") / "run.sqlite", lived(community(orders=MEDDLED, output=30)))


def test_it_names_all_that_fixes_the_run(path: Path) -> None:
    with Stored(path) as stored:
        told = receipt(stored)
        last = stored.digests[-1]
    assert (
        Scenario.model_validate({**told["scenario"], "interventions": told["interventions"]}) == stored.facts.scenario
    )
    assert (told["seed"], told["digest"], told["days"], told["ended"]) == (5, last, 12, True)
    assert told["program"]["code"] == stored.facts.code and told["packages"] == stored.facts.packages
    assert (told["minds"], told["prompts"]) == ([{"name": "scripted", "model": None}], None)
    assert (told["cost"]["usd"], told["cost"]["tokens"], told["answers"]["questions"]) == (0, 0, 0)


def test_its_counts_are_those_of_the_record(path: Path) -> None:
    engine = lived(community(orders=MEDDLED, output=30))
    with Stored(path) as stored:
        counts = receipt(stored)["counts"]
    assert counts["messages"] == sum(len(day.messages) for day in engine.history)
    assert counts["residents_at_end"] == int(engine.world.alive.sum())
    assert counts["labels"] == {name: sum(len(found[name]) for found in engine.labels) for name in engine.labels[0]}


def test_two_receipts_are_the_same_bytes_whatever_the_run_is_called(path: Path) -> None:
    with Stored(path) as stored:
        before = receipt_text(stored)
    with RunWriter.append(path) as writer:
        writer.amend(title="</script>", tags=("a",), notes="=1+1")
    with Stored(path) as stored:
        assert receipt_text(stored) == before
    assert json.loads(before)["receipt"] == 1 and before.endswith("}\n")


def test_the_method_says_exactly_what_was_done(path: Path) -> None:
    with Stored(path) as stored:
        text = method(stored.facts, stored.last, stored.digests[-1])
    assert "output 30 units a day (default 22)" in text
    assert "30 % without Benevolence (5 of 18)" in text
    assert "seed 5" in text and stored.digests[-1] in text and stored.facts.code in text
    assert "for twelve days" in text and "planned" not in text
    assert "Consumption is 1.5 from now on" in text
    assert "\n" not in text


def test_the_method_of_a_plain_and_of_an_unfinished_run(tmp_path: Path) -> None:
    engine = lived(community(days=5, orders=[Give(day=4, amount=2)]), 2)
    with Stored(saved(tmp_path / "r.sqlite", engine, ended=False)) as stored:
        text = method(stored.facts, stored.last, stored.digests[-1])
    assert "for two days of 5 planned" in text
    assert "All parameters had their defaults" in text
    assert "day 4: 2 units given to everyone (amount 2)" in text


def test_bibtex_is_well_formed(path: Path) -> None:
    with Stored(path) as stored:
        text = bibtex(stored.facts, stored.digests[-1])
    assert len(re.findall(r"^@\w+\{[a-z0-9]+,$", text, re.MULTILINE)) == 1 + len(WORKS)
    assert text.count("{") == text.count("}")
    assert f"SHA-256 {stored.digests[-1]}" in text
