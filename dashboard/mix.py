"""The full form of the value mix: groups with their shares, the ten weights of one group, and its wheel.

Works on a copy; the next run takes it over on "Use for the next run" and not before.
"""

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import streamlit as st

from dashboard import sidebar
from dashboard.components.mixbar import mixbar
from dashboard.components.mixwheel import CIRCLE, mixwheel
from dashboard.draft import Draft
from dashboard.mix_rows import CONDITIONS, MOST, Row, read, rows_of, told
from sim.errors import SettingError
from sim.scenario import Group
from sim.values import BASELINE, HIGHEST, LOWEST, VALUES

NAMES = [value.name for value in VALUES]


@dataclass
class _Work:
    """The copy being edited. `version` changes when the table of groups must show other rows than it was given."""

    source: tuple[Group, ...]  # the mix it was made from
    version: int
    rows: list[Row] = field(init=False)
    shown: int = field(init=False)  # row whose weights are shown
    refused: str = ""  # why the last typed weight was not taken

    def __post_init__(self) -> None:
        self.rows = rows_of(self.source)
        self.shown = max(range(len(self.rows)), key=lambda i: self.rows[i].condition != "original")


def editor(draft: Draft, day: int, close: Callable[[], None]) -> None:
    """The form. `day`: the last one of the present run, which keeps its own mix; `close`: go back to the run."""
    work = _work(draft)
    try:
        groups, wrong = read(work.rows), ""
    except SettingError as error:
        groups, wrong = (), str(error)
    _head(draft, groups, day)
    _buttons(draft, work, groups, close)
    if wrong:
        st.html(f'<div role="alert" class="cw-wrong cw-whole">{html.escape(wrong)} The next run keeps its mix.</div>')
    else:
        counts = draft.scenario.model_copy(update={"mix": groups}).counts()
        _bar(work, groups, counts)
    left, right = st.columns([1.3, 1], gap="medium")
    with left:
        _groups(work)
        _weights(work)
    with right:
        _wheel(work)


def _work(draft: Draft) -> _Work:
    """The copy; a new one when the mix of the next run has been changed elsewhere."""
    work: _Work | None = st.session_state.get("mix_work")
    if work is None or work.source != draft.mix:
        work = st.session_state["mix_work"] = _Work(draft.mix, work.version + 1 if work else 0)
    return work


def _head(draft: Draft, groups: tuple[Group, ...], day: int) -> None:
    if groups:
        counts = draft.scenario.model_copy(update={"mix": groups}).counts()
        said = ", ".join(f"{count} {group.label}" for group, count in zip(groups, counts))
    else:
        said = "not complete"
    st.html(
        f'<div class="cw-head cw-title"><h1>Value mix of the next run: {html.escape(said)}</h1>'
        f"<span>day {day} of the present run keeps its own mix</span></div>"
    )


def _buttons(draft: Draft, work: _Work, groups: tuple[Group, ...], close: Callable[[], None]) -> None:
    def use() -> None:
        draft.take_mix(groups)
        close()

    def undo() -> None:
        st.session_state["mix_work"] = _Work(work.source, work.version + 1)

    def back() -> None:
        undo()
        close()

    unchanged = work.rows == rows_of(work.source)
    with st.container(horizontal=True, gap="xsmall", key="mix_buttons"):
        st.button("Use for the next run", disabled=not groups, on_click=use, icon=":material/check:", key="mix_use")
        st.button("Undo", on_click=undo, disabled=unchanged, key="mix_undo", icon=":material/undo:")
        st.button("Back without change", on_click=back, type="tertiary", key="mix_back")


def _bar(work: _Work, groups: tuple[Group, ...], counts: Sequence[int]) -> None:
    hues = [i % len(sidebar.FILLS) for i in range(len(groups))]
    parts = [
        {"label": group.label, "share": group.share, "count": count, "fill": sidebar.FILLS[hue], "on": sidebar.ON[hue]}
        for group, count, hue in zip(groups, counts, hues)
    ]
    mixbar(parts, key="mixbar", on_shares=lambda shares: _shared(work, shares))


def _shared(work: _Work, shares: Sequence[float]) -> None:
    """The shares after a border of the bar was moved."""
    work.rows = [replace(row, share=round(share, 2)) for row, share in zip(work.rows, shares, strict=True)]
    work.version += 1


def _groups(work: _Work) -> None:
    st.subheader("Groups", anchor=False)
    key = f"mix_groups{work.version}"
    if key not in st.session_state:
        st.session_state["mix_base"] = list(work.rows)
    base: list[Row] = st.session_state["mix_base"]
    st.data_editor(
        _table(
            Share=[row.share for row in base],
            Condition=[row.condition for row in base],
            Value=[row.value for row in base],
        ),
        key=key,
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        placeholder="",
        on_change=_grouped,
        args=(work, base, key),
        column_config={
            "Share": st.column_config.NumberColumn(
                "Share, %", min_value=0, max_value=100, default=0, format="%g", required=True
            ),
            "Condition": st.column_config.SelectboxColumn(options=CONDITIONS, default="original", required=True),
            "Value": st.column_config.SelectboxColumn(options=NAMES, help="Of the condition with or without."),
        },
    )
    total = sum(row.share for row in work.rows)
    drag = "; drag a border of the bar to shift them" if len(work.rows) > 1 else ""
    st.caption(f"The shares add to {total:g} %{drag}. The last row adds a group, up to {MOST}.")


def _grouped(work: _Work, base: list[Row], key: str) -> None:
    """Take over what was edited, added and deleted in the table since it was made from `base`."""
    edits: dict[str, Any] = st.session_state[key]
    rows = list(base)
    for place, changes in edits["edited_rows"].items():
        rows[int(place)] = rows[int(place)].changed(changes)
    for place in sorted(edits["deleted_rows"], reverse=True):
        del rows[place]
    rows += [Row().changed(changes) for changes in edits["added_rows"]]
    work.rows = rows
    work.shown = min(work.shown, max(len(rows) - 1, 0))


def _weights(work: _Work) -> None:
    st.subheader("Weights, −0.14 to 1", anchor=False)
    if not work.rows:
        st.caption("There is no group to show.")
        return
    labels = [f"{row.share:g} % {row.label}" for row in work.rows]
    key = f"mix_shown{work.version}_{hash(tuple(labels))}"  # other labels are another widget
    st.selectbox("Group", range(len(labels)), work.shown, labels.__getitem__, key, on_change=_chosen, args=(work, key))
    row = work.rows[work.shown]
    own = row.profile()
    key = f"mix_weights{work.version}_{work.shown}_{row.condition}_{row.value}"
    change = [f"{own[i] - BASELINE[i]:+.2f}".replace("-", "−") for i in CIRCLE]
    was, now = ([float(weights[i]) for i in CIRCLE] for weights in (BASELINE, own))
    less, more = zip(*(_bars(own[i] - BASELINE[i]) for i in CIRCLE))
    table = _table(Value=[NAMES[i] for i in CIRCLE], Original=was, Weight=now, Change=change, less=less, more=more)
    fill = sidebar.FILLS[work.shown % len(sidebar.FILLS)]
    st.data_editor(
        table.style.set_properties(subset=["less", "more"], color=fill),
        key=key,
        hide_index=True,
        width="stretch",
        height="content",
        disabled=("Value", "Original", "Change", "less", "more"),
        on_change=_weighed,
        args=(work, own, key),
        column_config={
            "Original": st.column_config.NumberColumn(format="%.2f"),
            "Weight": st.column_config.NumberColumn(
                f"{row.label[0].upper()}{row.label[1:]}",
                format="%.2f", required=True,
            ),
            "Change": st.column_config.TextColumn(alignment="right"),
            "less": st.column_config.TextColumn(alignment="right"),
            "more": st.column_config.TextColumn(alignment="left"),
        },
    )  # fmt: skip
    if work.refused:
        st.html(f'<div role="alert" class="cw-wrong cw-whole">{html.escape(work.refused)}</div>')
        work.refused = ""


def _bars(change: float) -> tuple[str, str]:
    """A change of a weight as a bar to the left or to the right: half a character for every 0.07."""
    halves = round(abs(change) / 0.07)
    whole, half = "█" * (halves // 2), halves % 2
    return ("▐" * half + whole, "") if change < 0 else ("", whole + "▌" * half)


def _chosen(work: _Work, key: str) -> None:
    work.shown = st.session_state[key]


def _weighed(work: _Work, own: Any, key: str) -> None:
    """The weights typed in the table. One out of range is told and changes nothing."""
    edits = st.session_state[key]["edited_rows"].items()
    typed = {int(place): float(changes["Weight"]) for place, changes in edits if changes.get("Weight") is not None}
    wrong = [place for place, weight in typed.items() if not LOWEST <= weight <= HIGHEST]
    if not wrong:
        _reweigh(work, own, typed)
        return
    i = CIRCLE[wrong[0]]
    work.refused = f"{NAMES[i]} cannot weigh {typed[wrong[0]]:g}: between −0.14 and 1. It keeps {own[i]:.2f}."
    work.version += 1


def _reweigh(work: _Work, own: Any, changed: Mapping[int, float]) -> None:
    """Weights changed by hand, by place on the circle, make the group's profile its own."""
    weights = np.array(own)
    for place, weight in changed.items():
        weights[CIRCLE[place]] = np.clip(weight, LOWEST, HIGHEST)
    work.rows[work.shown] = work.rows[work.shown].with_profile(weights.tolist())
    work.version += 1


def _wheel(work: _Work) -> None:
    if not work.rows:
        return
    row = work.rows[work.shown]
    title, note = told(row)
    st.subheader(title, anchor=False)
    st.caption("Schwartz’s circle: neighbours go together, opposites pull apart")
    hue, own = work.shown % len(sidebar.FILLS), row.profile()
    mixwheel(
        own, row.label, fill=f"var(--g{hue})", ink=f"var(--g{hue}-ink)", key="mixwheel",
        on_weight=lambda place, weight: _reweigh(work, own, {place: weight}),
    )  # fmt: skip
    st.caption(note if row.weights else f"{note} Drag a wedge to make a profile of its own.")


def _table(**columns: Any) -> Any:
    """A data frame whose text columns stay text when they are empty."""
    import pandas as pd  # heavy, and only this form needs it

    kinds = {name: "float64" if _numeric(cells) else "string" for name, cells in columns.items()}
    return pd.DataFrame({name: pd.Series(cells, dtype=kinds[name]) for name, cells in columns.items()})


def _numeric(cells: Any) -> bool:
    return all(isinstance(cell, float | int) for cell in cells)
