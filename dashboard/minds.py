"""The full form of minds: who lives by a language model, where it is, how it is asked, and what it may cost.

The next run takes it over on "Use for the next run". A key is held in this tab's memory and goes nowhere else.
"""

import asyncio
import html
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal

import streamlit as st

from dashboard.casting import Casting, minds_words
from dashboard.draft import Draft
from dashboard.failure import Boundary
from dashboard.minds_form import MOST, Form, ModelRow, Read, addresses, suggestions
from dashboard.taking import estimate_words
from sim.errors import SettingError
from sim.interview import Terms
from sim.models import Model
from sim.prompts.texts import phrasings
from sim.providers.capability import Capability, probe
from sim.providers.client import Wire
from sim.providers.endpoints import Endpoints
from sim.providers.keys import Keys
from sim.providers.prices import Prices

WHO = {"all": "All residents", "share": "A share of each group", "groups": "Group by group"}
PROTOCOLS = {"lean": "Lean: two questions a day", "full": "Full: one a phase, as in CIVA"}

_PATIENCE = 5.0  # seconds for the list of models

Use = Callable[[Casting, Terms], None]


def form(draft: Draft) -> Form:
    """What is typed in this tab; at first as the draft has it."""
    if "minds_form" not in st.session_state:
        first = st.session_state["minds_form"] = Form()
        first.models[0].base_url = next(iter(addresses(Endpoints.from_environment())), "")
        first.take(draft.casting)
    found: Form = st.session_state["minds_form"]
    return found


def terms(draft: Draft) -> Terms:
    """On which terms this tab has models asked. SettingError if what is typed is none."""
    read = form(draft).read(draft, Endpoints.from_environment())
    if read.terms is None:
        raise SettingError("; ".join(read.wrong.values()))
    return read.terms


def keys() -> dict[str, str]:
    """The keys handed over in this tab, by address. Never drawn."""
    st.secrets.load_if_toml_exists()  # puts keys of the host's secrets into the environment
    held: dict[str, str] = st.session_state.setdefault("keys", {})
    return held


def editor(draft: Draft, use: Use, close: Callable[[], None]) -> None:
    """The form. `use`: take over what is typed; `close`: go back to the run."""
    keys()
    work, endpoints = form(draft), Endpoints.from_environment()
    read = work.read(draft, endpoints)
    _head(draft, read, use, close)
    if not endpoints.allowed:
        _wrong("This server allows no endpoint. Whoever runs it can name some in COMMONWEAL_ENDPOINTS.")
        return
    left, right = st.columns([1.3, 1], gap="large")
    with left:
        _who(draft, work, read)
        shown = work.models if work.who == "groups" else work.models[:1]
        for k, row in enumerate(shown):
            _model(work, row, k, read, endpoints)
        if work.who == "groups" and len(work.models) < MOST:
            st.button("Another model", key="minds_add", icon=":material/add:", on_click=work.add)
    with right:
        _caps(work, read)
        _estimate(draft, read)


def _head(draft: Draft, read: Read, use: Use, close: Callable[[], None]) -> None:
    said = "not complete"
    if read.casting:
        said = minds_words(draft.scenario.with_(**read.casting.cast(draft.mix)))
    st.html(
        f'<div class="cw-head cw-title"><h1>Minds of the next run: {html.escape(said)}</h1>'
        "<span>caps and key hold for a run that asks already, too</span></div>"
    )

    def take() -> None:
        if read.casting and read.terms:
            use(read.casting, read.terms)

    with st.container(horizontal=True, gap="xsmall", key="minds_buttons"):
        ready = read.casting is not None and read.terms is not None
        st.button("Use for the next run", disabled=not ready, on_click=take, icon=":material/check:", key="minds_use")
        st.button("Back without change", on_click=close, type="tertiary", key="minds_back")


def _who(draft: Draft, work: Form, read: Read) -> None:
    st.subheader("Who lives by a language model", anchor=False)
    _radio(work, "who", "Who", list(WHO), WHO)
    if work.who == "share":
        _number(work, work, "share", "Share, in %", read, step=5.0)
    if work.who == "groups":
        work.minds += ["scripted"] * (len(draft.mix) - len(work.minds))
        names = ["scripted", *(row.name for row in work.models)]
        called = {"scripted": "Scripted"} | {row.name: row.model or row.name for row in work.models}
        for column, (g, group) in zip(_columns(len(draft.mix)), enumerate(draft.mix)):
            with column:
                key = f"minds{work.version}_group{g}"
                at = names.index(work.minds[g]) if work.minds[g] in names else 0
                label = f"{group.share:g} % {group.label}"
                st.selectbox(label, names, at, lambda n: called[n], key, on_change=_grouped, args=(work, g, key))
    if wrong := read.wrong.get("minds"):
        _wrong(wrong)


def _columns(count: int) -> list[Any]:
    rows = [st.columns(2, gap="small") for _ in range(-(-count // 2))]
    return [column for row in rows for column in row]


def _grouped(work: Form, g: int, key: str) -> None:
    work.minds[g] = st.session_state[key]


def _model(work: Form, row: ModelRow, k: int, read: Read, endpoints: Endpoints) -> None:
    st.subheader(f"Model {k + 1}" if k or work.who == "groups" else "The model", anchor=False)
    left, right = st.columns(2, gap="small")
    with left:
        _choice(work, row, k, "base_url", "Endpoint", addresses(endpoints), read,
                about="An OpenAI-compatible address. Which may be called, the host of this server says.")  # fmt: skip
        _select(work, row, k, "protocol", "Protocol", list(PROTOCOLS), PROTOCOLS)
        _number(work, row, "temperature", "Temperature", read, k, placeholder="as the endpoint has it", step=0.1)
    with right:
        known = [*_listed(row.base_url), *suggestions(row.base_url)]
        _choice(work, row, k, "model", "Model", list(dict.fromkeys(known)), read, about="As the endpoint calls it.")
        _select(work, row, k, "phrasing", "How values are put to it", list(phrasings()), {})
        _number(work, row, "max_tokens", "Longest answer, tokens", read, k, step=100)
    left, right = st.columns(2, gap="small")
    with left:
        _number(work, row, "prompt", "Price of reading, $ a million", read, k, placeholder="as known", step=0.1)
    with right:
        _number(work, row, "completion", "Price of writing, $ a million", read, k, placeholder="as known", step=0.1)
    _key(row, k)
    _test(row, k, endpoints)


def _key(row: ModelRow, k: int) -> None:
    """The key's field is emptied as soon as it is read: what is held is never sent back."""
    held, field = keys(), f"minds_key{k}"
    address = row.base_url.rstrip("/")
    if address in held:
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            st.caption("A key for this endpoint is held in this tab’s memory.")
            st.button("Forget it", key=f"minds_forget{k}", type="tertiary", on_click=_forget, args=(address,))
        return
    try:
        known = Keys().of(address) is not None
    except SettingError:
        known = False
    st.text_input(
        "Key", type="password", key=field, autocomplete="off",
        placeholder="the server has one; yours goes before it" if known else "none, if the endpoint wants none",
        help="Held in the memory of this tab only: not in the run, the address, a file or a log. Gone on reload.",
        on_change=_hold, args=(address, field),
    )  # fmt: skip
    if wrong := st.session_state.pop(f"{field}_wrong", ""):
        _wrong(wrong)


def _forget(address: str) -> None:
    keys().pop(address, None)


def _hold(address: str, field: str) -> None:
    key, st.session_state[field] = st.session_state[field], ""
    try:
        Keys({address: key})
    except SettingError:
        st.session_state[f"{field}_wrong"] = "This has characters no key has. Copy it again, without quotes or spaces."
        return
    if key.strip():
        keys()[address] = key.strip()


def _test(row: ModelRow, k: int, endpoints: Endpoints) -> None:
    if st.button("Test connection", key=f"minds_test{k}", icon=":material/cable:"):
        with Boundary("test this connection"), st.spinner("One small question is asked, up to 20 seconds."):
            st.session_state[f"minds_told{k}"] = (_asked(row), *_tested(row, endpoints))
            st.rerun()  # the models it has can be chosen above
    told = st.session_state.get(f"minds_told{k}")
    if told and told[0] == _asked(row):
        text = " ".join(html.escape(sentence) for sentence in told[2])
        st.html(f'<div role="status" class="cw-told" data-fine="{str(told[1]).lower()}">{text}</div>')


def _tested(row: ModelRow, endpoints: Endpoints) -> tuple[bool, Sequence[str]]:
    """Whether it can be used, and sentences on what it can do. Without a model's name, which models it has."""
    model, wrong = row.read(endpoints)
    named = model or replace(row, model="any").read(endpoints)[0]
    if named is None:
        return False, tuple(wrong.values())
    price = row.price()
    found, names = asyncio.run(_probed(named, endpoints, Prices({row.name: price} if price else None), bool(model)))
    st.session_state.setdefault("minds_listed", {})[named.base_url] = names
    if found is not None:
        return found.usable, found.sentences
    said = f"It has {len(names)} models to choose from." if names else "It does not say which models it has."
    return bool(names), (said, "Name the model, then test again.")


async def _probed(
    model: Model, endpoints: Endpoints, prices: Prices, named: bool
) -> tuple[Capability | None, list[str]]:
    """What the endpoint can do with this model, if it is `named`, and the models it says it has."""
    held = Keys(keys())
    endpoints.check(model.base_url)
    found = await probe(model, held, endpoints, prices) if named else None
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


def _caps(work: Form, read: Read) -> None:
    st.subheader("It stops at", anchor=False)
    st.caption("Checked before each call. The run pauses there with everything kept; a higher cap lets it go on.")
    left, right = st.columns(2, gap="small")
    with left:
        _number(work, work, "money", "Dollars", read, placeholder="no cap", step=0.5)
        _number(work, work, "calls", "Calls", read, placeholder="no cap", step=100)
    with right:
        _number(work, work, "tokens", "Tokens", read, placeholder="no cap", step=100_000)
        _number(work, work, "minutes", "Minutes of asking", read, placeholder="no cap", step=10.0)
    left, right = st.columns(2, gap="small", vertical_alignment="bottom")
    with left:
        _number(work, work, "concurrency", "Calls at once", read, step=8)
    with right:
        key = f"minds{work.version}_cached"
        st.checkbox("Reuse answers", work.cached, key, on_change=_set, args=(work, "cached", key),
                    help="Answers of earlier runs: the same question to the same model is not paid twice.")  # fmt: skip


def _estimate(draft: Draft, read: Read) -> None:
    st.subheader("The whole run takes about", anchor=False)
    if read.casting is None or read.terms is None:
        st.caption("Told as soon as the form is complete.")
        return
    scenario = draft.scenario.with_(**read.casting.cast(draft.mix))
    with Boundary("estimate this run"):
        estimate_words(scenario, Prices(read.terms.prices))


def _set(owner: Any, name: str, key: str) -> None:
    setattr(owner, name, st.session_state[key])


def _number(
    work: Form, owner: Any, name: str, label: str, read: Read, k: int | None = None, *,
    step: float, placeholder: str | None = None,
) -> None:  # fmt: skip
    place = name if k is None else f"{name}{k}"
    key = f"minds{work.version}_{place}"
    st.number_input(
        label, value=getattr(owner, name), step=step, format=None if isinstance(step, int) else "%g", key=key,
        placeholder=placeholder, on_change=_set, args=(owner, name, key),
    )  # fmt: skip
    _complain(read, place, key)


def _choice(work: Form, row: ModelRow, k: int, name: str, label: str, known: list[str], read: Read, about: str) -> None:
    """One of those known, or anything else typed."""
    key, now = f"minds{work.version}_{name}{k}", getattr(row, name)
    options = known if now in known or not now else [now, *known]
    st.selectbox(
        label, options, index=options.index(now) if now in options else None, key=key, accept_new_options=True,
        placeholder="type or choose", on_change=_typed, args=(row, name, key), help=about,
    )  # fmt: skip
    _complain(read, f"{name}{k}", key)


def _typed(row: ModelRow, name: str, key: str) -> None:
    setattr(row, name, (st.session_state[key] or "").strip())


def _select(
    work: Form, row: ModelRow, k: int, name: str, label: str, options: list[str], words: dict[str, str]
) -> None:
    key, now = f"minds{work.version}_{name}{k}", getattr(row, name)
    st.selectbox(
        label, options, options.index(now) if now in options else 0, lambda it: words.get(it, it.capitalize()), key,
        on_change=_set, args=(row, name, key),
    )  # fmt: skip


def _radio(work: Form, name: str, label: str, options: list[str], words: dict[str, str]) -> None:
    key, now = f"minds{work.version}_{name}", getattr(work, name)
    hidden: Literal["collapsed"] = "collapsed"
    st.radio(
        label, options, options.index(now) if now in options else 0, words.__getitem__, key, horizontal=True,
        label_visibility=hidden, on_change=_set, args=(work, name, key),
    )  # fmt: skip


def _complain(read: Read, place: str, key: str) -> None:
    if wrong := read.wrong.get(place):
        st.html(
            f"<style>.st-key-{key} [data-baseweb]>div,.st-key-{key} [data-testid=stNumberInputContainer]"
            "{border-color:var(--cw-hostile)}</style>"
        )
        _wrong(wrong)


def _wrong(text: str) -> None:
    st.html(f'<div role="alert" class="cw-wrong">{html.escape(text)}</div>')
