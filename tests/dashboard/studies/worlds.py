"""Results with known content, for figures and answers: Benevolence tips, Power slopes, all else is luck."""

import numpy as np

from sim.measures import catalogue
from sim.state import Array
from sim.studies.design import Condition, Study
from sim.studies.results import Results
from tests.sim.studies.analysis.making import Yield, bent, prevalence, results


def lived(study: Study) -> Results:
    """Every run: without BE the population curve drops between 25 and 50 %, with PO it slopes down by 0.5."""

    def population(condition: Condition, luck: Array) -> Array:
        drop = {"without BE": float(prevalence(condition) > 30), "with PO": prevalence(condition) / 200}
        size = 0.001 * condition.scenario.size
        own = 0.01 * np.roll(luck, condition.number)  # else all pairs of runs would differ by the same
        return 2.0 - drop.get(bent(condition), 0.0) + size + 0.05 * luck + own

    def other(condition: Condition, luck: Array) -> Array:
        return 0.5 + 0.1 * np.roll(luck, condition.number % 7)

    def alive(condition: Condition, luck: Array) -> Array:
        days = np.arange(condition.scenario.days + 1)
        falls = (bent(condition) == "without BE") & (prevalence(condition) > 30) & (luck > -1)
        standing = condition.scenario.size * np.ones((len(luck), len(days)))
        return np.where(falls[:, None] & (days > 4), 1.0, standing)

    made: dict[str, Yield] = {name: population if name == "nAUP" else other for name in catalogue()}
    return results(study, made, alive)
