"""All that a study answers, as plain data that fits into JSON: for the terminal, the page and the report.

Not defined is null, with a reason beside it. Each part has a `title`, a sentence with its numbers.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.studies.analysis import correlations, early, effects, survival
from sim.studies.analysis.curves import curves
from sim.studies.analysis.estimates import estimates
from sim.studies.analysis.heat import heat
from sim.studies.analysis.importance import importance
from sim.studies.analysis.tipping import tipping, title
from sim.studies.results import Results

WARNING = "warning"  # name of the answer that holds the records of `sim.studies.warning`


def answer(
    results: Results,
    metrics: Sequence[str] = effects.SHOWN,
    along: str = "nAUP",
    answers: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Everything for one study. `metrics`: compared with the reference. `along`: the metric of curves, ranks and map.

    `answers`: what was computed by further simulation, by name, as a study file keeps it.
    """
    study = results.study
    found: dict[str, Any] = {
        "study": {
            "name": study.name,
            "title": study.title,
            "question": study.question,
            "digest": study.digest,
            "seeds": study.seeds,
            "runs": study.runs,
            "done": len(results.runs),
        },
        "failures": results.failures,
        "conditions": [{"number": c.number, "label": c.label, "levels": c.levels} for c in study.conditions],
        "estimates": estimates(results),
        "effects": _effects(results, metrics),
        "importance": _titled(importance(results, along)),
        "curves": [],
        "heat": [_titled(each) for each in heat(results, along)],
        "survival": _survival(results),
        "correlations": _correlations(results),
        "early": _early((answers or {}).get(WARNING)),
    }
    for curve in curves(results, along):
        told = tipping(curve)
        found["curves"].append({"title": title(curve, told), **curve._asdict(), "tipping": told})
    return plain(found)


def lines_of(found: Mapping[str, Any]) -> list[str]:
    """The answers in sentences, one a line, for a terminal."""
    study = found["study"]
    said = [f"{study['title']}: {study['done']} of {study['runs']} runs are done, {len(found['failures'])} failed."]
    said += [found["effects"]["title"], found["importance"]["title"]]
    said += [each["title"] for part in ("curves", "heat") for each in found[part]]
    return [*said, *(found[part]["title"] for part in ("survival", "correlations", "early"))]


def plain(thing: Any) -> Any:
    """Lists, dicts, numbers and text alone: a record is a dict, a table a list of rows, NaN and infinity are None."""
    if isinstance(thing, pd.DataFrame):
        return plain(thing.to_dict("records"))
    if isinstance(thing, tuple) and hasattr(thing, "_asdict"):
        return plain(thing._asdict())
    if isinstance(thing, Mapping):
        return {str(key): plain(value) for key, value in thing.items()}
    if isinstance(thing, np.ndarray):
        return plain(thing.tolist())
    if isinstance(thing, list | tuple):
        return [plain(value) for value in thing]
    if isinstance(thing, np.generic):
        return plain(thing.item())
    if isinstance(thing, float):
        return thing if np.isfinite(thing) else None
    return thing


def _effects(results: Results, metrics: Sequence[str]) -> dict[str, Any]:
    table = effects.effects(results, metrics)
    rows = table.assign(words=[effects.sentence(row) for _, row in table.iterrows()])
    return {"title": effects.summary(table), "rows": rows}


def _survival(results: Results) -> dict[str, Any]:
    found = survival.survival(results)
    return {"title": survival.title(found), "rows": [_worded(each) for each in found]}


def _correlations(results: Results) -> dict[str, Any]:
    found = correlations.correlations(results)
    return {"title": correlations.title(found), "rows": [_worded(each) for each in found]}


def _early(warned: Any) -> dict[str, Any]:
    found = early.early(warned or ())
    return {"title": early.title(found), "rows": [{**_worded(each), "verdict": each.verdict} for each in found]}


def _titled(record: Any) -> dict[str, Any]:
    return {"title": record.title, **record._asdict()}


def _worded(record: Any) -> dict[str, Any]:
    return {**record._asdict(), "words": record.words}
