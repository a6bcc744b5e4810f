"""A number input for any field of Scenario, from its metadata alone: bounds, default, unit, help and source."""

import html
from typing import Any, NamedTuple

import streamlit as st

from dashboard.draft import Draft, label
from sim.scenario import Scenario

GROUPS = {"minds": "Minds", "economy": "Economy", "ties": "Ties", "conflict": "Conflict"}  # of the world's parameters


class Spec(NamedTuple):
    """What the page needs to know of one number."""

    name: str
    unit: str
    low: float
    high: float
    default: float
    whole: bool
    meaning: str
    source: str

    @property
    def help(self) -> str:
        """The hover text: meaning, unit, range, default and source."""
        unit = f" {self.unit}" if self.unit else ""
        return (
            f"{self.meaning} From {self.low:g} to {self.high:g}{unit}, usually {self.default:g}. "
            f"Source: {self.source or 'our choice'}. Applies to the next run."
        )

    @property
    def step(self) -> float:
        """A step small enough to try and large enough to see."""
        if self.whole:
            return 1
        return 0.05 if self.default < 1 else 0.5 if self.default < 10 else 1.0


def spec(name: str) -> Spec:
    """The metadata of a number among Scenario's fields."""
    field = Scenario.model_fields[name]
    extra: dict[str, Any] = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    return Spec(
        name=name,
        unit=extra.get("unit", ""),
        low=_bound(field.metadata, "ge", "gt"),
        high=_bound(field.metadata, "le", "lt"),
        default=field.default,
        whole=field.annotation is int,
        meaning=field.description or "",
        source=extra.get("source", ""),
    )


def of_group(group: str) -> list[str]:
    """Names of the fields of one group ("main", "minds", ...), in their order."""
    found = []
    for name, field in Scenario.model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and extra.get("group") == group:
            found.append(name)
    return found


def number(draft: Draft, name: str, *, unit: bool = False) -> None:
    """The input of one field. What is typed out of range is told under it, and the draft keeps what it had."""
    what = spec(name)
    key = key_of(draft, name)
    value = getattr(draft.scenario, name)
    shown = label(name).capitalize() + (f", {what.unit}" if unit and what.unit else "")
    st.number_input(
        shown,
        value=value if what.whole else float(value),
        step=what.step,
        format=None if what.whole else "%g",
        key=key,
        help=what.help,
        on_change=_changed,
        args=(draft, name, key),
    )
    complain(draft, name, key)


def complain(draft: Draft, name: str, key: str) -> None:
    """What is wrong with a field, under it, and a border round it."""
    if message := draft.wrong.get(name):
        st.html(
            f"<style>.st-key-{key} [data-testid=stNumberInputContainer]{{border-color:var(--cw-hostile)}}</style>"
            f'<div role="alert" class="cw-wrong">{html.escape(message)}</div>'
        )


def key_of(draft: Draft, name: str) -> str:
    """The widget's key; another one each time all settings are set anew, so that it shows them."""
    return f"next{draft.version}_{name}"


def _changed(draft: Draft, name: str, key: str) -> None:
    if (value := st.session_state.get(key)) is not None:
        draft.change(name, value)


def _bound(metadata: list[Any], *names: str) -> float:
    return next(value for entry in metadata for name in names if (value := getattr(entry, name, None)) is not None)
