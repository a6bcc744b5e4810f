"""Attacks: who wins, who pays, how joint attackers share."""

import numpy as np
import pytest

from sim.state import Cause, Flag, Happening, Intent, Kind, Seen
from tests.sim.rules.village import Village

STRONG = 1000.0  # against so much, or with so much, chance plays no part


def test_success_takes_all_that_the_target_holds() -> None:
    v = Village(ann=STRONG, bob=10.0, cat=1.0).tie(("ann", "bob"), ("bob", "cat"), ("ann", "cat"))
    v.attacks("ann", "bob")
    v.fight()
    assert v.holds("ann") == pytest.approx(STRONG - v.params.attack_cost + 10.0)
    assert v.holds("bob") == 0.0
    assert (v.world.alive[1], v.world.cause[1], v.slot("ann", "bob")) == (0, Cause.ATTACK, -1)
    (attack,), (death,) = v.events(Happening.ATTACK), v.events(Happening.DEATH)
    assert (attack["amount"], attack["flag"], attack["chance"]) == (10.0, Flag.SUCCESS, 1.0)
    assert (death["actor"], death["target"]) == (v["bob"], v["ann"])
    assert v.remembers("cat", "ann") == Seen.ATTACKED_OTHER


@pytest.mark.parametrize(("loss", "cost"), [(0.3, 0.5), (0.0, 0.0), (1.0, 2.0), (0.3, 50.0)])
def test_a_failed_attacker_loses_its_share_and_half_of_it_goes_to_the_target(loss: float, cost: float) -> None:
    v = Village(ann=10.0, bob=STRONG, settings={"attack_loss": loss, "attack_cost": cost}).tie(("ann", "bob"))
    v.attacks("ann", "bob")
    v.fight()
    left = max(10.0 - cost, 0.0)
    assert v.holds("ann") == pytest.approx((1 - loss) * left)
    assert v.holds("bob") == pytest.approx(STRONG + 0.5 * loss * left)
    assert v.world.alive.all()
    assert v.remembers("bob", "ann") == Seen.ATTACKED
    (attack,) = v.events(Happening.ATTACK)
    assert (attack["amount"], attack["flag"]) == (pytest.approx(loss * left), Flag.NONE)


@pytest.mark.parametrize(("lead", "chance"), [(0.0, 0.5), (4.0, 0.7311), (-8.0, 0.1192)])
def test_success_is_a_logistic_function_of_the_lead(lead: float, chance: float) -> None:
    won = 0
    for seed in range(400):
        v = Village(seed=seed, ann=10.0 + lead, bob=10.0).tie(("ann", "bob"))
        v.attacks("ann", "bob")
        v.fight()
        (attack,) = v.events(Happening.ATTACK)
        assert attack["chance"] == pytest.approx(chance, abs=1e-4)
        won += not v.world.alive[1]
    assert abs(won / 400 - chance) < 4 * np.sqrt(chance * (1 - chance) / 400)


def band(target: float, **settings: float) -> Village:
    """Ann leads Bob and Cat against Dan; Eve was asked and refused."""
    v = Village(ann=50.0, bob=30.0, cat=10.0, dan=target, eve=5.0, settings=settings)
    v.tie(("ann", "bob"), ("ann", "cat"), ("ann", "dan"), ("ann", "eve"), ("bob", "dan"))
    for name in ("bob", "cat", "eve"):
        v.says("ann", name, Kind.ASK_ATTACK, about=v["dan"])
        v.says(name, "ann", Kind.REFUSE if name == "eve" else Kind.ACCEPT, answer=True)
    v.attacks("ann", "dan")
    return v


def test_shares_of_a_joint_attack_follow_force_and_add_to_the_booty() -> None:
    v = band(target=6.0, force=0.1)
    v.fight()
    force = 50.0 + 0.6 * 30.0 + 0.6 * 10.0
    won = {actor: amount for kind in (Happening.ATTACK, Happening.JOIN) for actor, _, amount in v.told(kind)}
    assert won == pytest.approx({"ann": 6 * 50 / force, "bob": 6 * 18 / force, "cat": 6 * 6 / force}, abs=1e-3)
    assert sum(won.values()) == pytest.approx(6.0, abs=1e-3)
    assert v.total() == pytest.approx(50 + 30 + 10 + 6 + 5 - 3 * v.params.attack_cost)
    assert v.holds("eve") == 5.0
    assert all(e["flag"] == Flag.SUCCESS | Flag.JOINT for kind in (Happening.ATTACK, Happening.JOIN)
               for e in v.events(kind))  # fmt: skip


def test_who_agreed_to_attack_another_does_not_join() -> None:
    v = band(target=6.0, force=0.1)
    v.says("ann", "cat", Kind.ASK_ATTACK, about=v["eve"])
    v.fight()
    assert [v.names[e["actor"]] for e in v.events(Happening.JOIN)] == ["bob"]
    assert v.holds("cat") == 10.0


def test_all_who_took_part_pay_for_a_joint_attack_that_fails() -> None:
    v = band(target=STRONG)
    v.fight()
    losses = [0.3 * (have - 0.5) for have in (50.0, 30.0, 10.0)]
    assert [v.holds(name) for name in ("ann", "bob", "cat")] == pytest.approx([0.7 * h for h in (49.5, 29.5, 9.5)])
    assert v.holds("dan") == pytest.approx(STRONG + 0.5 * sum(losses))
    assert v.remembers("dan", "bob") & Seen.ATTACKED, "who joined has attacked, too"


@pytest.mark.parametrize("bond", ["ally", "pledge", "debt", "none"])
def test_to_join_against_one_to_whom_one_is_bound_is_treachery(bond: str) -> None:
    v = band(target=STRONG)
    if bond != "none":
        v.mark(bond, "bob", "dan", v.day + 3)
    v.fight()
    (join,) = [e for e in v.events(Happening.JOIN) if e["actor"] == v["bob"]]
    assert join["intent"] == (0 if bond == "none" else Intent.TREACHERY)


def test_who_has_fallen_attacks_no_more_and_is_attacked_no_more() -> None:
    v = Village(ann=STRONG, bob=10.0, cat=STRONG).tie(("ann", "bob"), ("cat", "bob"))
    v.attacks("ann", "bob")
    v.attacks("cat", "bob")
    v.fight()
    assert len(v.events(Happening.ATTACK)) == len(v.events(Happening.DEATH)) == 1
    assert v.total() == pytest.approx(2 * STRONG + 10.0 - v.params.attack_cost)


def test_the_order_of_attacks_is_drawn_by_lot() -> None:
    first = set()
    for seed in range(20):
        v = Village(seed=seed, ann=STRONG, bob=10.0, cat=STRONG).tie(("ann", "bob"), ("cat", "bob"))
        v.attacks("ann", "bob")
        v.attacks("cat", "bob")
        v.fight()
        first.add(v.names[int(v.events(Happening.ATTACK)["actor"][0])])
    assert first == {"ann", "cat"}


def test_one_who_has_nothing_may_still_win_everything() -> None:
    v = Village(ann=0.0, bob=0.0).tie(("ann", "bob"))
    v.attacks("ann", "bob")
    v.fight()
    assert v.total() == 0.0
    assert np.isfinite(v.world.holdings).all()
