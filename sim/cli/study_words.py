"""The words of `python -m sim study`. Loads nothing."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from sim.cli.asking_words import model_words, term_words

TASKS = ("run", "resume", "merge", "show", "report", "export", "findings", "list")


def study_words(command: argparse.ArgumentParser) -> None:
    """What can be done with studies."""
    tasks = command.add_subparsers(dest="task", required=True)

    run = tasks.add_parser("run", help="run a study; the word 'run' may be left out")
    run.add_argument(
        "study", metavar="PRESET|FILE", help="a preset, as 'study list' names them, or a .toml or .json file"
    )
    run.add_argument("--seeds", metavar="N", help="so many seeds, from 1000 up; or which: 1000-1063")
    run.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", dest="settings",
        help="change a setting of all runs, or the levels of a factor: days=40, 'value=BE, PO'; may be repeated",
    )  # fmt: skip
    run.add_argument("--out", type=Path, metavar="FILE", help="the new study file (usual: its name here)")
    _spreading(run)
    model_words(run)
    term_words(run)

    resume = _on_a_file(tasks, "resume", "go on with a study file")
    _spreading(resume)
    term_words(resume)

    merge = tasks.add_parser("merge", help="put two files of one design into one")
    merge.add_argument("files", type=Path, nargs=2, metavar="FILE", help="a study file")
    merge.add_argument("--out", type=Path, required=True, metavar="FILE", help="the new study file")
    merge.add_argument("--json", action="store_true", help="one JSON object")

    show = _on_a_file(tasks, "show", "say what a study has found")
    show.add_argument("--json", action="store_true", help="all of it as one JSON object")

    report = _on_a_file(tasks, "report", "draw a study as one HTML file that opens without a network")
    report.add_argument("--out", type=Path, metavar="FILE.html", help="where to (usual: beside the study)")

    export = _on_a_file(tasks, "export", "write a study as CSV and Parquet, with its design and how to cite it")
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help="a new or empty folder")
    export.add_argument("--json", action="store_true", help="the files written as a JSON list")

    findings = _on_a_file(
        tasks, "findings", "write the paper's findings beside the study's: findings.md, findings.json"
    )
    findings.add_argument("--to", type=Path, default=Path(), metavar="DIR", help="where to (usual: here)")

    listed = tasks.add_parser("list", help="list the presets")
    listed.add_argument("--json", action="store_true", help="as a JSON list")


def spelled_out(arguments: Sequence[str]) -> list[str]:
    """The arguments with the word `run` where it was left out: `study the-paper` is `study run the-paper`."""
    given = list(arguments)
    if len(given) > 1 and given[0] == "study" and given[1] not in (*TASKS, "-h", "--help"):
        given.insert(1, "run")
    return given


def _on_a_file(
    tasks: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, what: str
) -> argparse.ArgumentParser:
    task = tasks.add_parser(name, help=what)
    task.add_argument("file", type=Path, help="a study file")
    return task


def _spreading(task: argparse.ArgumentParser) -> None:
    task.add_argument(
        "--workers", type=int, metavar="N", help="processes, or tasks of a cluster at once (usual: a core each)"
    )
    task.add_argument("--engine", metavar="NAME", help="loky (this machine), dask or ray (usual: loky)")
    task.add_argument("--address", metavar="A", help="of a running dask or ray cluster (usual: one started here)")
    task.add_argument("--json", action="store_true", help="one JSON object")
