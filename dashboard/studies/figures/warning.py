"""Do early-warning indicators warn? ROC curves."""

from collections.abc import Sequence

import numpy as np

from dashboard.payload.wording import opened
from dashboard.studies.figures.frame import Figure, nothing, rule
from dashboard.studies.figures.panels import Line, Panel, panels
from sim.studies.analysis import words
from sim.studies.analysis.early import Roc, title


def warning_figure(found: Sequence[Roc]) -> Figure:
    """`found`: of `sim.studies.analysis.early`."""
    told = [each for each in found if np.isfinite(each.area)]
    if not told:
        return nothing("warning", title(tuple(found)), *(each.words for each in found))
    lines = [
        Line(
            f"{words.number(each.area)} {words.lower(_name(each))}", each.curve[:, 0].tolist(),
            each.curve[:, 1].tolist(), told=[each.words] * len(each.curve), dotted=False,
        )
        for each in sorted(told, key=lambda each: -each.area)
    ]  # fmt: skip
    drawn = panels(
        "warning", title(tuple(found)), "True alarms over false alarms, as shares of runs; dotted: chance. The number "
        "is the area under the curve",
        [Panel("", lines)], x=(0, 1), y=(0, 1.02), whole=False, note=_verdicts(found),
    )  # fmt: skip
    drawn["layout"]["shapes"].append(rule(0, 0, 1, 1, dash="dot"))
    return drawn


def _name(each: Roc) -> str:
    return each.words.split(":")[0]


def _verdicts(found: Sequence[Roc]) -> str:
    """Which warn, which do not: "Warns: variance of the population." """
    kinds = dict.fromkeys(each.verdict for each in found)
    said = {kind: ", ".join(words.lower(_name(each)) for each in found if each.verdict == kind) for kind in kinds}
    return " ".join(f"{opened(kind)}: {names}." for kind, names in said.items())
