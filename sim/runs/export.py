"""A run as CSV and Parquet, with its receipt and how to cite it: for spreadsheets, statistics and archives.

Every export of the same run is the same bytes: rows in a fixed order, no time of its own, fixed times in the zip.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim import archive
from sim.runs import schema
from sim.runs.citation import bibtex, method
from sim.runs.derived import Derived
from sim.runs.receipt import receipt_text
from sim.runs.stored import Stored

PACKED = {"run", "state"}  # tables the program reads; what they say is in the receipt and in the other tables
BINARY = {"pack", "labels", "figures", "told"}  # columns of `day`, likewise
NAMES = (*schema.VIEWS, *(name for name in schema.TABLES if name not in PACKED))
README = """A run of Commonweal, exported.

csv/, parquet/  the same tables twice. Those with names in words (messages, events, attacks, residents, decisions,
                labels, days) are for people; the others hold the numbers they are made from, and word.csv what the
                numbers mean. What residents said in their own words is in messages, what they noted down in note, and
                what they were asked and answered in call, whose prompts are put together from part. An empty cell is
                "not defined". In CSV, a text that a spreadsheet would take for a formula starts with an apostrophe.
receipt.json    all parameters, seed, versions, counts and the digest; "python -m sim verify" replays the run file.
method.txt      a paragraph for a methods section. citation.bib: how to cite program and sources.
"""


def files(stored: Stored) -> Iterator[tuple[str, bytes]]:
    """Path in the export and content of every file, one at a time. RunError where the run cannot be read."""
    facts, digest = stored.facts, stored.digests[-1]
    yield "README.txt", README.encode()
    yield "receipt.json", receipt_text(stored).encode()
    yield "method.txt", (method(facts, stored.last, digest) + "\n").encode()
    yield "citation.bib", bibtex(facts, digest).encode()
    with Derived.of(stored) as derived:
        for name in NAMES:
            columns, kinds, rows = _table(derived.connection, name)
            yield f"csv/{name}.csv", archive.to_csv(columns, rows)
            yield f"parquet/{name}.parquet", archive.to_parquet(columns, kinds, rows)


def to_folder(stored: Stored, folder: Path) -> list[Path]:
    """Write all files into a new or empty folder; returns their paths. SettingError if it holds anything already."""
    return archive.to_folder(files(stored), folder)


def to_zip(stored: Stored) -> bytes:
    """All files as a zip, in memory."""
    return archive.to_zip(files(stored))


def _table(connection: sqlite3.Connection, name: str) -> tuple[list[str], list[str], list[tuple[Any, ...]]]:
    """Columns, their declared types ("" if unknown) and rows of a table or view."""
    known = [(column, kind) for _, column, kind, *_ in connection.execute(f"PRAGMA table_info({name})")]
    shown = [(column, kind) for column, kind in known if name != "day" or column not in BINARY]
    columns = [column for column, _ in shown]
    order = ", ".join(str(k + 1) for k in range(min(4, len(columns))))
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY {order}").fetchall()
    return columns, [kind.upper() for _, kind in shown], rows
