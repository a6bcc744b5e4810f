"""Entries of the library as the list of runs takes them (assets/runs/shelf.js)."""

import time
from collections.abc import Sequence
from typing import Any

from sim.runs.entry import Entry, thinned

MOST_COMPARED = 4
POINTS = 30  # of a thumbnail
SEARCHED = 2_000  # characters of notes that the list searches


def told(entries: Sequence[Entry], picked: str) -> dict[str, Any]:
    """Everything the list needs. `picked`: id of the run whose details are shown, "" for none.

    `columns` holds a list for each field of a row, which is half as much to send as a row each.
    """
    rows = [row(entry) for entry in entries]
    columns = {name: [one[name] for one in rows] for name in (rows[0] if rows else ())}
    return {"columns": columns, "picked": picked, "now": time.time(), "most": MOST_COMPARED}


def row(entry: Entry) -> dict[str, Any]:
    """One run."""
    return {
        "id": entry.id,
        "file": entry.file,
        "title": entry.title,
        "scenario": entry.scenario,
        "mix": entry.mix,
        "minds": entry.minds,
        "size": entry.size,
        "seed": str(entry.seed),  # as text: a browser cannot hold the largest ones exactly
        "last": entry.last,
        "horizon": entry.horizon,
        "alive": entry.alive,
        "state": entry.state,
        "modified": round(entry.modified),
        "bytes": entry.bytes,
        "tags": entry.tags,
        "notes": entry.notes[:SEARCHED],
        "parent": entry.parent,
        "parentDay": entry.parent_day,
        "curve": thinned(entry.curve, POINTS),
        "damaged": entry.damaged,
    }
