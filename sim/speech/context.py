"""What a sentence may know beside its record: who speaks to whom, in what need, on what terms. Facts only, no plan."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.values import BASELINE, CODES, index

Message = np.void  # a row of MESSAGE, or of its public columns

_BASE = BASELINE.astype(np.float32)
_BENEVOLENCE, _UNIVERSALISM = index("BE"), index("UN")
MARKED = 0.12  # a value this far above its mean weight colours the speech; our choice
HARD = -0.4  # Benevolence or Universalism this far below: harsher words may be chosen; our choice


class Context(NamedTuple):
    """Everything about one message that its record does not hold. Names are plain text."""

    speaker: str
    listener: str
    about: str = ""  # name of the resident or factory the message is about; "" if none
    weights: Sequence[float] | npt.NDArray[Any] | None = None  # shape (10,), the speaker's value weights
    holdings: float = math.nan  # units the speaker holds; never said, only used where nothing is claimed
    consumption: float = 1.0  # units a day the speaker consumes
    trust: float = 0.0  # of the speaker in the listener, -1 to 1
    allied: bool = False
    debtor: bool = False  # the speaker owes the listener
    creditor: bool = False  # the listener owes the speaker
    workplace: str = ""  # the speaker's factory; "" if none
    their_workplace: str = ""  # the listener's
    day: int = 0
    seed: int = 0
    answered: Message | None = None  # the message replied to


def marked(weights: Sequence[float] | npt.NDArray[Any]) -> int | None:
    """The value that stands out most above its mean weight, as a row of VALUES; None if none does."""
    gap = np.asarray(weights, dtype=np.float32) - _BASE
    best = int(gap.argmax())
    return best if gap[best] > MARKED else None


def hard(weights: Sequence[float] | npt.NDArray[Any]) -> bool:
    """True if care for others is far below the mean."""
    near, everyone = weights[_BENEVOLENCE] - BASELINE[_BENEVOLENCE], weights[_UNIVERSALISM] - BASELINE[_UNIVERSALISM]
    return bool(near < HARD or everyone < HARD)


def _flags() -> dict[str, int]:
    said = ("claim", "amount", "due", "about", "asked", "less")
    state = ("rich", "fine", "low", "dire", "good", "poor", "work", "theirs", "there", "hard", "terse")
    bond = ("warm", "cold", "ally", "mate", "debtor", "creditor", "stranger")
    answers = ("needed", "demanded", "praised", "told")
    return {word: 1 << i for i, word in enumerate((*said, *state, *bond, *answers, *CODES))}


FLAGS = _flags()
NEEDED = {fact: fact for fact in ("claim", "about", "asked", "work", "theirs")} | {
    "days": "claim",
    "them": "about",
    "day": "due",
}  # the condition under which a fact can be stated at all; the others have a substitute
