"""A community, and what is done to it."""

from typing import Any

from pydantic import TypeAdapter

from sim.engine import Engine
from sim.interventions import Intervention
from sim.scenario import check
from sim.state import Day

READ: TypeAdapter[Intervention] = TypeAdapter(Intervention)


def order(kind: str, **fields: Any) -> Intervention:
    return READ.validate_python({"kind": kind, "day": 1, **fields})


def after(*orders: Intervention, days: int = 2, **settings: Any) -> tuple[Engine, Day]:
    """A community to which this was done on the morning of day 3, and that day."""
    engine = Engine(check({"size": 15, "days": 9, "seed": 4, "variety": 0, **settings}))
    for _ in range(days):
        engine.step()
    for one in orders:
        engine.intervene(one)
    return engine, engine.step()
