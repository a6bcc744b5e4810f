"""`python -m sim compile`: compile every kernel ahead of the first run; later processes load the machine code."""

import sys
import time

from sim.engine import Engine
from sim.scenario import check


def warm() -> None:
    """Live two days of a small community, so that each kernel is compiled for the types it will be called with."""
    start = time.perf_counter()
    engine = Engine(check({"size": 25, "days": 2, "mix": "50% without BE"}))
    while not engine.finished:
        engine.step()
    print(f"The engine is compiled ({time.perf_counter() - start:.0f} s).", file=sys.stderr)
