"""Sentences over the charts and behind the tiles, computed from the day's own figures."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dashboard.payload.wording import ARROW, number, opened, percent, spell
from sim.speech.names import factory_name
from sim.speech.quantities import count, joined
from sim.state import Day

Row = Mapping[str, Any]
RICH = 0.2  # the share of residents called the richest
BACK = 10  # days between the two figures of inequality
EVEN = 0.015  # a smaller change of the Gini coefficient is none
MISSING = {  # why a figure may be missing while residents live
    "sc": "nothing to count yet",
    "warning": "not enough to tell yet",
}
TILES = ("alive", "head", "gini", "sc", "betrayals7", "warning")


def titles(today: Day, known: Sequence[Row], groups: Sequence[str], messages: int) -> dict[str, str]:
    """One sentence a chart. `known`: the figures of day 0 to today; `groups`: labels of the value groups."""
    now = known[-1]
    return {
        "graph": _graph(now, messages),
        "resources": _resources(today),
        "flows": _flows(now),
        "population": _population(known),
        "gini": _gini(known),
        "groups": _groups(now, groups),
        "factories": _factories(today),
        "transcript": _transcript(now, messages),
    }


def words(known: Sequence[Row]) -> dict[str, str]:
    """How each tile's figure differs from yesterday's."""
    return {tile: _change(tile, known) for tile in TILES}


def _graph(now: Row, messages: int) -> str:
    if not now["alive"]:
        return "Nobody is left"
    if now["day"] == 0:
        return opened(f"{count(now['alive'], 'resident')} before the first day")
    happened = [("attacks", "attack"), ("deaths", "death"), ("births", "birth")]
    parts = [count(messages, "message"), *(count(now[name], noun) for name, noun in happened if now[name])]
    return opened(f"{joined(parts)} today")


def _transcript(now: Row, messages: int) -> str:
    if now["day"] == 0:
        return "Day 0: nothing has been said yet"
    deceptive, head = now["deceptions"], f"Day {now['day']}: {count(messages, 'message')}"
    if not deceptive:
        return head
    if messages == 1:
        return f"Day {now['day']}: one message, and it is deceptive"
    return f"{head}, {'all' if deceptive == messages else spell(deceptive)} deceptive"


def _resources(today: Day) -> str:
    holdings = np.sort(today.holdings[today.alive > 0])[::-1]
    n, total = len(holdings), float(holdings.sum())
    if n == 0:
        return "Nobody is left to hold anything"
    if total <= 0:
        return "Nobody holds anything"
    rich = int(np.ceil(RICH * n))
    if n < 5:
        return opened(f"{count(n, 'resident')} {'holds' if n == 1 else 'hold'} {number(total)} units")
    verb = "holds" if rich == 1 else "hold"
    return opened(
        f"{spell(rich)} of {spell(n)} residents {verb} {percent(holdings[:rich].sum() / total)} of everything"
    )


def _flows(now: Row) -> str:
    if now["made"] is None or now["used"] is None:
        return "Nothing is made or used before the first day"
    made, used = round(now["made"], 1), round(now["used"], 1)
    head = f"{number(made)} units made, {number(used)} used"
    if made == used:
        return f"{head}: as much as they need"
    return f"{head}: {number(abs(made - used))} {'to spare' if made > used else 'short'}"


def _population(known: Sequence[Row]) -> str:
    start, now = known[0]["alive"], known[-1]["alive"]
    born, died = (sum(row[name] for row in known) for name in ("births", "deaths"))
    if len(known) == 1:
        return opened(f"{count(start, 'resident')} at the start")
    change = f"{count(now, 'resident')}, as at the start" if now == start else f"{start:,} {ARROW} {now:,} residents"
    if not born and not died:
        return opened(change)
    return opened(f"{change}: {_who(born)} born, {_who(died, '')}died")


def _who(number_of: int, verb: str = "were") -> str:
    """ "one was", "28 were", "nobody was"; without a verb "one ", "28 ", "nobody "."""
    who = spell(number_of) if number_of else "nobody"
    return f"{who} {'was' if verb and number_of < 2 else verb}"


def _gini(known: Sequence[Row]) -> str:
    now = known[-1]["gini"]
    if now is None:
        return "Inequality is not defined today"
    past = known[max(0, len(known) - 1 - BACK)]
    days = known[-1]["day"] - past["day"]
    if past["gini"] is None or days == 0:
        return f"Inequality today: Gini {number(now, 2)}"
    before, change = past["gini"], now - past["gini"]
    if abs(change) < EVEN:
        return f"Inequality holds: Gini {number(now, 2)}, as {count(days, 'day')} ago"
    verb = "rising" if change > 0 else "falling"
    return f"Inequality is {verb}: Gini {number(before, 2)} {ARROW} {number(now, 2)} in {count(days, 'day')}"


def _groups(now: Row, labels: Sequence[str]) -> str:
    living = [(group["alive"], group["head"], label) for group, label in zip(now["groups"], labels, strict=True)]
    most = sorted((entry for entry in living if entry[0]), key=lambda entry: -entry[0])[:2]
    if not most:
        return "Nobody is left"
    alive, head, label = most[0]
    first = f"{_members(alive, label)} {'holds' if alive == 1 else 'hold'} {number(head)} units"
    if alive > 1:
        first += " each"
    if len(most) == 1:
        return opened(first)
    other, other_head, other_label = most[1]
    return opened(f"{first}, {spell(other)} {other_label} {number(other_head)}")


def _members(alive: int, label: str) -> str:
    """ "19 original residents", "six residents with Power"."""
    if label == "original":
        return count(alive, "original resident")
    return f"{count(alive, 'resident')} {label}"


def _factories(today: Day) -> str:
    output = np.where(today.f_open > 0, today.f_output, 0)
    total = float(output.sum())
    if today.day == 0:
        return f"{opened(count(int(today.f_open.sum()), 'factory', 'factories'))} at the start"
    if total <= 0:
        return "No factory made anything today"
    best = int(output.argmax())
    workers = int(((today.workplace == best) & (today.alive > 0)).sum())
    alone = np.count_nonzero(output) == 1
    made = f"all {number(total)} units" if alone else f"{number(float(output[best]))} of {number(total)} units"
    return f"The {factory_name(best)} made {made} with {count(workers, 'worker')}"


def _change(tile: str, known: Sequence[Row]) -> str:
    now = known[-1][tile]
    if now is None:
        return MISSING.get(tile, "not defined today")
    if len(known) == 1:
        return "at the start"
    before = known[-2][tile]
    if before is None:
        return "not defined yesterday"
    whole = tile in ("alive", "betrayals7")
    digits = 0 if whole else 1 if tile == "head" else 2
    change = round(now, digits) - round(before, digits)
    if abs(change) < 0.5 * 10**-digits:
        return "as yesterday"
    size = spell(int(abs(change))) if whole else number(abs(change), digits)
    less = "fewer" if whole else "less"
    return f"{size} {'more' if change > 0 else less} than yesterday"
