"""The early warnings of a study file's runs, from the indicators it keeps of them (docs/distance.md)."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.metrics.early_warning import INDICATORS
from sim.studies.file import StudyFile
from sim.studies.lives import Life
from sim.studies.warning import Series, records, warned

WARNING = "warning"  # name of the answer in the file
MOST_RUNS = 6_000  # whose trends are told: each takes a millisecond


def series(file: StudyFile) -> dict[int, Series]:
    """What warned in the runs that were lived, by condition; of large studies on the first seeds alone."""
    study = file.study
    seeds = set(study.seeds[: max(1, MOST_RUNS // len(study.conditions))])
    by_condition: dict[int, list[Life]] = {}
    for row in file.rows():
        if isinstance(row, Life) and row.seed in seeds:
            by_condition.setdefault(row.condition, []).append(row)
    return {number: _series(lives) for number, lives in by_condition.items()}


def scores(conditions: Mapping[int, Series]) -> list[dict[str, Any]]:
    """In a worker: the trends of the indicators in each run, as data for JSON."""
    return records(warned(dict(conditions)))


def _series(lives: list[Life]) -> Series:
    warnings = np.array([life.warnings for life in lives], float)  # run, day, indicator
    indicators = {name: warnings[:, :, k].T for k, name in enumerate(INDICATORS)}
    return Series([life.seed for life in lives], np.array([life.population for life in lives], float).T, indicators)
