"""A number input for any number of a scenario. What is typed out of range is told under it and changes nothing."""

import html

import streamlit as st

from dashboard.draft import Draft
from dashboard.parameters import label, parameter


def number(draft: Draft, name: str, *, unit: bool = False) -> None:
    """The input of one field, without what may be wrong with it. `unit`: say the unit in the label."""
    what = parameter(name, draft.limits)
    key = key_of(draft, name)
    value = getattr(draft.scenario, name)
    words = label(name)
    st.number_input(
        f"{words[0].upper()}{words[1:]}" + (f", {what.unit}" if unit and what.unit else ""),
        value=value if what.whole else float(value),
        step=what.step,
        format=None if what.whole else "%g",
        key=key,
        help=what.help(),
        on_change=_changed,
        args=(draft, name, key),
    )


def complain(draft: Draft, name: str, at: str = "") -> None:
    """What is wrong with a field, in words, and a border round its input. `at`: the input's name, if it has another."""
    if message := draft.wrong.get(name):
        st.html(
            f"<style>.st-key-{key_of(draft, at or name)} [data-testid=stNumberInputContainer]"
            "{border-color:var(--cw-hostile)}</style>"
            f'<div role="alert" class="cw-wrong">{html.escape(message)}</div>'
        )


def key_of(draft: Draft, name: str) -> str:
    """The widget's key; another one each time all settings are set anew, so that it shows them."""
    return f"next{draft.version}_{name}"


def _changed(draft: Draft, name: str, key: str) -> None:
    if (value := st.session_state.get(key)) is not None:
        draft.change(name, value)
