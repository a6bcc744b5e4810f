"""The rules together keep the contract in random communities; and a broken one, whichever it is, is found out."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import chronicle
from sim.rules import agreement, attack, consume, due, explore, gift, merge, raising, talk, work
from sim.scenario import Scenario, check
from sim.state import Happening, World
from sim.values import CODES
from tests.sim.rules.contract import complaints

conditions = st.tuples(st.sampled_from(["with", "without"]), st.sampled_from(CODES), st.sampled_from([25, 50, 100]))
communities = st.fixed_dictionaries(
    {
        "size": st.integers(1, 60),
        "seed": st.integers(0, 10**6),
        "mix": conditions.map(lambda c: f"{c[2]}% {c[0]} {c[1]}"),
        "days": st.just(7),
    },
    optional={
        "risk": st.sampled_from([0.0, 1.0]),
        "neighbours": st.sampled_from([0, 1, 10]),
        "memory": st.sampled_from([1, 14]),
        "talk": st.sampled_from([0.0, 1.0]),
        "choice": st.sampled_from([0.01, 100.0]),
        "start": st.sampled_from([0.0, 2.0, 100.0]),
        "consumption": st.sampled_from([0.0, 5.0]),
        "factories": st.sampled_from([0.5, 12.0]),
        "raise_gift": st.sampled_from([0.0, 6.0]),
        "attack_cost": st.sampled_from([0.0, 50.0]),
        "attack_loss": st.sampled_from([0.0, 1.0]),
        "allied_force": st.sampled_from([0.0, 1.0]),
        "force": st.sampled_from([0.001, 1000.0]),
        "sight": st.sampled_from([0.0, 2.0]),
        "loan_term": st.just(1),
        "term": st.just(1),
    },
).map(check)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(communities)
def test_the_rules_keep_the_contract(scenario: Scenario) -> None:
    assert complaints(scenario) == []


RESTLESS = {"size": 20, "seed": 5, "days": 12, "mix": "60% without BE", "talk": 1, "start": 14}


def spend(rule: Callable[..., Any]) -> Callable[..., Any]:
    """The rule, which afterwards takes three units from the first one alive, whether it has them or not."""

    def broken(world: World, *rest: Any) -> Any:
        result = rule(world, *rest)
        world.holdings[np.flatnonzero(world.alive)[0]] -= 3
        return result

    return broken


def kill(rule: Callable[..., Any]) -> Callable[..., Any]:
    """The rule, which afterwards kills the first one alive and tells nobody."""

    def broken(world: World, *rest: Any) -> Any:
        result = rule(world, *rest)
        world.alive[np.flatnonzero(world.alive)[0]] = 0
        return result

    return broken


def befriend(rule: Callable[..., Any]) -> Callable[..., Any]:
    """The rule, which afterwards gives one a neighbour who does not know of it."""

    def broken(world: World, *rest: Any) -> Any:
        result = rule(world, *rest)
        world.nbr[0, 9], world.back[0, 9] = len(world.alive) - 1, 9
        return result

    return broken


def haunt(rule: Callable[..., Any]) -> Callable[..., Any]:
    """The rule, in which the dead give gifts."""

    def broken(world: World, *rest: Any) -> Any:
        result = rule(world, *rest)
        for i in np.flatnonzero(world.alive == 0):
            chronicle.emit(*rest[-2:], int(Happening.GIFT), i, 1, -1, 1.0, np.nan, 0, 0)
        return result

    return broken


def stillborn(rule: Callable[..., Any]) -> Callable[..., Any]:
    """The rule of birth without its events."""

    def broken(world: World, params: Any, society: Any, day: int, rows: Any, count: Any) -> World:
        return rule(world, params, society, day, rows.copy(), count.copy())

    return broken


def renumber(rule: Callable[..., Any]) -> Callable[..., Any]:
    """The rule of birth that gives a newborn a number that is taken."""

    def broken(world: World, *rest: Any) -> World:
        world = rule(world, *rest)
        world.local[-1] = 0
        return world

    return broken


@pytest.mark.parametrize(
    ("module", "name", "fault", "complaint"),
    [
        (talk, "hear", kill, "deaths and events do not match"),
        (agreement, "agree", befriend, "does not have"),
        (gift, "give", spend, "where no rule says"),
        (due, "settle", haunt, "the dead speak, act or are met"),
        (attack, "fight", kill, "deaths and events do not match"),
        (merge, "bids", spend, "where no rule says"),
        (merge, "unite", spend, "where no rule says"),
        (work, "produce", spend, "where no rule says"),
        (explore, "roam", befriend, "does not have"),
        (raising, "bear", stillborn, "births and events do not match"),
        (raising, "bear", renumber, "numbers are not contiguous"),
        (consume, "consume", spend, "holdings are negative"),
        (consume, "consume", kill, "the dead hold something"),
    ],
)
def test_a_broken_rule_is_found_out(
    module: ModuleType, name: str, fault: Callable[..., Any], complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, fault(getattr(module, name)))
    poor = {"start": 2} if complaint == "holdings are negative" else {}
    found = complaints(check({**RESTLESS, **poor}))
    assert [text for text in found if complaint in text], found


def test_that_community_is_in_order_without_the_fault() -> None:
    assert complaints(check(RESTLESS)) == []
