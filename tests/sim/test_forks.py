"""A fork is a run: going on as it was, or with new luck and some residents fewer."""

import numpy as np
import pytest

from sim.engine import Engine
from sim.errors import SettingError
from sim.forks import Forks, Present, tiled
from sim.interventions import ChangeSetting, ChangeValues, NewLuck, Remove, ScaleFactory, Stranger, TakePlace
from sim.scenario import Scenario, check
from sim.state import World

DAYS = 12


def scenario(**changes: object) -> Scenario:
    orders = [
        ChangeValues(day=2, share=30, condition="with", value="PO"),
        ScaleFactory(day=3, factor=0.7),
        ChangeSetting(day=4, setting="consumption", value=1.2),
        Stranger(day=5),
    ]
    given = {"size": 20, "days": 30, "seed": 11, "mix": "30% without BE", "interventions": orders}
    return check({**given, **changes})


def lived(of: Scenario, days: int) -> Engine:
    engine = Engine(of)
    while engine.day < days:
        engine.step()
    return engine


def block(world: World, k: int) -> dict[str, np.ndarray]:
    """One future's residents, with rows counted from its own first one."""
    rows, works = np.flatnonzero(world.world == k), np.flatnonzero(world.f_world == k)
    renumbered = {"nbr": rows, "parent": rows, "workplace": works, "known": works, "f_into": works, "world": None}
    out = {}
    for name, field in world._asdict().items():
        own = field[k : k + 1] if name == "seed" else field[works if name.startswith("f_") else rows]
        if name in renumbered and (among := renumbered[name]) is not None:
            place = np.full(max(len(world.alive), len(world.f_open)) + 1, -1)
            place[among] = np.arange(len(among))
            own = place[own]
        out[name] = np.zeros_like(own) if name in ("world", "f_world") else own
    return out


def assert_same(world: World, k: int, alone: World) -> None:
    own = block(world, k)
    for name, field in alone._asdict().items():
        np.testing.assert_array_equal(own[name], field, err_msg=name)


def test_with_its_own_luck_and_no_loss_a_fork_is_the_run_going_on_alone_or_among_others() -> None:
    engine = lived(scenario(), 8)
    forks = Forks(Present.of(engine), [5, 11, 6])
    for _ in range(DAYS):
        engine.step()
        assert forks.step()[1] == engine.world.alive.sum()
    assert_same(forks.world, 1, engine.world)
    assert len(forks.population) == DAYS and forks.day == engine.day


def test_a_fork_with_a_loss_is_the_run_with_new_luck_and_the_order_remove() -> None:
    engine = lived(scenario(), 8)
    seeds = [3, 4]
    forks = Forks(Present.of(engine), seeds, loss=5)
    for _ in range(DAYS):
        forks.step()
    for k, seed in enumerate(seeds):
        orders = [*engine.scenario.interventions, NewLuck(day=9, seed=seed), Remove(day=9, count=5)]
        again = lived(engine.scenario.with_(interventions=[o.model_dump() for o in orders]), 8 + DAYS)
        assert_same(forks.world, k, again.world)


def test_a_past_day_is_the_present_as_it_was_then_without_what_was_done_later() -> None:
    order = Remove(day=10, count=4).model_dump()
    engine = lived(scenario(interventions=[order, ChangeSetting(day=11, setting="talk", value=0.9).model_dump()]), 15)
    before = engine.world.copy()
    present = Present.of(engine, 9)
    assert present.day == 9 and present.size == engine.history[9].alive.sum()
    forks = Forks(present, [11], loss=4)
    plain = lived(scenario(interventions=[order]), 15)
    for _ in range(6):
        forks.step()
    assert_same(forks.world, 0, plain.world)
    for name, field in before._asdict().items():
        np.testing.assert_array_equal(field, getattr(engine.world, name), err_msg=name)


def test_tiled_blocks_do_not_share_memory_with_the_present() -> None:
    world = lived(scenario(), 6).world
    many = tiled(world, 3)
    assert not any(np.shares_memory(a, b) for a, b in zip(world, many))
    for k in range(3):
        assert_same(many._replace(seed=np.repeat(world.seed, 3)), k, world)
    assert [field.dtype for field in many] == [field.dtype for field in world]


def test_all_may_leave_and_more_than_there_are() -> None:
    forks = Forks(Present.of(lived(scenario(), 3)), [1, 2], loss=500)
    assert forks.step().tolist() == [0, 0] == forks.step().tolist()


def test_residents_asked_in_words_have_no_futures_by_the_hundred() -> None:
    engine = Engine(scenario(interventions=[TakePlace(day=4, resident=1, days=2).model_dump()]))
    with pytest.raises(SettingError, match="scripted"):
        Present.of(engine)
