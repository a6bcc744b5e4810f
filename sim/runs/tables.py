"""A day's arrays as the plain rows of a run file, for people who write SQL. Only written, never read back by us."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from sim.interventions import Intervention
from sim.scenario import Group
from sim.speech.names import name
from sim.state import Array, Day, Happening

_MESSAGE = ("sender", "receiver", "kind", "answers", "about", "claim", "amount", "due", "plan", "intent")
_EVENT = ("kind", "actor", "target", "about", "amount", "chance", "flag", "intent")
_LEDGER = ("group", "alive", "morning", "pay", "consumed", "holdings", "workplace", "primary")
_LABEL = ("subject", "other", "said_day", "said", "did_day", "did", "proof", "score")


def write(
    connection: sqlite3.Connection, today: Day, before: Array, labels: Mapping[str, Array], metrics: Sequence[str],
    figures: Array,
) -> None:  # fmt: skip
    """All rows of a day. `before`: who was alive the evening before; `figures`: values of `metrics`, f8."""
    day = today.day
    for table, fields, lines in (("message", _MESSAGE, today.messages), ("event", _EVENT, today.events)):
        columns = (_named(lines["about"]) if field == "about" else lines[field] for field in fields)
        _insert(connection, table, day, range(len(lines)), columns)
    was = np.concatenate([before, np.ones(len(today.alive) - len(before), before.dtype)])
    here = np.flatnonzero((was | today.alive) != 0)  # the long dead have no row
    _insert(connection, "ledger", day, here.tolist(), (getattr(today, field)[here] for field in _LEDGER))
    works = (today.f_open, today.f_max, today.f_labour, today.f_output)
    _insert(connection, "factory", day, range(len(today.f_open)), works)
    for behaviour, found in labels.items():
        places = [(behaviour, i) for i in range(len(found))]
        rows = zip(*(found[field].tolist() for field in _LABEL))
        connection.executemany(
            f"INSERT INTO label VALUES ({day}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (place + row for place, row in zip(places, rows)),
        )
    connection.executemany(f"INSERT INTO metric VALUES ({day}, ?, ?)", zip(metrics, figures.tolist()))


def write_residents(connection: sqlite3.Connection, last: Day, groups: Sequence[Group], seed: int) -> None:
    """Everybody who was ever there, as known on the last day; births and deaths are read from the events."""
    born = {
        child: (parent, day)
        for parent, child, day in connection.execute(
            "SELECT actor, target, day FROM event WHERE kind = ?", (int(Happening.BIRTH),)
        )
    }
    died = {
        who: (day, cause)
        for who, day, cause in connection.execute(
            "SELECT actor, day, flag FROM event WHERE kind = ?", (int(Happening.DEATH),)
        )
    }
    first = dict(connection.execute("SELECT resident, min(day) FROM ledger GROUP BY resident"))
    connection.execute("DELETE FROM resident")
    connection.executemany(
        "INSERT INTO resident VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (
                i, name(seed, i), groups[group].label if group < len(groups) else None,
                first.get(i), born.get(i, (None,))[0], *died.get(i, (None, 0)),
            )
            for i, group in enumerate(last.group.tolist())
        ),
    )  # fmt: skip


def write_orders(connection: sqlite3.Connection, orders: Sequence[Intervention]) -> None:
    """The interventions of the run."""
    connection.execute("DELETE FROM intervention")
    connection.executemany(
        "INSERT INTO intervention VALUES (?, ?, ?, ?, ?)",
        (
            (number, order.day, order.kind, order.summary(), json.dumps(order.model_dump(mode="json")))
            for number, order in enumerate(orders)
        ),
    )


def _insert(
    connection: sqlite3.Connection, table: str, day: int, keys: Iterable[int], columns: Iterable[Array]
) -> None:
    plain = [column.tolist() for column in columns]
    marks = ", ?" * (len(plain) + 1)
    connection.executemany(f"INSERT INTO {table} VALUES ({day}{marks})", zip(keys, *plain))  # SQLite makes NaN NULL


def _named(about: Array) -> Array:
    """NaN for nobody and nothing, which takes no room; SQLite stores the other floats as the whole numbers they are."""
    return np.where(about < 0, np.nan, about)
