"""Rows of the value mix as they are typed: they may be incomplete, and are read into groups or told what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from sim import values
from sim.errors import SettingError
from sim.scenario import Group, explain

CONDITIONS = ["original", "with", "without", "own profile"]
MOST = 8  # groups of a mix
CLEAR = 0.20  # a smaller change of a weight is not worth a word


@dataclass(frozen=True)
class Row:
    """One group as typed. `value`: a value's name, or None; `weights`: ten of its own, or None."""

    share: float = 0.0
    condition: str = "original"
    value: str | None = None
    weights: tuple[float, ...] | None = None

    @property
    def label(self) -> str:
        """ "without Benevolence"; "original"; "own profile"."""
        return f"{self.condition} {self.value or '…'}" if self.condition in ("with", "without") else self.condition

    def changed(self, changes: Mapping[str, Any]) -> "Row":
        """With the cells of a table's row that were edited: Share, Condition, Value."""
        row = self
        if "Share" in changes:
            row = replace(row, share=float(changes["Share"] or 0))
        if "Condition" in changes:
            row = replace(row, condition=changes["Condition"] or "original")
        if "Value" in changes:
            row = replace(row, value=changes["Value"])
        if row.condition == "own profile" and row.weights is None:
            row = replace(row, weights=tuple(self.profile().tolist()))
        return row

    def with_profile(self, weights: Sequence[float]) -> "Row":
        """The same share, living by these ten weights."""
        return replace(self, condition="own profile", value=None, weights=tuple(round(float(w), 6) for w in weights))

    def profile(self) -> values.Profile:
        """Its ten weights; those of the original while it is incomplete."""
        try:
            return self.group().profile()
        except SettingError:
            return values.BASELINE.copy()

    def group(self) -> Group:
        """SettingError if something is missing."""
        try:
            if self.condition == "own profile":
                return Group(share=self.share, condition="profile", weights=self.weights)
            if self.condition == "original":
                return Group(share=self.share)
            return Group.model_validate({"share": self.share, "condition": self.condition, "value": self.value})
        except ValidationError as error:
            raise SettingError(explain(error)) from None


def rows_of(mix: Sequence[Group]) -> list[Row]:
    """The mix as rows."""
    rows = []
    for group in mix:
        condition = "own profile" if group.condition == "profile" else group.condition
        value = None if group.value is None else values.VALUES[values.index(group.value)].name
        rows.append(Row(group.share, condition, value, group.weights))
    return rows


def read(rows: Sequence[Row]) -> tuple[Group, ...]:
    """The groups of a whole mix. SettingError, in words, if rows are missing something or do not add to 100 %."""
    if not 1 <= len(rows) <= MOST:
        raise SettingError(f"A mix has 1 to {MOST} groups, and this one has {len(rows)}.")
    for number, row in enumerate(rows, 1):
        if row.condition in ("with", "without") and not row.value:
            raise SettingError(f"Group {number} is “{row.condition}” a value: choose which.")
    total = sum(row.share for row in rows)
    if abs(total - 100) > 0.01:
        remedy = f"take {total - 100:g} off" if total > 100 else f"add {100 - total:g}, for example of original ones"
        raise SettingError(f"The shares add to {total:g} % and must add to 100 %: {remedy}.")
    return tuple(row.group() for row in rows)


def told(row: Row) -> tuple[str, str]:
    """A title and a note on how the row's weights differ from the original ones."""
    change = row.profile() - values.BASELINE
    if not row.value or row.condition not in ("with", "without"):
        if abs(change).max() < 0.005:
            return "The original values", "Mean importance of each value over many cultures (Schwartz & Bardi 2001)."
        most = int(abs(change).argmax())
        title = f"{values.VALUES[most].name} differs most from the original"
        return title, "Weights set by hand are taken as they are."
    v = values.index(row.value)
    up = row.condition == "with"
    others = [i for i in range(10) if i != v]
    opposite = min(others, key=lambda i: change[i]) if up else max(others, key=lambda i: change[i])
    verb = ("Emphasising", "lowers") if up else ("Taking away", "lifts")
    title = f"{verb[0]} {row.value} {verb[1]} its opposite, {values.VALUES[opposite].name}"
    near = sorted(others, key=lambda i: -change[i] if up else change[i])[:2]
    names = " and ".join(values.VALUES[i].name for i in near)
    moves = " and ".join(f"{abs(change[i]):.2f}" for i in near)
    return title, f"Its two neighbours on the circle, {names}, {'rise' if up else 'fall'} with it by {moves}."
