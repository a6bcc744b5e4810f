"""Bonds, against a plain reading of the record, pair by pair."""

import numpy as np
import pytest

from dashboard.payload.bonds import bonds, deeds
from sim.engine import Engine
from sim.observe import FADE, PRIOR, TRUST
from sim.preset import presets
from sim.state import Day, Happening, Kind, Seen

MEMORY, TERM = 7, 10
PAIRS = 40
DONE = {
    Happening.GIFT: Seen.GAVE, Happening.LOAN: Seen.KEPT, Happening.REPAY: Seen.KEPT, Happening.BROKEN: Seen.BROKE,
    Happening.DEFAULT: Seen.BROKE, Happening.ATTACK: Seen.ATTACKED, Happening.JOIN: Seen.ATTACKED,
    Happening.DEFEND: Seen.DEFENDED, Happening.DESERT: Seen.DESERTED,
}  # fmt: skip
SAID = {
    Kind.ACCEPT: Seen.AGREED, Kind.REFUSE: Seen.REFUSED, Kind.THREAT: Seen.THREATENED, Kind.DEMAND: Seen.THREATENED,
    Kind.PRAISE: Seen.PRAISED,
}  # fmt: skip


@pytest.fixture(scope="module", params=["boom-without-tradition", "scarcity-shared"])
def lived(request: pytest.FixtureRequest) -> list[Day]:
    run = Engine(presets()[request.param].scenario)
    for _ in range(14):
        run.step()
    return list(run.history)


def trust(lived: list[Day], day: int, one: int, other: int) -> float:
    """What `one` remembers of `other`, act by act."""
    total = PRIOR
    for past in lived[max(1, day - MEMORY) : day]:
        worth = FADE ** (day - past.day - 1)
        for event in past.events:
            if (event["actor"], event["target"]) == (other, one) and event["kind"] in DONE:
                total += worth * TRUST[DONE[Happening(event["kind"])]]
        for message in past.messages:
            if (message["sender"], message["receiver"]) == (other, one) and message["kind"] in SAID:
                total += worth * TRUST[SAID[Kind(message["kind"])]]
    return max(-1.0, min(1.0, total))


def between(lived: list[Day], day: int, one: int, other: int) -> tuple[bool, bool]:
    """Whether the two are allied, and whether `one` has lent `other` what is not yet repaid."""
    allied = lent = False
    for past in lived[max(1, day - TERM) : day]:
        runs = [event for event in past.events if event["about"] >= day]
        allied |= any(
            e["kind"] == Happening.ALLIANCE and {one, other} == {int(e["actor"]), int(e["target"])} for e in runs
        )
        lent |= any(e["kind"] == Happening.LOAN and (e["actor"], e["target"]) == (one, other) for e in runs)
        lent &= not any(e["kind"] == Happening.REPAY and (e["actor"], e["target"]) == (other, one) for e in past.events)
    return allied, lent


@pytest.mark.parametrize("day", [1, 2, 9, 14])
def test_they_are_what_the_record_says(lived: list[Day], day: int) -> None:
    rng = np.random.default_rng(day)
    said = lived[day].messages
    chosen = said[rng.permutation(len(said))[:PAIRS]]
    first, second = chosen["sender"], chosen["receiver"]
    found = bonds([deeds(past) for past in lived[max(1, day - TERM) : day]], day, first, second, MEMORY)
    for k, (one, other) in enumerate(zip(first.tolist(), second.tolist())):
        assert found.trust[k] == pytest.approx(trust(lived, day, one, other))
        allied, lent = between(lived, day, one, other)
        assert (found.allied[k], found.creditor[k]) == (allied, lent)
        assert found.debtor[k] == between(lived, day, other, one)[1]


def test_something_is_between_them(lived: list[Day]) -> None:
    """Else the test above compares nothing."""
    said = lived[14].messages
    found = bonds([deeds(past) for past in lived[4:14]], 14, said["sender"], said["receiver"], MEMORY)
    for some in (found.allied, found.creditor, found.debtor):
        assert some.any() and not some.all()
    assert np.ptp(found.trust) > 0.3


def test_of_nobody_there_is_nothing() -> None:
    nobody = np.empty(0, np.int32)
    assert all(len(column) == 0 for column in bonds([], 1, nobody, nobody, MEMORY))
