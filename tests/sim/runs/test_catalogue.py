"""The catalogue is a cache: it saves opening files, and may be deleted, damaged or out of reach at any time."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sim.runs.catalogue import NAME, Catalogue

STAMPS = {"a": "1", "b": "1"}


class Reader:
    """Counts how often a file is read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, path: Path) -> dict[str, Any]:
        self.read.append(path.name)
        return {"name": path.name, "tags": ("x", "y")}


def test_only_what_has_changed_is_read(tmp_path: Path) -> None:
    reader = Reader()
    catalogue = Catalogue(tmp_path, reader)
    first = catalogue.of(STAMPS)
    assert catalogue.of(STAMPS) == first == Catalogue(tmp_path, reader).of(STAMPS)
    assert reader.read == ["a", "b"]
    assert list(Catalogue(tmp_path, reader).of({"b": "2"})) == ["b"]
    assert reader.read == ["a", "b", "b"]
    catalogue.of(STAMPS)
    assert reader.read == ["a", "b", "b"]


@pytest.mark.parametrize("content", [b"", b"nonsense" * 500, None])
def test_a_damaged_or_missing_one_is_made_anew(content: bytes | None, tmp_path: Path) -> None:
    reader = Reader()
    Catalogue(tmp_path, reader).of(STAMPS)
    if content is None:
        (tmp_path / NAME).unlink()
    else:
        (tmp_path / NAME).write_bytes(content)
    assert Catalogue(tmp_path, reader).of(STAMPS)["a"]["tags"] == ("x", "y")
    Catalogue(tmp_path, reader).of(STAMPS)
    Catalogue(tmp_path, reader).of(STAMPS)
    assert len(reader.read) in (4, 6)  # a damaged file is noticed, and then replaced


def test_one_of_another_format_is_made_anew(tmp_path: Path) -> None:
    reader = Reader()
    Catalogue(tmp_path, reader).of(STAMPS)
    with closing(sqlite3.connect(tmp_path / NAME)) as connection:
        connection.execute("PRAGMA user_version = 99")
    Catalogue(tmp_path, reader).of(STAMPS)
    assert reader.read == ["a", "b"] * 2


def test_one_that_is_locked_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.runs.catalogue.BUSY", 0.05)
    reader = Reader()
    Catalogue(tmp_path, reader).of(STAMPS)
    with closing(sqlite3.connect(tmp_path / NAME, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert Catalogue(tmp_path, reader).of(STAMPS)["b"]["name"] == "b"


def test_a_folder_that_cannot_be_written_is_read_all_the_same(tmp_path: Path) -> None:
    assert Catalogue(tmp_path / "missing", Reader()).of(STAMPS)["a"]["name"] == "a"
