"""Plans and decisions: bids, the day's work, an attack, and which words are kept."""

from sim.prompts.answers import Decide, Evening, Morning, Perceive
from sim.prompts.naming import Desk
from sim.scene import Choice, Line
from sim.speech.names import factory_name
from sim.speech.quantities import units
from sim.state import Intent, Kind, Primary

_DRIVES = {"gain": Intent.NONE, "revenge": Intent.REVENGE, "control": Intent.DOMINANCE}
_ACTS = {"work": Primary.SECURE, "raise": Primary.RAISE, "explore": Primary.EXPLORE, "idle": Primary.IDLE}


def bid(desk: Desk, form: Perceive | Morning) -> tuple[int, Intent]:
    """The factory it would merge its own with, or -1, and why."""
    other, home = desk.factory(form.bid, "bid"), int(desk.o.workplace[desk.i])
    if other >= 0 and home < 0:
        desk.complain('bid: you work at no factory, so you cannot bid to merge it. Write "".')
    elif other >= 0 and other == home:
        desk.complain(f'bid: you work at the {factory_name(home)} yourself. Name another factory you know, or "".')
    return other, _DRIVES[form.bid_for] if other >= 0 else Intent.NONE


def due_today(desk: Desk) -> list[tuple[int, float, float]]:
    """What it must settle today: slot, units promised, units owed."""
    o, i, found = desk.o, desk.i, []
    for slot in desk.slots.values():
        pledge = float(o.pledge[i, slot]) if o.pledge_due[i, slot] <= o.day else 0.0
        debt = float(o.debt[i, slot]) if o.debt_due[i, slot] <= o.day else 0.0
        if pledge > 0 or debt > 0:
            found.append((slot, pledge, debt))
    return found


def choice(desk: Desk, form: Decide | Evening, replies: tuple[Line, ...] = ()) -> Choice:
    """The day's decision; complaints are left with the desk. `replies`: those given in the same answer."""
    primary, home = _ACTS[form.act], int(desk.o.workplace[desk.i])
    factory = desk.factory(form.factory, "factory")
    if primary is not Primary.SECURE:
        factory = home
    elif factory < 0 and home < 0:
        desk.workplace(form.factory, "factory")
    elif factory < 0:
        factory = home
    cost = desk.scene.params.raise_cost
    if primary is Primary.RAISE and desk.holdings < cost:
        desk.complain(
            f"act: raising a resident costs {units(cost)}, but you hold {units(desk.holdings)}. "
            "Choose work, explore or idle."
        )
    attack, reason = _attack(desk, form, replies)
    return Choice(primary, factory, attack, reason, _honoured(desk, form))


def _attack(desk: Desk, form: Decide | Evening, replies: tuple[Line, ...]) -> tuple[int, Intent]:
    slot = desk.neighbour(form.attack, "attack")
    if slot < 0:
        return -1, Intent.NONE
    o, i, name = desk.o, desk.i, desk.name(slot)
    answered = {line.slot: line.kind for line in replies}.get(slot, desk.scene.answers.kind[i, slot])
    if desk.scene.said.kind[i, slot] in (Kind.PROPOSE_ALLIANCE, Kind.OFFER_GIFT):
        desk.complain(f"attack: you offered {name} friendship today. You can attack {name} tomorrow at the earliest.")
    elif answered in (Kind.ACCEPT, Kind.PROMISE):
        desk.complain(f"attack: you came to terms with {name} today. You can attack {name} tomorrow at the earliest.")
    bound = o.ally[i, slot] >= o.day or o.pledge[i, slot] > 0 or o.debt[i, slot] > 0
    return slot, _DRIVES[form.attack_for] | (Intent.TREACHERY if bound else Intent.NONE)


def _honoured(desk: Desk, form: Decide | Evening) -> tuple[int, ...]:
    """Slots to which it gives what falls due. Each that falls due must be decided on, so that no word is broken by
    an omission."""
    pay = {desk.neighbour(name, "pay") for name in form.pay} - {-1}
    withhold = {desk.neighbour(name, "withhold") for name in form.withhold} - {-1}
    for slot, pledge, debt in due_today(desk):
        name = desk.name(slot)
        if (slot in pay) == (slot in withhold):
            owed = f"{units(pledge + debt)} fall due to {name} today"
            where = "both pay and withhold" if slot in pay else "neither pay nor withhold"
            desk.complain(f"{owed}, but {name} stands in {where}. Put {name} in one of them.")
    return tuple(sorted(pay - withhold))
