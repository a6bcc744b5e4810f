"""Communities of the test server's villagers, and what became of them."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sim.asking import Phase
from sim.engine import Engine
from sim.interview import Terms, provider
from sim.providers.budget import Caps
from sim.scenario import Scenario, check
from sim.state import Happening
from tests.llm_server import Asked, LlmServer, serving
from tests.villager import villager

FAST = Terms(cached=False, timeout=1.0)
Answering = Callable[[Asked], Any]


@contextmanager
def village(answer: Answering = villager, **fields: Any) -> Iterator[LlmServer]:
    """A server whose residents answer like that."""
    with serving(LlmServer(answer=answer, **fields)) as server:
        yield server


def scenario(server: LlmServer, *, protocol: str = "lean", **fields: Any) -> Scenario:
    """A community whose residents live by the server's model, called llm."""
    model = {"model": "stub", "base_url": server.url, "protocol": protocol}
    return check({"size": 6, "days": 3, "seed": 5, "mind": "llm", "models": [model], **fields})


def begun(scenario: Scenario, terms: Terms = FAST) -> Engine:
    """Before its first day."""
    return Engine(scenario, answers=provider(scenario, terms))


def lived(scenario: Scenario, terms: Terms = FAST) -> Engine:
    """To its end."""
    engine = begun(scenario, terms)
    while not engine.finished:
        engine.step()
    return engine


def capped(**caps: Any) -> Terms:
    """Terms with these caps."""
    return Terms(caps=Caps(**caps), cached=False, timeout=5.0)


def failed(engine: Engine) -> Counter[Phase]:
    """Default actions of the whole run, by question."""
    found: Counter[Phase] = Counter()
    for day in engine.history:
        found.update(Phase(about) for about in day.events[day.events["kind"] == Happening.FAILED]["about"].tolist())
    return found


def outcomes(engine: Engine) -> Counter[str]:
    """What became of all questions."""
    return Counter(entry.reply.outcome.value for _, entry in engine.journal)


def file_calls(path: Path) -> int:
    """Calls on record in a run file."""
    import sqlite3

    connection = sqlite3.connect(path)
    try:
        (count,) = connection.execute("SELECT count(*) FROM call").fetchone()
    finally:
        connection.close()
    return int(count)
