"""Files that are the same bytes for the same content: CSV, Parquet, a zip, a folder. Knows nothing of what is in them.

No time of its own, rows in the order given.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import RunError, SettingError

if TYPE_CHECKING:
    from pandas import DataFrame
    from pyarrow import DataType

GUARDED = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can state
Files = Iterable[tuple[str, bytes]]  # path and content


def to_folder(files: Files, folder: Path) -> list[Path]:
    """Write all files into a new or empty folder; returns their paths. SettingError if it holds anything already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SettingError(f"{folder.name} is not an empty folder; name a new one, so that nothing is overwritten")
    written = []
    try:
        for name, content in files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            written.append(path)
    except OSError as error:
        raise RunError(
            f"the export cannot be written ({error.strerror}); free some space or name another folder"
        ) from None
    return written


def to_zip(files: Files) -> bytes:
    """All files as a zip, in memory."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".parquet") else zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on every system
            archive.writestr(entry, content)
    return made.getvalue()


def to_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """A table as CSV. A text that looks like a formula gets an apostrophe before it; None is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(zip(*map(_guarded, zip(*rows))))
    return text.getvalue().encode()


def to_parquet(columns: Sequence[str], kinds: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """A table as Parquet. `kinds`: SQL types of the columns, "" where the values tell."""
    import pyarrow as pa  # here, because importing it takes longer than exporting a small run
    from pyarrow import parquet

    values = list(zip(*rows)) if rows else [()] * len(columns)
    types = [_type(kind, column) for kind, column in zip(kinds, values)]
    arrays = [pa.array(column, kind) for kind, column in zip(types, values)]
    made = io.BytesIO()
    parquet.write_table(pa.table(arrays, names=list(columns)), made, compression="zstd")
    return made.getvalue()


def csv_of(table: "DataFrame") -> bytes:
    """A whole table as CSV, guarded likewise; a number that is not defined is an empty cell."""
    from pandas.api.types import is_numeric_dtype

    texts = [name for name in table.columns if not is_numeric_dtype(table[name])]
    guarded = table.assign(**{name: _guarded(table[name].tolist()) for name in texts})
    return guarded.to_csv(index=False, lineterminator="\r\n").encode()


def parquet_of(table: "DataFrame") -> bytes:
    """A whole table as Parquet."""
    import pyarrow as pa
    from pyarrow import parquet

    made = io.BytesIO()
    whole = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    parquet.write_table(whole, made, compression="zstd")
    return made.getvalue()


def _guarded(column: Sequence[Any]) -> Sequence[Any]:
    """The column with an apostrophe before each text that looks like a formula; numbers as they are."""
    if not isinstance(next((value for value in column if value is not None), None), str):
        return column  # no column of ours mixes types
    return [f"'{value}" if isinstance(value, str) and value.startswith(GUARDED) else value for value in column]


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
