"""How much one study may be: safe defaults, set by the environment. Whoever keeps a study asks here first."""

import os
from dataclasses import dataclass, fields

from sim.errors import SettingError
from sim.studies.design import Study

PREFIX = "COMMONWEAL_MAX_STUDY_"


@dataclass(frozen=True)
class Limits:
    """Upper bounds, each set by an environment variable, for example COMMONWEAL_MAX_STUDY_RUNS=500000."""

    runs: int = 100_000  # conditions times seeds
    resident_days: int = 2_000_000_000  # founders times days over all runs: an hour or two on two cores
    run_days: int = 20_000_000  # days over all runs, each of which takes 20 bytes of the file

    def check(self, study: Study) -> Study:
        """The study, if it is within bounds. SettingError with the reason and a smaller proposal if not."""
        run_days = study.runs * (study.scenario.days + 1)
        for name, count, what in (
            ("runs", study.runs, "runs"),
            ("resident_days", study.resident_days, "resident-days"),
            ("run_days", run_days, "days of runs"),
        ):
            most = getattr(self, name)
            if count > most:
                raise SettingError(
                    f"this study is {count:,} {what} ({len(study.conditions):,} conditions, {len(study.seeds):,} "
                    f"seeds), and one study may be {most:,}. {_proposal(study, most / count)} "
                    f"{PREFIX}{name.upper()} sets another bound"
                )
        return study


def limits() -> Limits:
    """The limits as the environment has them. SettingError if a variable is no positive whole number."""
    found = {}
    for field in fields(Limits):
        name = PREFIX + field.name.upper()
        text = os.environ.get(name)
        if text is None:
            continue
        if not text.isascii() or not text.isdigit() or int(text) == 0:
            raise SettingError(f"{name} must be a positive whole number, and is {text[:40]!r}")
        found[field.name] = int(text)
    return Limits(**found)


def _proposal(study: Study, share: float) -> str:
    """What would be within bounds. `share`: how much of the study may be lived."""
    seeds = int(len(study.seeds) * share)
    if seeds >= 1:
        return f"{seeds:,} seeds would do;"
    return f"Even one seed is too many: take about {1 / (len(study.seeds) * share):,.0f} times fewer conditions;"
