"""Deception: what was said, and the ledger or a later act that contradicts it."""

from sim.compiled import njit
from sim.detector import Detector, put
from sim.record import SPAN, STRIKE, among, before, latest, mask, place
from sim.state import Happening, Kind, Proof

WINDOW = 14
SOON = 2  # an attack so many days after friendly words shows what they hid; later, a change of mind explains it as well
BROKEN, DEFAULT = mask(Happening.BROKEN), mask(Happening.DEFAULT)
GIFT, LOAN = mask(Happening.GIFT), mask(Happening.LOAN)
WORDS = mask(Kind.PROPOSE_ALLIANCE, Kind.ACCEPT, Kind.OFFER_GIFT, Kind.PROMISE)
ASK_LOAN = mask(Kind.ASK_LOAN)
ACCEPT, ALLIANCE, PROMISE = int(Kind.ACCEPT), int(Kind.PROPOSE_ALLIANCE), int(Kind.PROMISE)
LATER_ACT, BROKEN_WORD = int(Proof.LATER_ACT), int(Proof.BROKEN_WORD)


@njit
def scan(record, out):
    count, row, today = 0, record.day % SPAN, record.day << 32
    for i in range(record.spoken[row]):
        message = record.said[row, i]
        if message.doubt:
            count = put(out, count, message.actor, message.other, today + i, -1, message.doubt, 1.0)
    for i in range(record.acted[row]):
        event = record.done[row, i]
        if among(STRIKE, event.kind):
            count = unmask(record, event, today + i, out, count)
        elif among(BROKEN, event.kind):
            count = unmask_promise(record, event, today + i, out, count)
        elif among(DEFAULT, event.kind):
            count = unmask_loan(record, event, today + i, out, count)
    return count


@njit
def unmask(record, event, did, out, count):
    """Label the gifts and the words that hid this attack: those since the last one, which unmasked all before."""
    one, other, first = event.actor, event.other, record.day - WINDOW + 1
    blow = latest(record.done, event.earlier, first, STRIKE, other)
    since = max(first, (blow >> 32) + 1) if blow >= 0 else first
    gift = latest(record.done, event.earlier, max(since, record.day - SOON), GIFT, other)
    while gift >= 0:
        count = put(out, count, one, other, -1, gift, LATER_ACT, 0.8)
        gift = latest(record.done, record.done[place(gift)[:2]].earlier, max(since, record.day - SOON), GIFT, other)
    said = latest(record.said, record.mouth[one], since, WORDS, other)
    while said >= 0:
        words = record.said[place(said)[:2]]
        if words.kind == PROMISE:
            if latest(record.done, event.earlier, said >> 32, BROKEN | GIFT, other) < 0:  # neither broken nor kept yet
                count = put(out, count, one, other, said, did, LATER_ACT, 0.9)
        elif said >> 32 >= record.day - SOON and (words.kind != ACCEPT or words.answers == ALLIANCE):
            count = put(out, count, one, other, said, did, LATER_ACT, 0.8)
        said = latest(record.said, words.earlier, since, WORDS, other)
    return count


@njit
def unmask_promise(record, event, did, out, count):
    """Label the promise that this event breaks, unless it was known for false before."""
    one, other = event.actor, event.other
    said = latest(record.said, record.mouth[one], record.day - WINDOW + 1, 1 << PROMISE, other)
    if said >= 0 and latest(record.done, event.earlier, said >> 32, STRIKE | BROKEN, other) < 0:
        count = put(out, count, one, other, said, did, BROKEN_WORD, 0.9)
    return count


@njit
def unmask_loan(record, event, did, out, count):
    """Label the request for the loan that is not repaid."""
    one, other, first = event.actor, event.other, record.day - WINDOW + 1
    loan = latest(record.done, record.hand[other], first, LOAN, one)
    if loan >= 0 and latest(record.done, event.earlier, loan >> 32, DEFAULT, other) < 0:
        asked = before(record.said, record.mouth[one], (loan >> 32) + 1)
        asked = latest(record.said, asked, loan >> 32, ASK_LOAN, other)
        if asked >= 0:
            count = put(out, count, one, other, asked, did, BROKEN_WORD, 0.6)
    return count


DETECTOR = Detector(
    name="deception",
    question="Does it say what it knows to be false, or hide what it means to do?",
    rule=(
        "A claim about its own holdings or a factory's pay that the ledger contradicts; a warning of someone who in "
        "the seven days before attacked nobody and neither lied nor broke its word to the one who warns; an alliance, "
        "an offer or a gift to one it attacks within two days; a promise to one it attacks before keeping it; a "
        "promise, or a loan it asked for, that falls due unkept though it could be kept. Being unable to pay is no "
        "deception."
    ),
    window=WINDOW,
    scan=scan,
)
