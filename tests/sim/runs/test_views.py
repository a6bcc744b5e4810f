"""The plain tables and views say in rows and words what the engine knows in arrays."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.engine import Engine
from sim.errors import RunError
from sim.runs import schema
from sim.runs.stored import Stored
from sim.runs.writer import SMALL
from sim.speech.names import name
from sim.state import Array, Cause, Flag, Happening, Kind, Plan, Primary
from tests.sim.runs.making import MEDDLED, community, lived, saved


@pytest.fixture(scope="module", params=["small", "large"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Stored]]:
    """A run whose rows are written day by day, and one whose rows are written when it ends."""
    small = request.param == "small"
    scenario = community(30, MEDDLED, talk=0.7) if small else community(9, size=SMALL + 40, mix="60% without BE")
    engine = lived(scenario)
    with Stored(saved(tmp_path_factory.mktemp("run") / "run.sqlite", engine)) as stored:
        yield engine, stored


def words(kind: type[Kind] | type[Happening] | type[Plan], numbers: Array) -> list[str]:
    return [kind(number).name.lower().replace("_", " ") for number in numbers.tolist()]


def test_messages(run: tuple[Engine, Stored]) -> None:
    engine, stored = run
    frame = stored.frame("messages")
    said = np.concatenate([day.messages for day in engine.history])
    seed = engine.scenario.seed
    assert frame["day"].tolist() == [day.day for day in engine.history for _ in day.messages]
    assert frame["kind"].tolist() == words(Kind, said["kind"])
    assert frame["meant"].tolist() == words(Plan, said["plan"])
    assert frame["sender"].tolist() == [name(seed, i) for i in said["sender"]]
    assert frame["receiver"].tolist() == [name(seed, i) for i in said["receiver"]]
    np.testing.assert_array_equal(frame["amount"].to_numpy("f4"), said["amount"])
    np.testing.assert_array_equal(frame["claim"].to_numpy("f4"), said["claim"])
    assert frame["sender_number"].tolist() == said["sender"].tolist()
    assert frame["about"].fillna(-1).tolist() == said["about"].tolist()


def test_attacks(run: tuple[Engine, Stored]) -> None:
    engine, stored = run
    frame = stored.frame("attacks")
    fights = [(day.day, event) for day in engine.history for event in day.events if event["kind"] == Happening.ATTACK]
    assert fights
    assert frame["day"].tolist() == [day for day, _ in fights]
    assert frame["attacker_number"].tolist() == [int(event["actor"]) for _, event in fights]
    assert frame["target_number"].tolist() == [int(event["target"]) for _, event in fights]
    assert frame["succeeded"].tolist() == [int(event["flag"]) & int(Flag.SUCCESS) for _, event in fights]
    assert frame["joint"].tolist() == [int(bool(event["flag"] & Flag.JOINT)) for _, event in fights]
    np.testing.assert_array_equal(frame["units"].to_numpy("f4"), [event["amount"] for _, event in fights])
    assert frame.groupby("day").size().sum() == sum(engine.series["attacks"])


def test_events(run: tuple[Engine, Stored]) -> None:
    engine, stored = run
    frame, done = stored.frame("events"), np.concatenate([day.events for day in engine.history])
    assert frame["kind"].tolist() == words(Happening, done["kind"])
    assert frame["actor_number"].tolist() == done["actor"].tolist()
    assert frame["about"].fillna(-1).tolist() == done["about"].tolist()
    assert frame["i"].tolist() == [i for day in engine.history for i in range(len(day.events))]


def test_residents(run: tuple[Engine, Stored]) -> None:
    engine, stored = run
    frame, world = stored.frame("residents"), engine.world
    assert frame["name"].tolist() == [name(engine.scenario.seed, i) for i in range(len(world.alive))]
    assert frame["condition"].tolist() == [engine.groups[group].label for group in world.group]
    assert frame["born"].tolist() == world.born.tolist()
    assert frame["died"].fillna(-1).tolist() == world.died.tolist()
    assert frame["cause"].tolist() == [Cause(cause).name.lower() for cause in world.cause.tolist()]
    parents = [name(engine.scenario.seed, i) if i >= 0 else None for i in world.parent.tolist()]
    assert [None if pd.isna(parent) else parent for parent in frame["parent"]] == parents


def test_decisions_are_of_everyone_there_that_day(run: tuple[Engine, Stored]) -> None:
    engine, stored = run
    frame = stored.frame("decisions").set_index(["day", "resident"])
    for before, day in zip(engine.history, list(engine.history)[1:]):
        rows = frame.loc[day.day]
        was = np.ones(len(day.alive), bool)
        was[: len(before.alive)] = before.alive > 0
        assert rows.index.tolist() == np.flatnonzero(was | (day.alive > 0)).tolist()
        assert rows["decision"].tolist() == [Primary(day.primary[i]).name.lower() for i in rows.index]
        for column in ("morning", "pay", "consumed", "holdings", "workplace"):
            np.testing.assert_array_equal(rows[column], getattr(day, column)[rows.index])


def test_labels(run: tuple[Engine, Stored]) -> None:
    engine, stored = run
    frame = stored.frame("labels")
    told = [(day, kind, row) for day in range(engine.day + 1) for kind in engine.labels[day]
            for row in engine.labels[day][kind]]  # fmt: skip
    assert told
    told.sort(key=lambda entry: entry[:2])
    frame = frame.sort_values(["day", "behaviour"], kind="stable")
    assert frame["behaviour"].tolist() == [kind for _, kind, _ in told]
    assert frame["said"].tolist() == [int(row["said"]) for _, _, row in told]
    assert frame["did_day"].tolist() == [int(row["did_day"]) for _, _, row in told]


def test_days_and_metrics(run: tuple[Engine, Stored]) -> None:
    engine, stored = run
    days, metrics = stored.frame("days"), stored.frame("metric")
    assert days["digest"].tolist() == list(engine.digests)
    assert days["alive"].tolist() == [int(day.alive.sum()) for day in engine.history]
    for measure in ("total", "gini", "SC", "attacks"):
        np.testing.assert_array_equal(days[measure].to_numpy(float), engine.series[measure])
    assert set(metrics["metric"]) == set(engine.series)
    assert len(metrics) == len(engine.series) * (engine.day + 1)


def test_factories_and_interventions(run: tuple[Engine, Stored]) -> None:
    engine, stored = run
    frame = stored.frame("factory")
    for column, field in (("open", "f_open"), ("most", "f_max"), ("labour", "f_labour"), ("output", "f_output")):
        np.testing.assert_array_equal(frame[column], np.concatenate([getattr(day, field) for day in engine.history]))
    orders = stored.frame("intervention")
    assert orders["what"].tolist() == [order.summary() for order in engine.scenario.interventions]
    details = [order.model_dump(mode="json") for order in engine.scenario.interventions]
    assert [json.loads(text) for text in orders["details"]] == details


def test_every_word_has_its_number_and_every_table_can_be_had(run: tuple[Engine, Stored]) -> None:
    _, stored = run
    for table in (*schema.TABLES, *schema.VIEWS):
        assert stored.frame(table).columns.size
    for private in ("sqlite_schema", "run; DROP TABLE day", "x" * 500, ""):
        with pytest.raises(RunError, match="there is no table"):
            stored.frame(private)


def test_a_reader_cannot_write(run: tuple[Engine, Stored]) -> None:
    _, stored = run
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        stored._connection.execute("DELETE FROM day")


def test_rows_of_a_large_run_follow_when_it_ends(tmp_path: Path) -> None:
    engine = lived(community(3, size=SMALL + 1), 2)
    path = saved(tmp_path / "run.sqlite", engine, ended=False)
    with Stored(path) as stored:
        assert stored.frame("messages").empty
        assert stored.frame("day")["told"].tolist() == [0, 0, 0]
