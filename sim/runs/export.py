"""A run as CSV and Parquet, with its receipt and how to cite it: for spreadsheets, statistics and archives.

Every export of the same run is the same bytes: rows in a fixed order, no time of its own, fixed times in the zip.
"""

import csv
import io
import re
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import RunError, SettingError
from sim.runs import schema
from sim.runs.citation import bibtex, method
from sim.runs.derived import Derived
from sim.runs.receipt import receipt_text
from sim.runs.stored import Stored

if TYPE_CHECKING:
    from pyarrow import DataType

PACKED = {"run", "state"}  # tables the program reads; what they say is in the receipt and in the other tables
BINARY = {"pack", "labels", "figures", "told"}  # columns of `day`, likewise
NAMES = (*schema.VIEWS, *(name for name in schema.TABLES if name not in PACKED))
GUARDED = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can state
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
            yield f"csv/{name}.csv", _csv(columns, rows)
            yield f"parquet/{name}.parquet", _parquet(columns, kinds, rows)


def to_folder(stored: Stored, folder: Path) -> list[Path]:
    """Write all files into a new or empty folder; returns their paths. SettingError if it holds anything already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SettingError(f"{folder.name} is not an empty folder; name a new one, so that nothing is overwritten")
    written = []
    try:
        for name, content in files(stored):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(path)
    except OSError as error:
        raise RunError(
            f"the export cannot be written ({error.strerror}); free some space or name another folder"
        ) from None
    return written


def to_zip(stored: Stored) -> bytes:
    """All files as a zip, in memory."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files(stored):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".parquet") else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on every system
            archive.writestr(entry, content)
    return made.getvalue()


def _table(connection: sqlite3.Connection, name: str) -> tuple[list[str], list[str], list[tuple[Any, ...]]]:
    """Columns, their declared types ("" if unknown) and rows of a table or view."""
    known = [(column, kind) for _, column, kind, *_ in connection.execute(f"PRAGMA table_info({name})")]
    shown = [(column, kind) for column, kind in known if name != "day" or column not in BINARY]
    columns = [column for column, _ in shown]
    order = ", ".join(str(k + 1) for k in range(min(4, len(columns))))
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY {order}").fetchall()
    return columns, [kind.upper() for _, kind in shown], rows


def _csv(columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(zip(*map(_guarded, zip(*rows))))
    return text.getvalue().encode()


def _guarded(column: Sequence[Any]) -> Sequence[Any]:
    """The column with an apostrophe before each text that looks like a formula; numbers as they are."""
    if not isinstance(next((value for value in column if value is not None), None), str):
        return column  # SQLite could mix types in a column; our tables do not
    return [f"'{value}" if isinstance(value, str) and value.startswith(GUARDED) else value for value in column]


def _parquet(columns: Sequence[str], kinds: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> bytes:
    import pyarrow as pa  # here, because importing it takes longer than exporting a small run
    from pyarrow import parquet

    values = list(zip(*rows)) if rows else [()] * len(columns)
    types = [_type(kind, column) for kind, column in zip(kinds, values)]
    arrays = [pa.array(column, kind) for kind, column in zip(types, values)]
    made = io.BytesIO()
    parquet.write_table(pa.table(arrays, names=list(columns)), made, compression="zstd")
    return made.getvalue()


def _type(declared: str, values: Sequence[Any]) -> "DataType":
    """The column's declared type; of an expression of a view that has none, that of its values."""
    import pyarrow as pa

    if re.search("INT", declared):
        return pa.int64()
    if declared in ("REAL", "NUM"):
        return pa.float64()
    if declared == "TEXT" or any(isinstance(value, str) for value in values):
        return pa.string()
    return pa.float64() if any(isinstance(value, float) for value in values) else pa.int64()
