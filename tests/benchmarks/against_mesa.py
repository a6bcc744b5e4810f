"""The engine against the same rules written plainly as Mesa agents: `python -m tests.benchmarks.against_mesa`.

Needs the project's `benchmark` extra. The engine is timed with detectors, metrics and history, Mesa's model without:
the ratios understate the engine. Populations are printed so that one can see that both live the same kind of life.
"""

import json
import os
import subprocess
import sys
import time

from sim.engine import Engine
from sim.scenario import check

CASES = ((1_000, 20, 10), (10_000, 6, 20), (10_000, 12, 20))  # residents, days, times that are asked for


def mesa(size: int, days: int) -> tuple[float, list[int]]:
    """Seconds and population of the Mesa model, in a process in which numba compiles nothing."""
    command = [sys.executable, "-m", "tests.benchmarks.mesa_model", str(size), str(days)]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    answer = json.loads(subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout)
    return answer["seconds"], answer["population"]


def ours(size: int, days: int) -> tuple[float, list[int]]:
    """The same of the engine."""
    engine = Engine(check({"size": size, "seed": 1}))
    start = time.process_time()
    population = [int(engine.step().alive.sum()) for _ in range(days)]
    return time.process_time() - start, population


def main() -> None:
    """Print the ratios."""
    ours(25, 20)  # compiles, or loads what was compiled
    for size, days, asked in CASES:
        plain, theirs = mesa(size, days)
        compiled, mine = ours(size, days)
        rates = [sum(population) / seconds for population, seconds in ((theirs, plain), (mine, compiled))]
        ratio = rates[1] / rates[0]
        print(f"{size:>6} residents, {days} days: Mesa {rates[0]:,.0f}, engine {rates[1]:,.0f} resident-days a second")
        print(f"       {ratio:.0f} times as fast, {asked} asked for: {'met' if ratio >= asked else 'MISSED'}")
        print(f"       alive on the last day: Mesa {theirs[-1]}, engine {mine[-1]}")


if __name__ == "__main__":
    main()
