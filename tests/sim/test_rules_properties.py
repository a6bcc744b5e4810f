"""What holds in every community on every day, whatever its settings."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import Engine, run_many
from sim.scenario import Scenario, check
from sim.state import Day, Flag, Happening, World

DAYS = 8
MIXES = ("100% original", "100% without BE", "50% with PO", "25% without BE, 25% with TR", "100% with BE")

communities = st.fixed_dictionaries(
    {
        "size": st.integers(1, 60),
        "seed": st.integers(0, 63),
        "mix": st.sampled_from(MIXES),
        "neighbours": st.integers(0, 10),
        "start": st.sampled_from([0.5, 3.0, 8.0, 40.0]),
        "talk": st.sampled_from([0.0, 0.35, 1.0]),
        "risk": st.sampled_from([0.0, 0.3, 1.0]),
        "memory": st.sampled_from([1, 7, 14]),
        "attack_cost": st.sampled_from([0.0, 0.5, 5.0]),
        "attack_loss": st.sampled_from([0.0, 0.3, 1.0]),
        "days": st.just(DAYS),
    }
).map(check)
examples = settings(max_examples=25, deadline=None, derandomize=True)


def lived(scenario: Scenario) -> Engine:
    """The community at its end."""
    engine = Engine(scenario)
    while not engine.finished:
        engine.step()
    return engine


def amounts(day: Day, kind: Happening, *, lost: bool = False) -> float:
    """Units of all events of a kind; `lost`: of those that did not succeed."""
    rows = day.events[day.events["kind"] == kind]
    if lost:
        rows = rows[rows["flag"] & Flag.SUCCESS == 0]
    return float(rows["amount"].sum(dtype=float))


def count(day: Day, kind: Happening) -> int:
    return int((day.events["kind"] == kind).sum())


@examples
@given(communities)
def test_resources_come_from_factories_and_go_where_a_rule_says(scenario: Scenario) -> None:
    for day in lived(scenario).history[1:]:
        assert np.isclose(day.pay.sum(), day.f_output.sum()), "all that is made is paid out"
        raised = count(day, Happening.BIRTH) * (scenario.raise_cost - scenario.raise_gift)
        destroyed = 0.5 * (amounts(day, Happening.ATTACK, lost=True) + amounts(day, Happening.JOIN, lost=True))
        known = day.pay.sum() - day.consumed.sum() - raised - amounts(day, Happening.FUND) - destroyed
        change = day.holdings.sum() - day.morning.sum()
        costs = known - change  # of attacks: at most so much each, less from one who has less
        most = scenario.attack_cost * (count(day, Happening.ATTACK) + count(day, Happening.JOIN))
        assert -1e-3 <= costs <= most + 1e-3, day.day


@examples
@given(communities)
def test_holdings_are_never_negative_and_the_dead_hold_nothing(scenario: Scenario) -> None:
    for day in lived(scenario).history:
        assert (day.holdings >= 0).all()
        assert (day.holdings[day.alive == 0] == 0).all()
        assert (day.consumed >= 0).all()
        assert np.isfinite(day.holdings).all()


@examples
@given(communities)
def test_only_the_living_speak_and_act(scenario: Scenario) -> None:
    history = lived(scenario).history
    for before, day in pairwise(history):
        present = {int(i) for i in np.flatnonzero(before.alive)}
        for column in ("sender", "receiver"):
            assert {int(i) for i in day.messages[column]} <= present
        for event in day.events:
            assert int(event["actor"]) in present, (day.day, Happening(int(event["kind"])))
            if event["kind"] == Happening.DEATH:
                present.remove(int(event["actor"]))
            elif event["kind"] == Happening.BIRTH:
                present.add(int(event["target"]))
        assert present == {int(i) for i in np.flatnonzero(day.alive)}


@examples
@given(communities)
def test_a_day_has_one_opening_message_a_pair_and_one_attack_a_resident(scenario: Scenario) -> None:
    for day in lived(scenario).history[1:]:
        opening = day.messages[day.messages["answers"] == 0]
        pairs = list(zip(opening["sender"].tolist(), opening["receiver"].tolist(), strict=True))
        assert len(pairs) == len(set(pairs))
        answered = day.messages[day.messages["answers"] != 0]
        back = set(zip(answered["receiver"].tolist(), answered["sender"].tolist(), strict=True))
        assert back <= set(pairs), "nobody answers what was not said"
        attackers = day.events["actor"][day.events["kind"] == Happening.ATTACK].tolist()
        assert len(attackers) == len(set(attackers))


def crooked_ties(world: World) -> list[str]:
    """What is wrong with the ties of a world."""
    found = []
    for i, s in zip(*np.nonzero(world.nbr >= 0), strict=True):
        j, b = world.nbr[i, s], world.back[i, s]
        if world.nbr[j, b] != i or world.back[j, b] != s:
            found.append(f"{i} has {j}, who does not have {i}")
        if world.ally[i, s] != world.ally[j, b]:
            found.append(f"{i} and {j} disagree on their alliance")
        if not (world.alive[i] and world.alive[j]):
            found.append(f"{i} and {j} are tied, and not both alive")
    for i, row in enumerate(world.nbr):
        some = row[row >= 0].tolist()
        if i in some or len(some) != len(set(some)):
            found.append(f"{i} is its own neighbour or has one twice")
    empty = world.nbr < 0
    found += [f"{name} of nobody" for name in ("ally", "pledge", "debt", "plot") if getattr(world, name)[empty].any()]
    return found


@examples
@given(communities)
def test_ties_have_two_ends(scenario: Scenario) -> None:
    engine = Engine(scenario)
    assert crooked_ties(engine.world) == []
    while not engine.finished:
        engine.step()
        assert crooked_ties(engine.world) == []


def test_crooked_ties_are_noticed() -> None:
    world = Engine(check({"size": 9, "days": 1})).world.copy()
    world.nbr[2, 0] = 7
    world.ally[4, 1] = 9
    assert len(crooked_ties(world)) >= 3


@examples
@given(communities, st.integers(0, DAYS))
def test_a_past_state_is_found_again(scenario: Scenario, day: int) -> None:
    engine = Engine(scenario)
    kept = engine.world.copy()
    while not engine.finished:
        engine.step()
        if engine.day == day:
            kept = engine.world.copy()
    if day <= engine.day:
        for name, then, now in zip(World._fields, kept, engine.state(day), strict=True):
            np.testing.assert_array_equal(then, now, err_msg=name)


def test_the_same_run_alone_again_without_history_and_in_a_batch() -> None:
    scenarios = [check({"size": 12 + seed, "seed": seed, "days": 12, "mix": "50% without BE"}) for seed in range(5)]
    alone = [lived(scenario).digest() for scenario in scenarios]
    assert alone == [lived(scenario).digest() for scenario in scenarios]
    assert len(set(alone)) == len(alone)
    forgetful = Engine(scenarios[0], keep=False)
    while not forgetful.finished:
        forgetful.step()
    assert forgetful.digest() == alone[0]
    figures, digests = run_many(scenarios, digests=True)
    assert digests == alone
    for w, scenario in enumerate(scenarios):
        summary = lived(scenario).summary()
        np.testing.assert_allclose(
            [figures[name][w] for name in summary], list(summary.values()), err_msg=scenario.name
        )


def test_what_is_done_on_a_day_changes_no_day_before() -> None:
    plain = check({"size": 20, "days": 10, "seed": 3})
    touched = plain.with_(interventions=[{"kind": "give", "day": 6, "amount": 5}])
    one, two = lived(plain).history, lived(touched).history
    for day in range(6):
        np.testing.assert_array_equal(one[day].holdings, two[day].holdings)
        assert one[day].messages.tobytes() == two[day].messages.tobytes()
        assert one[day].events.tobytes() == two[day].events.tobytes()
    assert not np.array_equal(one[6].holdings, two[6].holdings)
