"""What falls due is kept, broken, or put off by one who is unable."""

import pytest

from sim.rules.due import RESPITE
from sim.state import Flag, Happening, Intent, Seen
from tests.sim.rules.village import Village

WORDS = {
    "pledge": (1, Happening.GIFT, Happening.BROKEN, Flag.PROMISED),
    "debt": (2, Happening.REPAY, Happening.DEFAULT, Flag.NONE),
}


def village(word: str, amount: float = 2.0, days: int = 0) -> Village:
    """Ann owes Bob, who would be paid in so many days."""
    v = Village(ann=5.0, bob=1.0).tie(("ann", "bob"))
    v.mark(word, "ann", "bob", amount)
    v.mark(f"{word}_due", "ann", "bob", v.day + days)
    v.mark("ruse", "ann", "bob", 3)
    return v


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("days", [0, -2])
def test_kept(word: str, days: int) -> None:
    bit, kept, _, flag = WORDS[word]
    v = village(word, days=days)
    v.acts.honour[v["ann"], 0] = bit
    v.settle()
    assert (v.holds("ann"), v.holds("bob")) == (3.0, 3.0)
    assert v.look(word, "ann", "bob") == 0
    assert v.look("ruse", "ann", "bob") == 3 - bit, "only this word is done with"
    assert v.remembers("bob", "ann") == Seen.KEPT
    assert list(v.told(kept)) == [("ann", "bob", 2.0)]
    assert int(v.events(kept)["flag"][0]) == flag


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("other", [False, True])
def test_broken(word: str, other: bool) -> None:
    bit, _, broken, _ = WORDS[word]
    v = village(word)
    v.acts.honour[v["ann"], 0] = 3 - bit if other else 0  # to honour the other word does not help
    v.settle()
    assert (v.holds("ann"), v.holds("bob")) == (5.0, 1.0)
    assert v.look(word, "ann", "bob") == 0
    assert v.remembers("bob", "ann") == Seen.BROKE
    assert list(v.told(broken)) == [("ann", "bob", 2.0)]
    assert int(v.events(broken)["intent"][0]) == Intent.TREACHERY


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("willing", [0, 3])
def test_unable_puts_off_by_three_days(word: str, willing: int) -> None:
    v = village(word, amount=4.5)  # would leave half a day's consumption
    v.acts.honour[v["ann"], 0] = willing
    v.settle()
    assert (v.holds("ann"), v.holds("bob")) == (5.0, 1.0)
    assert v.look(word, "ann", "bob") == 4.5
    assert v.look(f"{word}_due", "ann", "bob") == v.day + RESPITE == v.day + 3
    assert v.remembers("bob", "ann") == 0
    assert list(v.told(Happening.UNABLE)) == [("ann", "bob", 4.5)]
    v.day += 2
    v.settle()
    assert len(v.events(Happening.UNABLE)) == 1, "nothing happens before the new day"
    v.world.holdings[v["ann"]] = 20.0
    v.day += 1
    v.settle()
    assert v.holds("ann") == pytest.approx(15.5 if willing else 20.0)
    assert v.look(word, "ann", "bob") == 0


@pytest.mark.parametrize("word", WORDS)
def test_exactly_a_days_consumption_left_is_enough(word: str) -> None:
    v = village(word, amount=4.0)
    v.acts.honour[v["ann"], 0] = 3
    v.settle()
    assert (v.holds("ann"), v.holds("bob")) == (1.0, 5.0)


@pytest.mark.parametrize("word", WORDS)
def test_nothing_happens_before_the_day(word: str) -> None:
    v = village(word, days=1)
    v.acts.honour[v["ann"], 0] = 3
    v.settle()
    assert len(v.log.events()) == 0
    assert v.look(word, "ann", "bob") == 2.0


def test_promise_and_debt_of_one_day_are_settled_one_after_the_other() -> None:
    v = village("pledge")
    v.mark("debt", "ann", "bob", 2.5)
    v.mark("debt_due", "ann", "bob", v.day)
    v.acts.honour[v["ann"], 0] = 3
    v.settle()
    assert (v.holds("ann"), v.holds("bob")) == (3.0, 3.0), "the promise first; then too little is left for the debt"
    assert list(v.told(Happening.UNABLE)) == [("ann", "bob", 2.5)]
