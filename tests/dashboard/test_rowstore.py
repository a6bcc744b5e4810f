"""Rows kept between processes: the same as made anew, never stale, never in the way."""

from pathlib import Path

import pytest

from dashboard import rowstore
from dashboard.payload.feed import Feed
from sim.caches import cache_folder
from sim.engine import Engine
from sim.scenario import check


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    monkeypatch.setenv("COMMONWEAL_CACHE", str(tmp_path))
    monkeypatch.setattr(rowstore, "LEAST", 10)
    engine = Engine(check({"size": 12, "days": 6, "seed": 5, "mix": "50% without BE"}))
    for _ in range(4):
        engine.step()
    return engine


def test_kept_rows_are_those_made_anew_and_go_on(engine: Engine) -> None:
    made = Feed(engine, "k", "t").rows()
    rowstore.write(engine, made)
    feed = Feed(engine, "k", "t")
    feed.take_up(rowstore.read(engine))
    assert feed.message(1)["series"] == made
    engine.step()
    assert feed.rows() == Feed(engine, "k", "t").rows()


def test_another_day_and_a_damaged_file_count_as_none(engine: Engine) -> None:
    rowstore.write(engine, Feed(engine, "k", "t").rows())
    (file,) = (cache_folder() / "rows").iterdir()
    engine.step()
    assert rowstore.read(engine) == []
    rowstore.write(engine, Feed(engine, "k", "t").rows()[:-1])
    assert len(list(file.parent.iterdir())) == 1
    for text in ("", "[", "{}", '[{"day": 1}]', "null"):
        file.write_text(text)
        assert rowstore.read(engine) == []


def test_short_runs_and_read_only_folders_are_left_alone(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONWEAL_CACHE", "/proc/nowhere")
    rowstore.write(engine, Feed(engine, "k", "t").rows())
    assert rowstore.read(engine) == []
    monkeypatch.setattr(rowstore, "LEAST", 10_000)
    assert rowstore.read(engine) == []
