"""Runs of residents that are asked in words: kept, taken up, shared, checked, exported and compared like any other."""

import csv
import io
import json
import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest

from sim.asking import Outcome, Phase
from sim.engine import Engine
from sim.errors import RunError
from sim.interventions import Give, TakePlace
from sim.journal import MissingAnswerError
from sim.runs.branch import branch
from sim.runs.citation import method
from sim.runs.comparison import Side, apart, parting
from sim.runs.export import to_zip
from sim.runs.facts import Facts
from sim.runs.intake import take_in
from sim.runs.library import Library
from sim.runs.receipt import receipt, receipt_text
from sim.runs.stored import Stored
from sim.runs.verify import verify
from sim.runs.writer import RunWriter
from tests.sim.answering import GARBLED, Answerer, Fault, answered, worded
from tests.sim.runs.making import assert_same, go_on, saved

FAULTS: dict[tuple[int, int], Fault] = {(2, 3): Outcome.FAILED, (3, 1): GARBLED}


def lived(protocol: str = "lean", **fields: object) -> Engine:
    """Six days with failures, and one resident who is understood at the second time."""
    return answered(worded(protocol, days=6, **fields), Answerer(FAULTS, once={(2, 1)}))


@pytest.fixture(scope="module", params=["lean", "full"])
def engine(request: pytest.FixtureRequest) -> Engine:
    return lived(request.param)


@pytest.fixture(scope="module")
def path(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(tmp_path_factory.mktemp("worded") / "0123456789ab.sqlite", engine)


def told(one: Engine) -> tuple[list[dict[int, str]], dict[tuple[int, int], str], dict[object, object]]:
    return [dict(words) for words in one.words], dict(one.notes), dict(one.journal)


def test_the_run_has_words_notes_failures_and_second_answers(engine: Engine) -> None:
    words, notes, journal = told(engine)
    assert all(words[1:]) and not words[0] and notes
    assert any(place.again for place, _ in engine.journal)
    assert {1, 3} <= {int(event["actor"]) for day in engine.history for event in day.events if event["kind"] == 22}
    assert len(journal) > 90


def test_taken_up_it_is_the_same_and_nothing_is_asked(engine: Engine, path: Path) -> None:
    with Stored(path) as stored:
        again = Engine(stored.facts.scenario, past=stored)
        assert_same(engine, again)
        assert told(again) == told(engine)
        for day in (1, 3, 5):
            assert again.state(day).holdings.tolist() == engine.state(day).holdings.tolist()
            assert again.why(day, 2) == []


def test_taken_up_without_states_every_day_is_lived_again_from_the_record(engine: Engine, path: Path) -> None:
    class Stateless(Stored):
        def state(self, day: int) -> None:
            return None

    with Stateless(path) as stored:
        assert_same(engine, Engine(stored.facts.scenario, past=stored))


def test_it_goes_on_where_it_stands(engine: Engine, path: Path) -> None:
    answers = Answerer(FAULTS, once={(2, 1)})
    with Stored(path) as stored:
        longer = Engine(stored.facts.scenario.with_(days=8), past=stored, answers=answers)
        go_on(longer)
        assert {place.day for place in answers.asked} == {7, 8}
    whole = answered(worded(engine.scenario.models[0].protocol, days=8), Answerer(FAULTS, once={(2, 1)}))
    assert longer.digests == whole.digests and told(longer) == told(whole)


def test_a_branch_brings_its_past_along_and_without_a_change_asks_nobody(engine: Engine) -> None:
    engine.journal.source = answers = Answerer({(5, 2): GARBLED})  # it would answer otherwise now
    other = branch(engine, 3)
    assert max(place.day for place, _ in other.journal) == 3 and max(day for day, _ in other.notes) <= 3
    go_on(other)
    assert not answers.asked
    assert other.digests == engine.digests, "the same answers to the same questions"
    taken = [entry.reply for place, entry in other.journal if place.day > 3]
    assert {reply.source for reply in taken} == {"record"} and sum(reply.usage.prompt for reply in taken) == 0
    engine.journal.source = None


def test_a_branch_with_a_change_asks_only_what_was_not_asked_before(engine: Engine) -> None:
    engine.journal.source = answers = Answerer()
    other = branch(engine, 3, [Give(day=5, resident=4, amount=30)])
    go_on(other)
    assert {place.day for place in answers.asked} <= {5, 6}
    assert any(place.resident == 4 for place in answers.asked), "it sees that it has more"
    assert len(answers.asked) < sum(place.day > 3 for place, _ in other.journal)
    assert other.digests[:5] == engine.digests[:5] and other.digests[5] != engine.digests[5]
    engine.journal.source = None


def test_without_somebody_to_ask_a_branch_says_where_the_record_ends(path: Path) -> None:
    with Stored(path) as stored:
        other = branch(Engine(stored.facts.scenario, past=stored), 3, [Give(day=4)])
        with pytest.raises(MissingAnswerError, match="day 4"):
            other.step()


def test_it_is_verified_offline(path: Path) -> None:
    verdict = verify(path)
    assert verdict.holds and verdict.days == 6, verdict.reason


def test_a_run_that_has_not_ended_is_verified_with_the_answers_of_its_broken_day(tmp_path: Path) -> None:
    engine = answered(worded(days=6), days=3)
    path = saved(tmp_path / "run.sqlite", engine, ended=False)
    with RunWriter.append(path) as writer:
        engine.journal.keep = writer.record
        engine.journal.source = Answerer(most=5)
        with pytest.raises(RunError, match="cap"):
            engine.step()
    with Stored(path) as stored:
        assert sum(place.day == 4 for place, _ in stored.journal()) == 5
    assert verify(path).holds


@pytest.fixture(scope="module")
def lean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(tmp_path_factory.mktemp("lean") / "run.sqlite", lived())


EXTRA = (
    "INSERT INTO call SELECT day, resident, phase, 9, fingerprint, mind, model, parts, answer, outcome, why, "
    "prompt_tokens, cached_tokens, completion_tokens, cost, seconds, tries, source FROM call "
    "WHERE day = 5 AND resident = 5"
)
ALTERED = {
    "words": ("UPDATE utterance SET text = 'Never' WHERE day = 3 AND i = 0", "digest"),
    "words more": ("INSERT INTO utterance VALUES (3, 900, 'Never')", "digest"),
    "note": ("UPDATE note SET text = 'Never' WHERE day = 4 AND resident = 4", "note"),
    "note more": ("INSERT INTO note VALUES (77, 1, 'Never')", "note"),
    "question": (f"UPDATE call SET fingerprint = '{'0' * 64}' WHERE day = 4 AND resident = 4", "to resident 4"),
    "parts": ("UPDATE call SET parts = '[]' WHERE day = 4 AND resident = 4", "call"),
    "text of a part": ("UPDATE part SET text = text || '.' WHERE name = 'ROLE'", "part"),
    "name of a part": ("UPDATE part SET name = 'TASK' WHERE name = 'ROLE'", "part"),
    "answer": ("UPDATE call SET answer = '{}' WHERE day = 2 AND resident = 4", "2"),
    "answer that is missing": ("DELETE FROM call WHERE day = 5 AND resident = 2", "the record has no answer"),
    "answer that nobody asked for": (EXTRA, "call"),
    "answer of no day": ("UPDATE call SET day = 99 WHERE day = 6 AND resident = 5", "no answer"),
    "outcome that is none": ("UPDATE call SET outcome = 'splendid' WHERE day = 5", "cannot be read"),
    "phase that is none": ("UPDATE call SET phase = 77 WHERE day = 5 AND resident = 5 AND attempt = 0 AND phase = 8",
                           "cannot be read"),
    "mind": ("UPDATE call SET mind = 'another' WHERE day = 5 AND resident = 5", "call"),
}  # fmt: skip


@pytest.mark.parametrize("what", ALTERED)
def test_what_was_altered_is_found(what: str, lean: Path, tmp_path: Path) -> None:
    path = tmp_path / "altered.sqlite"
    shutil.copy(lean, path)
    statement, word = ALTERED[what]
    with sqlite3.connect(path) as connection:
        assert connection.execute(statement).rowcount != 0
    connection.close()
    verdict = verify(path)
    assert not verdict.holds
    assert word in verdict.reason


def test_it_is_taken_in_with_all_it_says(engine: Engine, path: Path, tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    identity = take_in(path.read_bytes(), library)
    with Stored(library.path(identity)) as stored, Stored(path) as original:
        again = Engine(stored.facts.scenario, past=stored)
        assert_same(engine, again)
        assert told(again) == told(engine)
        assert receipt_text(stored) == receipt_text(original)
    assert verify(library.path(identity)).holds


def test_answers_of_a_broken_day_are_taken_in_too(tmp_path: Path) -> None:
    engine = answered(worded(days=6), days=2)
    path = saved(tmp_path / "0123456789ab.sqlite", engine)
    with RunWriter.append(path) as writer:
        engine.journal.keep, engine.journal.source = writer.record, Answerer(most=3)
        with pytest.raises(RunError):
            engine.step()
    library = Library(tmp_path / "library")
    with Stored(library.path(take_in(path, library))) as stored:
        assert [place.day for place, _ in stored.journal()].count(3) == 3


def test_its_receipt_names_models_wording_answers_and_cost(engine: Engine, path: Path) -> None:
    with Stored(path) as stored:
        found = receipt(stored)
        text = method(stored.facts, stored.last, stored.digests[-1])
        assert Facts.model_validate(stored.facts.model_dump()).prompts == found["prompts"]
    (mind,) = found["minds"]
    model = mind["model"]
    assert (mind["name"], model["model"], model["base_url"]) == ("llm", "fake-1", "http://127.0.0.1:9/v1")
    assert model["answered_as"] == ["fake-1-mini"]
    assert len(found["prompts"]) == 16
    entries = dict(engine.journal)
    assert found["answers"]["questions"] + found["answers"]["asked_again"] == len(entries)
    assert found["answers"]["outcomes"]["failed"] > 0
    assert 0 < found["answers"]["failed_share"] < 0.1
    assert found["cost"]["tokens"] == sum(e.reply.usage.prompt + e.reply.usage.completion for e in entries.values())
    assert found["cost"]["usd"] is None, "the price of those that failed is not known"
    json.dumps(found, allow_nan=False)
    assert "fake-1 at http://127.0.0.1:9/v1" in text and found["prompts"] in text and "scripted" not in text


def test_mixed_minds_and_a_person_are_named(tmp_path: Path) -> None:
    mixed = worded(
        days=2, mind="scripted",
        mix=[{"share": 50, "mind": "llm"}, {"share": 50, "condition": "without", "value": "BE"}],
        interventions=[TakePlace(day=1, resident=7, days=1).model_dump()],
    )  # fmt: skip
    with Stored(saved(tmp_path / "run.sqlite", answered(mixed))) as stored:
        assert [mind["name"] for mind in receipt(stored)["minds"]] == ["llm", "scripted", "at-the-screen"]
        assert "a person at the screen" in method(stored.facts, stored.last, stored.digests[-1])
        asked = [(place, entry.mind) for place, entry in stored.journal()]
        assert {place.day for place, mind in asked if mind == "at-the-screen"} == {1}
        assert {mind for place, mind in asked if place.day == 2} == {"llm"}
        groups = stored.day(1).group
        assert {int(groups[place.resident]) for place, mind in asked if mind == "llm"} == {0}
    assert verify(tmp_path / "run.sqlite").holds


def test_its_export_holds_words_notes_prompts_and_answers(engine: Engine, path: Path) -> None:
    with Stored(path) as stored:
        archive = zipfile.ZipFile(io.BytesIO(to_zip(stored)))
    rows = {
        name: list(csv.DictReader(io.StringIO(archive.read(f"csv/{name}.csv").decode())))
        for name in ("utterance", "note", "call", "part", "messages")
    }
    assert len(rows["utterance"]) == sum(map(len, engine.words))
    assert len(rows["note"]) == len(engine.notes)
    assert len(rows["call"]) == len(engine.journal)
    assert {row["name"] for row in rows["part"]} >= {"BACKGROUND", "ROLE", "PROFILE", "MEMORY", "OBSERVATION", "TASK"}
    spoken = {(int(row["day"]), int(row["i"])): row["words"] for row in rows["messages"] if row["words"]}
    assert spoken == {(day, i): text for day, words in enumerate(engine.words) for i, text in words.items()}


def test_other_words_are_another_line(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "run.sqlite"
    shutil.copy(saved(tmp_path / "first.sqlite", engine), path)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE utterance SET text = 'Otherwise' WHERE day = 2 AND i = 1")
        connection.execute("UPDATE day SET digest = replace(digest, substr(digest, 1, 1), 'x') WHERE day >= 2")
    connection.close()
    with Stored(path) as stored:
        one, other = Side.of(engine), Side.of(stored)
        assert parting(one, other) == 2
        assert apart(one, other, 2).only == ([1], [1])
        assert apart(one, other, 3).only == ([], [])


def test_phases_of_the_full_protocol_are_on_record(tmp_path: Path) -> None:
    phases = {place.phase for place, _ in lived("full").journal}
    assert {Phase.PERCEIVE, Phase.SPEAK, Phase.REPLY, Phase.DECIDE, Phase.SUMMARISE} <= phases
