"""Manipulation: getting another to act by a false claim or by a threat."""

from sim.compiled import njit
from sim.detector import Detector, put
from sim.record import MEMORY, SPAN, latest, mask
from sim.state import Happening, Kind, Proof

DEMAND = int(Kind.DEMAND)
ACTS = mask(Happening.GIFT, Happening.LOAN)
INFLUENCE, NO_CAUSE = int(Proof.INFLUENCE), int(Proof.NO_CAUSE)


@njit
def scan(record, out):
    count, row, today = 0, record.day % SPAN, record.day << 32
    for i in range(record.spoken[row]):
        message = record.said[row, i]
        if not message.doubt and message.kind != DEMAND:
            continue
        deed = latest(record.done, record.hand[message.other], record.day, ACTS, message.actor)
        proof = INFLUENCE if deed >= 0 else message.doubt if message.doubt else NO_CAUSE
        count = put(out, count, message.actor, message.other, today + i, deed, proof, 1.0 if deed >= 0 else 0.8)
    return count


DETECTOR = Detector(
    name="manipulation",
    question="Does it move others by falsehood or threat?",
    rule=(
        "A request or a piece of information whose claim the ledger contradicts, a warning nothing on record supports, "
        "or a demand. If the receiver gave or lent on the same day, that act is shown as its effect."
    ),
    window=MEMORY + 1,
    scan=scan,
)
