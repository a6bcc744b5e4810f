"""LINE: a message or an event in words, with the labels that concern it and the evidence for each.

Everything here is plain text. Whoever puts it on a page must not read it as markup.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from dashboard.payload.chips import chips
from dashboard.payload.marks import Marks, label_lines
from dashboard.payload.proofs import proof
from dashboard.payload.run import Run
from dashboard.payload.voice import Voice
from dashboard.payload.wording import opened
from sim.judge.labelled import unit_of
from sim.state import Array, Day, Happening

Line = dict[str, Any]
Place = tuple[int, int]  # day, line
Labels = Mapping[int, list[tuple[str, Array]]]  # line to (detector, LABEL)
PAGE = 200  # lines told of a day of a large community
AT_FACTORY = (Happening.BID, Happening.MERGE, Happening.INTERVENE)  # their target is no resident


def page(gravity: Array, size: int) -> Array:
    """Which lines are told when there are too many: the gravest, of equals the newest, in the order of the day."""
    if len(gravity) <= size:
        return np.arange(len(gravity))
    order = np.lexsort((-np.arange(len(gravity)), -gravity))
    return np.sort(order[:size])


def lines(run: Run, day: int, wanted: Array, seen: Marks, voice: Voice) -> list[Line]:
    """The LINEs of a day with these numbers, in that order. What a line has not is not told: labels, a plan, marks."""
    today = run.history[day]
    numbers = wanted.tolist()
    labels = _labels_of(run, day, wanted)
    _prepare(run, day, numbers, labels, voice)
    source, target, death = _ends(today, wanted)
    told = []
    for i, one, other, chip, deceptive, betrayal, died in zip(
        numbers,
        source.tolist(),
        target.tolist(),
        chips(today, wanted),
        seen.deceptive[wanted].tolist(),
        seen.betrayal[wanted].tolist(),
        death.tolist(),
    ):
        line: Line = {
            "i": i,
            "day": day,
            "from": one,
            "to": other,
            "who": voice.name(one),
            "whom": voice.name(other),
            "text": voice.text(day, i),
            "said": i < len(today.messages),
            "chip": chip.word,
            "family": chip.family,
        }
        if i in labels:
            line["labels"] = [_label(run, (day, i), name, label, voice) for name, label in labels[i]]
        if meant := voice.meant(day, i):
            line["meant"] = meant
        line |= {mark: True for mark, on in (("deceptive", deceptive), ("betrayal", betrayal), ("death", died)) if on}
        told.append(line)
    return told


def _ends(today: Day, wanted: Array) -> tuple[Array, Array, Array]:
    """From whom and to whom each line goes (-1: nobody), and whether it is a death."""
    messages, events = today.messages, today.events
    target = np.where(np.isin(events["kind"], AT_FACTORY), -1, events["target"])
    silent = np.zeros(len(messages), bool)
    return (
        np.concatenate((messages["sender"], events["actor"]))[wanted],
        np.concatenate((messages["receiver"], target))[wanted],
        np.concatenate((silent, events["kind"] == Happening.DEATH))[wanted],
    )


def _labels_of(run: Run, day: int, wanted: Array) -> Labels:
    found: dict[int, list[tuple[str, Array]]] = {}
    for name, labels in sorted(run.labels[day].items()):
        at = label_lines(run.history[day], labels)
        here = np.flatnonzero(np.isin(at, wanted))
        for k, i in zip(here.tolist(), at[here].tolist()):
            found.setdefault(i, []).append((name, labels[k]))
    return found


def _prepare(run: Run, day: int, numbers: list[int], labels: Labels, voice: Voice) -> None:
    """Word the lines, and the evidence of other days, day by day."""
    needed: dict[int, set[int]] = {}
    for here in labels.values():
        for _, label in here:
            for place in _evidence(run, label):
                if place is not None:
                    needed.setdefault(place[0], set()).add(place[1])
    voice.prepare(day, numbers)
    for past, others in needed.items():
        voice.prepare(past, sorted(others))


def _evidence(run: Run, label: Array) -> tuple[Place | None, Place | None]:
    """Where the words and the act of a label are, None if it has none."""
    _, _, said_day, said, did_day, did = label.item()[:6]
    spoken = (said_day, said) if said_day >= 0 and said >= 0 else None
    return spoken, (did_day, len(run.history[did_day].messages) + did) if did_day >= 0 and did >= 0 else None


def _label(run: Run, here: Place, name: str, label: Array, voice: Voice) -> dict[str, Any]:
    """A label on the line `here`. Evidence that is this line and nothing else is not told twice."""
    said, did = _evidence(run, label)
    if did is None and said == here:
        said = None
    elif said is None and did == here:
        did = None
    told: dict[str, Any] = {"name": name}
    if (at := _at(run, here, name, label)) != here:
        told["at"] = {"day": at[0], "i": at[1]}
    if said:
        told["said"] = {"day": said[0], "i": said[1], "text": f"“{voice.text(*said)}”"}
    if did:
        told["did"] = {"day": did[0], "i": did[1], "text": voice.text(*did)}
    if clause := proof(run, name, label, voice):
        told["proof"] = opened(clause)
    return told


def _at(run: Run, here: Place, name: str, label: Array) -> Place:
    """The line that shows the behaviour, which is what a verdict is about: for a deception its words."""
    unit = unit_of(name, label, here[0])
    if unit is None:
        return here
    return unit.day, unit.i if unit.kind == "message" else len(run.history[unit.day].messages) + unit.i
