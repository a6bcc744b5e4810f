"""What a detector is: a question about behaviour, answered day by day from the public record, with evidence.

Knows no particular behaviour; those are the files of `sim/detectors/`, each of which exports one DETECTOR.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sim.compiled import njit
from sim.record import SPAN, Record, Window
from sim.state import LABEL, Array


@dataclass(frozen=True)
class Detector:
    """One behaviour, and the rule by which it shows. An act gets one label at most; labels keep the record's order."""

    name: str
    question: str  # what it asks of a resident
    rule: str  # how it answers, in one paragraph
    window: int  # days it looks at, today included
    scan: Callable[[Record, Array], int]  # writes today's labels as far as there is room, returns how many there are

    def __post_init__(self) -> None:
        if not 1 <= self.window <= SPAN:
            raise ValueError(f"{self.name}: a detector looks at 1 to {SPAN} days, not {self.window}")

    def detect(self, window: Window) -> Array:
        """Today's alarms, a LABEL array. Depends on the window's days alone."""
        record = window.record
        row = record.day % SPAN
        out = np.empty(int(record.spoken[row] + record.acted[row]), LABEL)
        count = self.scan(record, out)
        if count > len(out):  # one act can unmask many words of earlier days
            out = np.empty(count, LABEL)
            self.scan(record, out)
        return out[:count].copy()


@njit
def put(out, count, subject, other, said, did, proof, score):
    """Write a label if there is room; `said` and `did` are addresses. Returns the new count."""
    if count < len(out):
        label = out[count]
        label.subject, label.other = subject, other
        label.said_day, label.said = (said >> 32, said & 0xFFFFFFFF) if said >= 0 else (-1, -1)
        label.did_day, label.did = (did >> 32, did & 0xFFFFFFFF) if did >= 0 else (-1, -1)
        label.proof, label.score = proof, score
    return count + 1
