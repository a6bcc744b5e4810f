"""`python -m sim compare A B`: when kept runs part, what differs first, how they end; and whether that may be luck."""

import json
import math
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sim.cli.files import opened
from sim.cli.telling import progress
from sim.runs.comparison import LETTERS, Side, apart, check, common, exactly_zero, parting
from sim.runs.luck import Luck, Paired
from sim.runs.verdict import is_it_luck, same_until, told, when_they_part

METRICS = ("alive", "head", "gini", "SC", "nAUP")
SLICE = 0.5  # seconds between two signs of life


def compare(paths: Sequence[Path], luck: int | None, *, as_json: bool) -> None:
    """Print it. `luck`: repeat the first two on so many new seeds. SettingError, RunError for wrong files."""
    check(len(paths))
    with ExitStack() as files:
        sides = [Side.of(files.enter_context(opened(path))) for path in paths]
        result = _compared(sides)
        repeated = _repeated(sides[0], sides[1], luck) if luck else []
    if as_json:
        result["luck"] = {paired.name: _numbers(paired) for paired in repeated}
        print(json.dumps(result, allow_nan=False))
        return
    print(_summary(sides, result))
    if repeated:
        print(f"\n{is_it_luck(repeated)}.\n")
        for paired in repeated:
            print(f"  {told(paired)}")


def _compared(sides: Sequence[Side]) -> dict[str, Any]:
    first, last = sides[0], common(sides)
    others = []
    for other in sides[1:]:
        day = parting(first, other)
        differs = apart(first, other, day) if day is not None else None
        others.append(
            {
                "part_on": day,
                "exactly_zero": exactly_zero(first, other),
                "lines_only_that_day": [len(only) for only in differs.only] if differs else [0, 0],
            }
        )
    return {
        "day": last,
        "runs": [
            {
                "title": side.title,
                "scenario": side.scenario.name,
                "seed": side.scenario.seed,
                "days": side.last,
                "digest": side.digests[-1],
                "metrics": {name: _number(side.series[name][last]) for name in METRICS},
            }
            for side in sides
        ],
        "to_the_first": others,
    }


def _summary(sides: Sequence[Side], result: dict[str, Any]) -> str:
    lines = [f"{when_they_part(sides)}.", ""]
    for letter, side in zip(LETTERS, sides):
        lines.append(f"  {letter}  {_printable(side.title)} ({side.last} days, seed {side.scenario.seed})")
    for letter, other in zip(LETTERS[1:], result["to_the_first"]):
        here, there = other["lines_only_that_day"]
        differs = f"; that day {here} lines only in A, {there} only in {letter}" if here or there else ""
        lines.append(f"  A and {letter}: {same_until(other['part_on'], result['day'])}{differs}")
    lines += ["", f"  day {result['day']:<10}" + "".join(f"{letter:>12}" for letter in LETTERS[: len(sides)])]
    for name in METRICS:
        row = (run["metrics"][name] for run in result["runs"])
        lines.append(f"  {name:<14}" + "".join(f"{'not defined' if v is None else f'{v:.3f}':>12}" for v in row))
    return "\n".join(lines)


def _repeated(one: Side, other: Side, seeds: int) -> list[Paired]:
    work = Luck(one.scenario, other.scenario, seeds)
    while not work.advance(SLICE):
        progress(f"{seeds} seeds, {work.progress:.0%} lived", work.progress)
    progress("")
    return work.results()


def _numbers(paired: Paired) -> dict[str, Any]:
    return {
        "seeds": paired.seeds,
        "means": [_number(mean) for mean in paired.means],
        "difference": _number(paired.difference),
        "interval": [_number(paired.low), _number(paired.high)],
        "higher": _number(paired.more),
        "lower": _number(paired.fewer),
    }


def _printable(title: str) -> str:
    """A title without what would steer a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in title)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 6)
