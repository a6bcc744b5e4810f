"""One event record as a plain sentence in the third person. Public facts only; the intent stays out."""

from collections.abc import Callable
from math import isfinite

import numpy as np

from sim.asking import Phase
from sim.speech.quantities import number, per_cent, units
from sim.state import Cause, Flag, Happening

Named = Callable[[int], str]
DEMANDED, PROMISED, SUCCESS, JOINT = map(int, (Flag.DEMANDED, Flag.PROMISED, Flag.SUCCESS, Flag.JOINT))  # plain: faster

ASKED: dict[int, tuple[str, str]] = {
    Phase.PERCEIVE: ("to plan the day", "it goes without a plan"),
    Phase.SPEAK: ("to speak", "it says nothing"),
    Phase.REPLY: ("to reply", "it replies to nobody"),
    Phase.DECIDE: ("to decide", "it works as before"),
    Phase.STAND: ("to defend a neighbour", "it stays away"),
    Phase.FUND: ("to fund a merger", "it pays nothing"),
    Phase.SUMMARISE: ("to remember yesterday", "it notes nothing down"),
    Phase.MORNING: ("in the morning", "it plans and says nothing"),
    Phase.EVENING: ("in the evening", "it replies to nobody and works as before"),
}  # what a question was for, and what is done where no legal answer comes


def event_text(event: np.void, resident: Named, factory: Named, order: str = "") -> str:
    """What happened, for a row of EVENT (or of its public columns).

    `resident` and `factory` give the name of a number (never asked for -1); `order` is the summary of the
    intervention, for INTERVENE. KeyError for Happening.NONE.
    """
    kind, actor, target, about, amount, chance, flag = event.item()[:7]  # the public columns, in their order
    who = resident(actor) if actor >= 0 else ""
    match Happening(kind):
        case Happening.MOVE:
            return f"{who} now works at the {factory(about)}." if about >= 0 else f"{who} left the workplace."
        case Happening.EXPLORE:
            return _explored(who, resident(target) if target >= 0 else "", factory(about) if about >= 0 else "")
        case Happening.BIRTH:
            return f"{resident(target)} was born; {who} gave {units(amount)} to start with."
        case Happening.GIFT:
            return _gave(who, resident(target), units(amount), flag)
        case Happening.LOAN:
            return f"{who} lent {resident(target)} {units(amount)} until day {about}."
        case Happening.REPAY:
            return f"{who} repaid {resident(target)} {units(amount)}."
        case Happening.DEFAULT:
            return f"{who} could have repaid {resident(target)} {units(amount)} and did not."
        case Happening.BROKEN:
            return f"{who} did not give {resident(target)} the {units(amount)} promised for today, though able to."
        case Happening.UNABLE:
            return f"{who} had too little to give {resident(target)} the {units(amount)} due today."
        case Happening.ALLIANCE:
            return f"{who} and {resident(target)} are allies until day {about}."
        case Happening.TRADE:
            return f"{who} introduced {resident(target)} to {resident(about)} for {units(amount)}."
        case Happening.ATTACK:
            return _attacked(who, resident(target), amount, chance, flag)
        case Happening.JOIN:
            share = f" and took {units(amount)}" if amount > 0 else ""
            return f"{who} joined {resident(about)} in the attack on {resident(target)}{share}."
        case Happening.DEFEND:
            return f"{who} stood by {resident(target)} against {resident(about)}."
        case Happening.DESERT:
            return f"{who}, an ally of {resident(target)}, did not come when {resident(about)} attacked."
        case Happening.BID:
            return f"{who} proposes to merge the {factory(target)} with the {factory(about)}."
        case Happening.FUND:
            side = "for" if flag & SUCCESS else "against"
            return f"{who} of the {factory(about)} paid {units(amount)} {side} the merger."
        case Happening.MERGE:
            return _merged(who, factory(target), factory(about), chance, bool(flag & SUCCESS))
        case Happening.DEATH:
            return _died(who, resident(target) if target >= 0 else "", Cause(flag))
        case Happening.NO_ROOM:
            return f"{who or 'Someone'} found no room left."
        case Happening.INTERVENE:
            return _intervened(who, amount, order)
        case Happening.FAILED:
            asked, instead = ASKED.get(about, ("", "it does as before"))
            return f"{who}’s mind gave no usable answer{asked and f' when asked {asked}'}; {instead}."
    raise KeyError(f"no words for event kind {kind}")


def _explored(who: str, met: str, found: str) -> str:
    if met and found:
        return f"{who} went exploring, met {met} and discovered the {found}."
    if met:
        return f"{who} went exploring and met {met}."
    if found:
        return f"{who} went exploring and discovered the {found}."
    return f"{who} went exploring and found nothing new."


def _gave(who: str, whom: str, what: str, flag: int) -> str:
    if flag & DEMANDED:
        return f"{who} gave in and handed {whom} {what}."
    if flag & PROMISED:
        return f"{who} gave {whom} {what}, as promised."
    return f"{who} gave {whom} {what}."


def _attacked(who: str, whom: str, amount: float, chance: float, flag: int) -> str:
    led = f"{who} and others attacked {whom}" if flag & JOINT else f"{who} attacked {whom}"
    if flag & SUCCESS:
        loot = f"took {units(amount)}" if amount > 0 else "found nothing to take"
        return f"{led}, {loot}, and {whom} is gone."
    odds = f" with a chance of {per_cent(chance)}" if isfinite(chance) else ""
    loss = f" and lost {units(amount)}" if amount > 0 else ""
    return f"{led}{odds}, failed{loss}."


def _merged(who: str, survivor: str, other: str, chance: float, success: bool) -> str:
    odds = f" (chance {per_cent(chance)})" if isfinite(chance) else ""
    if success:
        return f"{who}’s bid won{odds}: the {other} is now part of the {survivor}."
    return f"{who}’s bid failed{odds}: the {survivor} and the {other} stay apart."


def _died(who: str, killer: str, cause: Cause) -> str:
    if cause == Cause.HUNGER:
        return f"{who} ran out of resources and is gone."
    if cause == Cause.ATTACK:
        return f"{who} did not survive {killer}’s attack." if killer else f"{who} did not survive the attack."
    if cause == Cause.REMOVED:
        return f"{who} was taken out of the community."
    return f"{who} is gone."


def _intervened(who: str, amount: float, order: str) -> str:
    text = order or "Someone intervened from outside"
    touched = who + (f", {number(amount)} units" if who and amount > 0 else "")
    return f"{text}: {touched}." if touched else f"{text}."
