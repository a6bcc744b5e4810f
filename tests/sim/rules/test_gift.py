"""Gifts: offered, asked for, or given to a demand; never more than one has."""

import pytest

from sim.state import Flag, Happening, Intent, Kind, Seen
from tests.sim.rules.village import Village


def village() -> Village:
    return Village(ann=5.0, bob=1.0, cat=2.0).tie(("ann", "bob"), ("bob", "cat"), ("ann", "cat"))


@pytest.mark.parametrize(("amount", "given"), [(2.0, 2.0), (5.0, 5.0), (50.0, 5.0), (0.04, 0.0), (-3.0, 0.0)])
def test_an_offer_moves_what_it_says_and_never_more_than_one_has(amount: float, given: float) -> None:
    v = village()
    v.says("ann", "bob", Kind.OFFER_GIFT, amount=amount)
    v.give()
    assert v.holds("ann") == pytest.approx(5.0 - given)
    assert v.holds("bob") == pytest.approx(1.0 + given)
    assert v.total() == pytest.approx(8.0)
    assert list(v.told(Happening.GIFT)) == ([("ann", "bob", given)] if given else [])


def test_two_gifts_together_are_never_more_than_one_has() -> None:
    v = village()
    v.says("ann", "bob", Kind.OFFER_GIFT, amount=4)
    v.says("ann", "cat", Kind.OFFER_GIFT, amount=4)
    v.give()
    assert v.holds("ann") == 0.0
    assert list(v.told(Happening.GIFT)) == [("ann", "bob", 4.0), ("ann", "cat", 1.0)]
    assert v.total() == pytest.approx(8.0)


@pytest.mark.parametrize(("asked", "flag"), [(Kind.ASK_HELP, Flag.NONE), (Kind.DEMAND, Flag.DEMANDED)])
def test_who_accepts_a_request_or_a_demand_gives(asked: Kind, flag: Flag) -> None:
    v = village()
    v.says("bob", "ann", asked, amount=3)
    v.says("ann", "bob", Kind.ACCEPT, answer=True, amount=1.5)
    v.give()
    assert v.holds("bob") == 2.5
    assert [int(e["flag"]) for e in v.events(Happening.GIFT)] == [flag]
    assert v.total() == pytest.approx(8.0)


@pytest.mark.parametrize("asked", [Kind.ASK_HELP, Kind.DEMAND])
def test_a_refusal_gives_nothing(asked: Kind) -> None:
    v = village()
    v.says("bob", "ann", asked, amount=3)
    v.says("ann", "bob", Kind.REFUSE, answer=True, amount=3)
    v.give()
    assert v.holds("ann") == 5.0
    assert len(v.events(Happening.GIFT)) == 0


def test_a_gift_is_remembered_and_seen_by_those_who_know_both() -> None:
    v = Village(ann=5.0, bob=1.0, cat=2.0, dan=2.0).tie(("ann", "bob"), ("bob", "cat"), ("ann", "cat"), ("bob", "dan"))
    v.says("ann", "bob", Kind.OFFER_GIFT, amount=1)
    v.give()
    assert v.remembers("bob", "ann") == Seen.GAVE
    assert v.remembers("ann", "bob") == Seen.I_GAVE
    assert v.remembers("cat", "ann") == Seen.GAVE_OTHER
    assert v.remembers("dan", "bob") == 0


def test_what_was_demanded_earns_no_thanks() -> None:
    v = village()
    v.says("bob", "ann", Kind.DEMAND, amount=3)
    v.says("ann", "bob", Kind.ACCEPT, answer=True, amount=1)
    v.give()
    assert v.remembers("bob", "ann") == v.remembers("cat", "ann") == 0


def test_a_gift_to_one_it_means_to_attack_is_bait() -> None:
    v = village()
    v.mark("plot", "ann", "bob", 1)
    v.says("ann", "bob", Kind.OFFER_GIFT, amount=1, intent=Intent.CARE)
    v.says("ann", "cat", Kind.OFFER_GIFT, amount=1, intent=Intent.CARE)
    v.give()
    assert [Intent(int(e["intent"])) for e in v.events(Happening.GIFT)] == [Intent.BAIT, Intent.CARE]


def test_the_dead_give_nothing() -> None:
    v = village()
    v.says("ann", "bob", Kind.OFFER_GIFT, amount=1)
    v.world.alive[v["ann"]] = 0
    v.give()
    assert v.holds("bob") == 1.0
