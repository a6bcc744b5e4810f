"""Numbers in words: units, days, lists. One decimal, never a 0.0 for something that is there."""

import math
from collections.abc import Sequence
from functools import lru_cache

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_PLACES = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"
)  # fmt: skip


def number(value: float) -> str:
    """A quantity with one decimal at most: 1.5, 2, "less than 0.1" below 0.05, "an unknown number of" if undefined."""
    if not math.isfinite(value):
        return "an unknown number of"
    if 0 < value < 0.05:
        return "less than 0.1"
    rounded = round(value, 1) or 0.0  # no minus zero
    return f"{rounded:.1f}".removesuffix(".0")


@lru_cache(10_000)  # most amounts come again and again
def units(value: float) -> str:
    """The same with its unit: "1 unit", "1.5 units"."""
    text = number(value)
    return f"{text} unit" if text == "1" else f"{text} units"


def word(value: int) -> str:
    """A count in words up to twelve: "no", "one", "14"."""
    return _SMALL[value] if 0 <= value < len(_SMALL) else f"{value:,}"


def capital(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def count(value: int, noun: str, plural: str = "") -> str:
    """A count in words up to twelve: "no deaths", "one death", "14 deaths"."""
    return f"{word(value)} {noun if value == 1 else plural or noun + 's'}"


def ordinal(place: int) -> str:
    """ "first" to "twelfth", then "21st"."""
    if 1 <= place <= len(_PLACES):
        return _PLACES[place - 1]
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place:,}{ending}"


def days(value: float) -> str:
    """How long stores last: "less than a day", "about a day", "two days"."""
    if value < 0.85:
        return "less than a day"
    if value < 1.25:
        return "about a day"
    if value < 1.75:
        return "a day and a half"
    return f"{word(round(value))} days"


def per_cent(share: float) -> str:
    """A share as per cent; never rounded up to certainty or down to impossibility."""
    if not math.isfinite(share):
        return "unknown"
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "less than 1 %"
    if whole == 100 and share < 1:
        return "over 99 %"
    return f"{whole} %"


def joined(words: Sequence[str]) -> str:
    """ "Ada", "Ada and Bo", "Ada, Bo and Cem"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
