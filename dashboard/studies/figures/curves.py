"""A metric over the share of residents whose value is bent, with the tipping point where there is one."""

from collections.abc import Sequence

import numpy as np

from dashboard.studies.figures.frame import Figure, nothing
from dashboard.studies.figures.panels import Line, Mark, Panel, panels
from sim.speech.quantities import joined, word
from sim.studies.analysis import words
from sim.studies.analysis.curves import Curve
from sim.studies.analysis.estimates import Estimate
from sim.studies.analysis.tipping import Tipping

ALONE = 4  # lines that fit into one chart
MOST = 20  # charts


def curves_figure(found: Sequence[tuple[Curve, Tipping]]) -> Figure:
    """One chart where the lines are few; else one a value, or one a setting of the other factors."""
    if not found:
        return nothing("curves", "No curve over prevalence: this study varies no value")
    metric = found[0][0].metric
    unit = f", {words.unit(metric)}" if words.unit(metric) else ""
    levels = [level for curve, _ in found for level in curve.line.prevalences]
    charts = _charts(found)
    note = f"{MOST} of {len(charts)} charts; the table of everything has all." if len(charts) > MOST else ""
    return panels(
        "curves", said(found), f"{words.called(metric)}{unit}, over the per cent of residents; bands: 95 %; "
        "dashed: a tipping point, with its interval",
        charts[:MOST], x=(min(levels), max(levels)), y=_heights(found), unit="%", note=note,
        ticks=sorted(set(levels)) if len(set(levels)) <= 6 else (),
    )  # fmt: skip


def said(found: Sequence[tuple[Curve, Tipping]]) -> str:
    """Curves of one metric in a sentence: where it tips, the steepest first; or that it does not."""
    name = words.lower(words.called(found[0][0].metric))
    sharp = sorted(
        ((curve, tip) for curve, tip in found if tip.shape == "threshold"), key=lambda pair: -abs(pair[1].change)
    )
    if len(found) == 1:
        return f"{found[0][0].title}: {found[0][1].words}"
    if not sharp:
        told = [tip for _, tip in found if tip.shape != "not told"]
        if not told:
            return f"Whether the {name} tips cannot be told: {found[0][1].reason}"
        return f"The {name} tips nowhere ({_kinds(told)}). {farthest(found).title}"
    first = f"{sharp[0][0].line.name}: {sharp[0][1].words}"
    rest = [f"{curve.line.words} at {tip.point:.0f} %" for curve, tip in sharp[1:3]]
    more = f", and {len(sharp) - 3} more" if len(sharp) > 3 else ""
    return f"{first}{'; ' if rest else ''}{', '.join(rest)}{more}; {len(sharp)} of {len(found)} curves tip"


def farthest(found: Sequence[tuple[Curve, Tipping]]) -> Curve:
    """The curve that goes farthest."""
    return max((curve for curve, _ in found), key=_moved)


def _moved(curve: Curve) -> float:
    """How far it goes from its first mean to its last."""
    known = [point.mean for point in curve.points if np.isfinite(point.mean)]
    return abs(known[-1] - known[0]) if known else -1.0


def _kinds(told: Sequence[Tipping]) -> str:
    """ "three gradual and one flat curve"."""
    counts = {shape: sum(tip.shape == shape for tip in told) for shape in ("gradual", "flat", "uneven")}
    found = {shape: count for shape, count in counts.items() if count}
    last = [*found.values()][-1]  # the one the noun stands behind
    return (
        f"{joined([f'{word(count)} {shape}' for shape, count in found.items()])} {'curve' if last == 1 else 'curves'}"
    )


def _charts(found: Sequence[tuple[Curve, Tipping]]) -> list[Panel]:
    if len(found) <= ALONE:
        return [Panel("", [_line(curve, tip, curve.line.words) for curve, tip in found])]
    directions = {curve.line.direction for curve, _ in found}
    charts: dict[str, list[Line]] = {}
    for curve, tip in found:
        line = curve.line
        others = [f"{field.replace('_', ' ')} {level}" for field, level in line.others]
        value = line.words.removeprefix(line.direction + " ").split(", ")[0]
        if len(directions) > 1:
            head, name = ", ".join([value, *others]), line.direction
        elif others:
            head, name = ", ".join([f"{line.direction} {value}", *others[:-1]]), others[-1]
        else:
            head, name = f"{line.direction} {value}", ""
        charts.setdefault(head, []).append(_line(curve, tip, name))
    return [Panel(head, lines) for head, lines in charts.items()]


def _line(curve: Curve, tip: Tipping, name: str) -> Line:
    mark = None
    if tip.shape == "threshold":
        mark = Mark(tip.point, _or_none(tip.low), _or_none(tip.high), tip.words)
    told = [
        f"{level:g} % {curve.line.words}: {point.text}"
        for level, point in zip(curve.line.prevalences, curve.points)
    ]  # fmt: skip
    return Line(name, curve.line.prevalences, *_ends(curve.points), told, mark)


def _ends(points: Sequence[Estimate]) -> tuple[list[float | None], list[float | None], list[float | None]]:
    """Means, and the ends of their intervals; no interval is one of no width."""
    means = [_or_none(point.mean) for point in points]
    lows = [_or_none(point.low) if _or_none(point.low) is not None else mean for point, mean in zip(points, means)]
    highs = [_or_none(point.high) if _or_none(point.high) is not None else mean for point, mean in zip(points, means)]
    return means, lows, highs


def _heights(found: Sequence[tuple[Curve, Tipping]]) -> tuple[float, float]:
    """The same axis for all, with zero where all are of one sign and near it."""
    ends = [end for curve, _ in found for point in curve.points for end in (point.low, point.mean, point.high)]
    known = [end for end in ends if np.isfinite(end)]
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    low = 0.0 if 0 <= low <= 0.5 * high else low
    pad = 0.06 * (high - low) or 0.5
    return (0.0 if low == 0 else low - pad), high + pad


def _or_none(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
