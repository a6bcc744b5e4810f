"""One message record as a sentence someone would say. The words depend on the public record and the Context alone.

So a lie reads exactly as the truth would, and what is stated (claim, amount, due day, whom or what it is about) is
what the record states. Need is read off the claim where there is one, never off the true holdings behind it.
"""

from functools import cache, lru_cache
from math import isfinite
from pathlib import Path

import numpy as np

from sim.speech.context import FLAGS, NEEDED, Context, Message, hard, marked
from sim.speech.grammar import Draw, Grammar
from sim.speech.quantities import days, units
from sim.state import Kind
from sim.values import CODES

LONGEST = 140  # characters; a longer sentence is said again, without its optional parts
TRIES = 5  # times at most

_VALUE_FLAGS = tuple(FLAGS[code] for code in CODES)
_WEIGHTS = dict.fromkeys(CODES, 3)  # lines of the speaker's own value come up four times as often as a plain one
_ACCEPT, _THANK, _INFORM_PAY = map(int, (Kind.ACCEPT, Kind.THANK, Kind.INFORM_PAY))  # plain: faster
_OF_CLAIM = frozenset(map(int, (Kind.ASK_HELP, Kind.ASK_LOAN, Kind.ASK_ATTACK)))  # need is read off what they claim
_ABOUT, _THERE, _CLAIM = FLAGS["about"], FLAGS["there"], FLAGS["claim"]
_AMOUNT, _LESS, _ASKED, _DUE = FLAGS["amount"], FLAGS["less"], FLAGS["asked"], FLAGS["due"]
_NOTHING_KNOWN = {"amount": "something", "is": "is", "by": "", "by0": " now", "until": "", "until0": " from now on"}
_ANSWERS: dict[int, int] = {
    Kind.ASK_HELP: FLAGS["needed"],
    Kind.DEMAND: FLAGS["demanded"],
    Kind.PRAISE: FLAGS["praised"],
    Kind.INFORM_PAY: FLAGS["told"],
    Kind.INFORM_DANGER: FLAGS["told"],
}
_WARM, _COLD, _UNKNOWN = 0.35, -0.25, 0.1  # trust above, below, and around zero; our choice
_RICH, _LOW, _DIRE = 10.0, 4.0, 1.6  # days the stores last; our choice
_NEARLY_NOTHING = 1e-6  # units a day, in place of a consumption of zero
_GOOD, _POOR = 1.15, 0.9  # pay in daily needs; our choice


@cache
def grammar() -> Grammar:
    """All lines, read once from the files beside this one."""
    files = sorted(Path(__file__).with_name("lines").glob("*.txt"))
    return Grammar("\n".join(file.read_text("utf-8") for file in files), FLAGS, NEEDED, _WEIGHTS)


@cache
def _start(kind: int, answers: int) -> str:
    plain = Kind(kind).name.lower()
    special = f"{plain}_{Kind(answers).name.lower()}"
    return special if special in grammar().slots else plain


def sentence(message: Message, context: Context) -> str:
    """What the sender says: first person, at most 160 characters (with names of up to 24).

    The same record and context give the same words, drawn by (seed, day, sender, receiver, kind, answered kind).
    KeyError for Kind.NONE.
    """
    sender, receiver, kind, answers, _, claim, amount, due = message.item()[:8]  # the public columns, in their order
    asked = amount
    if context.answered is not None:
        asked = float(context.answered["amount"])
        due = due or (int(context.answered["due"]) if kind == _ACCEPT else 0)
        if kind == _THANK and not amount > 0:
            amount = asked
    flags = _bonds(context) | _needs(kind, claim, context) | _ANSWERS.get(answers, 0)
    facts = _NOTHING_KNOWN | {"you": context.listener, "work": context.workplace, "theirs": context.their_workplace}
    if context.about:
        flags |= _ABOUT | _THERE if context.about == context.workplace else _ABOUT
        facts["about"] = context.about
        facts["them"] = f"the {context.about}" if answers == _INFORM_PAY else context.about
    if isfinite(claim):
        flags |= _CLAIM
        facts["claim"] = units(claim)
        facts["days"] = days(claim / max(context.consumption, _NEARLY_NOTHING))
    if amount > 0 and isfinite(amount):
        flags |= _AMOUNT | _LESS if amount < asked - 0.05 else _AMOUNT
        facts["amount"] = text = units(amount)
        facts["is"] = "is" if text == "1 unit" else "are"
    if asked > 0 and isfinite(asked):
        flags |= _ASKED
        facts["asked"] = units(asked)
    if due > 0:
        flags |= _DUE
        facts["day"] = f"day {due}"
        facts["by"] = facts["by0"] = f" by day {due}"
        facts["until"] = facts["until0"] = f" until day {due}"
    start = _start(kind, answers)
    draw = Draw(context.seed, context.day, sender, receiver, kind << 8 | answers)
    said = grammar().fill(start, flags, facts, draw)
    for _ in range(TRIES):
        if len(said) <= LONGEST:
            break
        said = min(said, grammar().fill(start, flags | FLAGS["terse"], facts, draw), key=len)
    return said


def _bonds(context: Context) -> int:
    """Conditions of the speaker's values and of what is between the two."""
    flags = 0
    if context.weights is not None:
        flags |= _values(np.asarray(context.weights, float).tobytes())
    if context.workplace:
        flags |= FLAGS["work"]
        if context.workplace == context.their_workplace:
            flags |= FLAGS["mate"]
    if context.their_workplace:
        flags |= FLAGS["theirs"]
    if context.allied:
        flags |= FLAGS["ally"]
    if context.debtor:
        flags |= FLAGS["debtor"]
    if context.creditor:
        flags |= FLAGS["creditor"]
    if context.trust > _WARM:
        flags |= FLAGS["warm"]
    elif context.trust < _COLD:
        flags |= FLAGS["cold"]
    elif abs(context.trust) < _UNKNOWN and not context.allied:
        flags |= FLAGS["stranger"]
    return flags


@lru_cache(10_000)
def _values(weights: bytes) -> int:
    """Conditions of value weights (f8): a resident keeps them, and says much."""
    known = np.frombuffer(weights)
    value = marked(known)
    return (_VALUE_FLAGS[value] if value is not None else 0) | (FLAGS["hard"] if hard(known) else 0)


def _needs(kind: int, claim: float, context: Context) -> int:
    """Conditions of need, by days the stores last; of pay, for a message about pay."""
    if kind == _INFORM_PAY:
        worth = claim / max(context.consumption, _NEARLY_NOTHING)
        return FLAGS["good"] if worth > _GOOD else FLAGS["poor"] if worth < _POOR else 0
    held = claim if kind in _OF_CLAIM else context.holdings
    lasts = held / max(context.consumption, _NEARLY_NOTHING)
    if lasts >= _RICH:
        return FLAGS["rich"]
    if lasts >= _LOW:
        return FLAGS["fine"]
    if lasts >= _DIRE:
        return FLAGS["low"]
    return FLAGS["low"] | FLAGS["dire"] if isfinite(lasts) else 0
