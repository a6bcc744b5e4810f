"""A run lived to its end before the reader's eyes: told day by day or as one result, and kept in a file if wanted."""

import json
import math
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.engine import Engine
from sim.errors import RunError
from sim.runs.writer import RunWriter, SaveError
from sim.state import Day, Happening

METRICS = ("nAUP", "SC", "ED", "IC", "CC", "gini")
COUNTED = (Happening.BIRTH, Happening.DEATH, Happening.GIFT, Happening.ATTACK, Happening.BROKEN, Happening.DEFAULT)
HEAD = "  day  alive  born  died   a head    made    used  messages  gifts  attacks  broken"
Result = dict[str, Any]


class Saving:
    """Keeps a run in its file while it is lived. A lost disk is told once; the run goes on."""

    def __init__(self, writer: RunWriter, path: Path, let_go: Callable[[], None] | None = None) -> None:
        """`let_go`: called before the file is closed, to end what still reads it."""
        self.writer = writer
        self.path = path
        self._let_go = let_go
        self._told = False

    def add(self, engine: Engine) -> None:
        """Keep the days not yet kept, unless the file was lost."""
        if self._told:
            return
        try:
            self.writer.add(engine)
        except SaveError as error:
            self._told = True
            progress("")
            print(f"{error}. The run goes on; the file holds it up to day {self.writer.last}", file=sys.stderr)

    def finish(self, engine: Engine) -> str:
        """Keep what is missing and close the file; what is wrong with it, "" if nothing is."""
        if self._let_go:
            self._let_go()
        try:
            self.writer.finish(engine)
        except SaveError as error:
            return (
                f"{error}. {self.path.name} holds the run up to day {self.writer.last} of {engine.day}; "
                "'resume' goes on from there"
            )
        finally:
            self.writer.close()
        return ""


def live(engine: Engine, *, as_json: bool) -> Result:
    """Live what is left of a run and return its result. A metric that is not defined is null."""
    return _lived(engine, None, as_json=as_json)


def live_and_keep(engine: Engine, saving: Saving, *, as_json: bool) -> tuple[Result, str]:
    """The same, kept day by day; with what is wrong with the file at the end, "" if nothing is."""
    with saving.writer:
        result = _lived(engine, saving, as_json=as_json)
        wrong = saving.finish(engine)
    return {**result, "run": saving.writer.facts.id, "file": str(saving.path)}, wrong


def tell(result: Result, wrong: str = "", *, as_json: bool) -> None:
    """Print a result. RunError with what is wrong with its file, once the result is told."""
    print(json.dumps(result, allow_nan=False) if as_json else _ending(result), flush=True)
    if wrong:
        raise RunError(wrong)


def progress(text: str, share: float = 0) -> None:
    """A bar on the last line, if errors go to a terminal; no text: wipe it away."""
    if not sys.stderr.isatty():
        return
    width = 30
    filled = round(width * share)
    bar = f"[{'#' * filled}{'.' * (width - filled)}] {text}" if text else ""
    print(f"\r\033[K{bar}", end="", file=sys.stderr, flush=True)


def _lived(engine: Engine, saving: Saving | None, *, as_json: bool) -> Result:
    scenario = engine.scenario
    population = [int(day.alive.sum()) for day in engine.history]
    events = sum(len(day.events) for day in engine.history)
    labels: Counter[str] = Counter()
    for marks in engine.labels:
        labels.update({name: len(found) for name, found in marks.items()})
    if not as_json:
        print(HEAD)
    while not engine.finished:
        day = engine.step()
        if saving:
            saving.add(engine)
        population.append(int(day.alive.sum()))
        labels.update({name: len(found) for name, found in engine.labels[-1].items()})
        events += len(day.events)
        if not as_json:
            progress("")
            print(_line(day))
        progress(f"day {day.day} of {scenario.days}", day.day / scenario.days)
    progress("")
    values = engine.summary()
    return {
        "scenario": scenario.name,
        "seed": scenario.seed,
        "days": engine.day,
        "population": population,
        "metrics": {name: _number(values[name]) for name in METRICS},
        "labels": dict(sorted(labels.items())),
        "events": events,
        "digest": engine.digest(),
    }


def _line(day: Day) -> str:
    living = day.alive == 1
    alive = int(living.sum())
    head = f"{day.holdings[living].mean():8.2f}" if alive else "       –"
    made, used = day.f_output.sum(), day.consumed.sum()
    counts = Counter(day.events["kind"].tolist())
    births, deaths, gifts, attacks, *broken = (counts[kind] for kind in COUNTED)
    return (
        f"{day.day:5} {alive:6} {births:5} {deaths:5} {head} {made:7.1f} {used:7.1f} {len(day.messages):9} {gifts:6} "
        f"{attacks:8} {sum(broken):7}"
    )


def _ending(result: Result) -> str:
    population = result["population"]
    lines = ["", f"{population[0]} residents became {population[-1]} in {result['days']} days.", ""]
    for name, value in result["metrics"].items():
        lines.append(f"  {name:<14} {'not defined' if value is None else f'{value:.3f}'}")
    lines += ["", *(f"  {name:<14} {count}" for name, count in result["labels"].items())]
    lines += ["", f"  {'events':<14} {result['events']}", f"  {'digest':<14} {result['digest']}"]
    lines += [f"  {name:<14} {result[name]}" for name in ("run", "file") if name in result]
    if "identical_until" in result:
        lines += ["", f"identical until day {result['identical_until']}"]
    return "\n".join(lines)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 6)
