"""What somebody really meant, from the private plan and intent. For the reader only, never for another resident."""

import math
from functools import cache

from sim.speech.context import Context
from sim.speech.quantities import units
from sim.state import Intent, Plan

_SINCERE = Plan.SINCERE  # looked up for every line


def meant(plan: int, intent: int, context: Context) -> str | None:
    """The private plan, then the private reason, in the third person; None if there is nothing behind the words.

    Care, which gives at a cost and without a plan, is no hidden reason, so it is not told.

    For an event, give the plan SINCERE and a Context with the actor as speaker and the target as listener.
    """
    known = Plan(plan)
    texts = [_plan(known, context), *(_reason(bit, context) for bit in _reasons(known, intent))]
    return " ".join(filter(None, texts)) or None


def hidden(plan: int, intent: int) -> bool:
    """Whether there is anything behind the words that `meant` would tell."""
    return plan != _SINCERE or bool(_reasons(_SINCERE, intent))


@cache
def _reasons(plan: Plan, intent: int) -> tuple[Intent, ...]:
    """The reasons worth telling beside the plan. Kept, because taking flags apart is slow."""
    return tuple(bit for bit in Intent(intent) if bit not in (Intent.CARE, *_SAID_BY.get(plan, Intent.NONE)))


_SAID_BY = {  # reasons that the words for the plan already tell
    Plan.BAIT: Intent.BAIT,
    Plan.LULL: Intent.BAIT,
    Plan.BREAK: Intent.TREACHERY,
    Plan.FLATTER: Intent.FAVOUR,
    Plan.MISLEAD: Intent.USE,
    Plan.SLANDER: Intent.USE,
    Plan.FEIGN_NEED: Intent.USE,
}


def _plan(plan: Plan, context: Context) -> str:
    one, two, third = context.speaker, context.listener or "the other", context.about
    match plan:
        case Plan.FEIGN_NEED:
            held = f"{one} holds {units(context.holdings)}" if math.isfinite(context.holdings) else f"{one} holds more"
            return f"{held} and pleads need to be given more."
        case Plan.LULL:
            return f"{one} means to attack {two} once {two}’s guard is down."
        case Plan.BREAK:
            return f"{one} does not mean to keep this word to {two}."
        case Plan.MISLEAD:
            place = f"the {third}" if third else "the factory"
            return f"{one} knows what {place} pays, and it is not what {two} is told."
        case Plan.SLANDER:
            return f"{one} has no cause to say so and wants {two} to turn against {third or 'a third'}."
        case Plan.FLATTER:
            return f"{one} does not mean the praise, and says it to please {two}, the stronger of the two."
        case Plan.INTIMIDATE:
            return f"{one} presses {two} because {two} is weaker."
        case Plan.BAIT:
            return f"The gift is bait: {one} means to attack {two}."
        case Plan.SINCERE:
            return ""


def _reason(bit: Intent, context: Context) -> str:
    one, two = context.speaker, context.listener or "the other"
    match bit:
        case Intent.BAIT:
            return f"It is bait: {one} means to attack {two}."
        case Intent.TREACHERY:
            return f"{one} had given {two} a promise that this breaks, and knew it."
        case Intent.REVENGE:
            return f"{one} wants to pay {two} back."
        case Intent.DOMINANCE:
            return f"Control over {two} is what weighs most with {one}."
        case Intent.USE:
            return f"{one} wants {two} to act on something {one} knows to be false."
        case Intent.FAVOUR:
            return f"{one} wants to win the favour of {two}, the stronger of the two."
        case _:  # care, or none
            return ""
