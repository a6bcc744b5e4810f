"""A study as CSV and Parquet with its design, its methods paragraph and how to cite it: the same bytes every time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim import archive
from sim.studies import paper
from sim.studies.analysis.correlations import correlations
from sim.studies.analysis.curves import curves
from sim.studies.analysis.effects import SHOWN, effects
from sim.studies.analysis.estimates import estimates
from sim.studies.analysis.grid import Line
from sim.studies.analysis.importance import importance
from sim.studies.analysis.survival import survival
from sim.studies.analysis.tipping import tipping
from sim.studies.citation import bibtex, command, method
from sim.studies.facts import Facts
from sim.studies.file import StudyFile
from sim.studies.reading import write
from sim.studies.results import Results

README = """A study of Commonweal, exported.

csv/, parquet/  the same tables twice: runs (one row a run: every metric), population (one row a run: residents alive at
                each day's end), conditions, estimates (mean and 95 % interval of every metric), effects (differences to
                the reference, paired by seed, p corrected by Holm), importance, curves (with tipping points), survival,
                correlations, findings (the paper's beside ours), distances (to the edge), warnings (trends of
                indicators before a collapse) and failures. A table without
                rows is left out. An empty cell is "not defined". In CSV, a text that a spreadsheet would take for a
                formula starts with an apostrophe.
{name}.json     the design. In a folder with this file, the study is repeated, to the same numbers, by
                {command}
method.txt      a paragraph for a methods section. citation.bib: how to cite program and sources.
"""


def export(file: StudyFile) -> Iterator[tuple[str, bytes]]:
    """Path in the export and content of every file, one at a time. RunError if the study cannot be read."""
    return files(file.results(), file.facts, file.answers.all())


def files(results: Results, facts: Facts, answers: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """The same from what a file holds. `answers`: found by further simulation."""
    study = results.study
    yield "README.txt", README.format(name=study.name, command=command(study)).encode()
    yield f"{study.name}.json", write(study, ".json").encode()
    yield "method.txt", (method(facts, results) + "\n").encode()
    yield "citation.bib", bibtex(facts, results).encode()
    for name, table in tables(results, answers):
        if len(table):
            yield f"csv/{name}.csv", archive.csv_of(table)
            yield f"parquet/{name}.parquet", archive.parquet_of(table)


def tables(results: Results, answers: Mapping[str, Any]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Every table by name."""
    study, distances = results.study, answers.get("distance")
    keys = results.runs[["condition", "seed"]].reset_index(drop=True)
    labels = keys["condition"].map({one.number: one.label for one in study.conditions})
    first = keys.assign(label=labels, collapse_day=results.collapses())
    yield "runs", pd.concat([first, results.runs.drop(columns=["condition", "seed"]).reset_index(drop=True)], axis=1)
    days = [f"day_{day}" for day in range(results.population.shape[1])]
    yield "population", pd.concat([keys, pd.DataFrame(results.population, columns=days)], axis=1)
    yield (
        "conditions",
        pd.DataFrame([{"condition": one.number, "label": one.label, **one.levels} for one in study.conditions]),
    )
    yield "estimates", estimates(results)
    yield "effects", effects(results, SHOWN)
    every = [importance(results, metric) for metric in SHOWN if metric in results.metrics]
    yield "importance", pd.DataFrame([{"metric": one.metric, **at._asdict()} for one in every for at in one.standings])
    yield "curves", _curves(results)
    yield "survival", _plain([one._asdict() for one in survival(results)])
    yield "correlations", _plain([{**_place(one.line), **one._asdict()} for one in correlations(results)])
    yield "findings", pd.DataFrame(paper.findings(results, distances))
    yield "distances", _plain(list((distances or {}).get("mixes", ())))
    yield "warnings", _warnings(answers.get("warning"))
    yield "failures", pd.DataFrame(results.failures)


def _curves(results: Results) -> pd.DataFrame:
    """One row a line of the design: what becomes of the population curve."""
    rows = []
    for curve in curves(results):
        found = tipping(curve)
        rows.append({**_place(curve.line), "metric": curve.metric, **found._asdict(), "words": found.words})
    return _plain(rows)


def _warnings(records: Sequence[Mapping[str, Any]] | None) -> pd.DataFrame:
    """One row a run: the trend of each indicator before its collapse, or by the same days without one."""
    return pd.DataFrame([{**record, **record["scores"]} for record in records or ()]).drop(
        columns="scores", errors="ignore"
    )


def _place(line: Line) -> dict[str, Any]:
    return {"value": line.value, "direction": line.direction, **dict(line.others)}


def _plain(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A table of those fields that are one number or one text."""
    return pd.DataFrame(
        [{key: cell for key, cell in row.items() if cell is None or isinstance(cell, int | float | str | np.generic)}
         for row in rows]
    )  # fmt: skip
