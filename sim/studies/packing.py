"""A run as a row of a study file, and back: what is read is checked, since a file may come from elsewhere."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.errors import RunError
from sim.metrics.early_warning import INDICATORS
from sim.state import Array
from sim.studies.design import Study
from sim.studies.lives import Life

DAYS = "<i4", "<f4"  # of the packed columns: population, and warnings


def cells(life: Life) -> tuple[Any, ...]:
    """The columns of table `run`, in their order."""
    values = [None if math.isnan(value) else float(value) for value in life.values]
    days = life.population.astype(DAYS[0]).tobytes(), life.warnings.astype(DAYS[1]).tobytes()
    return (life.condition, life.seed, life.digest, *days, *values)


def check(study: Study, rows: Sequence[tuple[Any, ...]]) -> None:
    """RunError unless these are runs of this study: condition, seed, digest, population and values of each."""
    belong(study, rows)
    long = 4 * (study.scenario.days + 1)
    for _, _, digest, population, *values in rows:
        if not (isinstance(digest, str) and len(digest) == 64 and isinstance(population, bytes)):
            raise RunError("it holds a run without fingerprint or population; it was changed or is damaged")
        if len(population) != long or not all(v is None or isinstance(v, float) for v in values):
            raise RunError("it holds a run with other figures than its design; it was changed or is damaged")


def belong(study: Study, rows: Sequence[tuple[Any, ...]]) -> None:
    """RunError unless each row begins with a condition and a seed of this study."""
    seeds, conditions = set(study.seeds), len(study.conditions)
    if any(not (isinstance(row[0], int) and 0 <= row[0] < conditions and row[1] in seeds) for row in rows):
        raise RunError("it holds a run that is not of its design; it was changed or is damaged")


def populations(packed: Sequence[bytes], days: int) -> Array:
    """i4 (runs, days + 1)."""
    return np.frombuffer(b"".join(packed), DAYS[0]).reshape(-1, days + 1).astype(np.int32)


def life(study: Study, row: tuple[Any, ...]) -> Life:
    """The run of a row with all columns. RunError if it cannot be one of this study."""
    condition, seed, digest, population, warnings, *values = row
    check(study, [(condition, seed, digest, population, *values)])
    days = study.scenario.days
    if not (isinstance(warnings, bytes) and len(warnings) == 4 * len(INDICATORS) * (days + 1)):
        raise RunError("it holds a run with other figures than its design; it was changed or is damaged")
    found = np.frombuffer(warnings, DAYS[1]).reshape(days + 1, len(INDICATORS)).astype(np.float32)
    numbers = np.array([math.nan if value is None else value for value in values])
    return Life(condition, seed, digest, numbers, populations([population], days)[0], found)
