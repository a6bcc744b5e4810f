"""BET: what will become of a community? The question, answers and verdict all follow from the scenario bet on."""

import math
from collections.abc import Sequence
from typing import Any

from dashboard.payload.wording import opened, spell
from sim.scenario import Group, Scenario

Bet = dict[str, Any]
GROWS, SHRINKS = 1.2, 0.8  # of the residents it starts with: more is growing, fewer is shrinking
TITLES = ("It keeps growing", "It holds steady", "It shrinks")
SHAPES = (
    [0.50, 0.54, 0.60, 0.68, 0.77, 0.86],
    [0.50, 0.55, 0.52, 0.48, 0.50, 0.49],
    [0.50, 0.56, 0.58, 0.44, 0.22, 0.12],
)  # sketches of the three answers, not of any run
SHARES = {25.0: "a quarter of them", 50.0: "half of them", 75.0: "three quarters of them", 100.0: "all of them"}
WITHOUT = {
    "SD": "stop thinking for themselves", "ST": "stop seeking anything new", "HE": "stop enjoying themselves",
    "AC": "stop caring for success", "PO": "stop caring for power", "SE": "stop caring for safety",
    "CO": "stop minding what others expect", "TR": "stop keeping their customs",
    "BE": "stop caring for each other", "UN": "stop caring for everyone's good",
}  # fmt: skip
WITH = {
    "SD": "put freedom first", "ST": "put excitement first", "HE": "put pleasure first", "AC": "put success first",
    "PO": "put power first", "SE": "put safety first", "CO": "put conformity first", "TR": "put tradition first",
    "BE": "put those close to them first", "UN": "put everyone's good first",
}  # fmt: skip


def bet(
    wager: Scenario, shown: Scenario, quotes: Sequence[dict[str, Any]], given: int | None, ended: int | None
) -> Bet:
    """The BET on `wager`, offered beside the run of `shown`.

    given: the answer's key, once given. ended: residents alive at the end of the wager's run, once it is finished.
    """
    return {
        "question": question(wager),
        "note": _note(wager, shown),
        "answers": [
            {"key": key, "title": title, "range": span, "shape": shape}
            for key, title, span, shape in zip((1, 2, 3), TITLES, _ranges(wager.size), SHAPES, strict=True)
        ],
        "quotes": list(quotes),
        "given": given,
        "verdict": None if given is None or ended is None else verdict(wager, given, ended),
    }


def question(wager: Scenario) -> str:
    """ "What happens if a quarter of them stop caring for each other?" """
    changed = [group for group in wager.mix if group.condition != "original" and group.share > 0]
    if len(changed) == 1:
        share = SHARES.get(changed[0].share, f"{changed[0].share:g} % of them")
        return f"What happens if {share} {_lives(changed[0])}?"
    if not changed:
        return f"What becomes of {wager.size:,} residents in {wager.days:,} days?"
    return f"What happens if {spell(len(changed))} groups live by other values?"


def answer(size: int, ended: int) -> int:
    """The key of the answer that came true: 1 grew, 2 held steady, 3 shrank."""
    low, high = _bounds(size)
    return 1 if ended > high else 3 if ended < low else 2


def verdict(wager: Scenario, given: int, ended: int) -> str:
    """What they said, and what came of it; no praise, no blame."""
    return f"You bet: “{TITLES[given - 1]}”. {wager.size:,} became {ended:,}."


def _bounds(size: int) -> tuple[int, int]:
    """The fewest and the most residents that count as steady."""
    return math.ceil(SHRINKS * size - 1e-9), math.floor(GROWS * size + 1e-9)


def _ranges(size: int) -> tuple[str, str, str]:
    low, high = _bounds(size)
    steady = f"{low:,} to {high:,} alive" if high > low else f"{low:,} alive"
    return f"more than {high:,} alive", steady, f"fewer than {low:,} alive"


def _lives(group: Group) -> str:
    if group.condition == "profile" or group.value is None:
        return "live by a profile of their own"
    phrases = WITH if group.condition == "with" else WITHOUT
    return phrases[group.value].replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")


def _note(wager: Scenario, shown: Scenario) -> str:
    """What both runs share, and how many residents differ."""
    same = wager.size == shown.size and wager.seed == shown.seed
    who = f"The same {wager.size:,} residents, the same luck" if same else f"{wager.size:,} residents"
    groups = zip(wager.mix, wager.counts(), strict=True)
    changed = sum(count for group, count in groups if group.condition != "original")
    if not same or not changed or any(group.condition != "original" for group in shown.mix):
        return f"{who}, {wager.days:,} days."
    verb = "changes" if changed == 1 else "change"
    only = "All of them change" if changed == wager.size else f"Only {spell(changed)} {verb}"
    return f"{who}, {wager.days:,} days. {opened(only)}."
