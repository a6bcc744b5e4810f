"""What a run with language models will take, as a visitor reads it; and the window that asks before it costs."""

import html
from collections.abc import Callable
from functools import lru_cache

import streamlit as st

from sim.estimate import Estimate, estimate
from sim.providers.prices import Price, Prices
from sim.scenario import Scenario

_CACHED = 32  # estimates kept


def estimate_words(scenario: Scenario, prices: Prices) -> None:
    """The estimate as figures with their basis."""
    found = of(scenario, prices)
    figures(found)
    with st.expander("What this rests on"):
        st.html("<br>".join(html.escape(sentence) for sentence in found.basis))


def figures(found: Estimate) -> None:
    """An estimate as figures."""
    told = [("Calls", f"{found.calls:,}"), ("Tokens", f"{found.tokens:,}"), ("Money", dollars(found))]
    st.html(
        '<div class="cw-figures">'
        + "".join(f"<div><small>{name}</small><b>{html.escape(text)}</b></div>" for name, text in told)
        + "</div>"
    )


def of(scenario: Scenario, prices: Prices) -> Estimate:
    """The estimate; the same question is computed once."""
    return _estimate(scenario, tuple(prices.own.items()))


def costs(found: Estimate) -> bool:
    """Whether it costs money, or may."""
    return found.most is None or found.most > 0


def dollars(found: Estimate) -> str:
    """ "$1.20 to $3.40"; "free"; "unknown"."""
    if found.money is None or found.most is None:
        return "unknown"
    if found.most == 0:
        return "free"
    low, high = (f"${amount:,.2f}" if amount >= 0.1 else f"${amount:.4f}" for amount in (found.money, found.most))
    return low if low == high else f"{low} to {high}"


def ask(
    title: str, go: str, scenario: Scenario, prices: Prices, caps: str, begin: Callable[[], None],
    edit: Callable[[], None], note: str = "",
) -> None:  # fmt: skip
    """The window. `begin`: what its button `go` does; `edit`: open the form of minds; `note`: said besides."""

    @st.dialog(title)
    def window() -> None:
        called = ", ".join(f"{model.model} at {model.base_url}" for model in scenario.models)
        st.html(f'<p class="cw-said">Residents ask {html.escape(called)}. {html.escape(note)}</p>')
        estimate_words(scenario, prices)
        st.caption(f"{caps}. Pause ends it within a second; what has been answered is kept and not asked again."
                   if caps else "No cap is set: it goes on until the last day, or until Pause.")  # fmt: skip
        with st.container(horizontal=True, gap="xsmall"):
            gone = st.button(go, key="taking_go", on_click=begin)
            if st.button("Change caps, key or model", key="taking_edit", type="tertiary", on_click=edit) or gone:
                st.rerun()

    window()


@lru_cache(_CACHED)
def _estimate(scenario: Scenario, own: tuple[tuple[str, Price], ...]) -> Estimate:
    return estimate(scenario, Prices(dict(own)))
