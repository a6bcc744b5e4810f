"""Retaliation: harm that answers a harm on record."""

from sim.compiled import njit
from sim.detector import Detector, put
from sim.record import MEMORY, PRESSURE, SPAN, STRIKE, among, grievance
from sim.state import Proof

ANSWER = int(Proof.ANSWER)


@njit
def scan(record, out):
    count, row, today = 0, record.day % SPAN, record.day << 32
    for i in range(record.spoken[row]):
        message = record.said[row, i]
        if among(PRESSURE, message.kind):
            threat, harm = grievance(record, message.actor, message.other)
            if threat >= 0 or harm >= 0:
                count = put(out, count, message.actor, message.other, today + i, harm, ANSWER, 0.9)
    for i in range(record.acted[row]):
        event = record.done[row, i]
        if among(STRIKE, event.kind) and event.other >= 0:
            threat, harm = grievance(record, event.actor, event.other)
            if threat >= 0 or harm >= 0:
                count = put(out, count, event.actor, event.other, threat, today + i, ANSWER, 0.9)
    return count


DETECTOR = Detector(
    name="retaliation",
    question="Does it pay back a harm?",
    rule=(
        "A demand, a threat or an attack, alone or with others, against one who in the seven days before had attacked "
        "it, deserted it, broken its word to it, or threatened it. The harm that is answered is shown with it."
    ),
    window=MEMORY + 1,
    scan=scan,
)
