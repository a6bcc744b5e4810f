"""Rows of long runs, kept between processes: to make them takes seconds for a year of a thousand residents.

Named by a hash of the days they tell of and of all that words them, so that they are never stale; those that are
missing or damaged are made anew. JSON in the cache folder.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dashboard import snapshot
from sim import whole
from sim.caches import cache_folder
from sim.engine import Engine

LEAST = 20_000  # resident-days up to which rows are made in no time
MOST = 60  # files kept, the newest


def read(engine: Engine) -> list[dict[str, Any]]:
    """The rows of all days lived, or none."""
    if not _long(engine):
        return []
    try:
        rows = json.loads(_place(engine).read_text("utf-8"))
        usable = [row["day"] for row in rows] == list(range(engine.day + 1))
    except (OSError, ValueError, LookupError, TypeError):
        return []
    return rows if usable else []


def write(engine: Engine, rows: Sequence[Any]) -> None:
    """Keep the rows of all days lived, if it is worth it. What cannot be kept is made anew next time."""
    if not _long(engine) or len(rows) != engine.day + 1:
        return
    place = _place(engine)
    if place.exists():
        return
    try:
        whole.write(place, json.dumps(rows, allow_nan=False).encode())
        whole.forget_oldest(place.parent, MOST)
    except OSError:
        return


def _long(engine: Engine) -> bool:
    return engine.day * engine.founders > LEAST


def _place(engine: Engine) -> Path:
    name = snapshot.place([engine.digest(), str(engine.day), engine.scenario.model_dump_json()]).name
    return cache_folder() / "rows" / name
