"""Betrayal: harm to one to whom the doer's word was given."""

from sim.compiled import njit
from sim.detector import Detector, put
from sim.record import BREACH, SPAN, STRIKE, among, latest, mask, place
from sim.state import Flag, Happening, Kind, Proof

WINDOW = 14
ALLIANCE, LOAN, REPAY = mask(Happening.ALLIANCE), mask(Happening.LOAN), mask(Happening.REPAY, Happening.DEFAULT)
GIFT, BROKEN, PROMISE = mask(Happening.GIFT), mask(Happening.BROKEN), mask(Kind.PROMISE)
TO_STAND_BY = mask(Kind.PROPOSE_ALLIANCE, Kind.ACCEPT)
TO_PAY = mask(Kind.PROMISE, Kind.ASK_LOAN, Kind.ACCEPT)
DESERT, PROMISED = int(Happening.DESERT), int(Flag.PROMISED)
BROKEN_WORD, LATER_ACT = int(Proof.BROKEN_WORD), int(Proof.LATER_ACT)


@njit
def allied(record, one, other, since):
    """Does an alliance of the two, made since that day, still hold?"""
    found = max(
        latest(record.done, record.hand[one], since, ALLIANCE, other),
        latest(record.done, record.hand[other], since, ALLIANCE, one),
    )
    return found >= 0 and record.done[place(found)[:2]].about >= record.day


@njit
def indebted(record, one, other, since):
    """Has `other` lent to `one` since that day, and not seen it again?"""
    loan = latest(record.done, record.hand[other], since, LOAN, one)
    return loan >= 0 and latest(record.done, record.hand[one], since, REPAY, other) <= loan


@njit
def pledged(record, one, other, since):
    """Address of a promise of `one` to `other` since that day that is still open, or -1."""
    word = latest(record.said, record.mouth[one], since, PROMISE, other)
    if word < 0 or latest(record.done, record.hand[one], word >> 32, BROKEN, other) >= 0:
        return -1
    gift = latest(record.done, record.hand[one], word >> 32, GIFT, other)
    while gift >= 0:
        if record.done[place(gift)[:2]].flag & PROMISED:
            return -1
        gift = latest(record.done, record.done[place(gift)[:2]].earlier, word >> 32, GIFT, other)
    return word


@njit
def scan(record, out):
    count, row = 0, record.day % SPAN
    since = record.day - WINDOW + 1
    for i in range(record.acted[row]):
        event = record.done[row, i]
        one, other, did = event.actor, event.other, (record.day << 32) + i
        if other < 0:
            continue
        if among(BREACH, event.kind):
            word = TO_STAND_BY if event.kind == DESERT else TO_PAY
            said = latest(record.said, record.mouth[one], since, word, other)
            count = put(out, count, one, other, said, did, BROKEN_WORD, 1.0)
        elif among(STRIKE, event.kind):
            said = pledged(record, one, other, since)
            if said >= 0 or allied(record, one, other, since) or indebted(record, one, other, since):
                if said < 0:
                    said = latest(record.said, record.mouth[one], since, TO_STAND_BY | TO_PAY, other)
                count = put(out, count, one, other, said, did, LATER_ACT, 1.0)
    return count


DETECTOR = Detector(
    name="betrayal",
    question="Does it harm one to whom it gave its word?",
    rule=(
        "A loan not repaid or a promise not kept by one who could; not standing by an ally who is attacked; attacking, "
        "alone or with others, an ally or one to whom a promise or a loan of the last 14 days is still open. Owing "
        "without being able to pay, and refusing a request, are no betrayal."
    ),
    window=WINDOW,
    scan=scan,
)
