"""Which values hold a community together: a ranking with intervals."""

from dashboard.studies.figures.dots import Dot, dots
from dashboard.studies.figures.frame import Figure, nothing
from sim.studies.analysis import words
from sim.studies.analysis.importance import Importance, Standing


def importance_figure(found: Importance) -> Figure:
    """`found`: of `sim.studies.analysis.importance`."""
    if not found.standings:
        return nothing("importance", found.title)
    name = words.lower(words.called(found.metric))
    return dots(
        "importance",
        _title(found),
        f"By how much the {name} changes when a value is bent, the stronger direction; "
        f"lines: 95 %, {words.count(found.seeds, 'seed')} resampled",
        [_dot(standing) for standing in found.standings],
    )


def _title(found: Importance) -> str:
    first, second, *_ = found.standings
    said = f"{first.name} moves it most, by {words.number(first.importance)} ({words.interval(first.low, first.high)})"
    return f"{said}, then {second.name}, by {words.number(second.importance)}"


def _dot(at: Standing) -> Dot:
    ranks = f"rank {at.rank_low} to {at.rank_high}" if at.rank_high > at.rank_low else f"rank {at.rank_low}"
    told = (
        f"{at.name}: {words.signed(at.change)} {at.direction} it; importance {words.number(at.importance)} "
        f"({words.interval(at.low, at.high)}), {ranks}, first in {words.share(at.first)} of resampled studies"
    )
    label = f"{at.rank}  {at.name}, {at.direction}"
    return Dot(label, at.importance, at.low, at.high, words.number(at.importance), told, "accent")
