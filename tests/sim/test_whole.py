"""A file is there whole or not at all, and old ones give way to new ones."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sim import whole


def test_many_at_once_leave_one_whole_file_and_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file"
    contents = [bytes([letter]) * 100_000 for letter in range(16)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: whole.write(path, content), contents))
    assert path.read_bytes() in contents
    assert list(path.parent.iterdir()) == [path]


def test_what_cannot_be_put_in_place_leaves_nothing_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError):
        whole.write(tmp_path / "taken", b"x")
    assert [left.name for left in tmp_path.iterdir()] == ["taken"]


def test_of_many_who_create_a_file_one_does(tmp_path: Path) -> None:
    path = tmp_path / "file"
    contents = [bytes([letter]) * 100_000 for letter in range(16)]

    def created(content: bytes) -> bool:
        try:
            whole.create(path, content)
        except FileExistsError:
            return False
        return path.read_bytes() == content

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(created, contents)) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    for age, name in enumerate("abcd"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1_000 - age, 1_000 - age))
    whole.forget_oldest(tmp_path, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
