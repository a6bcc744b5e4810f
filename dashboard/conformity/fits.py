"""A visitor's own fits, read from a CSV file, beside the nine models of the plane."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.payload.conformity import share
from dashboard.payload.conformity_plane import BETA, BIAS
from dashboard.payload.wording import clean
from sim.conformity import table
from sim.conformity.theory import metastable

_FAR = 1_000.0  # beyond every plane: where an interval without a bound is drawn to


@dataclass(frozen=True)
class Fits:
    """`file`: its name; the rest as `sim.conformity.table` read it."""

    file: str
    read: table.Fits

    @classmethod
    def of(cls, file: str, content: bytes) -> "Fits":
        """Read a file. SettingError if it holds no fits."""
        return cls(file, table.parse(content))

    def told(self) -> dict[str, Any]:
        """`fits` of docs/conformity-page.md."""
        points = self.read.points
        return {
            "title": self.title(),
            "points": [_told(point) for point in points],
        }

    def title(self) -> str:
        """How many lie inside the spinodal, and what is not in that count or not on the picture."""
        measured = [point for point in self.read.points if not point.at_bound]
        beta, h = (np.array([getattr(point, name) for point in measured]) for name in ("beta", "h"))
        inside = int(metastable(beta, h).sum()) if measured else 0
        beyond = sum(not (BETA[0] <= p.beta <= BETA[1] and BIAS[0] <= p.h <= BIAS[1]) for p in self.read.points)
        told = [f"{self.file}: {share(inside, len(measured))}, of the measured fits lie inside the spinodal."]
        if beyond:
            told.append(f"{beyond:,} {'lies' if beyond == 1 else 'lie'} beyond the drawn plane.")
        return " ".join([*told, *self.read.notes])


def _told(point: table.Point) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": f"{point.model}: {point.pair}",
        "beta": clean(point.beta, 4),
        "h": clean(point.h, 4),
    }
    for part, span in (("betaSpan", point.beta_span), ("hSpan", point.h_span)):
        if span is not None:
            told[part] = [clean(min(max(end, -_FAR), _FAR), 4) for end in span]
    return told
