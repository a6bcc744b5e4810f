"""A session's run in the library: kept as it is lived, opened again, branched, and lived on when it cannot be kept."""

import threading
import time
from pathlib import Path

import pytest

from dashboard import address, keeping
from dashboard.address import Address
from dashboard.limits import Limits
from dashboard.opening import BET_ON, OPENING
from dashboard.session import Session
from sim.engine import Engine
from sim.interventions import Give
from sim.runs.library import Library
from sim.runs.stored import Stored
from sim.runs.writer import RunWriter, SaveError
from tests.dashboard.presets import PRESETS, SCENARIOS
from tests.dashboard.test_session import FOLLOWING


class Visitor:
    """A session that asks as the page does."""

    def __init__(self, library: Library | None, **query: str) -> None:
        said = address.read({key: [value] for key, value in query.items()}, SCENARIOS, OPENING, Limits())
        self.session = Session(said, PRESETS, Limits(), library)
        self.number = 0
        self.live()

    def live(self) -> None:
        while not self.session.advance(60):
            pass

    def ask(self, kind: str, **fields: object) -> None:
        self.number += 1
        self.session.ask({"type": kind, "n": self.number, **fields}, FOLLOWING)
        self.live()

    @property
    def engine(self) -> Engine:
        return self.session.engine


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


def test_looking_keeps_nothing_and_a_step_keeps_all(library: Library) -> None:
    visitor = Visitor(library, run=BET_ON, day="3")
    assert library.entries() == []
    visitor.ask("step", days=2)
    (entry,) = library.entries()
    assert (entry.last, entry.state, entry.id) == (5, "running", visitor.session.shown.keeper.id)
    visitor.ask("step", until=12)
    (entry,) = library.entries()
    assert (entry.last, entry.ended) == (12, True)


def test_a_reload_goes_on_in_the_same_file_and_byte_equal(library: Library) -> None:
    first = Visitor(library, run=BET_ON)
    first.ask("step", days=4)
    query = dict(part.split("=") for part in first.session.query().split("&"))
    second = Visitor(library, **query)
    assert second.engine.day == 4
    second.ask("step", until=12)
    assert [entry.last for entry in library.entries()] == [12]
    whole = Visitor(library, run=BET_ON, day="12")
    assert second.engine.digest() == whole.engine.digest()


def test_two_windows_that_go_different_ways_are_two_runs(library: Library) -> None:
    first = Visitor(library, run=BET_ON)
    first.ask("step", days=4)
    second = Visitor(library, run=BET_ON, id=first.session.shown.keeper.id)
    second.session.intervene(Give(day=1, amount=50))
    second.ask("step", days=2)
    first.ask("step", days=2)
    assert {entry.last for entry in library.entries()} == {6}
    assert len({entry.id for entry in library.entries()}) == 2
    digests = {Stored(library.path(entry.id)).digests[-1] for entry in library.entries()}
    assert digests == {first.engine.digest(), second.engine.digest()}


def test_a_placebo_branch_is_its_parent_and_says_so(library: Library) -> None:
    visitor = Visitor(library, run=BET_ON)
    visitor.ask("step", until=9)
    parent = visitor.engine
    visitor.ask("branch", day=4, placebo=True)
    assert visitor.engine is not parent
    assert list(visitor.engine.digests) == list(parent.digests)
    told = visitor.session.message(FOLLOWING)
    assert (told["parent"]["until"], told["parent"]["parted"], told["parent"]["day"]) == (9, False, 4)
    assert "exactly zero" in told["notice"]["text"]
    assert {entry.parent_day for entry in library.entries()} == {0, 4}


def test_a_branch_with_a_change_parts_after_its_day_and_knows_its_parent_again(library: Library) -> None:
    visitor = Visitor(library, run=BET_ON)
    visitor.ask("step", until=9)
    parent = visitor.session.shown.keeper.id
    visitor.ask("branch", day=5)
    visitor.session.intervene(Give(day=1, amount=50))
    visitor.ask("step", until=9)
    told = visitor.session.message(FOLLOWING)["parent"]
    assert (told["id"], told["until"], told["parted"], told["last"]) == (parent, 5, True, 9)
    again = Visitor(library, id=visitor.session.shown.keeper.id)
    assert again.engine.digest() == visitor.engine.digest()
    assert again.session.message(FOLLOWING)["parent"]["until"] == 5


def test_a_branch_leaves_out_what_was_done_later(library: Library) -> None:
    visitor = Visitor(library, run=BET_ON)
    visitor.ask("step", until=4)
    visitor.session.intervene(Give(day=1, amount=50))
    visitor.ask("step", until=8)
    visitor.ask("branch", day=2)
    assert visitor.session.scenario.interventions == ()
    visitor.ask("step", until=8)
    assert visitor.session.shown.lineage is not None
    assert visitor.session.shown.lineage.until(visitor.engine.digests) == 4


def test_a_lost_disk_is_told_and_the_run_goes_on(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(library, run=BET_ON)
    visitor.ask("step", days=2)

    def full(self: RunWriter, run: object) -> None:
        raise SaveError("the disk is full; free some space")

    with monkeypatch.context() as patch:
        patch.setattr(RunWriter, "add", full)
        visitor.ask("step", days=2)
    told = visitor.session.message(FOLLOWING)
    assert told["frontier"] == 4
    assert "disk is full" in told["notice"]["text"]
    visitor.ask("step", days=1)
    assert visitor.engine.day == 5
    (entry,) = library.entries()
    assert entry.last == 2
    whole = library.folder / "0123456789ab.sqlite"
    whole.write_bytes(visitor.session.shown.keeper.content(visitor.engine))
    with Stored(whole) as stored:
        assert stored.digests == list(visitor.engine.digests)


def test_a_run_that_is_not_here_is_told_and_lived_from_its_address(library: Library) -> None:
    visitor = Visitor(library, run=BET_ON, id="0123456789ab", day="3")
    assert visitor.engine.day == 3
    assert "There is no run" in visitor.session.message(FOLLOWING)["notice"]["text"].replace("there is", "There is")
    assert Address(SCENARIOS[OPENING]).kept == ""


def test_a_file_that_cannot_be_put_in_order_is_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: RunWriter, run: object) -> None:
        raise SaveError("the disk is full; free some space")

    monkeypatch.setattr(keeping, "LARGE", 1)  # by a thread, after the last day was told
    monkeypatch.setattr(RunWriter, "finish", full)
    visitor = Visitor(library, run=BET_ON)
    visitor.ask("step", until=12)
    until = time.monotonic() + 10
    while not visitor.session.shown.keeper.failed:
        assert time.monotonic() < until
    assert "disk is full" in visitor.session.message(FOLLOWING)["notice"]["text"]
    assert visitor.session.unkept


def test_a_large_run_that_has_ended_is_put_in_order_although_another_is_begun(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "LARGE", 1)
    begun, goes_on = threading.Event(), threading.Event()
    finish = RunWriter.finish

    def slow(self: RunWriter, run: Engine) -> None:
        begun.set()
        assert goes_on.wait(10)
        finish(self, run)

    monkeypatch.setattr(RunWriter, "finish", slow)
    visitor = Visitor(library, run=BET_ON)
    visitor.ask("step", until=12)
    (entry,) = library.entries()
    assert begun.wait(10)
    visitor.ask("new")
    goes_on.set()
    until = time.monotonic() + 10
    while not library.entry(entry.id).ended:
        assert time.monotonic() < until
        time.sleep(0.02)
