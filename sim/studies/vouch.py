"""Would the program at hand live the runs of a study file as they were lived? Asked before a study is gone on with."""

from sim.errors import RunError
from sim.studies.failure import Failure
from sim.studies.file import StudyFile
from sim.studies.lives import Unit, live
from sim.studies.minds import worded

SAMPLE = 8  # runs lived again, where another version of the program made the file


def vouch(file: StudyFile) -> None:
    """RunError if some of its runs, lived again, come out otherwise. Asks no model."""
    if file.facts.same_rules:
        return
    runs = file.results().runs
    sample = runs.iloc[:: max(1, len(runs) // SAMPLE)]
    for condition, seed, digest in zip(sample["condition"], sample["seed"], sample["digest"], strict=True):
        scenario = file.study.conditions[condition].scenario
        if worded(scenario):
            continue
        (again,) = live(Unit(0, ((condition, seed, scenario),)))
        if isinstance(again, Failure) or again.digest != digest:
            raise RunError(
                f"{file.path.name} cannot be continued: it was begun by another version of the rules, by which its "
                "runs come out otherwise. What it holds can be read; run the study anew to complete it"
            )
