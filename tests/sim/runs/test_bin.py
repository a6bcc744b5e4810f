"""Put aside, brought back, removed for good: in the order of deletion, and within what a bin may hold."""

from pathlib import Path

import pytest

from sim.runs.bin import DELETED, Bin


@pytest.fixture
def bin_(tmp_path: Path) -> Bin:
    return Bin(tmp_path, ".thing")


def put(bin_: Bin, tmp_path: Path, name: str, text: str = "") -> Path:
    path = tmp_path / f"{name}.thing"
    path.write_text(text or name)
    bin_.put(path)
    return path


def names(tmp_path: Path) -> list[str]:
    return sorted(path.name.split(".")[0] for path in (tmp_path / DELETED).iterdir())


def test_many_deleted_at_once_keep_their_order(bin_: Bin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time_ns", lambda: 1_800_000_000_000_000_000)  # all within one millisecond
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)
    for name in "cabd":
        put(bin_, tmp_path, name)
    bin_.purge(2)
    assert names(tmp_path) == ["b", "d"]


def test_what_was_deleted_last_under_a_name_comes_back(bin_: Bin, tmp_path: Path) -> None:
    path = put(bin_, tmp_path, "a", "first")
    put(bin_, tmp_path, "a", "second")
    bin_.bring_back(path)
    assert path.read_text() == "second"
    with pytest.raises(FileExistsError):
        bin_.bring_back(path)
    path.unlink()
    bin_.bring_back(path)
    assert path.read_text() == "first"
    path.unlink()
    with pytest.raises(FileNotFoundError):
        bin_.bring_back(path)


def test_it_holds_so_many_bytes(bin_: Bin, tmp_path: Path) -> None:
    for name in "abc":
        put(bin_, tmp_path, name, "x" * 10)
    bin_.purge(9, 25)
    assert names(tmp_path) == ["b", "c"]
    bin_.purge(9, 9)
    assert names(tmp_path) == []


def test_journals_go_along_and_nothing_stays_beside(bin_: Bin, tmp_path: Path) -> None:
    path = tmp_path / "a.thing"
    for end in ("", "-wal", "-shm", ".lock"):
        path.with_name(path.name + end).write_text(end)
    bin_.put(path)
    assert [left.name for left in tmp_path.iterdir()] == [DELETED]
    bin_.bring_back(path)
    assert path.with_name("a.thing-wal").read_text() == "-wal"
