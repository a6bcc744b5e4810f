"""Branches: the same up to a day, and from there exactly what their own scenario says."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sim.engine import Engine
from sim.errors import RunError, SettingError
from sim.groups import groups_on
from sim.interventions import ChangeSetting, ChangeValues, Give, Intervention, NewLuck, Remove, ScaleFactory, Stranger
from sim.runs.branch import CHANGEABLE, branch, orders_of
from sim.runs.stored import Stored
from tests.sim.runs.making import MEDDLED, assert_same, assert_same_world, community, go_on, lived, saved

DAYS = 12
CHANGES: tuple[Intervention, ...] = (
    ChangeValues(day=6, share=60, condition="with", value="PO"),
    ChangeValues(day=6, share=100, condition="original"),
    Stranger(day=6, condition="without", value="TR"),
    Remove(day=6, count=3, who="poorest"),
    ScaleFactory(day=6, factory=1, factor=0),
    Give(day=6, amount=12),
    NewLuck(day=6, seed=12),
    ChangeSetting(day=6, setting="consumption", value=2),
    ChangeSetting(day=6, setting="force", value=0.5),
)


@pytest.fixture(scope="module")
def parent() -> Engine:
    return lived(community(DAYS, MEDDLED))


@pytest.fixture(scope="module")
def plain() -> Engine:
    return lived(community(DAYS))


@pytest.mark.parametrize("day", range(DAYS + 1))
def test_a_placebo_branch_is_its_parent(parent: Engine, day: int) -> None:
    twin = branch(parent, day)
    assert twin.day == day
    assert_same_world(twin.world, parent.state(day))
    assert_same(go_on(twin), parent)


@pytest.mark.parametrize("order", CHANGES, ids=lambda order: f"{order.kind} {getattr(order, 'setting', '')}")
def test_a_branch_is_its_parent_until_it_acts_and_then_the_run_of_its_own_scenario(
    plain: Engine, order: Intervention
) -> None:
    other = go_on(branch(plain, 5, [order]))
    assert list(other.digests[:6]) == list(plain.digests[:6])
    assert other.digests[6] != plain.digests[6]
    assert_same(other, lived(other.scenario))


@pytest.mark.parametrize("keep_later", [True, False])
def test_what_was_done_to_the_parent_later_can_be_kept_or_left_out(parent: Engine, keep_later: bool) -> None:
    other = go_on(branch(parent, 4, [Give(day=8, amount=1)], keep_later=keep_later))
    days = [order.day for order in other.scenario.interventions]
    assert days == ([2, 3, 4, 5, 6, 6, 7, 8, 9] if keep_later else [2, 3, 4, 8])
    assert list(other.digests[:5]) == list(parent.digests[:5])
    assert_same(other, lived(other.scenario))


def test_leaving_out_what_was_planned_first_does_not_touch_what_was_done() -> None:
    run = lived(community(DAYS, [Give(day=9, amount=2)]), 2)
    run.intervene(Give(day=1, amount=3))
    go_on(run)
    other = go_on(branch(run, 5, keep_later=False))
    assert list(other.digests[:9]) == list(run.digests[:9])
    assert_same(other, lived(other.scenario))
    for day in range(DAYS):
        assert_same_world(branch(run, day).world, lived(run.scenario, day).world)


def test_a_branch_of_a_branch_and_of_one_read_from_a_file(plain: Engine, tmp_path: Path) -> None:
    child = go_on(branch(plain, 3, [Stranger(day=4)]))
    grandchild = branch(child, 6, [NewLuck(day=8, seed=9)])
    path = saved(tmp_path / "run.sqlite", grandchild)
    assert list(go_on(grandchild).digests[:8]) == list(child.digests[:8])
    assert_same(grandchild, lived(grandchild.scenario))
    with Stored(path) as stored:
        opened = Engine(stored.facts.scenario, past=stored)
        assert_same(go_on(branch(opened, 2)), grandchild)


def test_a_branch_leaves_its_parent_alone(plain: Engine) -> None:
    before = (plain.digest(), plain.day, list(plain.groups), plain.scenario)
    world = plain.world.copy()
    go_on(branch(plain, 5, CHANGES))
    assert (plain.digest(), plain.day, list(plain.groups), plain.scenario) == before
    assert_same_world(plain.world, world)


def test_a_branch_may_last_longer_or_less_long(plain: Engine) -> None:
    assert go_on(branch(plain, 5, days=DAYS + 3)).day == DAYS + 3
    assert go_on(branch(plain, 5, days=7)).day == 7
    assert branch(plain, 5, days=5).finished
    with pytest.raises(SettingError, match="lasts at least 5 days"):
        branch(plain, 5, days=4)


def test_the_past_is_past(plain: Engine) -> None:
    for early in (1, 5):
        with pytest.raises(SettingError, match=f"cannot change day {early}, which is past; act from day 6 on"):
            branch(plain, 5, [Give(day=9), Give(day=early)])
    for never in (-1, DAYS + 1):
        with pytest.raises(RunError, match=f"between 0 and {DAYS}"):
            branch(plain, never)


@pytest.mark.parametrize("orders", [(), MEDDLED, (*MEDDLED, ChangeValues(day=10, share=5, value="SE"))])
def test_groups_on_a_day_are_those_the_engine_has(orders: Sequence[Intervention]) -> None:
    engine = Engine(community(DAYS, orders))
    assert groups_on(engine.scenario, 0) == engine.groups
    while not engine.finished:
        engine.step()
        assert groups_on(engine.scenario, engine.day) == engine.groups


@pytest.mark.parametrize(
    ("changes", "expected", "days"),
    [
        ({}, [], None),
        ({"days": "90"}, [], 90),
        ({"seed": "5"}, [NewLuck(day=4, seed=5)], None),
        ({"mix": "25% without BE"}, [ChangeValues(day=4, share=25, condition="without", value="BE")], None),
        ({"mix": "100% with power"}, [ChangeValues(day=4, share=100, condition="with", value="PO")], None),
        ({"interventions": [{"kind": "give", "amount": 3}]}, [Give(day=4, amount=3)], None),
        ({"interventions": {"kind": "give", "day": 9}}, [Give(day=9)], None),
        (
            {"risk": "0.5", "force": 2, "days": 20},
            [ChangeSetting(day=4, setting="risk", value=0.5), ChangeSetting(day=4, setting="force", value=2)],
            20,
        ),
    ],
)
def test_changes_become_orders_for_the_next_morning(
    changes: dict[str, Any], expected: list[Intervention], days: int | None
) -> None:
    assert orders_of(changes, 3) == (expected, days)


@pytest.mark.parametrize("field", CHANGEABLE)
def test_every_changeable_setting_can_be_changed(field: str) -> None:
    scenario = community(3)
    value = 1.0 if field in ("term", "loan_term") else getattr(scenario, field) * 0.9
    orders, _ = orders_of({field: value}, 1)
    assert getattr(scenario.with_(interventions=[o.model_dump() for o in orders]).on(2), field) == value
    assert lived(scenario.with_(interventions=[o.model_dump() for o in orders])).day == 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"size": 30}, "size is settled on day 0; a branch can change talk, .*days and interventions"),
        ({"memory": 3}, "memory is settled on day 0"),
        ({"charm": 3}, "there is no setting 'charm'"),
        ({"seed": "x"}, "seed.*must be a whole number"),
        ({"seed": -1}, "seed.*must be at least 0"),
        ({"days": "long"}, "must be a whole number"),
        ({"risk": "high"}, "value.*must be a number"),
        ({"risk": float("nan")}, "must be a finite number"),
        ({"mix": "25% without XX"}, "there is no value 'XX'"),
        ({"mix": "some"}, "cannot read 'some'"),
        ({"mix": "20% with PO, 20% with BE"}, "changes the values of one share"),
        ({"interventions": "give"}, "interventions"),
        ({"interventions": [3]}, "interventions"),
        ({"interventions": [{"kind": "dance"}]}, "dance"),
    ],
)
def test_changes_that_make_no_sense_are_told_in_words(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingError, match=words):
        orders_of(changes, 3)


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("risk", 1.5, "the change on day 6: risk: must be at most 1"),
        ("consumption", -1, "consumption: must be at least 0"),
        ("choice", 0, "choice: must be more than 0"),
        ("term", 2.5, "term: must be a whole number"),
        ("loan_term", 101, "loan_term: must be at most 100"),
        ("raise_gift", 7, "raise_gift: 7 is more than raise_cost, 6"),
    ],
)
def test_a_setting_changed_on_the_way_has_the_bounds_it_always_has(
    plain: Engine, setting: Any, value: float, words: str
) -> None:
    order = ChangeSetting(day=6, setting=setting, value=value)
    with pytest.raises(SettingError, match=words):
        community(DAYS, [order])
    with pytest.raises(SettingError, match=words):
        branch(plain, 5, [order])
    engine = lived(community(DAYS), 5)
    with pytest.raises(SettingError, match=words):
        engine.intervene(order)
    assert_same(go_on(engine), plain)


def test_settings_changed_together_are_judged_together() -> None:
    both = [ChangeSetting(day=6, setting="raise_cost", value=20), ChangeSetting(day=6, setting="raise_gift", value=9)]
    assert community(DAYS, both).on(6).raise_gift == 9
    assert community(DAYS, both).on(5).raise_gift == 4
    assert community(DAYS, both[::-1]).on(6).raise_cost == 20


@pytest.mark.parametrize("setting", ["size", "seed", "days", "memory", "mix", "charm"])
def test_what_is_settled_on_day_0_cannot_be_changed(setting: str) -> None:
    with pytest.raises(SettingError, match="setting"):
        community(DAYS).with_(interventions=[{"kind": "change_setting", "day": 3, "setting": setting, "value": 3}])
