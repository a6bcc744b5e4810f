"""A run taken up from its file, whatever file, goes on byte for byte as if it had never been put away."""

from pathlib import Path

import pytest

from sim import version
from sim.engine import Engine
from sim.errors import RunError
from sim.interventions import ChangeSetting, ChangeValues, Give, Intervention, NewLuck, Stranger
from sim.runs import writer as writing
from sim.runs.stored import Stored
from sim.runs.writer import RunWriter
from tests.sim.runs.making import MEDDLED, assert_same, assert_same_world, community, go_on, lived, saved

DAYS = 12


@pytest.fixture(scope="module")
def whole() -> Engine:
    """The run that nobody interrupts."""
    return lived(community(DAYS, MEDDLED))


@pytest.mark.parametrize("day", [0, 1, 2, 3, 4, 5, 6, 9, DAYS])
@pytest.mark.parametrize("ended", [True, False])
def test_from_any_day_and_any_kind_of_file(tmp_path: Path, whole: Engine, day: int, ended: bool) -> None:
    """ended: put in order (states kept, one plain file); otherwise as a program leaves it that is killed."""
    path = saved(tmp_path / "run.sqlite", lived(whole.scenario, day), ended=ended)
    with Stored(path) as stored:
        engine = Engine(stored.facts.scenario, past=stored)
        assert engine.day == day
        assert_same(go_on(engine), whole)


def test_taken_up_every_day_and_put_away_again(tmp_path: Path, whole: Engine) -> None:
    path = saved(tmp_path / "run.sqlite", Engine(whole.scenario), ended=False)
    for day in range(1, DAYS + 1):
        with Stored(path) as stored, RunWriter.append(path) as writer:
            engine = Engine(stored.facts.scenario, past=stored)
            engine.step()
            writer.add(engine)
            assert writer.last == day
            if day % 4 == 0:
                writer.finish(engine)
    with Stored(path) as stored:
        assert_same(Engine(stored.facts.scenario, past=stored), whole)
        assert stored.facts.ended


@pytest.mark.parametrize(
    "order",
    [
        ChangeValues(day=1, share=50, condition="with", value="PO"), Stranger(day=1, condition="without", value="BE"),
        NewLuck(day=1, seed=3), ChangeSetting(day=1, setting="risk", value=0), Give(day=1, amount=9),
    ],
    ids=lambda order: order.kind,
)  # fmt: skip
def test_what_is_done_to_a_run_taken_up_is_as_if_done_to_the_first(tmp_path: Path, order: Intervention) -> None:
    one = lived(community(DAYS), 5)
    path = saved(tmp_path / "run.sqlite", one)
    with Stored(path) as stored, RunWriter.append(path) as writer:
        other = Engine(stored.facts.scenario, past=stored)
        for engine in (one, other):
            engine.intervene(order)
            go_on(engine)
        assert_same(other, one)
        writer.add(other)
    with Stored(path) as stored:
        assert stored.facts.scenario == one.scenario
        assert_same(Engine(stored.facts.scenario, past=stored), one)
        assert stored.frame("intervention")["kind"].tolist() == [order.kind]


def test_a_community_that_died_out_stays_so(tmp_path: Path) -> None:
    gone = lived(community(40, start=0, output=0.01))
    assert gone.day < 40
    with Stored(saved(tmp_path / "run.sqlite", gone)) as stored:
        again = Engine(stored.facts.scenario, past=stored)
        assert again.finished
        assert_same(again, gone)


def test_a_run_that_was_killed_is_taken_up_from_the_state_it_kept_last(
    tmp_path: Path, whole: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "REST", 5)
    engine, path = Engine(whole.scenario), tmp_path / "run.sqlite"
    with RunWriter.create(path, engine, "A run") as writer:
        while engine.day < 8:
            engine.step()
            writer.add(engine)
    with Stored(path) as stored:
        kept = stored.state(8)
        assert kept is not None
        assert kept[0] == 5
        assert_same_world(kept[1], engine.state(5))
        assert_same(go_on(Engine(stored.facts.scenario, past=stored)), whole)


def test_other_sources_live_the_run_again_from_its_first_day(
    tmp_path: Path, whole: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "run.sqlite", lived(whole.scenario, 8))
    monkeypatch.setattr(version, "code", lambda: "0" * 16)
    with Stored(path) as stored:
        assert stored.state(8) is None
        assert_same(go_on(Engine(stored.facts.scenario, past=stored)), whole)


def test_rules_that_make_another_run_of_it_are_refused_and_it_can_still_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = lived(community(8))
    path = saved(tmp_path / "run.sqlite", engine)
    monkeypatch.setattr(version, "code", lambda: "0" * 16)
    with Stored(path) as stored:
        other = stored.facts.scenario.with_(risk=0.31)  # as if the rules gave chance another weight
        with pytest.raises(RunError, match=r"cannot be continued: its day 1,.*still be read and exported"):
            Engine(other, past=stored)
        assert len(stored.frame("messages")) == sum(len(day.messages) for day in engine.history)


@pytest.mark.parametrize("missing", [0, 3])
def test_other_metrics_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: int) -> None:
    path = saved(tmp_path / "run.sqlite", lived(community(3)))
    with Stored(path) as stored:
        series = stored.series()
        if missing:
            series.pop(sorted(series)[missing])
        else:
            series["forgotten"] = series["gini"]
        monkeypatch.setattr(Stored, "series", lambda self: series)
        with pytest.raises(RunError, match="another version"):
            Engine(stored.facts.scenario, past=stored)
