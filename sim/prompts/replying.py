"""Replies: which answer goes with which message, and what it commits to, as `rules/agreement`, `gift`, `talk` read it.

An amount of 0 is what was asked or offered; the day of a loan is the one its offer or request named.
"""

from sim.prompts.answers import Replied
from sim.prompts.committing import ROUNDING, amount, due, meaning, owned, within_means, words
from sim.prompts.naming import Desk
from sim.scene import Line
from sim.speech.quantities import units
from sim.state import Kind

ANSWERS: dict[Kind, tuple[Kind, ...]] = {
    Kind.ASK_HELP: (Kind.ACCEPT, Kind.PROMISE, Kind.REFUSE),
    **dict.fromkeys(
        (
            Kind.ASK_LOAN, Kind.ASK_ATTACK, Kind.ASK_DEFENCE, Kind.PROPOSE_MERGE, Kind.PROPOSE_FUNDING,
            Kind.PROPOSE_ALLIANCE, Kind.PROPOSE_TRADE, Kind.OFFER_LOAN, Kind.DEMAND,
        ),
        (Kind.ACCEPT, Kind.REFUSE),
    ),
    Kind.OFFER_GIFT: (Kind.THANK, Kind.ACCEPT),
    Kind.THREAT: (Kind.REFUSE,),
    **dict.fromkeys((Kind.PRAISE, Kind.INFORM_PAY, Kind.INFORM_DANGER), (Kind.THANK,)),
}  # fmt: skip
PROMISE_DAYS = 3  # until a promise falls due, usually
_PAID = (Kind.ASK_HELP, Kind.ASK_LOAN, Kind.DEMAND, Kind.PROPOSE_TRADE)  # an acceptance is paid on the day
_GIVEN = (Kind.ASK_HELP, Kind.ASK_LOAN)


def replies(desk: Desk, said: list[Replied]) -> tuple[Line, ...]:
    """The lines; complaints are left with the desk."""
    heard = dict(desk.scene.heard(desk.i))
    own = desk.scene.said
    lines: dict[int, Line] = {}
    paid = [
        float(own.amount[desk.i, s])
        for s in desk.slots.values()
        if own.kind[desk.i, s] in (Kind.OFFER_GIFT, Kind.OFFER_LOAN)
    ]
    for number, reply in enumerate(said, 1):
        slot = desk.someone(reply.to, f"Reply {number}")
        if slot < 0:
            continue
        name = desk.name(slot)
        where = f"Reply {number} to {name}"
        if slot not in heard:
            desk.complain(f"{where}: {name} has not written to you today, so there is nothing to answer or to join.")
        elif slot in lines:
            desk.complain(f"{where}: you have answered {name} already. Send one reply to each message.")
        else:
            asked = Kind(int(own.kind[desk.row(slot), heard[slot]]))
            lines[slot] = line = _line(desk, reply, slot, heard[slot], asked, where)
            if line.kind is Kind.ACCEPT and asked in _PAID:
                paid.append(line.amount)
    within_means(desk, paid)
    return tuple(lines.values())


def _line(desk: Desk, reply: Replied, slot: int, back: int, asked: Kind, where: str) -> Line:
    kind, said, sender, i = Kind[reply.kind.upper()], desk.scene.said, desk.row(slot), desk.i
    text = words(desk, reply.words, where)
    if kind not in ANSWERS[asked]:
        fit = " or ".join(f'"{answer.name.lower()}"' for answer in ANSWERS[asked])
        desk.complain(f'{where}: "{reply.kind}" does not answer {asked.name.lower()}. Say {fit}, or nothing.')
        return Line(slot, kind, text)
    plan, intent = meaning(desk, reply.means, kind, where, gives=asked in _GIVEN and kind is not Kind.REFUSE)
    wanted = float(said.amount[sender, back])
    value, until, name = 0.0, 0, desk.name(slot)
    if kind is Kind.PROMISE:
        value, until = _up_to(desk, reply.amount, wanted, where), due(desk, reply.due, where, PROMISE_DAYS)
        if desk.o.pledge[i, slot] > 0:
            desk.complain(f"{where}: your promise to {name} is still open. Keep it before you make another.")
    elif kind is Kind.ACCEPT and wanted > 0 and asked is not Kind.OFFER_GIFT:
        value = _up_to(desk, reply.amount, wanted, where)
        if asked in _PAID or asked is Kind.PROPOSE_FUNDING:
            value = owned(desk, value, where) if value else value
        if asked is Kind.PROPOSE_TRADE and 0 < value < wanted - ROUNDING:
            desk.complain(f"{where}: {name} asks {units(wanted)} for the introduction. Accept that price or refuse.")
        if asked in (Kind.ASK_LOAN, Kind.OFFER_LOAN):
            until = int(said.due[sender, back])
            open_ = desk.o.credit if asked is Kind.ASK_LOAN else desk.o.debt
            if open_[i, slot] > 0:
                who = f"{name} owes you" if asked is Kind.ASK_LOAN else f"you owe {name}"
                desk.complain(f"{where}: {who} a loan already, so there can be no other. Refuse, or say nothing.")
    return Line(slot, kind, text, amount=value, due=until, plan=plan, intent=intent)


def _up_to(desk: Desk, value: float, wanted: float, where: str) -> float:
    """Units up to what was asked or offered; 0: all of it."""
    return amount(desk, value or wanted, where, wanted, f"only {units(wanted)} were asked or offered")
