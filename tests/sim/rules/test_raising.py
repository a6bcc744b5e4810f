"""Newborns: what they cost and get, whom they know, and to which group they belong."""

import numpy as np
import pytest

from sim.params import society
from sim.rules import raising
from sim.rules.raising import FIRST_TIES
from sim.scenario import check
from sim.state import D, Happening, Primary, Seen
from sim.values import HIGHEST, LOWEST
from tests.sim.rules.village import Village

MIX = "50% without BE, 30% with PO, 20% original"


def village(seed: int = 1, neighbours: int = 6, **settings: float) -> Village:
    """Ann, who can afford a child, among so many neighbours."""
    others = {f"n{k}": 3.0 for k in range(neighbours)}
    v = Village({"ann": 20.0, **others}, seed=seed, settings=settings).tie(*(("ann", name) for name in others))
    v.society = society([check({"mix": MIX, "seed": seed})])
    return v


def born(v: Village, *parents: str) -> list[int]:
    """The day's children."""
    n = len(v.world.alive)
    v.world.primary[[v[name] for name in parents]] = Primary.RAISE
    v.world = raising.bear(v.world, v.params, v.society, v.day, v.log.rows, v.log.count)
    return list(range(n, len(v.world.alive)))


def test_a_child_costs_its_parent_and_is_given_its_share() -> None:
    v = village()
    before = v.total()
    (child,) = born(v, "ann")
    assert v.holds("ann") == 20.0 - v.params.raise_cost
    assert v.world.holdings[child] == v.params.raise_gift
    assert v.total() == pytest.approx(before - v.params.raise_cost + v.params.raise_gift)
    (birth,) = v.events(Happening.BIRTH)
    assert (birth["actor"], birth["target"], birth["amount"]) == (v["ann"], child, v.params.raise_gift)
    w = v.world
    assert (w.born[child], w.parent[child], w.local[child], w.alive[child]) == (v.day, v["ann"], child, 1)
    assert (w.workplace[child], w.known[child].tolist()) == (w.workplace[0], w.known[0].tolist())
    assert 0.9 * v.params.consumption <= w.consumption[child] <= 1.1 * v.params.consumption


@pytest.mark.parametrize(("holdings", "children"), [(6.0, 1), (5.999, 0)])
def test_who_has_less_than_the_cost_raises_nobody(holdings: float, children: int) -> None:
    v = village()
    v.world.holdings[v["ann"]] = holdings
    assert len(born(v, "ann")) == children
    assert v.holds("ann") == (0.0 if children else holdings)


def test_the_dead_and_the_idle_raise_nobody() -> None:
    v = village()
    v.world.alive[v["ann"]] = 0
    assert born(v, "ann") == []
    assert born(village()) == []


@pytest.mark.parametrize("neighbours", [0, 2, 3, 6, 9])
def test_a_child_knows_its_parent_and_some_of_the_parents_neighbours(neighbours: int) -> None:
    v = village(neighbours=neighbours)
    (child,) = born(v, "ann")
    known = v.world.nbr[child][v.world.nbr[child] >= 0]
    assert known[0] == v["ann"]
    assert len(known) == min(1 + neighbours, FIRST_TIES)
    for s, other in enumerate(known):
        assert v.world.nbr[other, v.world.back[child, s]] == child
    family = v.world.memory[child, 0, v.day % v.params.memory]
    assert family == Seen.GAVE | Seen.AGREED


def test_a_parent_without_room_has_its_child_known_by_its_neighbours() -> None:
    v = village(neighbours=D)
    (child,) = born(v, "ann")
    known = v.world.nbr[child][v.world.nbr[child] >= 0]
    assert len(known) == FIRST_TIES
    assert v["ann"] not in known


def test_beyond_the_most_a_community_holds_nobody_is_raised() -> None:
    v = village()
    v.world.holdings[:] = 20.0
    v.society.most[:] = len(v.names) + 1
    assert len(born(v, "ann", "n0", "n1")) == 1
    assert len(v.events(Happening.NO_ROOM)) == 2
    assert v.total() == pytest.approx(20.0 * len(v.names) - 2.0)


def test_over_many_seeds_groups_are_born_as_their_shares_say() -> None:
    groups = []
    for seed in range(400):
        v = village(seed, neighbours=1)
        groups += [int(v.world.group[child]) for child in born(v, "ann")]
    share = np.bincount(groups, minlength=3) / 400
    np.testing.assert_allclose(share, v.society.share[0, :3], atol=4 * np.sqrt(0.25 / 400))
    assert len(share) == 3


def test_a_child_takes_after_its_group_give_or_take_individual_differences() -> None:
    v = village(variety=0.0)
    (child,) = born(v, "ann")
    np.testing.assert_allclose(v.world.weights[child], v.society.profiles[0, v.world.group[child]], atol=1e-6)
    weights = []
    for seed in range(100):
        v = village(seed, variety=0.5)
        (child,) = born(v, "ann")
        weights.append(v.world.weights[child])
    assert np.std(weights, axis=0).min() > 0.1
    assert min(map(min, weights)) >= np.float32(LOWEST)
    assert max(map(max, weights)) <= HIGHEST
