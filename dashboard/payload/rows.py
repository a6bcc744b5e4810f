"""ROW: the figures and sentences of one day, from what is known on that day and on the days before it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboard.payload import state_word, titles
from dashboard.payload.headlines import telling
from dashboard.payload.marks import deceptive
from dashboard.payload.orders import in_words
from dashboard.payload.run import Run
from dashboard.payload.voice import Voice
from dashboard.payload.wording import clean
from sim.state import Day, Happening

Row = dict[str, Any]
WEEK = 7
COUNTS = ("alive", "births", "deaths", "attacks", "betrayals", "mergers")
MEASURES = {
    "total": "total", "head": "head", "q10": "q10", "q50": "q50", "q90": "q90", "made": "made", "used": "used",
    "gini": "gini", "sc": "SC", "ic": "IC", "cc": "CC", "warning": "warning",
}  # name in the row, name of the metric  # fmt: skip
FACTORIES = 24  # factories told a day; a community of thousands has hundreds
RISING, HIGH = 0.35, 0.65  # early-warning indicator, 0 to 1; our choice


def row(run: Run, day: int, earlier: Sequence[Row], groups: Sequence[str], voice: Voice) -> Row:
    """The ROW of `day`. `earlier`: the rows of days 0 to day - 1. `groups`: their labels."""
    today = run.history[day]
    groups = groups[: max(len(run.scenario.mix), int(today.group.max()) + 1)]  # those there are by then
    counts = {name: int(run.series[name][day]) for name in COUNTS}
    figures: Row = {
        "day": day,
        **counts,
        "deceptions": int(np.count_nonzero(deceptive(today, run.labels[day]))),
        "interventions": _interventions(run, today),
        **{name: clean(run.series[metric][day]) for name, metric in MEASURES.items()},
        "betrayals7": counts["betrayals"] + sum(past["betrayals"] for past in earlier[max(0, day - WEEK + 1) :]),
        "groups": _groups(today, len(groups)),
        "factories": _factories(today),
    }
    if day == 0:
        figures["made"] = figures["used"] = None  # nothing is made or used before the first day
    figures["warning_word"] = warning_word(figures["warning"])
    known = [*earlier, figures]
    figures["state"] = _state(run, known)
    figures["state_days"] = _lasted(earlier, figures["state"])
    figures["headline"] = telling(run, known, voice)
    figures["titles"] = titles.titles(today, known, groups, len(today.messages))
    figures["words"] = titles.words(known)
    return figures


def warning_word(warning: float | None) -> str:
    """The early-warning indicator in a word; calm while it is not defined."""
    if warning is None or warning < RISING:
        return "calm"
    return "rising" if warning < HIGH else "high"


def _groups(today: Day, count: int) -> list[Row]:
    living = today.alive > 0
    group = today.group[living]
    alive = np.bincount(group, minlength=count)
    held = np.bincount(group, today.holdings[living], count)
    return [
        {"alive": n, "head": clean(units / n) if n else None}
        for n, units in zip(alive.tolist(), held.tolist(), strict=True)
    ]


def _factories(today: Day) -> list[Row]:
    workers = np.bincount(today.workplace[(today.alive > 0) & (today.workplace >= 0)], minlength=len(today.f_open))
    told = zip(today.f_output[:FACTORIES].tolist(), workers.tolist(), today.f_open.tolist(), strict=False)
    return [{"output": clean(output, 2), "workers": n, "open": bool(is_open)} for output, n, is_open in told]


def _interventions(run: Run, today: Day) -> list[str]:
    numbers = today.events["about"][today.events["kind"] == Happening.INTERVENE]
    orders = run.scenario.interventions
    return [in_words(orders[i]) for i in sorted(set(numbers.tolist())) if 0 <= i < len(orders)]


def _state(run: Run, known: Sequence[Row]) -> state_word.State:
    window = known[-state_word.WINDOW - 1 :]
    alive, head, middle = ([past[name] for past in window] for name in ("alive", "head", "q50"))
    return state_word.word(known[-1]["day"], alive, head, middle, run.scenario.consumption)


def _lasted(earlier: Sequence[Row], state: str) -> int:
    """Days the state has lasted, today included."""
    same = bool(earlier) and earlier[-1]["state"] == state
    return earlier[-1]["state_days"] + 1 if same else 1
