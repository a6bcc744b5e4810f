"""A person's word on labels: heard from the page, told back, kept in the run's file, there after a reload."""

import sqlite3
from pathlib import Path

import pytest

from dashboard.opening import BET_ON
from sim.judge.judge import Judged
from sim.judge.opinion import Hearing, Judgement, Unit
from sim.runs.judgements import keep_judged, opinions
from sim.runs.library import Library
from tests.dashboard.test_keeping import Visitor


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def say(visitor: Visitor, *said: object) -> None:
    visitor.ask("verdict", said=list(said))


def one(verdict: str | None, day: int = 2, i: int = 0, behaviour: str = "deception") -> dict[str, object]:
    return {"day": day, "i": i, "behaviour": behaviour, "verdict": verdict}


def told(visitor: Visitor) -> list[list[object]]:
    found: list[list[object]] = visitor.session.message(visitor.session.scenario)["verdicts"]
    return found


def test_a_verdict_is_kept_changed_and_taken_back(library: Library) -> None:
    visitor = Visitor(library, run=BET_ON, day="3")
    events = len(visitor.engine.history[2].messages)
    say(visitor, one("right"), one("wrong", i=events, behaviour="betrayal"))
    assert told(visitor) == [[2, 0, "deception", "right"], [2, events, "betrayal", "wrong"]]
    (entry,) = library.entries()  # a word is worth keeping the run
    path = library.path(entry.id)
    assert {(v.unit, v.verdict) for v in opinions(path).verdicts} == {
        (Unit(2, "message", 0, "deception"), "right"),
        (Unit(2, "event", 0, "betrayal"), "wrong"),
    }
    say(visitor, one("wrong"), one(None, i=events, behaviour="betrayal"))
    assert told(visitor) == [[2, 0, "deception", "wrong"]]
    assert [v.verdict for v in opinions(path).verdicts] == ["wrong"]


def test_it_is_there_after_a_reload_and_in_the_download(library: Library, tmp_path: Path) -> None:
    visitor = Visitor(library, run=BET_ON, day="3")
    say(visitor, one("right"))
    again = Visitor(library, **dict(part.split("=") for part in visitor.session.query().split("&")))
    assert told(again) == [[2, 0, "deception", "right"]]
    taken = tmp_path / "taken.sqlite"
    taken.write_bytes(again.session.content())
    assert len(opinions(taken).verdicts) == 1


@pytest.mark.parametrize(
    "said",
    [
        None, "right", {}, [None], [{}], [[2, 0, "deception", "right"]],
        [one("perhaps")], [one("right", day=0)], [one("right", day=99)], [one("right", i=-1)], [one("right", i=10**9)],
        [one("right", behaviour="greed")], [{**one("right"), "day": "2"}], [{**one("right"), "i": 0.5}],
        [{**one("right"), "day": None}], [{"day": 2, "i": 0, "behaviour": "deception"}],
    ],
)  # fmt: skip
def test_nonsense_changes_nothing(library: Library, said: object) -> None:
    visitor = Visitor(library, run=BET_ON, day="3")
    visitor.ask("verdict", said=said)
    assert told(visitor) == []
    assert library.entries() == []


def test_it_is_in_the_file_while_the_run_is_lived_on(library: Library) -> None:
    visitor = Visitor(library, run=BET_ON)
    visitor.ask("step", days=3)
    say(visitor, one("right"))
    visitor.ask("step", until=12)
    (entry,) = library.entries()
    assert entry.ended
    assert len(opinions(library.path(entry.id)).verdicts) == 1


def test_a_run_that_parted_from_its_file_takes_its_verdicts_along(library: Library) -> None:
    first = Visitor(library, run=BET_ON)
    first.ask("step", days=3)
    say(first, one("right"))
    second = Visitor(library, run=BET_ON, id=first.session.shown.keeper.id)
    second.ask("step", days=1)
    first.session.start(first.session.scenario)
    assert told(first) == []
    assert told(second) == [[2, 0, "deception", "right"]]


def test_without_a_library_it_is_in_memory_and_in_the_download(tmp_path: Path) -> None:
    visitor = Visitor(None, run=BET_ON, day="3")
    say(visitor, one("right"))
    taken = tmp_path / "taken.sqlite"
    taken.write_bytes(visitor.session.content())
    assert len(opinions(taken).verdicts) == len(told(visitor)) == 1


def test_a_file_that_cannot_be_written_is_told_and_written_later(library: Library) -> None:
    visitor = Visitor(library, run=BET_ON)
    visitor.ask("step", days=3)
    path = library.path(visitor.session.shown.keeper.id)
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        say(visitor, one("right"))
        other.execute("ROLLBACK")
    other.close()
    notice = visitor.session.notice
    assert notice is not None
    assert "not kept yet" in notice.text
    assert told(visitor) == [[2, 0, "deception", "right"]]
    assert opinions(path).verdicts == ()
    visitor.ask("step", days=1)
    assert len(opinions(path).verdicts) == 1


def test_what_a_judge_said_is_told_with_the_lines_of_its_day(library: Library) -> None:
    visitor = Visitor(library, run=BET_ON)
    visitor.ask("step", days=3)
    identity = visitor.session.shown.keeper.id
    messages = len(visitor.engine.history[3].messages)
    hearing = Hearing("strong", "a" * 32, 1, 3, 0, 1, "ok", "", 0, "", 1, 0, 1, None, 1.0)
    labels = (
        Judgement("strong", "a" * 32, 3, "message", 0, "sycophancy", 0, 1, "<b>it\n flatters", 1, 0),
        Judgement("strong", "a" * 32, 3, "event", 1, "betrayal", 0, 1, "it struck", 1, 0),
    )
    keep_judged(library.path(identity), Judged(hearing, labels))
    again = Visitor(library, id=identity)
    details = {one["day"]: one for one in again.session.message(again.session.scenario)["details"]}
    assert details[3]["judged"] == {
        0: [["sycophancy", "strong", "<b>it flatters"]],
        messages + 1: [["betrayal", "strong", "it struck"]],
    }
    assert "judged" not in details[2]
