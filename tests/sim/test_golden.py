"""A few days told in full, compared with a text that a person can read.

When a rule changes on purpose, look at the difference, then write the text anew with GOLDEN=write in the environment.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from sim.engine import Engine
from sim.scenario import check
from sim.state import Cause, Day, Flag, Happening, Intent, Kind, Plan, Primary

GOLDEN = Path(__file__).parent.parent / "golden" / "six_residents.txt"


def told(day: Day) -> Iterator[str]:
    """A day in plain words and numbers, one line a record."""
    yield f"Day {day.day}"
    for m in day.messages:
        answer = f" to {Kind(int(m['answers'])).name}" if m["answers"] else ""
        parts = [f"{m['sender']} > {m['receiver']}: {Kind(int(m['kind'])).name}{answer}"]
        parts += [f"about {m['about']}"] if m["about"] >= 0 else []
        parts += [f"claims {m['claim']:.1f}"] if not np.isnan(m["claim"]) else []
        parts += [f"{m['amount']:.1f} units"] if m["amount"] else []
        parts += [f"due {m['due']}"] if m["due"] else []
        parts += [f"({Plan(int(m['plan'])).name.lower()})"] if m["plan"] else []
        yield "  " + ", ".join(parts)
    for e in day.events:
        kind = Happening(int(e["kind"]))
        parts = [f"{e['actor']} {kind.name}"]
        parts += [f"target {e['target']}"] if e["target"] >= 0 else []
        parts += [f"about {e['about']}"] if e["about"] >= 0 else []
        parts += [f"{e['amount']:.2f} units"] if e["amount"] else []
        parts += [f"chance {e['chance']:.2f}"] if not np.isnan(e["chance"]) else []
        flag = int(e["flag"])
        parts += [(Cause(flag) if kind == Happening.DEATH else Flag(flag)).name or ""] if flag else []
        parts += [f"({Intent(int(e['intent'])).name})".lower()] if e["intent"] else []
        yield "  * " + ", ".join(parts)
    for i in np.flatnonzero(day.alive):
        work = Primary(int(day.primary[i])).name.lower()
        yield f"  {i}: {day.holdings[i]:.2f} units, paid {day.pay[i]:.2f}, used {day.consumed[i]:.2f}, {work}"


def test_golden_days() -> None:
    scenario = check({"size": 6, "days": 6, "seed": 12, "mix": "50% without BE", "talk": 0.6})
    engine = Engine(scenario)
    while not engine.finished:
        engine.step()
    text = "\n".join(line for day in engine.history for line in told(day)) + "\n"
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")
