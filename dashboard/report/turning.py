"""The turning points of a run: the few days that explain where it went, chosen by rules that see only its figures."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dashboard.payload.wording import number, spell
from sim.speech.quantities import count

Row = Mapping[str, Any]
MOST = 8  # turning points told, the ending included
WEEK = 7
SWING = 0.15  # change of the population within a week that is worth telling
STATES = {"collapsing": 4, "strained": 3, "growing": 2}  # weight of entering one for the first time
FIRSTS = (
    ("attacks", 4, "the first attack"),
    ("betrayals", 4, "the first betrayal"),
    ("deceptions", 3, "the first deception"),
    ("mergers", 2, "the first vote on a merger"),
    ("deaths", 2, "the first death"),
)


class Turn(NamedTuple):
    """A day, why it is told, and how much it weighs beside others."""

    day: int
    reasons: list[str]
    weight: float


def turning(rows: Sequence[Row], most: int = MOST) -> list[Turn]:
    """At most `most` days, in order; the last day lived is one of them. `rows`: of all days lived, day 0 first."""
    found: dict[int, Turn] = {}

    def add(day: int, weight: float, reason: str) -> None:
        old = found.get(day, Turn(day, [], 0))
        found[day] = Turn(day, [*old.reasons, reason], old.weight + weight)

    last = rows[-1]["day"]
    add(last, 100, "where it ended" if last else "the start")
    for row in rows[1:]:
        for order in row["interventions"]:
            add(row["day"], 6, f"from outside: {order[:1].lower()}{order[1:]}")
    for name, weight, reason in FIRSTS:
        if first := next((row for row in rows if row[name]), None):
            add(first["day"], weight, reason)
    for state, weight in STATES.items():
        if first := next((row for row in rows if row["state"] == state), None):
            add(first["day"], weight, f"from here on {state}, for the first time")
    _extremes(rows, add)
    _swings(rows, add)
    best = sorted(found.values(), key=lambda turn: (-turn.weight, turn.day))[:most]
    return sorted(best, key=lambda turn: turn.day)


def _extremes(rows: Sequence[Row], add: Any) -> None:
    peak = max(rows, key=lambda row: row["alive"])
    if peak["day"] and peak["alive"] > rows[0]["alive"]:
        add(peak["day"], 3, f"the most residents there were: {peak['alive']:,}")
    for name, noun in (("deaths", "deaths"), ("attacks", "attacks"), ("betrayals", "betrayals")):
        worst = max(rows, key=lambda row: row[name])
        if worst[name] > 1:
            add(worst["day"], 3, f"the most {noun} of a day: {spell(worst[name])}")
    uneven = max((row for row in rows if row["gini"] is not None), key=lambda row: row["gini"], default=None)
    if uneven and uneven["day"] and uneven["gini"] - (rows[0]["gini"] or 0) > SWING:
        add(uneven["day"], 2, f"the greatest inequality: Gini {number(uneven['gini'], 2)}")


def _swings(rows: Sequence[Row], add: Any) -> None:
    """The steepest fall and the steepest rise within a week."""
    weeks = [(row, rows[row["day"] - WEEK]) for row in rows[WEEK:] if rows[row["day"] - WEEK]["alive"]]
    if not weeks:
        return
    for sign, weight, word in ((-1, 5, "fewer"), (1, 2, "more")):
        now, before = max(weeks, key=lambda pair: sign * (pair[0]["alive"] / pair[1]["alive"] - 1))
        change = now["alive"] - before["alive"]
        if sign * change / before["alive"] >= SWING and abs(change) > 1:
            add(now["day"], weight, f"{count(abs(change), 'resident')} {word} than a week before")
