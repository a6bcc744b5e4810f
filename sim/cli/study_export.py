"""`python -m sim study export` and `study findings`: a study as tables, and the paper's findings beside its own."""

import json
from pathlib import Path

from sim.archive import to_folder
from sim.cli.files import write
from sim.studies import paper
from sim.studies.export import export as files
from sim.studies.file import StudyFile


def export(path: Path, folder: Path, *, as_json: bool) -> None:
    """Write all tables and print their names. SettingError if the folder holds anything already."""
    with StudyFile.open(path) as file:
        written = [str(name) for name in to_folder(files(file), folder)]
    print(json.dumps(written) if as_json else "\n".join(written))


def findings(path: Path, folder: Path) -> None:
    """Write findings.json and findings.md, in place of earlier ones, and print the table."""
    with StudyFile.open(path) as file:
        told = paper.document(file.results(), file.answers.get("distance"))
    text = paper.markdown(told)
    write(folder / "findings.json", (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode())
    write(folder / "findings.md", text.encode())
    print(text)
