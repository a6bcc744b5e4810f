"""The engine's promises: the same run again, any day again, and errors that say what to do."""

import numpy as np
import pytest

from sim.engine import Batch, Engine, run_many
from sim.errors import RunError, SettingError
from sim.interventions import ChangeValues, Give, Intervention, Remove, ScaleFactory, Stranger
from sim.preset import preset, presets
from sim.scenario import Scenario, canonical, check
from sim.state import World


def lived(scenario: Scenario, days: int = 99) -> Engine:
    engine = Engine(scenario)
    while not engine.finished and engine.day < days:
        engine.step()
    return engine


@pytest.mark.parametrize("slug", presets())
def test_a_preset_read_from_json_is_the_same_run_and_another_seed_is_another(slug: str) -> None:
    scenario = preset(slug).scenario.with_(days=5)
    again = Scenario.model_validate_json(canonical(scenario))
    digest = lived(scenario).digest()
    assert lived(again).digest() == digest
    assert lived(scenario.with_(seed=scenario.seed + 1)).digest() != digest


def test_interventions_made_on_the_way_are_in_the_scenario_which_gives_the_same_run() -> None:
    engine = Engine(check({"size": 20, "days": 12, "seed": 6}))
    orders: dict[int, Intervention] = {
        2: ScaleFactory(day=1, factor=0.5),
        4: ChangeValues(day=1, share=50),
        5: Stranger(day=1),
        7: Remove(day=1, count=2, who="richest"),
        9: Give(day=1, amount=4),
    }
    worlds: list[World] = [engine.world.copy()]
    while not engine.finished:
        if engine.day in orders:
            assert engine.intervene(orders[engine.day]).day == engine.day + 1
        engine.step()
        worlds.append(engine.world.copy())
    again = lived(Scenario.model_validate_json(canonical(engine.scenario)))
    assert again.digest() == engine.digest()
    assert [o.day for o in again.scenario.interventions] == [3, 5, 6, 8, 10]
    for day in (4, 5, 9, 11):
        for name, then, now in zip(World._fields, worlds[day], engine.state(day)):
            np.testing.assert_array_equal(then, now, err_msg=f"{name} on day {day}")


def test_why_has_one_chosen_primary_option_for_the_living_and_none_for_the_dead() -> None:
    engine = lived(check({"size": 25, "days": 8, "seed": 2, "mix": "60% without BE"}))
    for day in (1, 4, 8):
        morning, evening = engine.history[day - 1], engine.history[day]
        for i in range(len(evening.alive)):
            options = engine.why(day, i)
            chosen = [option.label for option in options if option.kind == "primary" and option.chosen]
            if i >= len(morning.alive) or not morning.alive[i]:
                assert options == []
                continue
            assert len(chosen) == 1
            if evening.alive[i]:
                assert chosen == [("", "work", "raise", "explore", "idle")[evening.primary[i]]]
    assert engine.why(0, 0) == []


def test_why_on_the_day_of_an_intervention_is_about_what_was_then() -> None:
    engine = Engine(check({"size": 25, "days": 6, "seed": 2}))
    engine.step()
    engine.intervene(ChangeValues(day=1, share=100, condition="with", value="HE"))
    engine.intervene(Give(day=1, amount=50))
    day = engine.step()
    names = ("", "work", "raise", "explore", "idle")
    for i in np.flatnonzero(day.alive[:25]):
        chosen = [option.label for option in engine.why(2, int(i)) if option.kind == "primary" and option.chosen]
        assert chosen == [names[day.primary[i]]]


def test_a_finished_run_cannot_be_stepped_nor_touched() -> None:
    engine = lived(check({"size": 5, "days": 2}))
    digest = engine.digest()
    with pytest.raises(RunError, match="ended on day 2"):
        engine.step()
    with pytest.raises(RunError, match="ended on day 2"):
        engine.intervene(Give(day=1))
    assert (engine.day, engine.digest()) == (2, digest)


def test_days_not_lived_and_states_not_kept_cannot_be_seen() -> None:
    engine = Engine(check({"size": 5, "days": 4}), keep=False)
    engine.step()
    engine.step()
    for day in (-1, 3):
        with pytest.raises(RunError, match="choose a day from 0 to 2"):
            engine.state(day)
    with pytest.raises(RunError, match="keep=True"):
        engine.state(1)
    assert engine.state(2) is engine.world
    assert len(engine.history) == 1


def test_an_unknown_mind_is_refused() -> None:
    with pytest.raises(SettingError, match="there is no mind 'oracle'"):
        Engine(check({"mind": "oracle"}))


@pytest.mark.parametrize("field", ["talk", "memory", "risk", "consumption", "force", "loan_term"])
def test_worlds_of_a_batch_share_their_settings(field: str) -> None:
    one = check({"size": 5, "days": 2})
    other = one.with_(seed=3, **{field: getattr(one, field) / 2 if field not in ("memory", "loan_term") else 2})
    with pytest.raises(SettingError, match="seed, size and mix only"):
        Batch([one, other])
    with pytest.raises(SettingError, match="seed, size and mix only"):
        run_many([one, other])


def test_an_order_for_a_later_day_that_cannot_be_carried_out_stops_the_run_where_it_is() -> None:
    engine = Engine(check({"size": 5, "days": 4, "interventions": [{"kind": "remove", "day": 2, "resident": 77}]}))
    engine.step()
    before, digest = engine.world.copy(), engine.digest()
    with pytest.raises(SettingError, match="no living resident 77"):
        engine.step()
    assert (engine.day, engine.digest()) == (1, digest)
    for then, now in zip(before, engine.world):
        np.testing.assert_array_equal(then, now)


def test_a_community_that_has_died_out_is_finished() -> None:
    engine = lived(check({"size": 4, "days": 30, "start": 0, "output": 0.01}))
    assert engine.finished
    assert engine.day < 30
    assert not engine.world.alive.any()
    assert all(len(series) == engine.day + 1 for series in engine.series.values())
