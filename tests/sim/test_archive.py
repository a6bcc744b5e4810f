"""Files of an export: the same bytes every time, harmless in a spreadsheet, true to the table."""

import csv
import io
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pyarrow import parquet

from sim import archive
from sim.errors import RunError, SettingError

TABLE = pd.DataFrame({
    "number": [1, 2], "share": [0.1 + 0.2, np.nan], "text": ["=1+1", None], "mixed": ["a", 3], "sure": [True, False],
})  # fmt: skip


def test_a_table_as_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(archive.csv_of(TABLE).decode(), newline="")))
    assert rows[0] == {"number": "1", "share": "0.30000000000000004", "text": "'=1+1", "mixed": "a", "sure": "True"}
    assert (rows[1]["share"], rows[1]["text"]) == ("", "")
    assert archive.csv_of(TABLE) == archive.csv_of(TABLE.copy())


def test_a_table_as_parquet() -> None:
    table = TABLE.drop(columns="mixed")
    found = parquet.read_table(io.BytesIO(archive.parquet_of(table)))
    assert found.column_names == list(table.columns) and found.column("text").to_pylist() == ["=1+1", None]
    assert archive.parquet_of(table) == archive.parquet_of(table.copy())


def test_a_zip_has_no_time_of_its_own() -> None:
    files = [("a/b.csv", b"1"), ("c.parquet", b"2")]
    whole = archive.to_zip(files)
    assert whole == archive.to_zip(iter(files))
    with zipfile.ZipFile(io.BytesIO(whole)) as zipped:
        assert zipped.namelist() == ["a/b.csv", "c.parquet"]
        assert {entry.date_time for entry in zipped.infolist()} == {archive.EPOCH}


def test_a_folder_that_holds_something_or_cannot_be_written(tmp_path: Path) -> None:
    assert archive.to_folder([("a/b.csv", b"1")], tmp_path / "new") == [tmp_path / "new" / "a" / "b.csv"]
    with pytest.raises(SettingError, match="not an empty folder"):
        archive.to_folder([("x", b"")], tmp_path)
    with pytest.raises(RunError, match="cannot be written"):
        archive.to_folder([("a", b""), ("a/b", b"")], tmp_path / "other")
