"""How a member is asked for its opinion: own words, in several wordings and both orders of naming.

As in De Marzo et al.: the member sees what all others declare, under fresh random names of two characters, shuffled;
it has no memory and does not see itself.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from pydantic import BaseModel

from sim.asking import Message
from sim.compiled import njit
from sim.conformity.luck import NAMING
from sim.randomness import uniform

_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"
MOST_SEEN = len(_SIGNS) ** 2 - 1
ASKS = (
    "Which of the two do you declare?",
    "State the opinion that you hold now.",
    "Say which side you are on.",
    "Now it is your turn: choose one of them.",
)


class Choice(BaseModel):
    """The answer asked for."""

    choice: Literal["A", "B"]


def messages(
    named: tuple[str, str], plus_first: bool, wording: int, plus: int, others: int, seed: int, question: int
) -> tuple[Message, ...]:
    """One question. `named`: opinions +1 and -1; `plus` of the `others` declare +1; none: asked in isolation."""
    keys = np.empty(MOST_SEEN + 1)
    fill(keys, seed, question)
    order = np.argsort(keys)
    names = [_SIGNS[i // len(_SIGNS)] + _SIGNS[i % len(_SIGNS)] for i in order[: others + 1]]
    first, second = named if plus_first else named[::-1]
    said = [f"{name}: {named[0] if k < plus else named[1]}" for k, name in enumerate(names[1:])]
    shuffled = [said[k] for k in np.argsort(keys[order[1 : others + 1]] * 1e6 % 1.0)]
    crowd = ["", "What the other members declare:", *shuffled] if others else []
    lines: Sequence[str] = (
        f"You are member {names[0]} of a group. There are two opinions:",
        f"A: {first}",
        f"B: {second}",
        *crowd,
        "",
        f"{ASKS[wording]} Answer with the JSON object " + '{"choice": "A"} or {"choice": "B"} and nothing else.',
    )
    return (Message("user", "\n".join(lines)),)


@njit
def fill(keys, seed, question):
    """A random key for every possible name."""
    for i in range(len(keys)):
        keys[i] = uniform(seed, NAMING, question, i, 0)
    return
