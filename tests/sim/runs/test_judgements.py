"""What judges and people say, in a run's file: kept at once, replaced as a whole, and read with distrust."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from sim.errors import RunError
from sim.judge.batch import batches
from sim.judge.judge import Judged
from sim.judge.opinion import Opinions, Unit, Verdict
from sim.judge.raters import agreement
from sim.judge.rubric import rubric
from sim.runs.intake import inspect, take_in
from sim.runs.judgements import keep_judged, keep_verdicts, opinions
from sim.runs.library import Library
from sim.runs.stored import Stored
from sim.runs.writer import RunWriter
from tests.sim.judge.making import Lived, Oracle, judge, run
from tests.sim.runs.making import saved

SEED = run().scenario.seed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return saved(tmp_path / "0123456789ab.sqlite", run())


def judged(tokens: int, first: int = 1, last: int | None = None, oracle: Oracle | None = None) -> list[Judged]:
    found: list[Judged] = []
    asyncio.run(judge(oracle or Oracle()).judge(batches(Lived(run()), SEED, first, last, tokens), found.append))
    return found


def put(path: Path, done: list[Judged]) -> Opinions:
    for one in done:
        keep_judged(path, one)
    return opinions(path)


def test_what_was_said_is_read_again(path: Path) -> None:
    assert opinions(path) == Opinions()
    done = judged(1_000)
    said = put(path, done)
    assert set(said.hearings) == {one.hearing for one in done}
    assert set(said.judgements) == {label for one in done for label in one.judgements}
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT hash, text FROM rubric").fetchall() == [(done[0].hearing.rubric, rubric())]


def test_days_judged_again_otherwise_put_replace_the_old_word_and_pieces_stand_together(path: Path) -> None:
    put(path, judged(4_000))
    small = judged(200)
    assert any(one.hearing.pieces > 1 for one in small)
    said = put(path, small[::-1])
    assert set(said.hearings) == {one.hearing for one in small}
    assert {label.unit for label in said.judgements} == {label.unit for one in small for label in one.judgements}


def test_some_days_judged_again_leave_the_others(path: Path) -> None:
    put(path, judged(300))
    before = opinions(path)
    again = judged(300, 4, 4, Oracle(answer=lambda log: '{"labels": []}'))
    after = put(path, again)
    assert {h for h in after.hearings if h.first != 4} == {h for h in before.hearings if h.first != 4}
    assert not [label for label in after.judgements if label.first == 4]
    assert {label for label in before.judgements if label.first != 4} == set(after.judgements)


def test_a_failure_is_on_record_and_replaces_no_answer(path: Path) -> None:
    put(path, judged(4_000))
    known = opinions(path)
    lost = judged(500, oracle=Oracle(answer=lambda log: "no"))
    said = put(path, lost[1:])
    assert set(known.hearings) <= set(said.hearings) | {
        h for h in known.hearings if h.first in {x.hearing.first for x in lost}
    }
    assert [h for h in said.hearings if h.outcome == "unreadable"]
    assert set(said.judgements) == set(known.judgements)


def test_verdicts_are_changed_and_withdrawn(path: Path) -> None:
    one = Verdict(3, "event", 1, "betrayal", "right", "", "2026-01-31T12:00:00Z")
    other = Verdict(3, "message", 1, "deception", "wrong", "not at all")
    keep_verdicts(path, [one, other])
    assert set(opinions(path).verdicts) == {one, other}
    keep_verdicts(path, [one._replace(verdict="wrong")], [other.unit, Unit(9, "event", 9, "betrayal")])
    assert opinions(path).verdicts == (one._replace(verdict="wrong"),)


def test_a_run_that_is_being_written_takes_verdicts_too(tmp_path: Path) -> None:
    path = tmp_path / "0123456789ab.sqlite"
    with RunWriter.create(path, run(), "A run") as writer:
        keep_verdicts(path, [Verdict(1, "message", 0, "deception", "right")])
        writer.finish(run())
    assert len(opinions(path).verdicts) == 1


def test_a_file_with_opinions_can_be_shared_and_an_older_one_without_the_tables_read(
    path: Path, tmp_path: Path
) -> None:
    put(path, judged(2_000))
    keep_verdicts(path, [Verdict(1, "message", 0, "deception", "right")])
    inspect(path).close()
    library = Library(tmp_path / "library")
    identity = take_in(path, library)
    with Stored(library.path(identity)) as there:
        assert there.digests == list(run().digests)
    with sqlite3.connect(path) as connection:
        for table in ("rubric", "hearing", "judgement", "verdict"):
            connection.execute(f"DROP TABLE {table}")
    assert opinions(path) == Opinions()
    keep_verdicts(path, [Verdict(1, "message", 0, "deception", "right")])
    put(path, judged(2_000))
    assert len(opinions(path).verdicts) == 1
    inspect(path).close()  # built like a new one, word for word


def test_agreement_is_read_off_the_file(path: Path) -> None:
    put(path, judged(1_000))
    with Stored(path) as stored:
        found = agreement(stored, opinions(path))
    (betrayal,) = [one for one in found if one.behaviour == "betrayal"]
    assert betrayal.only_other + betrayal.both == len(opinions(path).judgements)
    assert betrayal.units > 100


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE verdict SET verdict = 'perhaps'",
        "UPDATE verdict SET kind = 'thought'",
        "UPDATE verdict SET day = 'one'",
        "UPDATE hearing SET dropped = x'00'",
        "DROP TABLE hearing; CREATE TABLE hearing (empty)",
        "PRAGMA user_version = 99",
    ],
)
def test_nonsense_is_told_as_such(path: Path, change: str) -> None:
    put(path, judged(4_000))
    keep_verdicts(path, [Verdict(1, "message", 0, "deception", "right")])
    with sqlite3.connect(path) as connection:
        connection.executescript(change)
    with pytest.raises(RunError):
        opinions(path)


def test_no_file_and_no_run_are_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no run file"):
        opinions(tmp_path / "none.sqlite")
    (tmp_path / "text.sqlite").write_text("nothing of the kind, at all" * 99)
    with pytest.raises(RunError, match="damaged or not a run"):
        opinions(tmp_path / "text.sqlite")
