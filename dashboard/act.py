"""The sidebar's lower half: what a visitor may do to the running community. Each act is marked on the timeline."""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, get_args

import streamlit as st

from dashboard.parameters import label
from sim.interventions import (
    ChangeSetting,
    ChangeValues,
    Give,
    Intervention,
    NewLuck,
    Remove,
    ScaleFactory,
    Setting,
    Stranger,
)
from sim.values import VALUES

NAMES = {value.code: value.name for value in VALUES}
SETTINGS: tuple[str, ...] = get_args(Setting)
WHO = {"random": "drawn by lot", "richest": "the richest", "poorest": "the poorest"}
FIELDS = {"share": "The share", "count": "The number", "amount": "The gift", "holdings": "What a stranger brings"}
# Popovers hang outside of the page's own light or dark: their hostile ink is mixed from the text's.
WRONG = "color:color-mix(in srgb,#D55E00 70%,currentColor)"

Do = Callable[[Callable[..., Intervention], dict[str, Any]], str]  # the order's kind and fields -> what is wrong, or ""


def act_now(factories: Mapping[int, str], blocked: str, do: Do) -> None:
    """All acts. `factories`: those at work, name by number; `blocked`: why nothing can be done, "" if it can."""
    note = "in a running community" if blocked else "from the next day on"
    st.html(f'<div class="cw-head"><h2>Act now</h2><span>{note}</span></div>')
    left, right = st.columns(2, gap="xsmall")
    with left:
        with _act("Change values", "person", blocked, "Change", do, ChangeValues, "share", "condition", "value"):
            st.number_input("Share of the living, in %", value=25, step=5, key="act_change_values_share")
            st.selectbox("From now on they live", ("without", "with", "original"), key="act_change_values_condition")
            _value("act_change_values_value", "BE")
        with _act("Halve a factory", "factory", blocked, "Halve its output", do, ScaleFactory, "factory"):
            st.selectbox("Factory", list(factories), format_func=factories.__getitem__, key="act_scale_factory_factory")
        with _act("Settings", "tune", blocked, "Change it", do, ChangeSetting, "setting", "value"):
            st.selectbox(
                "Setting", SETTINGS, format_func=lambda name: label(name).capitalize(), key="act_change_setting_setting"
            )
            st.number_input("From tomorrow on", value=1.0, step=0.1, format="%g", key="act_change_setting_value")
    with right:
        with _act("Remove", "close", blocked, "Remove them", do, Remove, "count", "who"):
            st.number_input("Residents", value=1, step=1, key="act_remove_count")
            st.selectbox("Who", list(WHO), format_func=WHO.__getitem__, key="act_remove_who")
        with _act("Gift resources", "redeem", blocked, "Give to everyone", do, Give, "amount"):
            st.number_input("Units for each resident", value=2.0, step=0.5, format="%g", key="act_give_amount")
        with _act("Other luck", "casino", blocked, "Draw anew from tomorrow", do, NewLuck, "seed"):
            st.number_input("Seed of chance from then on", value=1, step=1, min_value=0, key="act_new_luck_seed")
    stranger = ("condition", "value", "holdings")
    with _act("Add a stranger with a value", "add", blocked, "Add the stranger", do, Stranger, *stranger):
        st.selectbox("The stranger lives", ("with", "without", "original"), key="act_stranger_condition")
        _value("act_stranger_value", "PO")
        st.number_input("Brings, in units", value=8.0, step=1.0, format="%g", key="act_stranger_holdings")
    st.caption(blocked or "Each act is marked on the timeline and is replayed with the run.")


@contextmanager
def _act(
    name: str, icon: str, blocked: str, submit: str, do: Do, kind: type[Intervention], *fields: str
) -> Iterator[None]:
    """A popover with a form. The widget of each field has the key act_<kind>_<field>."""
    stem = f"act_{kind.model_fields['kind'].default}"
    done = st.session_state.get(f"{stem}_done", 0)  # a popover under a new key is closed: the act is carried out
    with st.popover(
        name, icon=f":material/{icon}:", disabled=bool(blocked), help=blocked or None, width="stretch",
        key=f"{stem}_popover_{done}",
    ):  # fmt: skip
        with st.form(f"{stem}_form", border=False):
            yield
            st.form_submit_button(submit, on_click=_submitted, args=(stem, do, kind, fields), width="stretch")
        if wrong := st.session_state.pop(f"{stem}_wrong", ""):
            st.html(f'<div role="alert" class="cw-wrong" style="{WRONG}">{html.escape(_sentence(wrong))}</div>')


def _submitted(stem: str, do: Do, kind: type[Intervention], fields: Sequence[str]) -> None:
    wrong = do(kind, {name: st.session_state[f"{stem}_{name}"] for name in fields})
    st.session_state[f"{stem}_wrong"] = wrong
    if not wrong:
        st.session_state[f"{stem}_done"] = st.session_state.get(f"{stem}_done", 0) + 1


def _sentence(wrong: str) -> str:
    """What is wrong as a sentence about the field as it is labelled: "amount: must be …" is "The gift must be …."."""
    name, _, rest = wrong.partition(": ")
    text = f"{FIELDS[name]} {rest}" if name in FIELDS else wrong
    text = re.sub(r"\.0\b", "", re.sub(r" \(it was .*\)$", "", text))
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _value(key: str, usual: str) -> None:
    st.selectbox("Value", list(NAMES), index=list(NAMES).index(usual), format_func=NAMES.__getitem__, key=key)
