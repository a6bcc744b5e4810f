"""Exploring: strangers met become neighbours on both sides; factories found are new ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.rules import explore
from sim.rules.explore import FINDS
from sim.state import KNOWN, D, Happening, Primary
from tests.sim.rules.village import Village
from tests.sim.test_rules_properties import crooked_ties

RING = [f"r{k}" for k in range(8)]


def ring(seed: int, works: int = 3) -> Village:
    v = Village(dict.fromkeys(RING, 3.0), factories=works, seed=seed)
    return v.tie(*((RING[k], RING[(k + 1) % 8]) for k in range(8)))


def roam(v: Village, *who: str) -> None:
    v.world.primary[[v[name] for name in who]] = Primary.EXPLORE
    explore.roam(v.world, v.day, v.log.rows, v.log.count)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), days=st.integers(1, 12))
def test_ties_found_are_symmetric_and_nothing_is_spent(seed: int, days: int) -> None:
    v = ring(seed)
    for _ in range(days):
        v.day += 1
        v.log.count[:] = 0
        before = v.world.nbr.copy()
        roam(v, *RING)
        assert crooked_ties(v.world) == []
        met = v.events(Happening.EXPLORE)
        for event in met[met["target"] >= 0]:
            assert event["target"] not in before[event["actor"]]
            assert event["target"] in v.world.nbr[event["actor"]]
    assert v.total() == 24.0


def test_a_resident_met_is_a_neighbours_neighbour() -> None:
    met = set()
    for seed in range(300):
        v = ring(seed)
        roam(v, "r0")
        met |= {v.names[j] for j in v.events(Happening.EXPLORE)["target"] if j >= 0}
    assert met == {"r2", "r6"}


def test_a_factory_found_is_new_and_next_to_one_that_is_known() -> None:
    found = []
    for seed in range(300):
        v = ring(seed)
        roam(v, "r0")
        (event,) = v.events(Happening.EXPLORE)
        if event["about"] >= 0:
            found.append(int(event["about"]))
            assert sorted(v.world.known[0]) == [-1, -1, 0, 1]
    assert set(found) == {1}
    assert len(found) < 300 * FINDS


def test_with_one_factory_there_is_none_to_find_and_a_closed_one_is_none() -> None:
    for seed in range(100):
        v = ring(seed, works=1)
        roam(v, "r0")
        w = ring(seed, works=2)
        w.world.f_open[1] = 0
        roam(w, "r0")
        assert v.events(Happening.EXPLORE)["about"].tolist() == w.events(Happening.EXPLORE)["about"].tolist() == [-1]


def test_a_full_mind_never_forgets_its_own_workplace() -> None:
    for seed in range(200):
        v = ring(seed, works=6)
        v.world.known[0] = [0, 1, 2, 3]
        roam(v, "r0")
        assert 0 in v.world.known[0]
        assert len(set(v.world.known[0].tolist())) == KNOWN


@pytest.mark.parametrize("full", ["r0", "r2"])
def test_without_room_for_another_neighbour_nobody_is_met(full: str) -> None:
    v = Village(dict.fromkeys([*RING, *(f"x{k}" for k in range(D))], 3.0))
    v.tie(("r0", "r1"), ("r1", "r2")).tie(*((full, f"x{k}") for k in range(D - 1)))
    v.world.nbr[v["r1"], 1:], v.world.back[v["r1"], 1:] = v["r2"], 0
    told = 0
    for v.day in range(200):
        v.log.count[:] = 0
        roam(v, "r0")
        assert v.slot("r0", "r2") < 0
        told += len(v.events(Happening.NO_ROOM))
    assert told > 0


def test_only_living_explorers_roam_and_newborns_rest() -> None:
    v = ring(1)
    v.world.alive[0] = 0
    v.world.born[1] = v.day
    v.world.primary[2] = Primary.SECURE
    roam(v, "r0", "r1")
    assert len(v.log.events()) == 0
    assert np.array_equal(v.world.nbr, ring(1).world.nbr)
