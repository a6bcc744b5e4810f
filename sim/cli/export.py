"""`python -m sim export`: a kept run as CSV and Parquet, with receipt and citation."""

import json
from pathlib import Path

from sim.cli.files import opened
from sim.runs.export import to_folder


def export(path: Path, folder: Path, *, as_json: bool) -> None:
    """Write all files and print their names. SettingError if the folder holds anything already."""
    with opened(path) as stored:
        written = [str(name) for name in to_folder(stored, folder)]
    print(json.dumps(written) if as_json else "\n".join(written))
