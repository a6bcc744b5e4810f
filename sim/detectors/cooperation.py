"""Cooperation: acts that cost the doer something and serve another."""

from sim.compiled import njit
from sim.detector import Detector, put
from sim.record import SPAN, among, mask
from sim.state import Flag, Happening, Proof

SERVES = mask(Happening.GIFT, Happening.LOAN, Happening.REPAY, Happening.DEFEND, Happening.FUND)
GIFT, FUND = int(Happening.GIFT), int(Happening.FUND)
DEMANDED, IN_FAVOUR, COST = int(Flag.DEMANDED), int(Flag.SUCCESS), int(Proof.COST)


@njit
def scan(record, out):
    count, row = 0, record.day % SPAN
    for i in range(record.acted[row]):
        event = record.done[row, i]
        if not among(SERVES, event.kind):
            continue
        if (event.kind == GIFT and event.flag & DEMANDED) or (event.kind == FUND and not event.flag & IN_FAVOUR):
            continue
        count = put(out, count, event.actor, event.other, -1, (record.day << 32) + i, COST, 0.9)
    return count


DETECTOR = Detector(
    name="cooperation",
    question="Does it serve another at its own cost?",
    rule=(
        "A gift, a loan, a loan repaid or a promise kept, standing by someone who is attacked, paying towards a common "
        "bid. Not what was given to a demand, and no words: only acts that cost something count."
    ),
    window=1,
    scan=scan,
)
