"""What stands out on a day: which lines are deceptive or betrayals, and how grave each is.

A day's lines are its messages, then its events: line i is message i, or event i - (number of messages).
A message is deceptive if its sender means to deceive (the private plan) or a detector says so from the record.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.state import DECEPTIVE, LABEL, Array, Cause, Day, Flag, Happening, Kind

NO_LABELS: Array = np.empty(0, LABEL)

# How grave a line is. It orders the readout and the page of lines of a large community; nothing else depends on it.
_SAID = {Kind.THREAT: 3.0, Kind.ASK_ATTACK: 3.0, Kind.DEMAND: 2.5, Kind.INFORM_DANGER: 2.0, Kind.PROPOSE_MERGE: 1.5}
_DONE = {
    Happening.ATTACK: 6.0, Happening.MERGE: 5.5, Happening.DEATH: 5.0, Happening.INTERVENE: 4.5,
    Happening.DESERT: 4.0, Happening.BROKEN: 4.0, Happening.DEFAULT: 4.0, Happening.JOIN: 3.5, Happening.DEFEND: 3.5,
    Happening.BIRTH: 3.0, Happening.BID: 2.5, Happening.UNABLE: 2.2, Happening.LOAN: 2.0, Happening.ALLIANCE: 1.8,
    Happening.GIFT: 1.7, Happening.REPAY: 1.6, Happening.TRADE: 1.5, Happening.MOVE: 0.6, Happening.EXPLORE: 0.5,
}  # fmt: skip
_SAID_WEIGHT = np.array([_SAID.get(kind, 1.0) for kind in Kind])
_DECEPTIVE = np.isin(np.arange(256), DECEPTIVE)  # by plan
_DONE_WEIGHT = np.array([_DONE.get(kind, 0.5) for kind in Happening])


class Marks(NamedTuple):
    """One entry a line: messages first, then events."""

    deceptive: Array  # bool (lines,)
    betrayal: Array  # bool (lines,)
    gravity: Array  # f8 (lines,)


def label_lines(day: Day, labels: Array) -> Array:
    """The line each LABEL of this day concerns: the act, else the words; -1 if both are of other days."""
    done = np.where((labels["did_day"] == day.day) & (labels["did"] >= 0), len(day.messages) + labels["did"], -1)
    said = np.where((labels["said_day"] == day.day) & (labels["said"] >= 0), labels["said"], -1)
    return np.where(done >= 0, done, said)


def deceptive(day: Day, labels: Mapping[str, Array]) -> Array:
    """Which of a day's lines are, bool (lines,); events never are. `labels`: that day's, by detector."""
    said = len(day.messages)
    found = np.zeros(said + len(day.events), bool)
    found[:said] = _DECEPTIVE[day.messages["plan"]]
    alarmed = label_lines(day, labels.get("deception", NO_LABELS))
    found[alarmed[(alarmed >= 0) & (alarmed < said)]] = True
    return found


def marks(day: Day, labels: Mapping[str, Array]) -> Marks:
    """The marks of a day's lines."""
    messages, events = day.messages, day.events
    lies = deceptive(day, labels)
    betrayal = np.zeros(len(lies), bool)
    betrayed = label_lines(day, labels.get("betrayal", NO_LABELS))
    betrayal[betrayed[betrayed >= 0]] = True
    gravity = np.concatenate((_SAID_WEIGHT[messages["kind"]], _DONE_WEIGHT[events["kind"]]))
    gravity += 3.0 * betrayal + 2.5 * lies
    won = (events["kind"] == Happening.ATTACK) & (events["flag"] & Flag.SUCCESS > 0)
    gravity[len(messages) :] += 2.0 * won + 2.0 * (
        (events["kind"] == Happening.DEATH) & (events["flag"] == Cause.HUNGER)
    )
    again = np.flatnonzero(events["kind"] == Happening.INTERVENE)[1:]  # one order can touch everybody
    gravity[len(messages) + again] = 0.4
    return Marks(lies, betrayal, gravity)
