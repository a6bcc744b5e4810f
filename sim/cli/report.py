"""`python -m sim report`: a kept run as one HTML file.

The one place in `sim` that knows the dashboard: a report is drawn, the terminal is the outermost layer, and nothing
stands on the command line.
"""

from pathlib import Path

from dashboard.report.report import report as drawn
from sim.cli.files import opened, write
from sim.engine import Engine
from sim.errors import SettingError


def report(path: Path, out: Path | None) -> None:
    """Write the report beside the run, or to `out`, and print where. SettingError, RunError if that cannot be done."""
    out = path.with_suffix(".html") if out is None else out
    with opened(path) as stored:
        if out.exists() and out.samefile(path):
            raise SettingError("the report would overwrite the run; give --out another name")
        write(out, drawn(Engine(stored.facts.scenario, past=stored), stored.facts).encode())
    print(out)
