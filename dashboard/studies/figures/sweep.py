"""A metric over any factor that is a number (size, talkativeness, ...), one line a combination of the others."""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.studies.figures.frame import Figure
from dashboard.studies.figures.panels import Line, Panel, panels
from sim.studies.analysis import words
from sim.studies.design import Condition, Study
from sim.studies.factor import OF_MIX, PREVALENCE, VALUE

ALONE = 6  # lines that fit into one chart
MOST = 12  # charts
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
Key = tuple[tuple[str, str], ...]


def numeric(study: Study) -> list[str]:
    """The factors whose levels are numbers, two at least, but for the prevalence, which has curves of its own."""
    return [
        factor.field
        for factor in study.factors
        if len(factor.levels) > 1
        and not all(isinstance(level, str) for level in factor.levels)
        and not any(isinstance(level, str) for level in factor.levels)
        and not (factor.field == PREVALENCE and any(other.field == VALUE for other in study.factors))
    ]


def sweep_figure(study: Study, table: pd.DataFrame, metric: str, field: str) -> Figure:
    """`table`: of `sim.studies.analysis.estimates`; `field`: the factor along the axis."""
    rows = table[table["metric"] == metric].set_index("condition")
    lines = _lines(study.conditions, rows, field)
    levels = sorted(float(level) for factor in study.factors if factor.field == field for level in factor.levels)
    name, axis = words.called(metric), field.replace("_", " ")
    unit = f", {words.unit(metric)}" if words.unit(metric) else ""
    charts = _charts(lines)
    ends = [end for line in lines.values() for part in (line.low, line.high) for end in part if end is not None]
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    low = 0.0 if 0 <= low <= 0.5 * high else low - 0.06 * (high - low)
    return panels(
        "sweep", _title(lines, words.lower(name), axis), f"{name}{unit}, over {axis}; bands: 95 %", charts[:MOST],
        x=(levels[0], levels[-1]), y=(low, high + 0.06 * (high - low or 1)), ticks=levels if len(levels) <= 6 else (),
        note=f"{MOST} of {len(charts)} charts." if len(charts) > MOST else "",
    )  # fmt: skip


def _lines(conditions: Sequence[Condition], rows: pd.DataFrame, field: str) -> dict[Key, Line]:
    """Lines by the levels of the other factors, in words."""
    places: dict[Key, list[tuple[float, int]]] = {}
    for condition in conditions:
        level = condition.levels.get(field, getattr(condition.scenario, field, None))
        if condition.number in rows.index and isinstance(level, int | float):
            places.setdefault(_others(condition, field), []).append((float(level), condition.number))
    found = {}
    for key, points in places.items():
        points.sort()
        x = [level for level, _ in points]
        means, lows, highs = ([_or_none(rows.at[n, part]) for _, n in points] for part in ("mean", "low", "high"))
        told = [f"{_name(key)}, {field.replace('_', ' ')} {level:g}: {_told(rows.loc[n])}" for level, n in points]
        lows = [mean if low is None else low for mean, low in zip(means, lows)]
        highs = [mean if high is None else high for mean, high in zip(means, highs)]
        if len(points) > 1:
            found[key] = Line(_name(key), x, means, lows, highs, told)
    return found


def _others(condition: Condition, field: str) -> Key:
    """What else tells a condition: its mix in words, then the other factors."""
    found = []
    mix = [group for group in condition.scenario.mix if group.condition != "original" and group.share > 0]
    if any(name in condition.levels for name in (*OF_MIX, "mix")) or not condition.levels:
        found.append(("mix", ", ".join(f"{group.share:g} % {group.label}" for group in mix) or "original"))
    for name, level in condition.levels.items():
        if name not in (*OF_MIX, "mix", field):
            found.append((name, f"{name.replace('_', ' ')} {level}"))
    return tuple(found)


def _charts(lines: dict[Key, Line]) -> list[Panel]:
    """One chart where the lines are few; else one a level of the other factors, its lines the mixes."""
    if len(lines) <= ALONE:
        return [Panel("", list(lines.values()))]
    charts: dict[str, list[Line]] = {}
    for key, line in lines.items():
        head = ", ".join(said for _, said in key[1:])
        charts.setdefault(head or "all", []).append(line._replace(name=key[0][1] if head else line.name))
    ordered = sorted(charts.items(), key=lambda chart: [float(found) for found in _NUMBERS.findall(chart[0])])
    return [Panel(head if head != "all" else "", drawn) for head, drawn in ordered]


def _title(lines: dict[Key, Line], name: str, axis: str) -> str:
    """The line that moves most from the first level to the last."""
    moved = [
        (line, known[0], known[-1])
        for line in lines.values()
        if len(known := [(x, y) for x, y in zip(line.x, line.y) if y is not None]) > 1
    ]
    if not moved:
        return f"How the {name} depends on {axis} cannot be told yet"
    line, (x0, y0), (x1, y1) = max(moved, key=lambda each: abs(each[2][1] - each[1][1]))
    where = f", {line.name}" if line.name and len(lines) > 1 else ""
    most = "most" if len(lines) > 1 else ""
    said = f"moves {most} with {axis}".replace("  ", " ")
    return f"The {name} {said}{where}: {words.number(y0)} at {x0:g}, {words.number(y1)} at {x1:g}"


def _name(key: Key) -> str:
    return ", ".join(said for _, said in key)


def _told(row: "pd.Series[object]") -> str:
    mean = _or_none(row["mean"])
    if mean is None:
        return f"not defined, {row['reason']}"
    low, high = _or_none(row["low"]), _or_none(row["high"])
    inside = words.interval(low, high) if low is not None and high is not None else str(row["reason"])
    return f"{words.number(mean)} ({inside})"


def _or_none(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and np.isfinite(value) else None
