"""Who a resident is, in words: its name and its values, in one of the phrasings.

The words follow from a resident's ten weights alone, the ones by which scripted residents live, never from the name
of its group: each weight falls into one of five levels of the survey's scale, and each level has its words. *With v*
puts v at the top, so it is prioritised above all; *without v* puts it at the bottom, so it counts for nothing;
*original* leaves the means people give, of which none is as a rule at either end; an *own profile* says what it says.
Residents of one group differ in their weights and so in their words; a scenario with no variety makes them equal.
"""

import numpy as np

from sim.prompts.texts import fill, phrasing
from sim.speech.quantities import joined
from sim.state import Array
from sim.values import VALUES

LEVELS = {"supreme": 0.9, "very": 0.6, "important": 0.35, "little": 0.07, "opposed": -1.0}  # least weight; our choice


def profile(name: str, weights: Array, way: str) -> str:
    """The profile of a resident, shape (10,) weights; its most important values first."""
    lines = phrasing(way)
    levels: dict[str, list[int]] = {level: [] for level in LEVELS}
    for v in np.argsort(-weights, kind="stable").tolist():
        levels[next(level for level, least in LEVELS.items() if weights[v] >= least)].append(v)
    told = [
        fill(
            lines[level],
            (),
            names=joined([VALUES[v].name for v in chosen]),
            goals=joined([f"{VALUES[v].name} ({VALUES[v].goal})" for v in chosen]),
            ratings="\n".join(f"{VALUES[v].name}: {_rating(weights[v])}" for v in chosen),
        )
        for level, chosen in levels.items()
        if chosen
    ]
    return fill(lines["whole"], name=name, values="\n".join(told))


def definitions(terse: bool) -> str:
    """The ten values and the goals that define them, after Schwartz."""
    if terse:
        return "; ".join(f"{value.name}: {value.goal}" for value in VALUES) + "."
    return "\n".join(f"- {value.name}: {value.goal}." for value in VALUES)


def _rating(weight: float) -> str:
    """On the scale of the Schwartz Value Survey, -1 to 7, with one decimal."""
    return f"{round(7 * float(weight), 1) + 0.0:g}"
