"""Which runs descend from each other: the tree a run belongs to, flattened for drawing."""

from collections.abc import Sequence
from typing import Any

from sim.runs.entry import Entry

MOST = 40  # runs drawn


def family(entries: Sequence[Entry], identity: str) -> list[dict[str, Any]]:
    """Everyone in the tree of that run, parents before children; empty if it stands alone.

    Each has `id` ("" if it is no longer kept), `title`, `depth`, `above` (place of its parent in the list, -1 for the
    root), `day` (of branching) and `last`.
    """
    known = {entry.id: entry for entry in entries if entry.id and not entry.damaged}
    if identity not in known:
        return []
    children: dict[str, list[Entry]] = {}
    for entry in sorted(known.values(), key=lambda entry: (entry.parent_day, entry.created)):
        if entry.parent:
            children.setdefault(entry.parent, []).append(entry)
    root = _root(known, identity)
    found: list[dict[str, Any]] = []
    _add(found, known, children, root, depth=0, above=-1)
    return found if len(found) > 1 else []


def _root(known: dict[str, Entry], identity: str) -> str:
    """The first ancestor; its run may be gone. A file from elsewhere may claim a circle: then whoever comes first."""
    passed = {identity}
    while identity in known and (parent := known[identity].parent) and parent not in passed:
        identity = parent
        passed.add(parent)
    return identity


def _add(
    found: list[dict[str, Any]], known: dict[str, Entry], children: dict[str, list[Entry]], identity: str, depth: int,
    above: int,
) -> None:  # fmt: skip
    if len(found) >= MOST or any(member["key"] == identity for member in found):
        return
    born = children.get(identity, [])
    me = known.get(identity)
    here = len(found)
    found.append(
        {
            "key": identity,
            "id": me.id if me else "",
            "title": me.title if me else born[0].parent_title,
            "depth": depth,
            "above": above,
            "day": me.parent_day if me and above >= 0 else 0,
            "last": me.last if me else max(child.parent_day for child in born),
            "horizon": me.horizon if me else 0,
            "state": me.state if me else "no longer kept",
        }
    )
    for child in born:
        _add(found, known, children, child.id, depth + 1, here)
