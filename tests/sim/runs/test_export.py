"""Exports: every table twice, in words where there are any, the same bytes every time, harmless in a spreadsheet."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from sim.archive import EPOCH, to_csv
from sim.errors import SettingError
from sim.runs import schema
from sim.runs.export import NAMES, files, to_folder, to_zip
from sim.runs.stored import Stored
from tests.sim.runs.making import MEDDLED, community, lived, saved


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(tmp_path_factory.mktemp("export") / "run.sqlite", lived(community(orders=MEDDLED)))


@pytest.fixture(scope="module")
def archive(path: Path) -> zipfile.ZipFile:
    with Stored(path) as stored:
        return zipfile.ZipFile(io.BytesIO(to_zip(stored)))


def rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(f"csv/{name}.csv").decode())))


def test_every_table_is_there_twice(archive: zipfile.ZipFile) -> None:
    assert set(NAMES) == {*schema.VIEWS, *schema.TABLES} - {"run", "state"}
    found = set(archive.namelist())
    assert found == {
        "README.txt", "receipt.json", "method.txt", "citation.bib",
        *(f"{kind}/{name}.{kind}" for name in NAMES for kind in ("csv", "parquet")),
    }  # fmt: skip
    assert archive.testzip() is None


@pytest.mark.parametrize("name", NAMES)
def test_both_forms_hold_what_the_file_holds(name: str, archive: zipfile.ZipFile, path: Path) -> None:
    with Stored(path) as stored:
        frame = stored.frame(name)
    table = parquet.read_table(io.BytesIO(archive.read(f"parquet/{name}.parquet")))
    plain = rows(archive, name)
    assert len(plain) == table.num_rows == len(frame)
    columns = [column for column in frame.columns if name != "day" or column in ("day", "digest", "alive")]
    assert table.column_names == columns
    order = columns[:4]
    right = frame[columns].sort_values(order, kind="stable", na_position="first").reset_index(drop=True)
    for column in columns:
        told = table.column(column).to_pylist()
        wanted = [None if value != value else value for value in right[column].tolist()]
        if column in order or right[order].drop_duplicates().shape[0] == len(right):
            assert told == wanted, column
        assert [_read(row[column]) for row in plain] == [_plain(value) for value in told], column


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _read(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell


def test_residents_go_by_their_names(archive: zipfile.ZipFile) -> None:
    names = {row["name"] for row in rows(archive, "residents")}
    assert all(name.isalpha() for name in names)
    assert {row["sender"] for row in rows(archive, "messages")} <= names


def test_two_exports_are_the_same_bytes(path: Path, tmp_path: Path) -> None:
    with Stored(path) as one, Stored(path) as other:
        assert to_zip(one) == to_zip(other)
        written = to_folder(one, tmp_path / "a")
        to_folder(other, tmp_path / "b")
        content = dict(files(one))
    assert len(written) == len(content) == 4 + 2 * len(NAMES)
    for file in written:
        name = file.relative_to(tmp_path / "a").as_posix()
        assert file.read_bytes() == (tmp_path / "b" / name).read_bytes() == content[name]


def test_an_unfinished_large_run_is_exported_whole(tmp_path: Path) -> None:
    engine = lived(community(days=3, size=400), 2)
    with Stored(saved(tmp_path / "r.sqlite", engine, ended=False)) as stored:
        archive = zipfile.ZipFile(io.BytesIO(to_zip(stored)))
    assert len(rows(archive, "message")) == sum(len(day.messages) for day in engine.history)
    assert len(rows(archive, "residents")) == len(engine.world.alive)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_is_no_formula(text: str) -> None:
    told = to_csv(["name", "value"], [(text, -1.5), ("plain", None)]).decode()
    rows = list(csv.DictReader(io.StringIO(told, newline="")))
    assert rows == [{"name": f"'{text}", "value": "-1.5"}, {"name": "plain", "value": ""}]


def test_a_folder_that_holds_something_is_left_alone(path: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with Stored(path) as stored, pytest.raises(SettingError, match="not an empty folder"):
        to_folder(stored, tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_what_goes_with_it(archive: zipfile.ZipFile) -> None:
    assert json.loads(archive.read("receipt.json"))["days"] == 12
    assert archive.read("method.txt").decode().startswith("We simulated")
    assert archive.read("citation.bib").decode().startswith("@misc{commonweal,")
    assert {entry.date_time for entry in archive.infolist()} == {EPOCH}
