"""Value by prevalence: how far each moves a metric from the reference, as a table to be coloured."""

from typing import NamedTuple

import numpy as np

from sim import values
from sim.state import Array
from sim.studies.analysis import words
from sim.studies.analysis.effects import effects
from sim.studies.analysis.grid import Line, besides, lines
from sim.studies.factor import Level
from sim.studies.results import Results


class Heat(NamedTuple):
    """One direction, all other levels the same: values down, prevalences across. NaN: not defined or not lived."""

    metric: str
    direction: str
    others: tuple[tuple[str, Level], ...]
    values: tuple[str, ...]  # codes, in the order of the design
    prevalences: tuple[float, ...]  # per cent; 0 is the reference
    means: Array  # f8 (values, prevalences)
    changes: Array  # f8, mean difference to the reference, paired by seed; 0 at the reference
    clear: Array  # bool, whether the change is clear after Holm's correction over all maps of this metric

    @property
    def title(self) -> str:
        """Which cell moves the metric most, and how many do."""
        name, where = words.called(self.metric), f"{self.direction} a value{besides(self.others)}"
        cells = int((np.isfinite(self.changes[:, 1:])).sum())
        if cells == 0:
            return f"{name}, {where}: not defined, no pair of runs has been lived yet"
        row, column = np.unravel_index(int(np.nanargmax(np.abs(self.changes))), self.changes.shape)
        most = f"{self.direction} {values.VALUES[values.index(self.values[row])].name}"
        size = f"{words.signed(self.changes[row, column])} at {self.prevalences[column]:g} % {most}"
        return f"{name}, {where}: most changed by {size}; {int(self.clear.sum())} of {cells} changes clear"


def heat(results: Results, metric: str = "nAUP") -> tuple[Heat, ...]:
    """One map a direction and combination of other levels; none where no value is varied."""
    table = effects(results, (metric,)).set_index("condition")
    groups: dict[tuple[str, tuple[tuple[str, Level], ...]], list[Line]] = {}
    for line in lines(results.study):
        groups.setdefault((line.direction, line.others), []).append(line)
    found = []
    for (direction, others), members in groups.items():
        prevalences = tuple(sorted({level for line in members for level in line.prevalences}))
        shape = len(members), len(prevalences)
        means, changes, clear = np.full(shape, np.nan), np.full(shape, np.nan), np.zeros(shape, bool)
        for row, line in enumerate(members):
            for level, number in zip(line.prevalences, line.conditions):
                column = prevalences.index(level)
                known = results.of(number, metric).dropna()
                means[row, column] = known.mean() if len(known) else np.nan
                if level == 0:
                    changes[row, column] = 0.0
                elif number in table.index:
                    changes[row, column] = table.at[number, "difference"]
                    clear[row, column] = table.at[number, "clear"]
        codes = tuple(line.value for line in members)
        found.append(Heat(metric, direction, others, codes, prevalences, means, changes, clear))
    return tuple(found)
