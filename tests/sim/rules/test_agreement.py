"""Alliances, loans, promises and introductions come about when accepted, and only then."""

import pytest

from sim.state import D, Happening, Kind, Plan, Seen
from tests.sim.rules.village import Village


def village() -> Village:
    return Village(ann=5.0, bob=1.0, cat=2.0).tie(("ann", "bob"), ("bob", "cat"))


def test_an_alliance_binds_both_until_its_last_day_and_is_not_made_twice() -> None:
    v = village()
    v.says("ann", "bob", Kind.PROPOSE_ALLIANCE)
    v.says("bob", "ann", Kind.PROPOSE_ALLIANCE)
    v.says("bob", "ann", Kind.ACCEPT, answer=True)
    v.says("ann", "bob", Kind.ACCEPT, answer=True)
    v.agree()
    last = v.day + v.params.term
    assert v.look("ally", "ann", "bob") == v.look("ally", "bob", "ann") == last
    assert [int(e["about"]) for e in v.events(Happening.ALLIANCE)] == [last]
    assert v.total() == 8.0


@pytest.mark.parametrize("answer", [Kind.REFUSE, Kind.THANK, Kind.NONE])
@pytest.mark.parametrize("asked", [Kind.PROPOSE_ALLIANCE, Kind.ASK_LOAN, Kind.OFFER_LOAN, Kind.PROPOSE_TRADE])
def test_without_consent_there_is_no_agreement(asked: Kind, answer: Kind) -> None:
    v = village()
    v.says("bob", "ann", asked, amount=1, due=9, about=v["cat"])
    v.says("ann", "bob", answer, answer=True, amount=1, due=9)
    v.agree()
    assert len(v.log.events()) == 0
    assert not v.world.ally.any()
    assert not v.world.debt.any()
    assert v.slot("ann", "cat") < 0


def test_a_loan_asked_for_moves_today_and_is_owed_later() -> None:
    v = village()
    v.says("bob", "ann", Kind.ASK_LOAN, amount=3, due=12, plan=Plan.BREAK)
    v.says("ann", "bob", Kind.ACCEPT, answer=True, amount=2)
    v.agree()
    assert (v.holds("ann"), v.holds("bob")) == (3.0, 3.0)
    assert v.look("debt", "bob", "ann") == 2.0
    assert v.look("debt_due", "bob", "ann") == 12
    assert v.look("debt", "ann", "bob") == 0.0
    assert v.look("ruse", "bob", "ann") == 2
    assert v.remembers("bob", "ann") == Seen.KEPT
    assert list(v.told(Happening.LOAN)) == [("ann", "bob", 2.0)]
    assert v.total() == 8.0


def test_a_loan_offered_moves_today_and_is_owed_later() -> None:
    v = village()
    v.says("ann", "bob", Kind.OFFER_LOAN, amount=2)
    v.says("bob", "ann", Kind.ACCEPT, answer=True, amount=2, due=11)
    v.agree()
    assert (v.holds("ann"), v.look("debt", "bob", "ann"), v.look("debt_due", "bob", "ann")) == (3.0, 2.0, 11)
    assert v.look("ruse", "bob", "ann") == 0
    assert v.total() == 8.0


def test_nobody_lends_more_than_it_has_nor_twice_to_one_who_owes() -> None:
    v = village()
    v.says("bob", "ann", Kind.ASK_LOAN, due=12)
    v.says("ann", "bob", Kind.ACCEPT, answer=True, amount=5.5)
    v.agree()
    assert v.holds("ann") == 5.0
    v.mark("debt", "bob", "ann", 1.0)
    v.says("ann", "bob", Kind.ACCEPT, answer=True, amount=1.0)
    v.agree()
    assert v.holds("ann") == 5.0
    assert v.look("debt", "bob", "ann") == 1.0
    assert len(v.events(Happening.LOAN)) == 0


@pytest.mark.parametrize(("plan", "ruse"), [(Plan.SINCERE, 0), (Plan.BREAK, 1)])
def test_a_promise_is_a_debt_of_ones_word_and_moves_nothing(plan: Plan, ruse: int) -> None:
    v = village()
    v.says("bob", "ann", Kind.ASK_HELP, amount=1)
    v.says("ann", "bob", Kind.PROMISE, answer=True, amount=1.5, due=8, plan=plan)
    v.agree()
    assert (v.look("pledge", "ann", "bob"), v.look("pledge_due", "ann", "bob")) == (1.5, 8)
    assert v.look("ruse", "ann", "bob") == ruse
    assert v.holds("ann") == 5.0


def test_a_trade_pays_and_makes_two_strangers_neighbours() -> None:
    v = village()
    v.says("bob", "ann", Kind.PROPOSE_TRADE, about=v["cat"], amount=0.5)
    v.says("ann", "bob", Kind.ACCEPT, answer=True, amount=0.5)
    v.agree()
    assert v.slot("ann", "cat") >= 0 <= v.slot("cat", "ann")
    assert (v.holds("ann"), v.holds("bob")) == (4.5, 1.5)
    assert list(v.told(Happening.TRADE)) == [("bob", "ann", 0.5)]
    assert v.total() == 8.0


@pytest.mark.parametrize("reason", ["known", "poor", "no room", "not the seller's neighbour", "oneself"])
def test_an_introduction_that_cannot_be_made_is_not_paid(reason: str) -> None:
    v = village()
    contact, price = v["cat"], 0.5
    if reason == "known":
        v.tie(("ann", "cat"))
    elif reason == "poor":
        price = 5.5
    elif reason == "no room":
        v.world.nbr[v["cat"], 1:D] = v["bob"]
    elif reason == "oneself":
        contact = v["ann"]
    else:
        v.world.nbr[v["bob"], v.slot("bob", "cat")] = -1
    v.says("bob", "ann", Kind.PROPOSE_TRADE, about=contact, amount=price)
    v.says("ann", "bob", Kind.ACCEPT, answer=True, amount=price)
    v.agree()
    assert (v.holds("ann"), v.holds("bob")) == (5.0, 1.0)
    assert len(v.events(Happening.TRADE)) == 0
