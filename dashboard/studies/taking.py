"""What a study will take, before it starts: runs, time, and money where models are asked; and the start itself."""

import html
from collections.abc import Callable

import streamlit as st

from dashboard import endpoint
from dashboard.failure import Boundary
from dashboard.limits import limits
from dashboard.studies.draft import Draft, Read
from dashboard.studies.showing import lasting
from dashboard.typed import Fields, complain
from sim.interview import Terms
from sim.providers.endpoints import Endpoints
from sim.providers.prices import Prices
from sim.studies.design import Study
from sim.studies.estimate import StudyEstimate, estimate

STOPS = (
    "Of all runs together, checked before each call. The study pauses there with everything kept. While it runs, the "
    "server holds the key in memory."
)
KEPT = 8  # estimates a tab remembers: each takes a second


def models(work: Draft, result: Read) -> None:
    """Where and by which model, and what may be spent, if any is asked."""
    if work.model is None:
        return
    st.subheader("The model", anchor=False)
    endpoints = Endpoints.from_environment()
    if not endpoints.allowed:
        complain(endpoint.CLOSED)
        return
    fields = Fields(f"study{work.version}_model", result.wrong)
    endpoint.address(fields, work.model, endpoints)
    endpoint.named(fields, work.model)
    endpoint.prices(fields, work.model)
    endpoint.access(work.model, "_study", endpoints)
    endpoint.caps(fields, work.conditions, STOPS)


def cost(work: Draft, result: Read, start: Callable[[Read], None]) -> None:
    """The figures and the button. What is started is the design as it stands at the click."""
    study = result.study
    known: StudyEstimate | None = None
    if study and not result.wrong:
        with Boundary("reckon what it will take"):
            known = _estimated(study, result.terms)
    figures = _figures(study, known)
    cells = "".join(
        f"<div><small>{html.escape(words)}</small><b>{html.escape(shown)}</b></div>" for words, shown in figures
    )
    st.html(f'<div class="cw-figures">{cells}</div>')
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Start the study", icon=":material/play_arrow:", key="study_start",
            disabled=study is None or bool(result.wrong), on_click=lambda: start(work.read(limits())),
        )  # fmt: skip
        if known:
            st.caption(" ".join(known.basis))


def _figures(study: Study | None, known: StudyEstimate | None) -> list[tuple[str, str]]:
    if study is None:
        return [("Communities", "\N{EN DASH}"), ("Resident-days", "\N{EN DASH}"), ("Time", "\N{EN DASH}")]
    found = [("Communities", f"{study.runs:,}"), ("Resident-days", f"{study.resident_days:,}")]
    if known is None:
        return [*found, ("Time", "not reckoned")]
    cores = "one core" if known.workers == 1 else f"{known.workers} cores"
    found.append((f"Time on {cores}", lasting(known.seconds)))
    if known.models:
        money = "not known" if known.money is None else f"${known.money:,.2f}"
        most = "not known" if known.most is None else f"${known.most:,.2f}"
        found += [("Calls", f"{known.calls:,}"), ("Tokens", f"{known.tokens:,}"), ("Money", money),
                  ("Money, without a cache", most)]  # fmt: skip
    return found


def _estimated(study: Study, terms: Terms | None) -> StudyEstimate:
    """The estimate, reckoned once for a design."""
    from joblib import cpu_count

    known: dict[str, StudyEstimate] = st.session_state.setdefault("study_estimates", {})
    prices = dict(terms.prices) if terms else {}
    key = f"{study.digest} {prices}"
    if key not in known:
        with st.spinner("A few of its communities are lived, to see how long it will take"):
            found = estimate(study, workers=int(cpu_count()), prices=Prices(prices))
        known[key] = found
        for old in list(known)[:-KEPT]:
            del known[old]
    return known[key]
