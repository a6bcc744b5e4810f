"""What a study has found so far: one row a run. Knows no file and no statistics."""

import hashlib
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.state import Array
from sim.studies.design import Study
from sim.studies.failure import Failure

COLLAPSE = 0.5  # of the founders: a community with fewer alive has collapsed (our choice, before any study was run)


class Results(NamedTuple):
    """The runs that are done, ordered by condition and seed, however they were lived."""

    study: Study
    runs: pd.DataFrame  # condition, seed, digest, then the run's value of every metric (NaN: not defined)
    population: Array  # i4 (runs, days + 1), residents alive at each day's end, in the order of `runs`
    failures: tuple[Failure, ...] = ()

    @property
    def metrics(self) -> list[str]:
        """Names of the metrics, in the order of the columns."""
        return [name for name in self.runs.columns if name not in ("condition", "seed", "digest")]

    @property
    def done(self) -> set[tuple[int, int]]:
        """Runs that need not be lived again, by condition and seed."""
        return set(zip(self.runs["condition"].tolist(), self.runs["seed"].tolist(), strict=True))

    @property
    def digest(self) -> str:
        """SHA-256 over the fingerprints of the runs that are done: equal for equal results, however they were lived."""
        rows = zip(self.runs["condition"].tolist(), self.runs["seed"].tolist(), self.runs["digest"].tolist())
        return hashlib.sha256("".join(f"{number} {seed} {mark}\n" for number, seed, mark in rows).encode()).hexdigest()

    @property
    def whole(self) -> bool:
        """Whether every run of the design is here."""
        return len(self.runs) == self.study.runs

    def of(self, condition: int, metric: str) -> pd.Series:
        """A metric's values in one condition, by seed."""
        chosen = self.runs[self.runs["condition"] == condition]
        return chosen.set_index("seed")[metric]

    def collapses(self) -> Array:
        """First day with fewer than half of the founders alive, f8 (runs,); NaN for runs without one."""
        low = self.population < COLLAPSE * self.population[:, :1]
        return np.where(low.any(axis=1), low.argmax(axis=1), np.nan)
