"""LINE: a message or an event in words, with the labels that concern it and the evidence for each.

Everything here is plain text. Whoever puts it on a page must not read it as markup.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dashboard.payload.marks import Marks, label_lines
from dashboard.payload.run import Run
from dashboard.payload.voice import Voice
from sim.state import Array, Happening

Line = dict[str, Any]
PAGE = 200  # lines told of a day of a large community


def page(gravity: Array, size: int = PAGE) -> Array:
    """Which lines are told when there are too many: the gravest, of equals the newest, in the order of the day."""
    if len(gravity) <= size:
        return np.arange(len(gravity))
    order = np.lexsort((-np.arange(len(gravity)), -gravity))
    return np.sort(order[:size])


def lines(run: Run, day: int, wanted: Sequence[int] | Array, seen: Marks, voice: Voice) -> list[Line]:
    """The LINEs of a day with these numbers, in that order."""
    found = _labels_of(run, day, wanted)
    return [_line(run, day, int(i), seen, voice, found.get(int(i), ())) for i in wanted]


def _line(run: Run, day: int, i: int, seen: Marks, voice: Voice, labels: Sequence[tuple[str, Array]]) -> Line:
    today = run.history[day]
    spoken = i < len(today.messages)
    record = today.messages[i] if spoken else today.events[i - len(today.messages)]
    source, target = (record["sender"], record["receiver"]) if spoken else (record["actor"], record["target"])
    source, target = int(source), int(target) if spoken or record["kind"] not in _AT_FACTORY else -1
    chip, family = voice.chip(day, i)
    return {
        "i": i,
        "day": day,
        "from": source,
        "to": target,
        "who": voice.name(source),
        "whom": voice.name(target),
        "text": voice.text(day, i),
        "said": spoken,
        "chip": chip,
        "family": family,
        "labels": [_label(run, name, label, voice) for name, label in labels],
        "meant": voice.meant(day, i),
        "deceptive": bool(seen.deceptive[i]),
        "betrayal": bool(seen.betrayal[i]),
        "death": not spoken and bool(record["kind"] == Happening.DEATH),
    }


_AT_FACTORY = (Happening.BID, Happening.MERGE)  # their target is a factory


def _labels_of(run: Run, day: int, wanted: Sequence[int] | Array) -> Mapping[int, list[tuple[str, Array]]]:
    """The labels of these lines: line to (detector, LABEL)."""
    found: dict[int, list[tuple[str, Array]]] = {}
    for name, labels in sorted(run.labels[day].items()):
        at = label_lines(run.history[day], labels)
        for k in np.flatnonzero(np.isin(at, wanted) & (at >= 0)).tolist():
            found.setdefault(int(at[k]), []).append((name, labels[k]))
    return found


def _label(run: Run, name: str, label: Array, voice: Voice) -> dict[str, Any]:
    said_day, did_day = int(label["said_day"]), int(label["did_day"])
    said = (said_day, int(label["said"])) if said_day >= 0 and label["said"] >= 0 else None
    did = None
    if did_day >= 0 and label["did"] >= 0:
        did = did_day, len(run.history[did_day].messages) + int(label["did"])
    return {
        "name": name,
        "said": said and {"day": said[0], "i": said[1], "text": f"“{voice.text(*said)}”"},
        "did": did and {"day": did[0], "i": did[1], "text": voice.text(*did)},
        "proof": voice.proof(name, label),
    }
