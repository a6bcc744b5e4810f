"""Run files as somebody with bad intentions, or a bad disk, would hand them over."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from typing import Any

import numpy as np

from sim.digest import Digest
from sim.interventions import ChangeValues, Stranger
from sim.runs import schema
from sim.runs.packing import pack_day, pack_labels, unpack_day, unpack_labels
from sim.runs.writer import RunWriter
from sim.state import Array, Day
from tests.sim.runs.making import community, lived

IDENTITY = "0123456789ab"
Labels = dict[str, Array]


@cache
def good() -> bytes:
    """A small whole run with a newcomer and changed values, in which somebody is born or dies."""
    orders = (Stranger(day=2), ChangeValues(day=3, share=40, condition="with", value="HE"))
    run = lived(community(days=8, orders=orders, size=10))
    with RunWriter.create(None, run, "A good run", identity=IDENTITY, tags=["fine"], notes="First\nsecond") as writer:
        writer.finish(run)
        return writer.content()


def changed(data: bytes, *statements: str, values: tuple[Any, ...] = ()) -> bytes:
    """The file after these statements; `values` for the question marks of each."""
    with closing(_writable(data)) as connection:
        for statement in statements:
            connection.execute(statement, values if "?" in statement else ())
        return connection.serialize()


def foreign_schema() -> bytes:
    """Somebody's address book, marked as one of our runs."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE people (name TEXT, telephone TEXT)")
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")
        return connection.serialize()


def forged(data: bytes, number: int, edit: Callable[[Day, Labels], tuple[Day, Labels]]) -> bytes:
    """The file with one of its days edited, and all digests and numbers of the living made to fit again."""
    with closing(_writable(data)) as connection:
        detectors = _detectors(connection)
        chain = Digest()
        for day, packed, marks in connection.execute("SELECT day, pack, labels FROM day ORDER BY day").fetchall():
            today, labels = unpack_day(packed, day), unpack_labels(marks, detectors)
            if day == number:
                today, labels = edit(today, labels)
            chain.add(today, words(connection, day))
            connection.execute(
                "UPDATE day SET digest = ?, alive = ?, pack = ?, labels = ? WHERE day = ?",
                (chain.hex(), int(today.alive.sum()), pack_day(today), pack_labels(labels), day),
            )
        return connection.serialize()


def figures(data: bytes, number: int, name: str, value: float) -> bytes:
    """The file with another value of one metric on a day."""
    with closing(_writable(data)) as connection:
        (metrics,) = connection.execute("SELECT value FROM run WHERE key = 'metrics'").fetchone()
        (packed,) = connection.execute("SELECT figures FROM day WHERE day = ?", (number,)).fetchone()
        values = np.frombuffer(packed, "<f8").copy()
        values[_json(metrics).index(name)] = value
        connection.execute("UPDATE day SET figures = ? WHERE day = ?", (values.tobytes(), number))
        return connection.serialize()


def words(connection: sqlite3.Connection, day: int) -> dict[int, str]:
    """Own words of a day's messages."""
    return dict(connection.execute("SELECT i, text FROM utterance WHERE day = ?", (day,)))


def _detectors(connection: sqlite3.Connection) -> list[str]:
    (names,) = connection.execute("SELECT value FROM run WHERE key = 'detectors'").fetchone()
    return _json(names)


def _json(text: str) -> list[str]:
    return [part.strip(' "') for part in text.strip("[]").split(",")]


def _writable(data: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(data)
    return connection
