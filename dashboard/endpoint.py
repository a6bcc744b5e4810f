"""Where a model is asked, on any form that asks for it: its address and name, its key, a test, and what it may cost.

A key is held in this tab's memory and goes nowhere else.
"""

import asyncio
import html
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from dashboard.failure import Boundary
from dashboard.minds_form import Conditions, ModelRow, addresses, suggestions
from dashboard.typed import Fields, complain
from sim.errors import SettingError
from sim.models import Model
from sim.providers.capability import Capability, probe
from sim.providers.client import Wire
from sim.providers.endpoints import Endpoints
from sim.providers.keys import Keys
from sim.providers.prices import Prices

_PATIENCE = 5.0  # seconds for the list of models
CLOSED = "This server allows no endpoint. Whoever runs it can name some in COMMONWEAL_ENDPOINTS."


def keys() -> dict[str, str]:
    """The keys handed over in this tab, by address. Never drawn."""
    st.secrets.load_if_toml_exists()  # puts keys of the host's secrets into the environment
    held: dict[str, str] = st.session_state.setdefault("keys", {})
    return held


def address(fields: Fields, row: ModelRow, endpoints: Endpoints, slot: object = "") -> None:
    """The endpoint: one of those usual here, or any other that may be called."""
    fields.choice(row, "base_url", "Endpoint", addresses(endpoints), slot,
                  about="An OpenAI-compatible address. Which may be called, the host of this server says.")  # fmt: skip


def named(fields: Fields, row: ModelRow, slot: object = "") -> None:
    """The model: one that the endpoint names or that is known there, or any other."""
    known = [*_listed(row.base_url), *suggestions(row.base_url)]
    fields.choice(row, "model", "Model", list(dict.fromkeys(known)), slot, about="As the endpoint calls it.")


def prices(fields: Fields, row: ModelRow, slot: object = "") -> None:
    """A person's own prices."""
    left, right = st.columns(2, gap="small")
    with left:
        fields.number(row, "prompt", "Price of reading, $ a million", slot, placeholder="as known", step=0.1)
    with right:
        fields.number(row, "completion", "Price of writing, $ a million", slot, placeholder="as known", step=0.1)


def access(row: ModelRow, slot: object, endpoints: Endpoints) -> None:
    """Its key, whose field is emptied as soon as it is read, and a test of the connection. `slot`: of their keys."""
    _key(row, slot)
    _test(row, slot, endpoints)


def caps(fields: Fields, work: Conditions, note: str) -> None:
    """What may be spent. `note`: what happens when a cap is reached."""
    st.subheader("It stops at", anchor=False)
    st.caption(note)
    left, right = st.columns(2, gap="small")
    with left:
        fields.number(work, "money", "Dollars", placeholder="no cap", step=0.5)
        fields.number(work, "calls", "Calls", placeholder="no cap", step=100)
    with right:
        fields.number(work, "tokens", "Tokens", placeholder="no cap", step=100_000)
        fields.number(work, "minutes", "Minutes of asking", placeholder="no cap", step=10.0)
    left, right = st.columns(2, gap="small", vertical_alignment="bottom")
    with left:
        fields.number(work, "concurrency", "Calls at once", step=8)
    with right:
        fields.check(work, "cached", "Reuse answers",
                     about="Answers given before: the same question to the same model is not paid twice.")  # fmt: skip


def _key(row: ModelRow, slot: object) -> None:
    held, field = keys(), f"minds_key{slot}"
    place = row.base_url.rstrip("/")
    if place in held:
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.caption("A key for this endpoint is held in this tab’s memory.")
            st.button("Forget it", key=f"minds_forget{slot}", type="tertiary", on_click=_forget, args=(place,))
        return
    try:
        known = Keys().of(place) is not None
    except SettingError:
        known = False
    st.text_input(
        "Key", type="password", key=field, autocomplete="off",
        placeholder="the server has one; yours goes before it" if known else "none, if the endpoint wants none",
        help="Held in the memory of this tab only: not in the run, the address, a file or a log. Gone on reload.",
        on_change=_hold, args=(place, field),
    )  # fmt: skip
    if wrong := st.session_state.pop(f"{field}_wrong", ""):
        complain(wrong)


def _forget(place: str) -> None:
    keys().pop(place, None)


def _hold(place: str, field: str) -> None:
    key, st.session_state[field] = st.session_state[field], ""
    try:
        Keys({place: key})
    except SettingError:
        st.session_state[f"{field}_wrong"] = "This has characters no key has. Copy it again, without quotes or spaces."
        return
    if key.strip():
        keys()[place] = key.strip()


def _test(row: ModelRow, slot: object, endpoints: Endpoints) -> None:
    if st.button("Test connection", key=f"minds_test{slot}", icon=":material/cable:"):
        with Boundary("test this connection"), st.spinner("One small question is asked, up to 20 seconds."):
            st.session_state[f"minds_told{slot}"] = (_asked(row), *_tested(row, endpoints))
            st.rerun()  # the models it has can be chosen above
    told = st.session_state.get(f"minds_told{slot}")
    if told and told[0] == _asked(row):
        text = " ".join(html.escape(sentence) for sentence in told[2])
        st.html(f'<div role="status" class="cw-told" data-fine="{str(told[1]).lower()}">{text}</div>')


def _tested(row: ModelRow, endpoints: Endpoints) -> tuple[bool, Sequence[str]]:
    """Whether it can be used, and sentences on what it can do. Without a model's name, which models it has."""
    model, wrong = row.read(endpoints)
    any_of_it = model or replace(row, model="any").read(endpoints)[0]
    if any_of_it is None:
        return False, tuple(wrong.values())
    price = row.price()
    known = Prices({row.name: price} if price else None)
    found, names = asyncio.run(_probed(any_of_it, endpoints, known, bool(model)))
    st.session_state.setdefault("minds_listed", {})[any_of_it.base_url] = names
    if found is not None:
        return found.usable, found.sentences
    said = f"It has {len(names)} models to choose from." if names else "It does not say which models it has."
    return bool(names), (said, "Name the model, then test again.")


async def _probed(
    model: Model, endpoints: Endpoints, known: Prices, has_name: bool
) -> tuple[Capability | None, list[str]]:
    """What the endpoint can do with this model, if it has a name, and the models it says it has."""
    held = Keys(keys())
    endpoints.check(model.base_url)
    found = await probe(model, held, endpoints, known) if has_name else None
    wire = Wire(held, 1)
    try:
        return found, await wire.names(model.base_url, _PATIENCE)
    finally:
        await wire.close()


def _asked(row: ModelRow) -> tuple[str, str]:
    return row.base_url, row.model


def _listed(base_url: str) -> list[str]:
    """Models the endpoint names, as far as it was asked."""
    found: dict[str, list[str]] = st.session_state.get("minds_listed", {})
    return found.get(base_url.rstrip("/"), [])
