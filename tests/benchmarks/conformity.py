"""The conformity lab beside plain Python loops: `python -m tests.benchmarks.conformity`. One core, CPU time.

The plain loops do a sample of the same work, and their time is scaled to the whole.
"""

import math
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.conformity.diagram import diagram
from sim.conformity.hysteresis import Protocol, expected_loop, sampled_loop
from sim.conformity.population import Population

CELLS = 200 * 200


class Case(NamedTuple):
    """What is timed, how often the plain loop's sample goes into the whole, and the seconds wanted."""

    name: str
    ours: Callable[[], object]
    plain: Callable[[], object]
    scale: float
    wanted: float


def plain_cells(n: int, count: int) -> float:
    """States and mean first passage of so many cells; logarithms of sums, one by one."""
    total = 0.0
    for cell in range(count):
        beta, h = 0.5 + 4.5 * cell / count, (cell * 0.37) % 1
        for start in (-1.0, 0.0, 1.0):
            m = start
            for _ in range(30):
                m = math.tanh(beta * (m + h))
        step = 0.0
        for k in range((n + 1) // 2):
            x = 2 * beta * ((2 * k - n + 1) / (n - 1) + h)
            up = math.log((n - k) / n) - math.log1p(math.exp(-x))
            y = 2 * beta * ((2 * k - n - 1) / (n - 1) + h)
            down = math.log(k / n) - math.log1p(math.exp(y)) if k else -math.inf
            more = down + step
            step = max(more, 0.0) + math.log1p(math.exp(-abs(more))) - up if k else -up
            total += step
    return total


def plain_updates(n: int, updates: int) -> float:
    """A population polled agent by agent."""
    dice = np.random.default_rng(0)
    opinions, total = [1] * n, n
    for _ in range(updates):
        i = int(dice.random() * n)
        p = (math.tanh(2.0 * ((total - opinions[i]) / (n - 1) + 0.1)) + 1) / 2
        new = 1 if dice.random() < p else -1
        total += new - opinions[i]
        opinions[i] = new
    return total / n


def plain_carry(n: int, updates: int) -> float:
    """A distribution over k carried through updates."""
    p = [1.0] + [0.0] * n
    up = [(n - k) / n * 0.4 for k in range(n + 1)]
    down = [k / n * 0.6 for k in range(n + 1)]
    for _ in range(updates):
        p = [
            p[k] * (1 - up[k] - down[k])
            + (p[k - 1] * up[k - 1] if k else 0.0)
            + (p[k + 1] * down[k + 1] if k < n else 0.0)
            for k in range(n + 1)
        ]
    return sum(p)


def seconds(work: Callable[[], object], repeats: int) -> float:
    """The least CPU time of some runs."""
    best = math.inf
    for _ in range(repeats):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    many = Population(100_000, 2.0, 0.1)
    protocol = Protocol().scaled(10_000)
    loop_updates = 2 * len(protocol.numbers()) * (protocol.then + protocol.averaged)
    cases = (
        Case("diagram 200 x 200, n = 50", lambda: diagram(50), lambda: plain_cells(50, 400), CELLS / 400, 0.3),
        Case("diagram 200 x 200, n = 10,000", lambda: diagram(10_000), lambda: plain_cells(10_000, 4), CELLS / 4, 0.3),
        Case("ten sweeps of 100,000", lambda: many.step(10), lambda: plain_updates(100_000, 50_000), 20, 1.0),
        Case(
            "loop at n = 10,000, 141 points", lambda: sampled_loop(10_000, 2.66, 0.34, protocol),
            lambda: plain_updates(10_000, 50_000), loop_updates / 50_000, 5.0,
        ),
        Case(
            "exact loop at n = 50", lambda: expected_loop(50, 2.66, 0.34),
            lambda: plain_carry(50, 500), 141 * 75 / 500, 0.1,
        ),
    )  # fmt: skip
    print(f"{'':>32} {'seconds':>9} {'wanted':>7} {'plain loop':>11} {'ratio':>7}")
    for case in cases:
        case.ours()  # compiles
        ours, plain = seconds(case.ours, 3), seconds(case.plain, 1) * case.scale
        print(f"{case.name:>32} {ours:>9.3f} {case.wanted:>7g} {plain:>11.1f} {plain / ours:>7.0f}")


if __name__ == "__main__":
    main()
