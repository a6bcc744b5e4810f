"""Why a label is there: how what was said and what was done fit together, in half a sentence."""

import math
from typing import NamedTuple

from sim.speech.quantities import count, units
from sim.state import Happening, Kind, Proof


class ProofFacts(NamedTuple):
    """The facts behind one label, as far as they are known; the rest keeps its default."""

    subject: str  # who behaved so
    other: str = ""  # towards whom
    about: str = ""  # resident or factory the message was about
    said: int = 0  # Kind of the message
    said_day: int = -1
    claim: float = math.nan  # what was claimed
    truth: float = math.nan  # what the ledger shows of the same thing that day
    did: int = 0  # Happening of the event
    did_day: int = -1
    amount: float = math.nan  # units given, taken, promised or owed in the event
    times: int = 0  # acts of the kind within the window
    window: int = 0  # days


_ACTS = {
    Happening.ATTACK: "attacked {other}",
    Happening.JOIN: "joined an attack on {other}",
    Happening.DESERT: "left {other} to face an attack alone",
    Happening.DEFAULT: "did not repay {other}, though able to",
    Happening.BROKEN: "did not give {other} what was promised, though able to",
    Happening.GIFT: "gave {other} something",
    Happening.LOAN: "lent {other} something",
    Happening.REPAY: "repaid {other}",
    Happening.DEFEND: "stood by {other}",
    Happening.BID: "bid for a merger",
    Happening.FUND: "paid for a merger",
    Happening.ALLIANCE: "made an alliance with {other}",
    Happening.TRADE: "sold {other} an introduction",
    Happening.MOVE: "changed the workplace",
}


def proof_text(proof: int, facts: ProofFacts) -> str:
    """A clause without capital and full stop, fit to stand after a colon; "" for Proof.NONE."""
    match Proof(proof):
        case Proof.LEDGER:
            return _ledger(facts)
        case Proof.LATER_ACT:
            return f"{_later(facts)} {facts.subject} {_act(facts)}"
        case Proof.BROKEN_WORD:
            if facts.did == Happening.DESERT:
                return f"{facts.other or 'the other'} was attacked, and {facts.subject} did not come"
            what = units(facts.amount) if facts.amount > 0 else "what was promised"
            due = f" on day {facts.did_day}" if facts.did_day >= 0 else ""
            return f"{what} fell due{due}, and {facts.other or 'the other'} did not get it"
        case Proof.NO_CAUSE:
            if facts.said in (Kind.DEMAND, Kind.THREAT):
                return "nothing on record gives cause for it"
            what = f"what was said about {facts.about}" if facts.about else "what was said"
            return f"nothing on record supports {'the praise' if facts.said == Kind.PRAISE else what}"
        case Proof.PATTERN:
            window = f" within {count(facts.window, 'day')}" if facts.window else ""
            acts = count(facts.times, "such act") if facts.times else "several such acts"
            return f"{acts} by {facts.subject}{window}"
        case Proof.ANSWER:
            when = f" of day {facts.said_day}" if facts.said_day >= 0 else ""
            return f"it answers a harm{when} that {facts.other or 'the other'} did to {facts.subject}"
        case Proof.COST:
            cost = units(facts.amount) if facts.amount > 0 else "something"
            served = facts.other or ("the whole workplace" if facts.did == Happening.FUND else "another")
            return f"it cost {facts.subject} {cost} and served {served}"
        case Proof.INFLUENCE:
            return f"{facts.other or 'another'} acted on the claim, and the record shows it to be false"
        case Proof.NONE:
            return ""


def _ledger(facts: ProofFacts) -> str:
    opening = "the claim contradicts the ledger"
    if facts.said == Kind.INFORM_DANGER:
        return f"the record shows no attack and no broken word by {facts.about or 'the one named'}"
    if not math.isfinite(facts.truth):
        return opening
    if facts.said == Kind.INFORM_PAY:
        return f"{opening}: the {facts.about or 'factory'} paid {units(facts.truth)} a day"
    holder = facts.about if facts.said == Kind.ASK_ATTACK and facts.about else facts.subject
    return f"{opening}: {holder} held {units(facts.truth)} that day"


def _later(facts: ProofFacts) -> str:
    days = facts.did_day - facts.said_day
    if facts.said_day < 0 or facts.did_day < 0 or days < 0:
        return "later"
    return ("the same day", "the next day")[days] if days < 2 else f"{count(days, 'day')} later"


def _act(facts: ProofFacts) -> str:
    words = _ACTS.get(Happening(facts.did), "did the opposite").format(other=facts.other or "the other")
    return words.replace("something", units(facts.amount)) if facts.amount > 0 else words
