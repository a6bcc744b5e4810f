"""Fields of a form: what is typed goes into its owner at once, and what is wrong with it is told under its field."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st


@dataclass(frozen=True)
class Fields:
    """The fields of one form. `prefix`: of their keys, with another one they start again; `wrong`: by field and slot.

    `slot` tells apart fields of one name; `owner` is what has the attribute of the field's name.
    """

    prefix: str
    wrong: Mapping[str, str]

    def number(
        self, owner: Any, name: str, label: str, slot: object = "", *, step: float, placeholder: str | None = None,
        about: str | None = None,
    ) -> None:  # fmt: skip
        """A number, or nothing."""
        key = f"{self.prefix}_{name}{slot}"
        st.number_input(
            label, value=getattr(owner, name), step=step, format=None if isinstance(step, int) else "%g", key=key,
            placeholder=placeholder, help=about, on_change=_set, args=(owner, name, key),
        )  # fmt: skip
        self._complain(f"{name}{slot}", key)

    def words(self, owner: Any, name: str, label: str, *, longest: int, placeholder: str = "") -> None:
        """A line of text."""
        key = f"{self.prefix}_{name}"
        st.text_input(
            label, getattr(owner, name), max_chars=longest, key=key, placeholder=placeholder, on_change=_set,
            args=(owner, name, key),
        )  # fmt: skip
        self._complain(name, key, blank=not getattr(owner, name))

    def choice(self, owner: Any, name: str, label: str, known: list[str], slot: object = "", *, about: str) -> None:
        """One of those known, or anything else typed."""
        key, now = f"{self.prefix}_{name}{slot}", getattr(owner, name)
        options = known if now in known or not now else [now, *known]
        st.selectbox(
            label, options, index=options.index(now) if now in options else None, key=key, accept_new_options=True,
            placeholder="type or choose", on_change=_typed, args=(owner, name, key), help=about,
        )  # fmt: skip
        self._complain(f"{name}{slot}", key, blank=not now)

    def select(
        self, owner: Any, name: str, label: str, options: list[str], slot: object = "", *, words: Mapping[str, str]
    ) -> None:
        """One of these; `words`: what they are called, else by their names."""
        key, now = f"{self.prefix}_{name}{slot}", getattr(owner, name)
        st.selectbox(
            label, options, options.index(now) if now in options else 0, lambda it: words.get(it, it.capitalize()),
            key, on_change=_set, args=(owner, name, key),
        )  # fmt: skip

    def radio(self, owner: Any, name: str, label: str, words: Mapping[str, str]) -> None:
        """One of these, side by side."""
        key, now, options = f"{self.prefix}_{name}", getattr(owner, name), list(words)
        hidden: Literal["collapsed"] = "collapsed"
        st.radio(
            label, options, options.index(now) if now in options else 0, words.__getitem__, key, horizontal=True,
            label_visibility=hidden, on_change=_set, args=(owner, name, key),
        )  # fmt: skip

    def check(self, owner: Any, name: str, label: str, *, about: str) -> None:
        """Yes or no."""
        key = f"{self.prefix}_{name}"
        st.checkbox(label, getattr(owner, name), key, help=about, on_change=_set, args=(owner, name, key))

    def _complain(self, place: str, key: str, *, blank: bool = False) -> None:
        """`blank`: nothing was typed yet, so nothing is wrong yet: what is needed is said, and no more."""
        fault = self.wrong.get(place)
        if fault and blank:
            st.html(f'<div class="cw-wrong cw-needed">{html.escape(fault)}</div>')
        elif fault:
            st.html(
                f"<style>.st-key-{key} :is([role=group],[data-testid=stTextInputRootElement],"
                "[data-testid=stNumberInputContainer]){border-color:var(--cw-hostile)}</style>"
            )
            complain(fault)


def complain(text: str) -> None:
    """A sentence on what is wrong."""
    st.html(f'<div role="alert" class="cw-wrong">{html.escape(text)}</div>')


def _set(owner: Any, name: str, key: str) -> None:
    setattr(owner, name, st.session_state[key])


def _typed(owner: Any, name: str, key: str) -> None:
    setattr(owner, name, (st.session_state[key] or "").strip())
