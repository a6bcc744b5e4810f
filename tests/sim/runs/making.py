"""Small runs of every kind, and the one question about two of them: are they the same?"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sim.engine import Engine
from sim.interventions import ChangeSetting, ChangeValues, Give, Intervention, NewLuck, Remove, ScaleFactory, Stranger
from sim.runs.stored import Stored
from sim.runs.writer import RunWriter
from sim.scenario import Scenario, check
from sim.state import Array, Day, World

MEDDLED: tuple[Intervention, ...] = (
    ScaleFactory(day=2, factor=0.5),
    ChangeValues(day=3, share=40, condition="with", value="HE"),
    Stranger(day=4, condition="without", value="UN"),
    NewLuck(day=5, seed=77),
    ChangeSetting(day=6, setting="consumption", value=1.5),
    ChangeSetting(day=6, setting="talk", value=0.6),
    Remove(day=7, count=2, who="richest"),
    Give(day=9, amount=4),
)


def community(days: int = 12, orders: Sequence[Intervention] = (), **fields: object) -> Scenario:
    """A small one, with two groups."""
    plain = {"size": 18, "days": days, "seed": 5, "mix": "30% without BE"} | fields
    return check({**plain, "interventions": [order.model_dump() for order in orders]})


def lived(scenario: Scenario, days: int = 9_999) -> Engine:
    """Its run up to a day, or to the end."""
    return go_on(Engine(scenario), days)


def go_on(engine: Engine, days: int = 9_999) -> Engine:
    """The same run, lived on up to a day, or to the end."""
    while not engine.finished and engine.day < days:
        engine.step()
    return engine


def saved(path: Path, engine: Engine, *, ended: bool = True) -> Path:
    """The run in a file; `ended`: put in order as when a run ends."""
    with RunWriter.create(path, engine, "A run") as writer:
        if ended:
            writer.finish(engine)
    return path


def taken_up(path: Path, scenario: Scenario) -> tuple[Engine, RunWriter]:
    """The run of a file and who writes it on; a new one if there is no file."""
    if path.exists():
        stored = Stored(path)
        return Engine(stored.facts.scenario, past=stored), RunWriter.append(path)
    engine = Engine(scenario)
    return engine, RunWriter.create(path, engine, "A run")


def assert_same(one: Engine, other: Engine) -> None:
    """Every day, label, figure and the present state of two runs are equal, to the last bit."""
    assert (one.day, one.digest(), list(one.digests)) == (other.day, other.digest(), list(other.digests))
    assert one.groups == other.groups
    for day in range(one.day + 1):
        assert_same_day(one.history[day], other.history[day])
        assert_same_labels(one.labels[day], other.labels[day])
    assert one.series.keys() == other.series.keys()
    for name in one.series:
        np.testing.assert_array_equal(one.series[name], other.series[name], err_msg=name)
    assert_same_world(one.world, other.world)
    np.testing.assert_equal(one.summary(), other.summary())


def assert_same_day(one: Day, other: Day) -> None:
    """Two records of a day are equal, their types included."""
    assert (one.day, one.worlds) == (other.day, other.worlds)
    for name in Day._fields[2:]:
        _assert_equal(name, getattr(one, name), getattr(other, name))


def assert_same_labels(one: dict[str, Array], other: dict[str, Array]) -> None:
    """Labels of a day are equal, in the same order."""
    assert list(one) == list(other)
    for name in one:
        _assert_equal(name, one[name], other[name])


def assert_same_world(one: World, other: World) -> None:
    """Two states are equal."""
    for name in World._fields:
        _assert_equal(name, getattr(one, name), getattr(other, name))


def _assert_equal(name: str, one: Array, other: Array) -> None:
    assert (one.dtype, one.shape) == (other.dtype, other.shape), name
    assert one.tobytes() == other.tobytes(), name
