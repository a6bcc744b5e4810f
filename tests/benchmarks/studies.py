"""How fast a study is run: `python -m tests.benchmarks.studies [--seeds 64] [--workers 2]`.

The paper's study is lived twice in the same run, by turns in slices of its seeds and each time by new workers: through
joblib into a study file, and by a bare ProcessPoolExecutor that keeps nothing. Prints each figure beside its target.
Processor time is of all processes together, so that a busy machine tells the same; wall-clock time does not.
"""

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sim.studies.cluster import cluster
from sim.studies.design import FIRST_SEED, Study
from sim.studies.file import StudyFile
from sim.studies.lives import Unit, live
from sim.studies.plan import plan
from sim.studies.preset import preset
from sim.studies.spread import spread
from sim.studies.worker import POLITENESS

SLICES = 2  # of the seeds: both ways take their turns, so that a busy machine is busy for both
SECONDS, OVER, MEMORY = 120, 1.15, 2.0  # targets; memory in GB, of all processes together


class Took(NamedTuple):
    """What some work took, in seconds."""

    wall: float = 0.0
    processor: float = 0.0


def took(work: Callable[[], object], before: Took) -> Took:
    """That, added to what was taken before."""
    wall, processor = time.perf_counter(), _processor()
    work()
    return Took(before.wall + time.perf_counter() - wall, before.processor + _processor() - processor)


def into_a_file(file: StudyFile, units: Sequence[Unit], workers: int) -> None:
    """As a study is run."""
    from joblib.externals.loky import get_reusable_executor

    with cluster("loky", workers) as where:
        for _, rows in spread({unit.number: unit for unit in units}, live, where, lambda: True):
            file.add(rows)
    get_reusable_executor().shutdown(wait=True)


def bare(units: Sequence[Unit], workers: int) -> None:
    """The same work without anything around it."""
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), polite) as pool:
        for _ in pool.map(live, units):
            pass


def polite() -> None:
    """As a study's own workers are: on a busy machine others would come first to one of the two alone."""
    os.nice(POLITENESS)


def peak(workers: int) -> float:
    """Largest memory of this process and, as often as there are workers, of its largest child; GB."""
    own, child = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (own + workers * child) / (1e9 if sys.platform == "darwin" else 1e6)


def _processor() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def row(what: str, figure: str, target: str, met: bool) -> None:
    """One line of the table."""
    print(f"{what:<44} {figure:>34}   target {target:<10} {'met' if met else 'MISSED'}", flush=True)


def main(study: Study, workers: int) -> None:
    """Print the table."""
    print(f"{study.runs:,} runs, {workers} workers, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at first")
    ours, theirs, seeds = Took(), Took(), len(study.seeds)
    with tempfile.TemporaryDirectory() as folder, StudyFile.create(Path(folder) / "paper.study", study) as file:
        live(next(plan(study)))  # compiles, or loads what was compiled
        for k in range(SLICES):
            part = study.model_copy(update={"seeds": study.seeds[k * seeds // SLICES : (k + 1) * seeds // SLICES]})
            units = list(plan(part))
            ours = took(partial(into_a_file, file, units, workers), ours)
            theirs = took(partial(bare, units, workers), theirs)
        whole, size = file.results().whole, file.path.stat().st_size
    print(f"load {os.getloadavg()[0]:.1f} at last; the file has {size / 1e6:.1f} MB")
    what = f"{ours.wall:.0f} s, {ours.processor:.0f} s of processors"
    row("the paper's study, into its file", what, f"{SECONDS} s", whole and ours.wall < SECONDS)
    for name, one, other in (("wall clock", ours.wall, theirs.wall), ("processors", ours.processor, theirs.processor)):
        row(
            f"against ProcessPoolExecutor, {name}",
            f"{one / other:.2f} x of {other:.0f} s",
            f"{OVER} x",
            one < OVER * other,
        )
    row("memory of all processes", f"{peak(workers):.2f} GB", f"{MEMORY:g} GB", peak(workers) < MEMORY)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=64)
    parser.add_argument("--workers", type=int, default=2)
    words = parser.parse_args()
    chosen = tuple(range(FIRST_SEED, FIRST_SEED + words.seeds))
    main(preset("the-paper").study.model_copy(update={"seeds": chosen}), words.workers)
