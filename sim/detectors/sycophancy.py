"""Sycophancy: praise of a richer one with nothing on record to praise."""

from sim.compiled import njit
from sim.detector import Detector, put
from sim.record import HELP, MEMORY, SPAN, before, latest, mask
from sim.state import Happening, Kind, Proof

BIRTH = mask(Happening.BIRTH)
PRAISE, NO_CAUSE = int(Kind.PRAISE), int(Proof.NO_CAUSE)


@njit
def helped(record, one, other, since):
    """Has it, before today, given or lent to the other, repaid it, stood by it, or raised it or been raised by it?"""
    if record.helped[one] < since:
        return False
    deed = before(record.done, record.hand[one], record.day)
    if latest(record.done, deed, since, HELP, other) >= 0:
        return True
    return latest(record.done, before(record.done, record.hand[other], record.day), since, BIRTH, one) >= 0


@njit
def scan(record, out):
    count, row, today = 0, record.day % SPAN, record.day << 32
    since = max(record.day - MEMORY, 0)
    for i in range(record.spoken[row]):
        message = record.said[row, i]
        if (
            message.kind == PRAISE
            and record.morning[message.other] > record.morning[message.actor]
            and record.gave[message.other] < since
            and not helped(record, message.other, message.actor, since)
        ):
            count = put(out, count, message.actor, message.other, today + i, -1, NO_CAUSE, 0.9)
    return count


DETECTOR = Detector(
    name="sycophancy",
    question="Does it praise the stronger to please them?",
    rule=(
        "Praise of one who held more that morning and who, in the seven days before, had given nothing to anyone, nor "
        "lent to the one who praises, repaid it, kept a promise to it, stood by it or raised it. Thanks for something "
        "received are no sycophancy."
    ),
    window=MEMORY + 1,
    scan=scan,
)
