"""What became of a word given."""

from dashboard.payload.promises import promises
from sim.scenario import Scenario
from sim.state import Flag, Happening, Kind
from tests.dashboard.fake import FakeRun, event, message

NAMES = [f"R{i}" for i in range(25)]


def run() -> FakeRun:
    told = FakeRun(Scenario())
    told.live(
        [message(0, 1, Kind.PROMISE, amount=0.5, due=3), message(0, 2, Kind.PROMISE, amount=1, due=2)],
        [event(Happening.LOAN, 3, 0, amount=2, about=4), event(Happening.ALLIANCE, 0, 4, about=9)],
    )
    told.live(events=[event(Happening.BROKEN, 0, 2, amount=1)])
    told.live(events=[event(Happening.GIFT, 0, 1, amount=0.5, flag=Flag.PROMISED)])
    return told


def test_kept_broken_and_open() -> None:
    found = {(word.kind, word.other): word for word in promises(run().history, 3, 0)}
    assert (found["pledge", 1].state, found["pledge", 1].settled) == ("kept", 3)
    assert (found["pledge", 2].state, found["pledge", 2].settled) == ("broken", 2)
    assert (found["debt", 3].state, found["debt", 3].given) == ("open", 1)
    assert found["alliance", 4].state == "open"
    assert found["pledge", 1].text(NAMES) == "to R1: 0.5 units by day 3"
    assert found["debt", 3].text(NAMES) == "to R3: to repay 2 units by day 4"


def test_only_up_to_the_day() -> None:
    states = {word.other: word.state for word in promises(run().history, 1, 0)}
    assert states == {1: "open", 2: "open", 3: "open", 4: "open"}


def test_attack_breaks_an_alliance_and_time_keeps_it() -> None:
    treason, peace = run(), run()
    treason.live(events=[event(Happening.ATTACK, 0, 4)])
    (broken,) = [word for word in promises(treason.history, 4, 0) if word.kind == "alliance"]
    assert (broken.state, broken.settled) == ("broken", 4)
    for _ in range(6):
        peace.live()
    (kept,) = [word for word in promises(peace.history, 9, 0) if word.kind == "alliance"]
    assert (kept.state, kept.settled) == ("kept", 9)


def test_an_ally_shares_the_promise() -> None:
    assert [word.other for word in promises(run().history, 3, 4)] == [0]
    assert promises(run().history, 3, 20) == []
