"""How long communities last: Kaplan-Meier curves, and how many collapse."""

from collections.abc import Sequence

import numpy as np

from dashboard.studies.figures.dots import Dot, dots
from dashboard.studies.figures.frame import Figure, nothing
from dashboard.studies.figures.panels import Line, Panel, panels
from sim.studies.analysis import words
from sim.studies.analysis.survival import Survival, title

DRAWN = 5  # curves beside the reference
MOST = 40  # rows of shares


def survival_figure(found: Sequence[Survival]) -> Figure:
    """`found`: conditions of `sim.studies.analysis.survival`, the reference first."""
    lived = [each for each in found if each.runs]
    if not any(each.collapsed for each in lived):
        return nothing("survival", title(tuple(found)))
    falling = _falling(lived)
    steps = np.unique(np.linspace(0, len(falling) - 1, DRAWN).round().astype(int)).tolist()
    shown = [lived[0], *(falling[k] for k in steps)]
    lines = [_line(each, faint=k == 0) for k, each in enumerate(shown)]
    days = len(lived[0].curve[0]) - 1
    left = len(lived) - len(shown)
    return panels(
        "survival", _title(shown), "Share of communities with at least half of their founders alive, by day; "
        "Kaplan-Meier, bands: 95 %",
        [Panel("", lines)], x=(0, days), y=(0, 1.02), unit="days", whole=False,
        note=f"The reference and {len(shown) - 1} of {words.count(len(falling), 'other')} that fall, from the worst to "
        "the mildest." if left else "", y_more={"tickformat": ".0%"},
    )  # fmt: skip


def collapse_figure(found: Sequence[Survival]) -> Figure:
    """The share of communities that collapse, in every condition."""
    lived = [each for each in found if each.runs]
    if not lived:
        return nothing("collapse", "No run has been lived yet")
    fallen = sum(each.collapsed > 0 for each in lived)
    always = sum(each.collapsed == each.runs for each in lived)
    said = (
        f"Some community collapses in {fallen} of {words.count(len(lived), 'condition')}, every one in {always}"
        if fallen
        else f"No community collapses in any of {words.count(len(lived), 'condition')}"
    )
    falling = _falling(lived)
    rows = [*falling[: MOST - 1], lived[0]]
    never = sum(not each.collapsed for each in lived[1:])
    notes = [f"The {MOST - 1} highest."] if len(falling) >= MOST else []
    notes += [f"In {words.count(never, 'other condition')} no community collapses."] if never else []
    return dots(
        "collapse", said, "Probability of a collapse; lines: 95 %, Wilson; hollow: no clear difference to the "
        "reference (log-rank, Holm)",
        [_dot(each) for each in rows], span=(-0.02, 1.02), ticks={"tickformat": ".0%"}, note=" ".join(notes),
    )  # fmt: skip


def _title(shown: Sequence[Survival]) -> str:
    """Which condition collapses most often, beside the reference."""
    first, *others = shown
    most = max(others, key=lambda each: each.probability) if others else first
    said = f"{most.label}: {most.collapsed} of {most.runs} collapse"
    said += f", half by day {most.median:.0f}" if np.isfinite(most.median) else ""
    return said + (f"; {first.label}: {first.collapsed} of {first.runs}" if others else "")


def _line(each: Survival, *, faint: bool) -> Line:
    days = list(range(len(each.curve[0])))
    share, low, high = ([float(x) if np.isfinite(x) else None for x in row] for row in each.curve)
    told = [f"{each.label}: {100 * (x or 0):.0f} % stand on day {day}" for day, x in zip(days, share)]
    return Line(each.label, days, share, low, high, told, steps=True, faint=faint)


def _dot(each: Survival) -> Dot:
    clear = bool(each.p_holm < 0.05)
    shown = f"{100 * each.probability:.0f} %"
    told = each.words + (f"; log-rank {words.chance(each.p_holm)} after Holm" if np.isfinite(each.p_holm) else "")
    told += f"; {each.reason}" if each.reason else ""
    colour = "hostile-ink" if clear else "ink3"
    return Dot(each.label, each.probability, each.low, each.high, shown, told, colour, filled=clear)


def _falling(lived: Sequence[Survival]) -> list[Survival]:
    """All but the reference in which some community collapses, the worst first."""
    falling = [each for each in lived[1:] if each.collapsed]
    return sorted(falling, key=lambda each: (-each.probability, _last(each.median), each.condition))


def _last(median: float) -> float:
    return median if np.isfinite(median) else np.inf
