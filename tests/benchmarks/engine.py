"""How fast the engine is and how much it keeps: `python -m tests.benchmarks.engine`. One core, everything switched on.

Prints each figure beside its target. Time is this process's own (CPU) time, so that a busy machine tells the same.
"""

import argparse
import resource
import subprocess
import sys
import time
from typing import NamedTuple

from sim.engine import Batch, Engine
from sim.scenario import Scenario, check
from sim.state import Day

SPAN = 12  # days each size is timed over: the same days, so that sizes can be compared
REPEATS = {1_000: 12, 10_000: 3, 100_000: 1}
LARGEST, LARGEST_DAYS = 100_000, 60


class Speed(NamedTuple):
    """Time and memory of some days."""

    seconds: float
    days: int
    resident_days: int
    kept: int  # bytes of history

    @property
    def rate(self) -> float:
        """Resident-days a second."""
        return self.resident_days / self.seconds


def community(size: int, seed: int, days: int = SPAN) -> Scenario:
    """An ordinary community of that size."""
    return check({"size": size, "seed": seed, "days": days})


def alone(size: int, repeats: int, days: int = SPAN) -> Speed:
    """Communities one after the other."""
    seconds, lived, residents, kept = 0.0, 0, 0, 0
    for seed in range(repeats):
        engine = Engine(community(size, seed, days))
        start = time.process_time()
        while not engine.finished:
            engine.step()
        seconds += time.process_time() - start
        lived += engine.day
        residents += sum(int(day.alive.sum()) for day in engine.history[1:])
        kept += sum(_bytes(day) for day in engine.history[1:])
    return Speed(seconds, lived, residents, kept)


def batch(worlds: int, size: int, days: int = 60) -> Speed:
    """Many small communities stepped as one."""
    many = Batch([community(size, seed, days) for seed in range(worlds)])
    residents = 0
    start = time.process_time()
    for _ in range(days):
        residents += int(many.step().alive.sum())
    return Speed(time.process_time() - start, days, residents, 0)


def _bytes(day: Day) -> int:
    return sum(column.nbytes for column in day if hasattr(column, "nbytes"))


def peak_memory() -> float:
    """Peak resident memory, in GB, of a process of its own that lives the largest run."""
    command = [sys.executable, "-m", "tests.benchmarks.engine", "--largest"]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def largest() -> None:
    """Live the largest run without history and print this process's peak memory in GB."""
    engine = Engine(community(LARGEST, 1, LARGEST_DAYS), keep=False)
    while not engine.finished:
        engine.step()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak / (1e9 if sys.platform == "darwin" else 1e6))


def row(what: str, figure: str, target: str, share: float) -> None:
    """One line of the table; `share` is how many times the target is reached."""
    print(f"{what:<44} {figure:>22}   target {target:<14} {share:5.2f} x   {'met' if share >= 1 else 'MISSED'}")


def main() -> None:
    """Print the table."""
    alone(25, 1, 20)  # compiles, or loads what was compiled
    small = alone(25, 4, 60)
    ms = small.seconds / small.days * 1e3
    row("25 residents", f"{ms:.2f} ms a day", "3 ms", 3 / ms)
    found = {}
    for size, repeats in REPEATS.items():
        speed = found[size] = alone(size, repeats)
        target = 150_000 if size == 1_000 else 200_000
        row(f"{size:,} residents", f"{speed.rate:,.0f} a second", f"{target:,}", speed.rate / target)
    batch(2, 25, 2)
    many = batch(64, 25)
    row("64 communities of 25 as one batch", f"{many.rate:,.0f} a second", "200,000", many.rate / 200_000)
    row("   against one after the other", f"{many.rate / small.rate:.1f} x", "1 x", many.rate / small.rate)
    rates = [speed.rate for speed in found.values()]
    flat = max(rates) / min(rates)
    row("time a resident-day, 1,000 to 100,000", f"within {flat:.2f} x", "1.5 x", 1.5 / flat)
    kept = [speed.kept / speed.resident_days for speed in found.values()]
    spread = max(kept) / min(kept)
    row("history a resident-day, 1,000 to 100,000", f"{max(kept):.0f} bytes, {spread:.2f} x", "1.5 x", 1.5 / spread)
    peak = peak_memory()
    row(f"{LARGEST:,} residents for {LARGEST_DAYS} days", f"{peak:.2f} GB at most", "2 GB", 2 / peak)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", action="store_true", help="only live the largest run, and print its peak memory")
    if parser.parse_args().largest:
        largest()
    else:
        main()
