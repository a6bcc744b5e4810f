"""`python -m sim compile`: compile every kernel ahead of the first run; later processes load the machine code."""

import multiprocessing
import sys
import time
from typing import Any

from sim.conformity.diagram import diagram
from sim.conformity.hysteresis import Protocol, expected_loop, sampled_loop
from sim.conformity.networks import network
from sim.conformity.population import Population
from sim.conformity.theory import tipping
from sim.engine import Batch, Engine
from sim.interventions import ChangeValues, Give, Remove, ScaleFactory, Stranger
from sim.scenario import check

SETTINGS: dict[str, Any] = {"size": 200, "days": 8, "mix": "50% without BE", "seed": 1}  # a bit of everything happens


def warm() -> None:
    """Compile in two processes that share little: what observers need, and what a day needs."""
    start = time.perf_counter()
    other = multiprocessing.get_context("spawn").Process(target=observe)
    other.start()
    live()
    other.join()
    meddle()
    print(f"The engine is compiled ({time.perf_counter() - start:.0f} s).", file=sys.stderr)


def observe() -> None:
    """Compile metrics and detectors: day 0 has all the types that later days have. Then the conformity lab."""
    Batch([check(SETTINGS)])
    lab()


def lab() -> None:
    """Compile the kernels of the conformity lab."""
    diagram(10, cells=(4, 4))
    tipping(2.0, 0.1)
    for loop in (expected_loop, sampled_loop):
        loop(10, 2.0, 0.1, Protocol(most=1))
    Population(10, 2.0, 0.1).step()
    Population(10, 2.0, 0.1, network=network("ring", 10, 2), attention=1, memory=1).step()


def live() -> None:
    """Live some days unobserved: each kernel of rules and minds is compiled for the types it will be called with."""
    batch = Batch([check(SETTINGS)], observed=False)
    for _ in range(SETTINGS["days"]):
        batch.step()


def meddle() -> None:
    """Live a run as the page does, with every intervention: compiles what the other two left."""
    orders = (ChangeValues(day=1, share=10), Remove(day=1), ScaleFactory(day=1), Give(day=1), Stranger(day=1))
    engine = Engine(check({**SETTINGS, "interventions": [order.model_dump() for order in orders]}))
    while not engine.finished:
        engine.step()
