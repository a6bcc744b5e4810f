"""Residents who act as recorded: in a whole community, beside others, and beyond the end of the record."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sim.asking import Outcome
from sim.engine import Engine
from sim.errors import RunError, SettingError
from sim.interview import provider
from sim.models import Record
from sim.runs.branch import branch
from sim.runs.citation import method
from sim.runs.facts import Parent
from sim.runs.intake import take_in
from sim.runs.library import Library
from sim.runs.minds import in_words
from sim.runs.receipt import receipt
from sim.runs.recorded import inherited, record_of, recorded
from sim.runs.stored import Stored
from sim.runs.verify import verify
from sim.runs.writer import RunWriter
from sim.scenario import Scenario
from sim.state import Happening
from tests.sim.answering import Answerer, answered, worded
from tests.sim.llm.communities import FAST, village
from tests.sim.runs.making import go_on, saved

ID = "0123456789ab"


@pytest.fixture(scope="module", params=["lean", "full"])
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five days of eight residents; one was understood at the second time, one not at all."""
    engine = answered(worded(request.param, days=5), Answerer({(2, 3): Outcome.FAILED}, once={(2, 1)}))
    return saved(tmp_path_factory.mktemp(request.param) / f"{ID}.sqlite", engine)


def as_recorded(source: Path, **fields: object) -> Scenario:
    with Stored(source) as stored:
        plain = stored.facts.scenario.with_(models=[], mind="scripted")
        return plain.with_(**{"records": [record_of(stored).model_dump()], "mind": "recorded", **fields})


def begun(scenario: Scenario, source: Path) -> Engine:
    @contextmanager
    def find(run: str) -> Iterator[Stored]:
        assert run == ID
        with Stored(source) as stored:
            yield stored

    asked = provider(scenario, FAST)
    return Engine(scenario, answers=recorded(scenario, asked, find) or asked)


def failed(engine: Engine, day: int) -> set[int]:
    events = engine.history[day].events
    return set(events[events["kind"] == Happening.FAILED]["actor"].tolist())


def test_a_whole_community_lives_as_recorded(source: Path) -> None:
    engine = begun(as_recorded(source), source)
    go_on(engine)
    with Stored(source) as stored:
        assert engine.digests == stored.digests
    replies = [entry.reply for _, entry in engine.journal]
    assert {reply.source for reply in replies} == {"record"} and not any(reply.usage.prompt for reply in replies)


def test_where_the_record_ends_they_do_the_usual_and_it_is_counted(source: Path) -> None:
    engine = begun(as_recorded(source, days=7), source)
    go_on(engine)
    living = {i for i, alive in enumerate(engine.history[5].alive) if alive}
    assert failed(engine, 6) == living
    last = [entry.reply for place, entry in engine.journal if place.day == 6]
    assert {(reply.outcome, reply.why) for reply in last} == {(Outcome.FAILED, "the record has no answer here")}
    assert engine.series["failed_share"][6] == 1.0


def test_recorded_scripted_and_asked_residents_live_together(source: Path, tmp_path: Path) -> None:
    with village() as server:
        mix = [{"share": 50, "mind": "recorded"}, {"share": 25, "mind": "llm"}, {"share": 25, "mind": "scripted"}]
        models = [{"model": "stub", "base_url": server.url}]
        scenario = as_recorded(source, mind="scripted", mix=mix, models=models)
        one, other = begun(scenario, source), begun(scenario, source)
        go_on(one)
        go_on(other)
        assert one.digests == other.digests
        minds = {place.resident: entry.mind for place, entry in one.journal if place.day == 1}
        assert sorted(minds.values()) == ["llm"] * 2 + ["recorded"] * 4
        assert {entry.reply.source for _, entry in one.journal if entry.mind == "recorded"} == {"record"}
        assert in_words(scenario) == f"4 of 8 as in run {ID}, 2 of 8 stub"
        one.close()
        other.close()
    path = saved(tmp_path / "fedcba987654.sqlite", one)
    assert verify(path).holds, "without the run it acts by, and without an endpoint"
    again = take_in(path, Library(tmp_path / "library"))
    with Stored(tmp_path / "library" / f"{again}.sqlite") as stored:
        Engine(stored.facts.scenario, past=stored)
        assert {"name": "recorded", "model": None, "record": ID} in receipt(stored)["minds"]
        assert f"the answers of run {ID}" in method(stored.facts, 5, one.digest())


def test_other_residents_are_refused(source: Path) -> None:
    with pytest.raises(SettingError, match="take seed 5"):
        begun(as_recorded(source, seed=6), source)


def test_a_run_of_scripted_residents_has_no_answers(tmp_path: Path) -> None:
    path = saved(tmp_path / f"{ID}.sqlite", Engine(Scenario(size=4, days=1)))
    with Stored(path) as stored, pytest.raises(RunError, match="nobody was asked in words"):
        record_of(stored)


@pytest.mark.parametrize("wrong", [{"name": "scripted"}, {"run": "../../etc"}, {"name": "No"}, {"protocol": "loud"}])
def test_a_record_has_a_name_and_an_id(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        Record.model_validate({"run": ID, **wrong})


def test_a_branch_that_is_taken_up_again_still_has_its_parents_answers(source: Path, tmp_path: Path) -> None:
    with Stored(source) as stored:
        parent = Engine(stored.facts.scenario, past=stored)
        begun_ = branch(parent, 2)
        begun_.step()
        came = Parent(id=ID, title="A run", day=2, digest=parent.digests[2])
        path = tmp_path / "fedcba987654.sqlite"
        with RunWriter.create(path, begun_, "A branch", parent=came):
            pass
    with Stored(path) as stored:
        again = Engine(stored.facts.scenario, past=stored)
        assert inherited(stored.facts, tmp_path / "gone.sqlite") == {}
        again.journal.elsewhere = inherited(stored.facts, source)
        go_on(again)
    assert again.digests == parent.digests
