"""`python -m sim distance SCENARIO`: how many residents the community can lose; as text or JSON."""

import json
import math
from typing import Any

from sim.cli.settings import known
from sim.cli.telling import progress
from sim.errors import SettingError
from sim.scenario import Scenario
from sim.studies.distance import FUTURES, HORIZON, Distance, Search
from sim.studies.edges import LATEST, present_of, settled

SLICE = 0.5  # seconds between two signs of life


def distance(scenario: Scenario, day: int | None, futures: int | None, *, as_json: bool) -> None:
    """Print it. `day`: of the present; None: the first on which the community is steady. SettingError, RunError."""
    if day is not None and not 0 <= day <= scenario.days:
        raise SettingError(f"--day: the run lasts from day 0 to {scenario.days}, and day {day} was asked for")
    community = settled(scenario) if day is None else present_of(scenario, day)
    search = Search(*community, FUTURES if futures is None else futures)
    while not search.advance(SLICE):
        progress(f"day {community.present.day}, {search.progress:.0%} lived", search.progress)
    progress("")
    assert search.answer is not None
    if as_json:
        print(json.dumps(_record(scenario, search.answer), allow_nan=False))
    else:
        print(f"{known(scenario)}\n\n{_told(search.answer, day)}")


def _told(answer: Distance, day: int | None) -> str:
    note = f" {answer.note}" if answer.note else ""
    lines = [f"{answer.title} residents on day {answer.day}.{note}" if answer.size else f"{answer.title}."]
    if day is None and not answer.steady and answer.size:
        lines.append(f"It was steady on no day up to {LATEST}.")
    lines += ["", f"  {'loss':>6}{'futures':>9}{'recovered':>11}{'died out':>10}"] if answer.tried else []
    lines += [f"  {t.loss:>6}{t.futures:>9}{t.recovered:>11}{t.died:>10}" for t in answer.tried]
    lines += ["", f"Of {HORIZON} days each; the definition is docs/distance.md."]
    return "\n".join(lines)


def _record(scenario: Scenario, answer: Distance) -> dict[str, Any]:
    return {
        "scenario": scenario.name,
        "seed": scenario.seed,
        "case": answer.case,
        "day": answer.day,
        "size": answer.size,
        "distance": _number(answer.place),
        "can_lose": answer.can_lose,
        "interval": [_number(answer.low), _number(answer.high)],
        "steady": answer.steady,
        "drift": _number(answer.drift),
        "words": f"{answer.title}. {answer.note}".strip(),
        "tried": [tried._asdict() for tried in answer.tried],
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)
