"""The one word and the family (colour) of every message kind and event, as the page shows them (docs/cockpit.md)."""

from typing import Literal, NamedTuple

from sim.state import Happening, Kind

Family = Literal["help", "deal", "talk", "hostile"]


class Chip(NamedTuple):
    word: str
    family: Family


MESSAGES: dict[Kind, Chip] = {
    Kind.ASK_HELP: Chip("asks", "help"),
    Kind.ASK_LOAN: Chip("asks", "help"),
    Kind.ASK_ATTACK: Chip("asks", "hostile"),
    Kind.ASK_DEFENCE: Chip("asks", "help"),
    Kind.PROPOSE_MERGE: Chip("merger", "deal"),
    Kind.PROPOSE_FUNDING: Chip("funds", "deal"),
    Kind.PROPOSE_ALLIANCE: Chip("alliance", "deal"),
    Kind.PROPOSE_TRADE: Chip("trade", "deal"),
    Kind.OFFER_GIFT: Chip("offer", "help"),
    Kind.OFFER_LOAN: Chip("loan", "help"),
    Kind.DEMAND: Chip("demands", "hostile"),
    Kind.THREAT: Chip("threatens", "hostile"),
    Kind.PRAISE: Chip("praises", "talk"),
    Kind.INFORM_PAY: Chip("tells", "talk"),
    Kind.INFORM_DANGER: Chip("tells", "talk"),
    Kind.ACCEPT: Chip("accepts", "talk"),
    Kind.REFUSE: Chip("refuses", "talk"),
    Kind.PROMISE: Chip("promise", "help"),
    Kind.THANK: Chip("thanks", "talk"),
}

EVENTS: dict[Happening, Chip] = {
    Happening.MOVE: Chip("moves", "talk"),
    Happening.EXPLORE: Chip("explores", "talk"),
    Happening.BIRTH: Chip("born", "help"),
    Happening.GIFT: Chip("gift", "help"),
    Happening.LOAN: Chip("loan", "help"),
    Happening.REPAY: Chip("repays", "help"),
    Happening.DEFAULT: Chip("defaults", "hostile"),
    Happening.BROKEN: Chip("breaks", "hostile"),
    Happening.UNABLE: Chip("unable", "talk"),
    Happening.ALLIANCE: Chip("alliance", "deal"),
    Happening.TRADE: Chip("trade", "deal"),
    Happening.ATTACK: Chip("attack", "hostile"),
    Happening.JOIN: Chip("joins", "hostile"),
    Happening.DEFEND: Chip("defends", "help"),
    Happening.DESERT: Chip("deserts", "hostile"),
    Happening.BID: Chip("merger", "deal"),
    Happening.FUND: Chip("funds", "deal"),
    Happening.MERGE: Chip("merger", "deal"),
    Happening.DEATH: Chip("died", "talk"),
    Happening.NO_ROOM: Chip("unable", "talk"),
    Happening.INTERVENE: Chip("intervention", "talk"),
    Happening.FAILED: Chip("unable", "talk"),
}


def message_chip(kind: int, answers: int = 0) -> Chip:
    """The chip of a message. A reply takes the family of what it answers, so that a talk keeps its colour."""
    chip = MESSAGES[Kind(kind)]
    if not answers or kind not in (Kind.ACCEPT, Kind.REFUSE):
        return chip
    family = MESSAGES[Kind(answers)].family
    return chip if family == "hostile" and kind == Kind.REFUSE else Chip(chip.word, family)


def event_chip(kind: int) -> Chip:
    """The chip of an event."""
    return EVENTS[Happening(kind)]
