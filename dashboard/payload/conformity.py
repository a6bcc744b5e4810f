"""From a population to what the Conformity page says of it (docs/conformity-page.md)."""

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.payload.wording import clean, number, percent
from sim.conformity import theory
from sim.conformity.chain import escape_time

TILES = 1_600  # drawn at most; larger populations are told as the means of neighbours in number
SINGLE = 400  # agents up to which each is drawn as one
CURVE = 121  # points of the landscape
WORDS = {"aligned": "Aligned", "misaligned": "Misaligned, lasting", "tipping": "Tipping", "undecided": "Undecided"}
_SCALES = ((1e15, 0, ""), (1e12, 1e12, " trillion"), (1e9, 1e9, " billion"), (1e6, 1e6, " million"))


def cells(opinions: NDArray[np.int8]) -> dict[str, Any]:
    """`values`: bytes in base64, 0 to 255 for a mean opinion of -1 to 1; `per`: agents a cell, the last may have fewer;
    `one`: whether each agent is drawn as one."""
    n = len(opinions)
    per = -(-n // TILES)
    starts = np.arange(0, n, per)
    sizes = np.diff(np.append(starts, n))
    means = np.add.reduceat(opinions, starts, dtype=np.int64) / sizes
    return {"one": n <= SINGLE, "per": per, "values": _packed(np.round((means + 1) * 127.5).astype(np.uint8))}


def state(m: float, n: int, beta: float, h: float, z: float, s: int, *, applies: bool, sweep: int) -> dict[str, Any]:
    """The word for the population, why, and the sentences above its pictures."""
    plus = round((m + 1) / 2 * n)
    against = n - plus if h > 0 else plus
    held = f"{plus:,} of {n:,} agents hold +1" if plus * 2 >= n else f"{n - plus:,} of {n:,} agents hold \u22121"
    said = {
        "m": clean(m, 4),
        "people": held,
        "trace": f"m = {number(m, 2)} after {sweep:,} sweep{'' if sweep == 1 else 's'}",
    }
    if not applies:
        reason = "Not everyone sees everyone, or they remember: the theory does not say where this rests."
        word = {"word": "outside", "says": "No theory here", "reason": reason}
        return said | word | {"headline": f"{held}; no theory says where this rests"}
    found = theory.condition(m, beta, h, z, s)
    headline = {
        "aligned": f"{n - against:,} of {n:,} agents follow their own bias",
        "misaligned": f"{against:,} of {n:,} agents hold what is against their own bias, and it lasts",
        "tipping": f"The population is tipping: {held}",
        "undecided": f"Neither side is the misaligned one: {held}" if h == 0 else f"Undecided: {held}",
    }[found.word]
    if found.word == "misaligned" and z > 0:
        headline = headline.replace(", and it lasts", " while they are pushed")
    reason = found.reason.replace(" -", f" {chr(0x2212)}")
    says = "Misaligned, pushed" if found.word == "misaligned" and z > 0 else WORDS[found.word]
    return said | {"word": found.word, "says": says, "reason": reason, "headline": headline}


def told_theory(n: int, beta: float, h: float, z: float, s: int, *, applies: bool) -> dict[str, Any]:
    """`theory`: resting points, the landscape, and where in the plane this is."""
    found = theory.states(beta, h, z, s)
    points = [
        {
            "m": clean(m, 4),
            "v": clean(float(theory.potential(m, beta, h, z, s)), 6),
            "stable": bool(stable),
            "word": _name(m, h) if stable else "ridge",
        }
        for m, stable in zip(found.m.tolist(), found.stable.tolist(), strict=True)
        if np.isfinite(m)
    ]
    grid = np.linspace(-1, 1, CURVE)
    return {
        "applies": applies,
        "why": "This is known of populations in which everyone sees everyone, without memory. This one is not such a "
        "population, so nothing is drawn.",
        "points": points,
        "landscape": {
            "m": [clean(value, 4) for value in grid.tolist()],
            "v": [clean(value, 6) for value in theory.potential(grid, beta, h, z, s).tolist()],
            "title": landscape_title(points, h) if applies else "No landscape is known here",
        },
        "plane": plane_title(n, beta, h) if applies else f"If all saw all. {plane_title(n, beta, h)}",
        "tips": [clean(float(theory.tipping(beta, h, sign)), 4) for sign in (-1, 1)],
    }


def landscape_title(points: Sequence[dict[str, Any]], h: float) -> str:
    """What the landscape shows, in a sentence."""
    valleys = [point["m"] for point in points if point["stable"]]
    places = [number(m, 2) for m in valleys]
    if len(valleys) == 1:
        side = "with its bias" if valleys[0] * h > 0 else "against its bias" if h else "without a side"
        return f"One valley, at m = {places[0]}: {side}"
    return f"Two valleys, at m = {places[0]} and {places[1]}: it stays in the one it is in"


def plane_title(n: int, beta: float, h: float) -> str:
    """Which side of the spinodal, and for how long n agents without stubborn ones would stay misaligned."""
    if h == 0:
        return "Without a bias of its own it is never misaligned"
    if not bool(theory.metastable(beta, h)):
        return f"Outside the spinodal: {n:,} agents return to their bias"
    return f"Inside the spinodal: {n:,} agents stay misaligned for {long_time(log_sweeps(n, beta, h))}"


def log_sweeps(n: int, beta: float, h: float) -> float:
    """log10 of the mean sweeps until n agents, all against their bias, are half with it: the exact chain."""
    return float(escape_time(n, beta, h)) / float(np.log(10))


def long_time(log10: float) -> str:
    """A time in sweeps, in words that stay short: "about 160 million sweeps", "about 10^33 sweeps"."""
    if log10 >= 15:
        return f"about 10^{log10:.0f} sweeps"
    value = 10**log10
    for least, unit, words in _SCALES[1:]:
        if value >= least:
            return f"about {_rounded(value / unit)}{words} sweeps"
    return f"about {_rounded(value)} sweeps" if value >= 1.5 else "about one sweep"


def share(part: int, whole: int) -> str:
    """ "63 of 100, 63 %"; "none" of none."""
    return f"{part:,} of {whole:,}, {percent(part / whole)}" if whole else "none"


def _rounded(value: float) -> str:
    """Two significant digits."""
    if value < 10:
        return f"{value:.1f}".removesuffix(".0")
    places = len(str(int(value))) - 2
    return f"{round(value, -places):,.0f}"


def _name(m: float, h: float) -> str:
    if h == 0 or abs(m) < theory.MARGIN:
        return "valley"
    return "aligned" if m * h > 0 else "misaligned"


def _packed(values: NDArray[np.uint8]) -> str:
    return base64.b64encode(values.tobytes()).decode()
