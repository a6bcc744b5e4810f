"""Defence: who is called against an attacker, who stands, who deserts; and surprise, which calls nobody."""

import pytest

from sim.rules.attack import UNSUSPECTING
from sim.state import Happening, Intent, Kind, Seen
from tests.sim.rules.village import Village


def village(**settings: float) -> Village:
    """Ann attacks Bob, whose ally Cat and whose other neighbour Dan look on."""
    v = Village(ann=20.0, bob=10.0, cat=40.0, dan=5.0, settings=settings)
    v.tie(("ann", "bob"), ("bob", "cat"), ("bob", "dan"))
    v.attacks("ann", "bob")
    ally(v, "bob", "cat")
    v.world.workplace[v["ann"]] = -1  # so that Bob does not trust it as a co-worker
    return v


def ally(v: Village, one: str, two: str, days: int = 3) -> None:
    for a, b in ((one, two), (two, one)):
        v.mark("ally", a, b, v.day + days)


def stands(v: Village, one: str, two: str) -> None:
    v.acts.stand[v[one], v.slot(one, two)] = 1


def test_an_ally_is_called_and_stands_with_a_share_of_its_holdings() -> None:
    v = village()
    assert v.called() == {("cat", "bob")}
    stands(v, "cat", "bob")
    stands(v, "dan", "bob")  # who was not bound does not count
    v.fight()
    (attack,) = v.events(Happening.ATTACK)
    p = 1 / (1 + 2.718281828 ** ((10 + 0.6 * 40 - 20) / 4))
    assert attack["chance"] == pytest.approx(p, abs=1e-5)
    assert list(v.told(Happening.DEFEND)) == [("cat", "bob", 0.0)]
    assert v.holds("cat") == 40.0, "standing by costs nothing"


def test_who_is_called_and_does_not_stand_deserts() -> None:
    v = village(force=1000.0)
    v.fight()
    (desert,) = v.events(Happening.DESERT)
    assert (desert["actor"], desert["target"], desert["about"]) == (v["cat"], v["bob"], v["ann"])
    assert desert["intent"] == Intent.TREACHERY
    assert len(v.events(Happening.DEFEND)) == 0


@pytest.mark.parametrize(("stand", "bit"), [(True, Seen.DEFENDED), (False, Seen.DESERTED)])
def test_a_survivor_remembers_who_stood_by_it(stand: bool, bit: Seen) -> None:
    v = village()
    v.world.holdings[v["bob"]] = 500.0
    if stand:
        stands(v, "cat", "bob")
    v.fight()
    assert v.world.alive[v["bob"]]
    assert v.remembers("bob", "cat") == bit


@pytest.mark.parametrize("days", [-1, 0])
def test_an_alliance_binds_on_its_last_day_and_not_after(days: int) -> None:
    v = village()
    ally(v, "bob", "cat", days)
    assert v.called() == (set() if days < 0 else {("cat", "bob")})


@pytest.mark.parametrize("reason", ["ally", "trusted"])
@pytest.mark.parametrize("warned", [False, True])
def test_a_target_taken_by_surprise_calls_nobody_unless_it_asked_for_defence(reason: str, warned: bool) -> None:
    v = village()
    if reason == "ally":
        ally(v, "ann", "bob")
    else:
        v.world.memory[v["bob"], v.slot("bob", "ann"), v.day - 1] = Seen.GAVE
        assert v.seen().trust[v["bob"], v.slot("bob", "ann")] > UNSUSPECTING
    if warned:
        v.says("bob", "dan", Kind.ASK_DEFENCE, about=v["ann"])
    assert v.called() == ({("cat", "bob")} if warned else set())
    v.fight()
    assert len(v.events(Happening.DESERT)) == warned


@pytest.mark.parametrize("answer", [Kind.ACCEPT, Kind.REFUSE, Kind.NONE])
def test_who_gave_its_word_today_is_called(answer: Kind) -> None:
    v = village()
    v.says("bob", "dan", Kind.ASK_DEFENCE, about=v["ann"])
    v.says("dan", "bob", answer, answer=True)
    assert (("dan", "bob") in v.called()) == (answer == Kind.ACCEPT)


def test_defence_asked_against_another_does_not_warn_of_this_attacker() -> None:
    v = village()
    ally(v, "ann", "bob")
    v.says("bob", "cat", Kind.ASK_DEFENCE, about=v["dan"])
    assert v.called() == set()


def test_an_ally_who_joins_the_attack_neither_defends_nor_deserts() -> None:
    v = village().tie(("ann", "cat"))
    v.says("ann", "cat", Kind.ASK_ATTACK, about=v["bob"])
    v.says("cat", "ann", Kind.ACCEPT, answer=True)
    stands(v, "cat", "bob")
    before = v.total()
    v.fight()
    assert len(v.events(Happening.DEFEND)) == len(v.events(Happening.DESERT)) == 0
    (join,) = v.events(Happening.JOIN)
    assert join["intent"] == Intent.TREACHERY
    assert v.total() <= before - 2 * v.params.attack_cost + 1e-9
