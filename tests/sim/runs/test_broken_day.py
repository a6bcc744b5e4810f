"""A day broken off while residents are asked: what was answered is on record at once, and never asked again."""

import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from sim.asking import Answers, PauseError, Phase, Place, Reply, Request
from sim.engine import Engine
from sim.interventions import Give, TakePlace
from sim.journal import Entry
from sim.models import PERSON
from sim.runs.stored import Stored
from sim.runs.verify import verify
from sim.runs.writer import RunWriter
from sim.scenario import Scenario
from tests.sim.answering import Answerer, answered, worded
from tests.sim.runs.making import assert_same, go_on
from tests.sim.runs.processes import everything, forks, start

DAYS = 5
KILLS = 6


class Telling:
    """Slow answers. Tells of each question when it is asked; whoever hears it kept knows that it is paid for."""

    def __init__(self, told: Connection) -> None:
        self.told = told
        self.answers = Answerer(seconds=0.004)

    async def ask(self, request: Request) -> Reply:
        self.told.send(("asked", tuple(request.place)))
        return await self.answers.ask(request)


def engine_of(path: Path, scenario: Scenario, answers: Answers) -> tuple[Engine, RunWriter]:
    """The run of a file, if it holds one, ready to go on; each answer goes on record as soon as it is there."""
    if path.exists():
        writer = RunWriter.append(path)
        with Stored(path) as stored:
            engine = Engine(scenario, past=stored, answers=answers)
            for days in (engine.history, engine.labels, engine.words):
                list(days)  # fetched before the file is let go of
    else:
        engine = Engine(scenario, answers=answers)
        writer = RunWriter.create(path, engine, "A run")
    engine.journal.keep = writer.record
    return engine, writer


def keep(told: Connection, path: Path, scenario: Scenario) -> None:
    """Live and save the run to its end, and tell of every answer once it is on record."""
    engine, writer = engine_of(path, scenario, Telling(told))

    def record(place: Place, entry: Entry) -> None:
        writer.record(place, entry)
        told.send(("kept", tuple(place)))

    engine.journal.keep = record
    while not engine.finished:
        engine.step()
        writer.add(engine)
    told.send(("done", ()))


def places(told: list[object], word: str) -> set[object]:
    """The places told with a word."""
    return {thing[1] for thing in told if isinstance(thing, tuple) and thing[0] == word}


@forks
@pytest.mark.parametrize("protocol", ["lean", "full"])
def test_killed_within_a_day_it_goes_on_there_and_pays_for_no_answer_twice(tmp_path: Path, protocol: str) -> None:
    scenario, path = worded(protocol, DAYS), tmp_path / "run.sqlite"
    kept: set[object] = set()
    twice, broken = set[object](), 0
    for number in range(200):
        process, heard = start(keep, path, scenario)
        told: list[object] = []
        if number < KILLS:
            while len(places(told, "kept")) < 7:
                told.append(heard.recv())
            time.sleep(0.001 * number)
            process.kill()
        told += everything(heard)
        process.join()
        twice |= places(told, "asked") & kept
        kept |= places(told, "kept")
        if ("done", ()) in told:
            break
        with Stored(path) as stored:
            recorded = [place for place, _ in stored.journal()]
            assert kept <= set(recorded), "an answer that was on record is lost"
            broken += any(place.day > stored.last for place in recorded)
    assert not twice
    assert broken, "no kill fell into a day"
    whole = answered(scenario)
    with Stored(path) as stored:
        again = Engine(scenario, past=stored)
        assert_same(again, whole)
        assert dict(again.journal).keys() == dict(whole.journal).keys()
    assert verify(path).holds


def test_paused_by_a_cap_it_goes_on_in_the_same_process(tmp_path: Path) -> None:
    answers = Answerer(most=20)
    engine, writer = engine_of(tmp_path / "run.sqlite", worded(days=3), answers)
    engine.step()
    writer.add(engine)
    with pytest.raises(PauseError):
        engine.step()
    assert engine.day == 1
    writer.add(engine)
    with Stored(tmp_path / "run.sqlite") as stored:
        assert stored.last == 1
        assert sum(place.day == 2 for place, _ in stored.journal()) == 4
    answers.most = None
    go_on(engine)
    writer.finish(engine)
    writer.close()
    assert len(answers.asked) == len(set(answers.asked))
    assert_same(engine, answered(worded(days=3)))
    assert verify(tmp_path / "run.sqlite").holds


def test_taken_up_after_a_pause_only_the_rest_of_the_day_is_asked(tmp_path: Path) -> None:
    first, second = Answerer(most=21), Answerer()
    path, scenario = tmp_path / "run.sqlite", worded("full", days=2)
    engine, writer = engine_of(path, scenario, first)
    with pytest.raises(PauseError):
        engine.step()
    writer.close()
    engine, writer = engine_of(path, scenario, second)
    assert engine.day == 0 and len(engine.journal) == 21
    go_on(engine)
    writer.finish(engine)
    writer.close()
    assert not set(first.asked) & set(second.asked)
    whole = answered(scenario)
    assert engine.digests == whole.digests and engine.notes == whole.notes
    assert verify(path).holds


def test_what_is_done_to_a_broken_day_has_those_asked_anew_whom_it_concerns(tmp_path: Path) -> None:
    answers, scenario = Answerer(most=8), worded(days=2)
    path = tmp_path / "run.sqlite"
    engine, writer = engine_of(path, scenario, answers)
    with pytest.raises(PauseError):
        engine.step()
    answers.most = None
    engine.intervene(TakePlace(day=1, resident=3, days=1))
    go_on(engine)
    writer.finish(engine)
    writer.close()
    place = Place(1, 3, Phase.MORNING, 0)
    assert answers.asked.count(place) == 2, "the person is asked, whatever the model has answered"
    entry = engine.journal.get(place)
    assert entry is not None and entry.mind == PERSON
    mornings = [asked for asked in answers.asked if asked.day == 1 and asked.phase is Phase.MORNING]
    assert len(mornings) == 9, "whose morning is the same is not asked again"
    assert verify(path).holds
    with Stored(path) as stored:
        assert dict(stored.journal()) == dict(engine.journal)


def test_answers_to_questions_that_are_put_no_more_leave_the_record(tmp_path: Path) -> None:
    answers, scenario = Answerer(most=14, once={(1, who) for who in range(8)}), worded("full", days=2)
    engine, writer = engine_of(tmp_path / "run.sqlite", scenario, answers)
    with pytest.raises(PauseError):
        engine.step()
    answers.most, answers.once = None, ()
    engine.intervene(Give(day=1, amount=5))  # all see another morning, and are understood at once
    go_on(engine)
    writer.finish(engine)
    writer.close()
    assert not [place for place, _ in engine.journal if place.again]
    assert verify(tmp_path / "run.sqlite").holds
