"""Numbers in words: one way to write a number, an interval and a p-value, for pages, terminal and report."""

import math

from sim.measures import catalogue
from sim.metric import total

_NOTHING = 1e-9  # smaller is written as 0


def number(x: float, beside: float = 0.0) -> str:
    """Three figures or so, with a true minus and no exponent: 0.0312, −1.76, 23.4, 1,204.

    `beside`: a number it stands beside; the larger of the two says how many decimals both get.
    """
    if not math.isfinite(x):
        raise ValueError(f"{x} is not a number that can be stated; say why it is not defined instead")
    size = max(abs(x), abs(beside))
    if size < _NOTHING:
        return "0"
    decimals = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 0.1 else 1 - math.floor(math.log10(size))
    text = f"{x:,.{decimals}f}"
    return text.replace("-", "−") if any(c in "123456789" for c in text) else "0"


def signed(x: float) -> str:
    """A difference: +0.12, −1.76, 0."""
    text = number(x)
    return text if x < 0 or text == "0" else f"+{text}"


def share(x: float) -> str:
    """A share of 1 in whole per cent: "37 %", and "under 1 %" where 0 would not be true."""
    if 0 < x < 0.005:
        return "under 1 %"
    return "over 99 %" if 0.995 <= x < 1 else f"{100 * x:.0f} %"


def interval(low: float, high: float) -> str:
    """ "95 % interval −1.79 to −1.72"."""
    return f"95 % interval {number(low, high)} to {number(high, low)}"


def span(low: float, high: float) -> str:
    """An interval of per cents: "95 % interval 15 to 27 %"."""
    return f"95 % interval {low:.0f} to {high:.0f} %"


def chance(p: float) -> str:
    """ "p = 0.034", "p < 0.001"."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def count(n: int, one: str, many: str = "") -> str:
    """ "1 run", "64 runs"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def called(metric: str) -> str:
    """A metric's title, "Social capital"; its name where no such metric is known (a study of another version)."""
    known = catalogue().get(metric)
    return known.title if known else metric


def unit(metric: str) -> str:
    """Unit of a run's value of a metric: a sum over the days is not "a day". Empty where it has none."""
    known = catalogue().get(metric)
    if known is None:
        return ""
    return known.unit.replace(" a day", "") if known.final is total else known.unit


def lower(text: str) -> str:
    """Text as within a sentence: "Social capital" as "social capital", "SC" as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
