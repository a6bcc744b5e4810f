"""docs/run-file.md says what a run file is: every name in it is right, and every query runs."""

import re
import sqlite3
from pathlib import Path

import pytest

from sim.runs import schema
from sim.runs.facts import Facts
from sim.runs.packing import DAY
from sim.runs.writer import REST, SMALL
from sim.state import EVENT, LABEL, MESSAGE
from tests.sim.runs.making import MEDDLED, community, lived, saved

DOCUMENT = (Path(__file__).parents[3] / "docs" / "run-file.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.+?)```", DOCUMENT, re.DOTALL)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    path = tmp_path_factory.mktemp("run") / "run.sqlite"
    return sqlite3.connect(saved(path, lived(community(30, MEDDLED, talk=0.8))))


@pytest.mark.parametrize("query", QUERIES, ids=range(len(QUERIES)))
def test_every_query_has_an_answer(connection: sqlite3.Connection, query: str) -> None:
    assert connection.execute(query).fetchall()


def columns(section: str, name: str) -> set[str]:
    (row,) = re.findall(rf"^\| `{name}` \|.*$", section, re.MULTILINE)
    return set(re.findall(r"`(\w+)`", row))


@pytest.mark.parametrize("table", [name for name in schema.TABLES if name not in ("run", "day", "state")])
def test_every_column_of_a_table_is_told(connection: sqlite3.Connection, table: str) -> None:
    section = DOCUMENT.split("## Tables for people")[1].split("Views say")[0]
    found = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")}
    assert found <= columns(section, table)


@pytest.mark.parametrize("view", schema.VIEWS)
def test_every_view_is_told(view: str) -> None:
    assert columns(DOCUMENT.split("Views say")[1], view)


def test_every_fact_and_every_array_is_told() -> None:
    for name in (*Facts.model_fields, *DAY, *(field for kind in (MESSAGE, EVENT, LABEL) for field in kind.names or ())):
        assert f"`{name}`" in DOCUMENT, name
    for kind, size in ((MESSAGE, 26), (EVENT, 23)):
        assert kind.itemsize == size
        assert f"record of {size} bytes" in DOCUMENT


def test_the_marks_are_right() -> None:
    assert f"`0x{schema.APPLICATION:X}`" in DOCUMENT
    assert f"{schema.APPLICATION}\n" in DOCUMENT.replace(" |\n", "\n")
    assert f"format **{schema.VERSION}**" in DOCUMENT
    assert f"up to {SMALL} residents" in DOCUMENT
    assert f"every {REST} days" in DOCUMENT
    assert {size // 1_024 for size in schema.PAGE.values()} == {4, 32}
