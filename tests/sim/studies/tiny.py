"""A small study, and its file."""

from pathlib import Path
from typing import Any

from sim.studies.design import Study, study
from sim.studies.file import StudyFile

FIELDS: dict[str, Any] = {
    "name": "tiny",
    "scenario": {"size": 8, "days": 6},
    "factors": [{"field": "prevalence", "levels": [0, 50, 100]}, {"field": "value", "levels": ["BE", "PO"]}],
    "seeds": "1000-1005",
}  # five conditions, thirty runs


def tiny(**fields: Any) -> Study:
    return study({**FIELDS, **fields})


def new_file(folder: Path, **fields: Any) -> Path:
    path = folder / "tiny.study"
    StudyFile.create(path, tiny(**fields)).close()
    return path
