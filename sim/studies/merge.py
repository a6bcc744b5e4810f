"""Two files of one design into one: each may have other seeds, and any of its runs done."""

from contextlib import ExitStack
from pathlib import Path

from sim.errors import CommonwealError, RunError, SettingError
from sim.studies.design import Study
from sim.studies.file import StudyFile
from sim.studies.limits import limits


def merge(one: Path, other: Path, to: Path) -> Study:
    """Write both files' runs into a new one, `to`; its design, with the seeds of both.

    SettingError if the designs differ in more than seeds, words and mixes whose distance is measured; RunError if the
    files were made by different versions of the rules, or a run both have came out differently.
    """
    with ExitStack() as files:
        first, second = (files.enter_context(StudyFile.open(path)) for path in (one, other))
        if (a := _body(first.study)) != (b := _body(second.study)):
            apart = sorted(name for name in a if a[name] != b[name])
            raise SettingError(
                f"{one.name} and {other.name} are of different designs: their {' and '.join(apart)} differ; "
                "only runs of one design can stand in one file"
            )
        if first.facts.code != second.facts.code or first.facts.metrics != second.facts.metrics:
            raise RunError(
                f"{one.name} and {other.name} were made by different versions of Commonweal; run one of them anew "
                "with the version of the other"
            )
        seeds = tuple(dict.fromkeys((*first.study.seeds, *second.study.seeds)))
        facts = first.facts.model_copy(update={"study": first.study.model_copy(update={"seeds": seeds})})
        limits().check(facts.study)
        merged = files.enter_context(StudyFile.written(to, facts))
        try:
            for file in (first, second):
                merged.add(file.rows())
        except CommonwealError:
            merged.close()
            to.unlink()
            raise
    return facts.study


def _body(study: Study) -> dict[str, object]:
    return {"scenario": study.scenario.model_copy(update={"seed": 0, "name": "study"}), "factors": study.factors}
