"""What each condition changes in one metric: a forest plot of paired differences to the reference."""

from collections.abc import Collection

import pandas as pd

from dashboard.studies.figures.dots import Dot, dots
from dashboard.studies.figures.frame import Figure, nothing
from sim.studies.analysis import words
from sim.studies.analysis.effects import sentence

MOST = 40  # rows; the strongest, where there are more


def effects_figure(table: pd.DataFrame, metric: str, conditions: Collection[int] | None = None) -> Figure:
    """`table`: of `sim.studies.analysis.effects`; `conditions`: those shown, if not all."""
    rows = table[table["metric"] == metric]
    if conditions is not None:
        rows = rows[rows["condition"].isin(list(conditions))]
    name = words.lower(words.called(metric))
    if rows.empty or not rows["difference"].notna().any():
        return nothing("effects", f"No difference of the {name} can be told yet", *rows["reason"].unique()[:3])
    title = _title(rows)
    left = len(rows) - MOST
    order = rows["difference"].abs().fillna(-1).nlargest(MOST).index
    rows = rows.loc[order].sort_values("difference", ascending=False, na_position="last")
    reference = rows["reference_label"].unique()
    against = reference[0] if len(reference) == 1 else "the original at the same other settings"
    unit = f", {words.unit(metric)}" if words.unit(metric) else ""
    return dots(
        "effects",
        title,
        f"Change of the {name}{unit}, against {against}, paired by seed; lines: 95 %; hollow: not clear after Holm",
        [_dot(row) for _, row in rows.iterrows()],
        note=f"The {MOST} largest; {left} smaller ones are in the table of everything." if left > 0 else "",
    )


def _title(rows: pd.DataFrame) -> str:
    """How many differences are clear, and the largest of them for its scatter."""
    tested = rows[rows["p"].notna()]
    clear = tested[tested["clear"]]
    if tested.empty:
        return f"No difference can be told from luck yet: {rows['reason'].iloc[0]}"
    said = f"{len(clear)} of {words.count(len(tested), 'difference')} clear"
    if clear.empty:
        return f"{said}: none can be told from luck yet"
    most = clear.loc[clear["d"].abs().idxmax()]
    change = f"{words.signed(most['difference'])} ({words.interval(most['low'], most['high'])})"
    return f"{said}; the largest for its scatter, {most['label']}: {change}"


def _dot(row: "pd.Series[object]") -> Dot:
    mean, low, high = (_or_none(row[name]) for name in ("difference", "low", "high"))
    shown = words.signed(mean) if mean is not None else "not defined"
    up = mean is not None and mean > 0
    colour = ("g0-ink" if up else "hostile-ink") if row["clear"] else "ink3"
    return Dot(str(row["label"]), mean, low, high, shown, sentence(row), colour, filled=bool(row["clear"]))


def _or_none(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and value == value else None
