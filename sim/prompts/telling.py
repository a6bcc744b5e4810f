"""Messages and happenings as a resident is told of them: what they commit to, and the words, in quotation marks."""

from collections.abc import Callable
from math import isfinite

from sim.prompts.finding import clean
from sim.speech.names import factory_name
from sim.speech.quantities import units
from sim.state import Kind

Named = Callable[[int], str]
Terms = tuple[int, float, float, int]  # about, claim, amount, due


def message(
    sender: str, receiver: str, kind: int, terms: Terms, words: str, resident: Named, answering: str = ""
) -> str:
    """`Bo to you: request for 1.5 units, claiming to hold 2. "Could you spare some?"`"""
    said = f' "{quoted(words)}"' if words else ""
    on = f", on your {answering}" if answering else ""
    return f"{sender} to {receiver}: {content(kind, *terms, resident)}{on}.{said}"


def quoted(words: str) -> str:
    """Words of another, in one line and without the mark that ends them."""
    return clean(words).replace('"', "'")


def content(kind: int, about: int, claim: float, amount: float, due: int, resident: Named) -> str:
    """What a message does, read from its public record."""
    what, holds = units(amount), f", claiming to hold {units(claim)}" if isfinite(claim) else ""
    until, by = (f" until day {due}", f" by day {due}") if due else ("", "")
    third = resident(about) if about >= 0 and kind not in FACTORY_TALK else ""
    place = f"the {factory_name(about)}" if about >= 0 and kind in FACTORY_TALK else "another factory"
    match Kind(kind):
        case Kind.ASK_HELP:
            return f"request for {what}{holds}"
        case Kind.ASK_LOAN:
            return f"request for a loan of {what}{until}{holds}"
        case Kind.ASK_ATTACK:
            return f"call to attack {third} together today" + (f", said to hold {units(claim)}" if holds else "")
        case Kind.ASK_DEFENCE:
            return "request for defence" + (f" against {third}" if third else "")
        case Kind.PROPOSE_MERGE:
            return f"proposal to merge with {place}"
        case Kind.PROPOSE_FUNDING:
            return f"request for {what} towards the merger with {place}"
        case Kind.PROPOSE_ALLIANCE:
            return f"proposal of an alliance{until}"
        case Kind.PROPOSE_TRADE:
            return f"offer of an introduction to {third} for {what}"
        case Kind.OFFER_GIFT:
            return f"gift of {what}"
        case Kind.OFFER_LOAN:
            return f"offer of a loan of {what}{until}"
        case Kind.DEMAND:
            return f"demand for {what}{by}"
        case Kind.INFORM_PAY:
            return f"news that {place} pays {units(claim)} for a day's work"
        case Kind.INFORM_DANGER:
            return f"warning of {third}"
        case Kind.PROMISE:
            return f"promise of {what}{by}"
        case Kind.ACCEPT:
            return "acceptance" + (f", {what}" if amount > 0 else "")
    return _PLAIN[Kind(kind)]


FACTORY_TALK = (Kind.PROPOSE_MERGE, Kind.PROPOSE_FUNDING, Kind.INFORM_PAY)
_PLAIN = {Kind.THREAT: "threat", Kind.PRAISE: "praise", Kind.REFUSE: "refusal", Kind.THANK: "thanks"}
