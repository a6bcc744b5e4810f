"""The tables of a study: everything by condition, what failed, the paper's findings beside ours."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.studies.analysis import words
from sim.studies.analysis.survival import Survival
from sim.studies.failure import Failure
from sim.studies.results import Results

MOST = 500  # rows that are drawn; the downloads have all
Part = dict[str, Any]
SIGNS = {"reproduced": "good", "not": "bad", "not in this study": "none", "cannot be told": "none"}


def table(
    key: str, title: str, sub: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Any]], note: str = ""
) -> Part:
    """`columns`: words and kind, "words" or "number"."""
    left = len(rows) - MOST
    more = f"{MOST} of {len(rows):,} rows; the downloads have all." if left > 0 else ""
    return {
        "key": key, "kind": "table", "title": title, "sub": sub, "span": "whole", "note": note or more,
        "columns": [{"words": said, "kind": kind} for said, kind in columns],
        "rows": [list(row) for row in rows[:MOST]],
    }  # fmt: skip


def everything(results: Results, estimates: pd.DataFrame, lasting: Sequence[Survival]) -> Part:
    """Every metric in every condition: the mean, its interval on hover."""
    names = results.metrics
    by_place = {(row.condition, row.metric): row for row in estimates.itertuples()}
    rows = []
    for each in lasting:
        cells = [_cell(by_place[each.condition, name]) for name in names]
        share = {"words": f"{100 * each.probability:.0f} %", "told": each.words} if each.runs else "none yet"
        rows.append([each.label, f"{each.runs:,}", share, *cells])
    lived, count = len(results.runs), len(rows)
    return table(
        "everything", f"{words.count(lived, 'run')} in {words.count(count, 'condition')}",
        "Mean over the seeds; its 95 % interval on hover",
        [("Condition", "words"), ("Runs", "number"), ("Collapse", "number"),
         *((_headed(name), "number") for name in names)],
        rows,
    )  # fmt: skip


def _headed(metric: str) -> str:
    """A metric and its unit, unless its name says it: "Gini coefficient, share", but "Attacks"."""
    name, unit = words.called(metric), words.unit(metric)
    return f"{name}, {unit}" if unit and unit not in name.lower() else name


def failures(results: Results, failed: Sequence[Failure]) -> Part:
    """Runs that could not be lived, each with its reason."""
    rows = [(results.study.conditions[one.condition].label, f"{one.seed}", one.reason) for one in failed]
    return table(
        "failures", f"{words.count(len(failed), 'run')} could not be lived", "They count in no figure",
        [("Condition", "words"), ("Seed", "number"), ("Why", "words")], rows,
    )  # fmt: skip


def paper(told: Mapping[str, Any]) -> Part:
    """`told`: of `sim.studies.paper.document`."""
    rows = [
        (
            {"words": one["finding"], "told": one["means"]}, one["paper"], one["ours"], one["interval"],
            {"words": one["verdict"], "sign": SIGNS.get(one["verdict"], "clear"), "told": one["means"]},
        )
        for one in told["findings"]
    ]  # fmt: skip
    verdicts = [one["verdict"] for one in told["findings"]]
    looked = [verdict for verdict in verdicts if verdict != "not in this study"]
    counted = ", ".join(f"{verdicts.count(each)} {each}" for each in dict.fromkeys(verdicts))
    title = f"{len(looked)} of the paper’s {len(verdicts)} findings can be looked for here: {counted}"
    columns = [("Finding of the paper", "words"), ("Paper", "number"), ("Here", "words"), ("95 % interval", "number"),
               ("Verdict", "words")]  # fmt: skip
    return table("paper", title, told["note"], columns, rows, note=told["rule"])


def _cell(row: Any) -> Any:
    if not np.isfinite(row.mean):
        return {"words": "not defined", "sign": "none", "told": row.reason}
    inside = words.interval(row.low, row.high) if np.isfinite(row.low) else row.reason
    return {"words": words.number(row.mean), "told": f"{inside}, {words.count(row.n, 'run')}"}
