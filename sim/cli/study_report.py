"""`python -m sim study report`: a study as one HTML file.

As `report.py` it knows the dashboard, and nothing else in `sim` does: the terminal is the outermost layer.
"""

from pathlib import Path

from dashboard.studyreport.report import report as drawn
from sim.cli.files import write
from sim.errors import SettingError
from sim.studies.file import StudyFile


def report(path: Path, out: Path | None) -> None:
    """Write the report beside the study, or to `out`, and print where. SettingError or RunError if that cannot be."""
    out = path.with_suffix(".html") if out is None else out
    with StudyFile.open(path) as file:
        if out.exists() and out.samefile(path):
            raise SettingError("the report would overwrite the study; give --out another name")
        write(out, drawn(file).encode())
    print(out)
