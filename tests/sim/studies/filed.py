"""Study files that were really lived, for tests of what is made of them."""

from pathlib import Path

from sim.studies.design import Study, study
from sim.studies.failure import Failure
from sim.studies.file import StudyFile
from sim.studies.lives import live
from sim.studies.plan import plan

EVIL = "</script><script>window.broken = 1</script><img src=x onerror='window.broken = 2'>"


def small(seeds: int = 6, days: int = 12, title: str = "A small one", question: str = "") -> Study:
    """Benevolence with and without, at five prevalences."""
    return study({
        "name": "small", "title": title, "question": question, "seeds": list(range(1000, 1000 + seeds)),
        "scenario": {"days": days, "size": 10},
        "factors": [{"field": "value", "levels": ["BE"]}, {"field": "direction", "levels": ["with", "without"]},
                    {"field": "prevalence", "levels": [0, 25, 50, 75, 100]}],
    })  # fmt: skip


def filed(path: Path, of: Study, runs: int | None = None, failed: int = 0) -> Path:
    """A file of this study, lived up to so many runs, the first ones with a failure in their place."""
    with StudyFile.create(path, of) as file:
        rows = [row for unit in plan(of) for row in live(unit)][:runs]
        file.add([Failure(row.condition, row.seed, EVIL) if k < failed else row for k, row in enumerate(rows)])
    return path
