"""Opening messages: from what a resident wrote to lines its neighbours receive, or to what is wrong with them."""

from math import ceil, nan

from sim.prompts.answers import Said
from sim.prompts.committing import MOST, amount, claim, due, meaning, owned, within_means, words
from sim.prompts.naming import Desk
from sim.scene import Line
from sim.speech.names import factory_name
from sim.speech.quantities import count
from sim.state import Kind

WAIT = 2  # days a demand waits, usually
_GIVEN = (Kind.OFFER_GIFT, Kind.OFFER_LOAN)


def room(desk: Desk) -> int:
    """To how many neighbours it has time to write today: the share that scripted residents consider, rounded up."""
    share = min(desk.scene.params.talk * (1 + float(desk.o.need[desk.i])), 1.0)
    return ceil(share * len(desk.slots) - 1e-9)


def openings(desk: Desk, messages: list[Said]) -> tuple[Line, ...]:
    """The lines; complaints are left with the desk."""
    lines: dict[int, Line] = {}
    for number, said in enumerate(messages, 1):
        where = f"Message {number} to {said.to[:40]}"
        slot = desk.someone(said.to, f"Message {number}")
        if slot in lines:
            desk.complain(f"{where}: you have written to {desk.name(slot)} already. Send one message to each.")
        elif slot >= 0:
            lines[slot] = _line(desk, said, slot, f"Message {number} to {desk.name(slot)}")
    if len(messages) > room(desk):
        most = count(room(desk), "neighbour")
        desk.complain(f"You wrote {count(len(messages), 'message')}. Today you have time to write to {most} at most.")
    within_means(desk, [line.amount for line in lines.values() if line.kind in _GIVEN])
    return tuple(lines.values())


def _line(desk: Desk, said: Said, slot: int, where: str) -> Line:
    kind, day, params = Kind[said.kind.upper()], desk.o.day, desk.scene.params
    about, stated, units, until = -1, nan, 0.0, 0
    match kind:
        case Kind.ASK_HELP | Kind.ASK_LOAN:
            units = _asked(desk, said.amount, where)
            stated = claim(desk, said.claim, where, "what you say you hold")
            if kind is Kind.ASK_LOAN:
                until = due(desk, said.due, where, params.loan_term)
                if desk.o.debt[desk.i, slot] > 0:
                    desk.complain(f"{where}: you owe {desk.name(slot)} a loan already. Repay it before you ask again.")
        case Kind.ASK_ATTACK:
            about = _third(desk, said.about, slot, where)
            stated = claim(desk, said.claim, where, "what you say the target holds")
        case Kind.ASK_DEFENCE:
            about = _third(desk, said.about, slot, where) if said.about.strip() else -1
        case Kind.PROPOSE_MERGE | Kind.PROPOSE_FUNDING:
            about = _other_factory(desk, said.about, where)
            if kind is Kind.PROPOSE_FUNDING:
                units = _asked(desk, said.amount, where)
        case Kind.PROPOSE_ALLIANCE:
            until = day + params.term
            if desk.o.ally[desk.i, slot] >= day:
                last = int(desk.o.ally[desk.i, slot])
                desk.complain(f"{where}: you and {desk.name(slot)} are allies already, until day {last}.")
        case Kind.PROPOSE_TRADE:
            about = _third(desk, said.about, slot, where)
            units = _asked(desk, said.amount, where)
        case Kind.OFFER_GIFT:
            units = owned(desk, said.amount, where)
        case Kind.OFFER_LOAN:
            units, until = owned(desk, said.amount, where), due(desk, said.due, where, params.loan_term)
            if desk.o.credit[desk.i, slot] > 0:
                desk.complain(f"{where}: {desk.name(slot)} owes you a loan already and cannot borrow more from you.")
        case Kind.DEMAND:
            units, until = _asked(desk, said.amount, where), due(desk, said.due, where, WAIT)
        case Kind.INFORM_PAY:
            about = desk.workplace(said.about, f"{where}, about")
            stated = claim(desk, said.claim, where, "what the factory pays for a day's work")
        case Kind.INFORM_DANGER:
            about = _third(desk, said.about, slot, where)
    plan, intent = meaning(desk, said.means, kind, where, gives=kind in _GIVEN)
    return Line(slot, kind, words(desk, said.words, where), about, stated, units, until, plan, intent)


def _asked(desk: Desk, value: float, where: str) -> float:
    return amount(desk, value, where, MOST, f"nobody has more than {MOST:,.0f} units to give")


def _third(desk: Desk, name: str, slot: int, where: str) -> int:
    """Row of the neighbour a message is about."""
    other = desk.someone(name, f"{where}, about")
    if other == slot:
        desk.complain(f"{where}: the message is about {desk.name(slot)} itself. Name another neighbour in about.")
    return desk.row(other) if other >= 0 else -1


def _other_factory(desk: Desk, name: str, where: str) -> int:
    """A factory it knows and does not work at."""
    home, other = int(desk.o.workplace[desk.i]), desk.workplace(name, f"{where}, about")
    if home < 0:
        desk.complain(f"{where}: you work at no factory that could be merged.")
    elif other == home:
        desk.complain(f"{where}: you work at the {factory_name(home)} yourself. Name the other factory.")
    return other
