"""Nine models as De Marzo et al. 2026 (arXiv 2605.10721) measured them: `models.csv`.

Each is the median of beta and the median of h over about 100 opinion pairs, computed from the authors' published
fits. The median point says little about how many pairs lie inside the spinodal.
"""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

SOURCE = "De Marzo et al. 2026, arXiv 2605.10721; medians over about 100 opinion pairs a model"


class Median(NamedTuple):
    """A model's place in the diagram."""

    model: str
    beta: float
    h: float


@cache
def medians() -> tuple[Median, ...]:
    """All nine, in the order of the file."""
    text = files("sim.conformity").joinpath("models.csv").read_text("utf-8")
    return tuple(Median(row["model"], float(row["beta"]), float(row["h"])) for row in csv.DictReader(text.splitlines()))
