"""Numbers in sentences and in JSON: a real minus sign, small counts as words, None for what is not defined."""

import math

from sim.speech.quantities import count

MINUS = "\N{MINUS SIGN}"
ARROW = "\N{RIGHTWARDS ARROW}"


def clean(value: float | None, digits: int = 3) -> float | None:
    """A number for JSON: rounded to `digits` decimals, None where it is not finite."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), digits) + 0.0  # + 0.0 turns -0.0 into 0.0


def number(value: float, digits: int = 1) -> str:
    """A quantity as shown: fixed decimals, none from a thousand on, and a real minus sign; zero has no sign."""
    places = digits if abs(value) < 1000 else 0
    text = f"{abs(value):,.{places}f}"
    return MINUS + text if value < 0 and round(value, places) != 0 else text


def spell(whole: int) -> str:
    """A count inside a sentence: a word up to twelve ("no" for zero), digits beyond."""
    return count(whole, "").split()[0]


def percent(share: float) -> str:
    """A share from 0 to 1 as "43 %"."""
    return f"{round(100 * share)} %"


def opened(sentence: str) -> str:
    """The sentence with a capital at its head, the rest untouched."""
    return sentence[:1].upper() + sentence[1:]
