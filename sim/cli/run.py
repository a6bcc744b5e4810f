"""`python -m sim run`: live a scenario to its end, told day by day or as one JSON object."""

import json
import math
import sys
from collections import Counter
from typing import Any

from sim.cli.settings import known
from sim.engine import Engine
from sim.scenario import Scenario
from sim.state import Day, Happening

METRICS = ("nAUP", "SC", "ED", "IC", "CC", "gini")
COUNTED = (Happening.BIRTH, Happening.DEATH, Happening.GIFT, Happening.ATTACK, Happening.BROKEN, Happening.DEFAULT)
HEAD = "  day  alive  born  died   a head    made    used  messages  gifts  attacks  broken"


def run(scenario: Scenario, *, as_json: bool) -> None:
    """Print the run, by day or as one JSON object in which a metric that is not defined is null."""
    engine = Engine(scenario, keep=False)
    population = [int(engine.world.alive.sum())]
    labels: Counter[str] = Counter()
    events = 0
    if not as_json:
        print(f"{known(scenario)}\n\n{HEAD}")
    while not engine.finished:
        day = engine.step()
        population.append(int(day.alive.sum()))
        labels.update({name: len(found) for name, found in engine.labels[-1].items()})
        events += len(day.events)
        if not as_json:
            _progress("")
            print(_line(day))
        _progress(f"day {day.day} of {scenario.days}", day.day / scenario.days)
    _progress("")
    values = engine.summary()
    result = {
        "scenario": scenario.name,
        "seed": scenario.seed,
        "days": engine.day,
        "population": population,
        "metrics": {name: _number(values[name]) for name in METRICS},
        "labels": dict(sorted(labels.items())),
        "events": events,
        "digest": engine.digest(),
    }
    print(json.dumps(result, allow_nan=False) if as_json else _ending(result))


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


def _ending(result: dict[str, Any]) -> str:
    population = result["population"]
    lines = ["", f"{population[0]} residents became {population[-1]} in {result['days']} days.", ""]
    for name, value in result["metrics"].items():
        lines.append(f"  {name:<14} {'not defined' if value is None else f'{value:.3f}'}")
    lines += ["", *(f"  {name:<14} {count}" for name, count in result["labels"].items())]
    lines += ["", f"  {'events':<14} {result['events']}", f"  {'digest':<14} {result['digest']}"]
    return "\n".join(lines)


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 6)


def _progress(text: str, share: float = 0) -> None:
    """A bar on the last line, if errors go to a terminal; no text: wipe it away."""
    if not sys.stderr.isatty():
        return
    width = 30
    filled = round(width * share)
    bar = f"[{'#' * filled}{'.' * (width - filled)}] {text}" if text else ""
    print(f"\r\033[K{bar}", end="", file=sys.stderr, flush=True)
