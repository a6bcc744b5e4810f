"""What the Compare page is told of two to four runs (docs/compare.md): figures, sentences, days side by side, luck."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from dashboard.payload.feed import Feed, provenance
from dashboard.payload.wording import clean, number, opened
from sim.measures import catalogue
from sim.runs.comparison import LETTERS, Side, Unlike, aligned, common, exactly_zero, first_parting, partings
from sim.runs.luck import Luck, Paired
from sim.runs.verdict import DIGITS, PER_CENT, is_it_luck, same_until, signed, told, when_they_part
from sim.speech.quantities import count, joined, word

FIGURES = {"alive": "alive", "head": "head", "gini": "gini", "sc": "SC"}  # name on the page, name of the metric
BEHAVIOURS = (
    "betrayals", "deceptions", "cooperations", "manipulations", "power_seeking", "retaliations", "sycophancies"
)  # fmt: skip


def meta(sides: Sequence[Side], ids: Sequence[str]) -> dict[str, Any]:
    """What holds for the whole comparison."""
    last, day = common(sides), first_parting(sides)
    return {
        "headline": when_they_part(sides),
        "same": same_until(day, last),
        "zero": all(exactly_zero(sides[0], side) for side in sides[1:]),
        "parting": day,
        "partings": [[i, j, day] for (i, j), day in partings(sides).items()],
        "horizon": max(1, *(side.last for side in sides)),
        "common": last,
        "runs": [
            {
                "letter": letter,
                "id": identity,
                "title": side.title,
                "days": side.last,
                "provenance": provenance(side.scenario),
                "seed": side.scenario.seed,
            }
            for letter, identity, side in zip(LETTERS, ids, sides)
        ],
        "behaviours": [[name, catalogue()[name].title] for name in BEHAVIOURS],
        "titles": titles(sides),
    }


def columns(sides: Sequence[Side]) -> dict[str, list[list[float | None]]]:
    """Figure -> for each run its values by day, null where not defined or not lived. Behaviours: cases so far."""
    found = {name: aligned(sides, metric) for name, metric in FIGURES.items()}
    for name in BEHAVIOURS:
        daily = aligned(sides, name)
        found[name] = np.where(np.isnan(daily), np.nan, np.nancumsum(daily, axis=1))
    return {name: [[clean(value) for value in row] for row in table.tolist()] for name, table in found.items()}


def titles(sides: Sequence[Side]) -> dict[str, str]:
    """A sentence for each chart, with its numbers, about the last day that all have lived."""
    last = common(sides)

    def at(metric: str) -> list[float]:
        return [float(side.series[metric][last]) for side in sides]

    found = {
        "alive": _ends(at("alive"), "alive", 0, last, every=True),
        "head": _ends(at("head"), "units a head", 1, last),
        "gini": _most_equal(at("gini"), last),
        "sc": _ends(at("SC"), "social capital", 2, last),
    }
    for name in BEHAVIOURS:
        sums = [float(np.nansum(side.series[name][: last + 1])) for side in sides]
        found[name] = f"{catalogue()[name].title} by day {last}: {_by_run(sums, 0)}"
    return found


def side(feed: Feed, run: int, against: int, day: int, differs: Unlike | None) -> dict[str, Any]:
    """SIDE: one day of one run. `differs`: the day as against the other run's; None: the other has no such day."""
    detail, story = feed.detail(day), feed.meta()
    only = differs.only[0] if differs else []
    here, there = LETTERS[run], LETTERS[against]
    title = f"{here}, day {day}: {count(detail['total_lines'], 'line')}"
    if only:
        title += f", {word(len(only))} of them only here"
    return {
        "run": run,
        "against": against,
        "day": day,
        "detail": detail,
        "only": only,
        "title": title,
        "graph": opened(f"{count(len(detail['edges']), 'message or act', 'messages and acts')} between residents"),
        "differs": differing(differs, here, there) if differs else f"{there} has no day {day}",
        "meta": {name: story[name] for name in ("groups", "factories", "chips")},
    }


def differing(differs: Unlike, one: str, other: str) -> str:
    """What differs on a day between two runs, in a sentence."""
    here, there = (len(only) for only in differs.only)
    if here or there:
        others = word(there) if there else "none"
        return f"Day {differs.day}: {count(here, 'line')} only in {one}, {others} only in {other}"
    if not differs.columns:
        return f"Day {differs.day} is the same in both, to the last bit"
    known = {"holdings": "what residents hold", "group": "what residents live by", "pay": "what they are paid"}
    words = [said for column, said in known.items() if column in differs.columns]
    return (
        f"Day {differs.day}: no message or event differs, but {joined(words or ['what residents keep to themselves'])}"
    )


def luck(work: Luck, state: str, one: int, other: int) -> dict[str, Any]:
    """LUCK: how far the repetitions are, and once they have ended or were stopped what they say."""
    over = state in ("done", "stopped")
    results = work.results() if over else []
    letters = LETTERS[one], LETTERS[other]
    impossible = len(work.impossible[0] | work.impossible[1])
    return {
        "state": state,
        "pair": [one, other],
        "seeds": len(work.seeds),
        "progress": round(work.progress, 3),
        "answer": is_it_luck(results, *letters) if over else "",
        "note": _note(work, letters, impossible) if over else "",
        "rows": [_row(result, *letters) for result in results],
    }


def _note(work: Luck, letters: tuple[str, str], impossible: int) -> str:
    days = work.sides[0].days
    words = f"Both sides lived {days} days on the same new seeds, from {work.seeds[0]}; {letters[1]} less {letters[0]}"
    words += ". By chance alone, one of twenty such intervals misses the true difference"
    if impossible:
        words += f". In {count(impossible, 'seed')} an intervention named someone who is not there; they do not count"
    return words


def _row(result: Paired, one: str, other: str) -> dict[str, Any]:
    digits = DIGITS[result.name]
    sides = [_said(mean, digits) for mean in result.means]
    interval = f"{signed(result.low, digits)} to {signed(result.high, digits)}" if result.seeds > 1 else "not defined"
    return {
        "name": result.name,
        "words": opened(result.words),
        "means": sides,
        "difference": signed(result.difference, digits),
        "interval": interval,
        "confidence": PER_CENT,
        "numbers": [clean(value, 4) for value in (result.difference, result.low, result.high)],
        "clear": result.clear,
        "seeds": result.seeds,
        "higher": round(result.more * result.seeds) if result.seeds else 0,
        "lower": round(result.fewer * result.seeds) if result.seeds else 0,
        "told": opened(told(result, one, other)),
    }


def _said(value: float, digits: int) -> str:
    return "not defined" if np.isnan(value) else number(value, digits)


def _ends(values: Sequence[float], what: str, digits: int, day: int, *, every: bool = False) -> str:
    """ "13 alive in A, 20 in B on day 60"; of more than two the highest and the lowest, unless `every` is wanted."""
    if all(map(math.isnan, values)):
        return f"{opened(what)} is not defined on day {day}"
    return f"{opened(_by_run(values, digits, f' {what}', every=every))} on day {day}"


def _by_run(values: Sequence[float], digits: int, what: str = "", *, every: bool = False) -> str:
    """ "13 in A and C, 20 in B", with `what` behind the first number."""
    runs = _alike(values, digits)
    if len(runs) == 1:
        return f"{_said(values[0], digits)}{what} in {_all(len(values))}"
    if not every and len(runs) > 2:
        known = [value for value in values if not math.isnan(value)]
        runs = {said: runs[said] for said in (_said(end, digits) for end in (max(known), min(known)))}
    first, *rest = (f"{said}{'' if k else what} in {joined(where)}" for k, (said, where) in enumerate(runs.items()))
    return ", ".join((first, *rest))


def _alike(values: Sequence[float], digits: int) -> dict[str, list[str]]:
    """What is said of the values: the letters of the runs of which it is said."""
    found: dict[str, list[str]] = {}
    for letter, value in zip(LETTERS, values):
        found.setdefault(_said(value, digits), []).append(letter)
    return found


def _most_equal(values: Sequence[float], day: int) -> str:
    """ "Most equal is B: Gini 0.22; least A: 0.34 on day 60"."""
    known = [value for value in values if not math.isnan(value)]
    if not known:
        return f"Gini is not defined on day {day}"
    runs, (first, last) = _alike(values, 2), (_said(end, 2) for end in (min(known), max(known)))
    if first == last:
        where = _all(len(values)) if len(runs) == 1 else joined(runs[first])
        return f"Gini is {first} in {where} on day {day}"
    be = "is" if len(runs[first]) == 1 else "are"
    return f"Most equal {be} {joined(runs[first])}: Gini {first}; least {joined(runs[last])}: {last} on day {day}"


def _all(runs: int) -> str:
    return "both" if runs == 2 else f"all {number(runs, 0)}"
