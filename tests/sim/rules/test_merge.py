"""Mergers: announced, funded by each worker, decided by lot, and what becomes of the factories."""

import numpy as np
import pytest

from sim.rules import merge
from sim.state import Flag, Happening, Intent
from tests.sim.rules.village import OUTPUT, Village


def village(seed: int = 1) -> Village:
    """Ann and Bob work in factory 0, Cat and Dan in factory 1; Eve, who knows both, in 2."""
    v = Village(factories=3, seed=seed, ann=50.0, bob=5.0, cat=50.0, dan=5.0, eve=5.0)
    v.world.workplace[:] = [0, 0, 1, 1, 2]
    v.world.tenure[:] = 7
    v.world.known[:, :3] = [0, 1, 2]
    v.world.f_labour[:] = [2.0, 2.0, 1.0]
    v.world.f_output[:] = [4.0, 4.0, 2.0]
    return v


def bid(v: Village, **wishes: int) -> merge.Asked:
    for name, factory in wishes.items():
        v.plans.bid[v[name]] = factory
    return merge.bids(
        v.world, v.params.merge_keep, v.day, v.plans.bid, v.plans.bid_intent, v.log.rows, v.log.count
    )  # fmt: skip


def unite(v: Village, asked: merge.Asked, **funds: float) -> None:
    paid = np.array([funds.get(v.names[who], 0.0) for who in asked.who])
    merge.unite(v.world, v.params, v.day, asked, paid, v.plans.bid, v.log.rows, v.log.count)


def test_the_workers_of_both_factories_are_asked_and_nobody_else() -> None:
    v = village()
    v.plans.bid_intent[v["ann"]] = Intent.DOMINANCE
    asked = bid(v, ann=1)
    assert asked.who.tolist() == [0, 1, 2, 3]
    assert asked.side.tolist() == [1, 1, 0, 0]
    assert (asked.bid == v["ann"]).all()
    np.testing.assert_allclose(asked.before, 2.0)
    (told,) = v.events(Happening.BID)
    assert (told["target"], told["about"], told["intent"]) == (0, 1, Intent.DOMINANCE)


def test_without_a_wish_nobody_is_asked() -> None:
    v = village()
    assert len(bid(v).who) == 0
    v.world.workplace[v["ann"]] = -1
    assert len(bid(v, ann=1).who) == 0
    assert len(v.log.events()) == 0


def test_a_factory_takes_part_in_one_bid_a_day_and_a_closed_one_in_none() -> None:
    v = village()
    bid(v, ann=1, cat=2, eve=0)
    assert len(v.events(Happening.BID)) == 1
    v = village()
    v.world.f_open[1] = 0
    assert len(bid(v, ann=1).who) == 0


@pytest.mark.parametrize("won", [True, False])
def test_the_better_funded_side_prevails_and_funds_are_used_up(won: bool) -> None:
    v = village()
    before = v.total()
    unite(v, bid(v, ann=1), **{"ann" if won else "cat": 40.0, "bob": 1.0, "dan": 0.04})
    balance = 41.0 if won else -39.0
    assert v.total() == pytest.approx(before - 41.0)
    assert v.holds("dan") == 5.0, "less than a twentieth is nothing"
    (merger,) = v.events(Happening.MERGE)
    assert merger["chance"] == pytest.approx(1 / (1 + np.exp(-balance)))
    assert bool(merger["flag"] & Flag.SUCCESS) == won
    assert [int(e["flag"]) for e in v.events(Happening.FUND)] == ([1, 1] if won else [1, 0])
    assert v.world.f_open.tolist() == [1, 1 - won, 1]


def test_nobody_funds_more_than_it_has_nor_less_than_nothing() -> None:
    v = village()
    unite(v, bid(v, ann=1), bob=500.0, cat=-20.0)
    assert (v.holds("bob"), v.holds("cat")) == (0.0, 50.0)


def test_a_merger_moves_the_workers_and_closes_the_factory() -> None:
    v = village()
    v.world.known[v["dan"]] = [1, 2, -1, -1]
    unite(v, bid(v, ann=1), ann=40.0)
    assert v.world.workplace.tolist() == [0, 0, 0, 0, 2]
    assert v.world.tenure.tolist() == [7, 7, 0, 0, 7]
    assert v.world.f_max[0] == pytest.approx(OUTPUT * (1 + v.params.merge_keep))
    assert v.world.f_into.tolist() == [-1, 0, -1]
    assert v.world.known[v["dan"]].tolist() == [0, 2, -1, -1], "it goes by its new name"
    assert v.world.known[v["eve"]].tolist() == [0, -1, 2, -1], "and is known once only"


def test_even_funds_decide_nothing_but_the_lot_does() -> None:
    won = 0
    for seed in range(200):
        v = village(seed)
        unite(v, bid(v, ann=1), ann=3.0, cat=3.0)
        won += not v.world.f_open[1]
    assert abs(won / 200 - 0.5) < 4 * np.sqrt(0.25 / 200)
