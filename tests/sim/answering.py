"""Answers for residents that are asked in words: deterministic, legal JSON for each phase, with faults to order."""

import asyncio
import hashlib
import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from sim.asking import Outcome, PauseError, Phase, Place, Reply, Request, Usage
from sim.engine import Engine
from sim.scenario import Scenario, check

Fault = Outcome | str  # no answer, for this reason; or this text in place of one
GARBLED = "Certainly! Here is what I would do."
_NEIGHBOUR = re.compile(r"^- ([^\s:]+): ", re.MULTILINE)
_FACTORY = re.compile(r"^- (?:the )?([A-Z]\w+): ", re.MULTILINE)
_PRAISED = re.compile(r"^- ([^\s:]+) to you: praise\b", re.MULTILINE)


class Answerer:
    """An `Answers`. `asked`: the places of all questions put to it."""

    def __init__(
        self, faults: Mapping[tuple[int, int], Fault] | None = None, *, once: Collection[tuple[int, int]] = (),
        most: int | None = None, seconds: float = 0,
    ) -> None:  # fmt: skip
        """`faults`: by day and resident; `once`: whose first answer of a phase is garbled; `most`: questions until it
        stops with PauseError; `seconds`: until each answer is there.
        """
        self.faults, self.once, self.most, self.seconds = faults or {}, once, most, seconds
        self.asked: list[Place] = []

    async def ask(self, request: Request) -> Reply:
        if self.most is not None and len(self.asked) >= self.most:
            raise PauseError("the cap of this test is reached")
        self.asked.append(request.place)
        await asyncio.sleep(self.seconds)
        fault = self.faults.get((request.day, request.resident))
        if isinstance(fault, Outcome):
            return Reply(None, fault, "as ordered", Usage(100, 0, 0, None))
        garbled = GARBLED if (request.day, request.resident) in self.once and not request.attempt else None
        usage = Usage(1_000, 700, 50, 0.0005)
        return Reply(fault or garbled or answer(request), usage=usage, seconds=0.25, model="fake-1-mini")


def answer(request: Request) -> str:
    """JSON of a friendly and restless resident's answer."""
    told = {part.name: part.text for part in request.parts}
    seen = told.get("OBSERVATION", "")
    near, _, works = seen.partition("Factories")
    neighbours = _NEIGHBOUR.findall(near)
    other = [name for name in _FACTORY.findall(works) if f"{name} (yours)" not in works]
    pick = int(hashlib.sha256(f"{request.day} {request.resident} {request.phase}".encode()).hexdigest(), 16)
    praise = [
        {"to": neighbours[pick % len(neighbours)], "kind": "praise", "words": _words(request, "Well done"),
         "amount": 0, "about": "", "claim": None, "due": 0, "means": ("honest", "flatter")[pick % 2]}
    ] if neighbours else []  # fmt: skip
    thanks = [
        {"to": name, "kind": "thank", "words": _words(request, "Thank you"), "amount": 0, "due": 0, "means": "honest"}
        for name in dict.fromkeys(_PRAISED.findall(seen)) if name in neighbours
    ]  # fmt: skip
    note = _words(request, "I remember this")
    planned = {
        "plan": _words(request, "I mean well"),
        "target": "",
        "bid": other[0] if other else "",
        "bid_for": "gain",
    }
    decided: dict[str, Any] = {
        "act": ("work", "explore")[pick // 2 % 2], "factory": "", "attack": "", "attack_for": "gain",
        "pay": [], "withhold": [],
    }  # fmt: skip
    forms: dict[Phase, dict[str, Any]] = {
        Phase.PERCEIVE: {"thought": "Hm.", **planned},
        Phase.SPEAK: {"messages": praise},
        Phase.REPLY: {"replies": thanks},
        Phase.DECIDE: {"thought": "So be it.", **decided},
        Phase.STAND: {"stand": True},
        Phase.FUND: {"amount": 0},
        Phase.SUMMARISE: {"note": note},
        Phase.MORNING: {**planned, "messages": praise},
        Phase.EVENING: {"replies": thanks, **decided, "note": note},
    }
    return json.dumps(forms[request.phase])


def _words(request: Request, said: str) -> str:
    return f"{said} on day {request.day}, says <b>{request.resident}</b>."


def worded(protocol: str = "lean", days: int = 4, **fields: Any) -> Scenario:
    """A small community of residents that are asked in words."""
    model = {"model": "fake-1", "base_url": "http://127.0.0.1:9/v1", "protocol": protocol}
    return check({"size": 8, "days": days, "seed": 5, "mind": "llm", "models": [model], **fields})


def answered(scenario: Scenario, answers: Answerer | None = None, days: int = 9_999) -> Engine:
    """Its run up to a day, or to the end."""
    engine = Engine(scenario, answers=answers or Answerer())
    while not engine.finished and engine.day < days:
        engine.step()
    return engine
