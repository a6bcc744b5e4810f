"""A run lived to its end before the reader's eyes: told day by day or as one result, and kept in a file if wanted."""

import math
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sim.asking import PauseError, Place
from sim.cli.brake import Brake
from sim.cli.telling import ASKED, HEAD, Result, asked, line, progress
from sim.engine import Engine
from sim.interview import Tally, of_day
from sim.journal import Entry
from sim.runs.writer import RunWriter, SaveError

METRICS = ("nAUP", "SC", "ED", "IC", "CC", "gini")


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
            self.writer.add(engine, wait=False)
        except SaveError as error:
            self._lost(error)

    def record(self, place: Place, entry: Entry) -> None:
        """Keep an answer at once, unless the file was lost."""
        if self._told:
            return
        try:
            self.writer.record(place, entry)
        except SaveError as error:
            self._lost(error)

    def _lost(self, error: SaveError) -> None:
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


def _lived(engine: Engine, saving: Saving | None, *, as_json: bool) -> Result:
    scenario = engine.scenario
    population = [int(day.alive.sum()) for day in engine.history]
    events = sum(len(day.events) for day in engine.history)
    labels: Counter[str] = Counter()
    for marks in engine.labels:
        labels.update({name: len(found) for name, found in marks.items()})
    tally = sum((of_day(day, engine.journal) for day in engine.history), Tally()) if scenario.worded else Tally()
    if not as_json:
        print(HEAD + ASKED if scenario.worded else HEAD)
    engine.journal.keep = _Ear(engine, saving)
    paused = ""
    with closing(engine), Brake(engine) as brake:
        while not engine.finished and not paused:
            try:
                day = engine.step()
            except PauseError as why:
                paused = str(why)
                break
            if saving:
                saving.add(engine)
            population.append(int(day.alive.sum()))
            labels.update({name: len(found) for name, found in engine.labels[-1].items()})
            events += len(day.events)
            told = line(day)
            if scenario.worded:
                took = of_day(day, engine.journal)
                tally += took
                told += asked(took)
            if not as_json:
                progress("")
                print(told, flush=scenario.worded)
            progress(f"day {day.day} of {scenario.days}", day.day / scenario.days)
            paused = "asking was stopped" if brake.pulled and not engine.finished else ""
    progress("")
    values = engine.summary()
    result: Result = {
        "scenario": scenario.name,
        "seed": scenario.seed,
        "days": engine.day,
        "population": population,
        "metrics": {name: _number(values[name]) for name in METRICS},
        "labels": dict(sorted(labels.items())),
        "events": events,
        "digest": engine.digest(),
    }
    if scenario.worded:
        result["asked"] = _counted(tally)
    return result | ({"paused": paused, "by_hand": brake.pulled} if paused else {})


class _Ear:
    """Hears of each new answer: puts it on record, and shows that the day goes on."""

    def __init__(self, engine: Engine, saving: Saving | None) -> None:
        self.engine, self.saving = engine, saving
        self.day, self.heard = 0, 0

    def __call__(self, place: Place, entry: Entry) -> None:
        if self.saving:
            self.saving.record(place, entry)
        self.heard = self.heard + 1 if place.day == self.day else 1
        self.day = place.day
        days = self.engine.scenario.days
        progress(f"day {self.day} of {days}: {self.heard} answers", (self.day - 1) / days)


def _counted(tally: Tally) -> Result:
    usage = tally.usage
    return {
        "answers": tally.answers,
        "calls": tally.calls,
        "prompt_tokens": usage.prompt,
        "cached_tokens": usage.cached,
        "completion_tokens": usage.completion,
        "dollars": usage.cost,
        "failed": tally.failed,
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(float(value), 6)
