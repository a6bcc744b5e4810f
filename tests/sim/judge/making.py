"""Judges that answer by rule, and the run they judge."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from sim.asking import Reply, Request, Usage
from sim.engine import Engine
from sim.judge.judge import Judge
from sim.models import Model
from sim.speech.names import names
from sim.state import Array, Day
from tests.sim.runs.making import community, lived

MODEL = Model(name="judge", model="strong", max_tokens=2_000)
LINE = re.compile(r"^\[(\d+):(\d+)\] (.+)$", re.MULTILINE)
ATTACK = re.compile(r"^(\w+)(?: and others)? attacked (\w+)")


@cache
def run() -> Engine:
    """A community that fights."""
    return lived(community(days=10, size=24, mix="50% without BE"))


class Lived:
    """An Engine read as a file is."""

    def __init__(self, engine: Engine, words: dict[int, dict[int, str]] | None = None) -> None:
        self.engine, self.own = engine, words or {}

    @property
    def last(self) -> int:
        return self.engine.day

    def day(self, day: int) -> Day:
        return self.engine.history[day]

    def labels(self, day: int) -> dict[str, Array]:
        return self.engine.labels[day]

    def words(self, day: int) -> dict[int, str]:
        return self.own.get(day, {})


def attacks(prompt: str) -> str:
    """Every attack of a log, called a betrayal."""
    log = prompt.partition("\nDAY ")[2] or prompt
    found = []
    for day, line, text in LINE.findall(log):
        if match := ATTACK.match(text):
            found.append(
                {"day": int(day), "line": int(line), "behaviour": "betrayal", "subject": match[1], "other": match[2],
                 "why": f"attacked on day {day}"}
            )  # fmt: skip
    return json.dumps({"labels": found})


@dataclass
class Oracle:
    """An `Answers` that answers by a function of the log, after the replies in `first`."""

    answer: Callable[[str], str] = attacks
    first: list[Reply] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)

    async def ask(self, request: Request) -> Reply:
        self.asked.append(request)
        if self.first:
            return self.first.pop(0)
        return Reply(self.answer(request.messages[1].text), usage=Usage(100, 60, 10, 0.01), seconds=0.5)


def judge(oracle: Oracle) -> Judge:
    """A judge of `run`."""
    return Judge(MODEL, oracle, names(run().scenario.seed, len(run().world.alive)))
