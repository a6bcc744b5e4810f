"""Measurements of models on the Conformity page: those there are, the one that is looked at, the one under way.

What fits and asks is loaded when there is something to fit or to ask, not with the page.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.components.curve import curve
from dashboard.failure import Boundary
from dashboard.library import library
from dashboard.typed import complain
from sim.errors import RunError

if TYPE_CHECKING:
    from dashboard.conformity.measured import Result, Results
    from dashboard.conformity.measuring import Measuring

OPEN = "measure_open"  # what stands in the lab's place: FORM, or the identity of a measurement
FORM = "form"
SHELF = "measurements"  # the folder they are kept in, beside the runs
_TOLD = "measure_told"


def results() -> Results:
    """The measurements this tab can show."""
    from dashboard.conformity.measured import Results
    from sim.conformity.shelf import Shelf

    if "measure_results" not in st.session_state:
        here = library()
        st.session_state["measure_results"] = Results(Shelf(here.folder / SHELF) if here else None)
    found: Results = st.session_state["measure_results"]
    return found


def in_plane() -> list[dict[str, Any]]:
    """Those that have a place in the plane, as docs/conformity-page.md has them."""
    return [told for result in _all() if (told := result.told())]


def settle() -> None:
    """Take over a measurement that has ended."""
    under_way: Measuring | None = st.session_state.get("measuring")
    if under_way is None or under_way.busy:
        return
    del st.session_state["measuring"]
    with Boundary("measure this model", lambda title, text: tell(f"{title}. {text}")):
        if isinstance(under_way.failed, BaseException):
            raise under_way.failed
        if under_way.result is None:
            raise RunError(under_way.failed or "nothing was asked")
        result, note = results().add(under_way.result)
        tell(note)
        if st.session_state.get(OPEN) == FORM:
            st.session_state[OPEN] = result.identity


def side() -> None:
    """In the sidebar: the way to the form, what is under way, and the measurements there are."""
    st.html('<div class="cw-head"><h2>Measure a model</h2><span>any endpoint</span></div>')
    here = st.session_state.get(OPEN) == FORM
    st.button("Measure a model of your own", key="measure_new", icon=":material/science:", on_click=_open,
              args=(FORM,), width="stretch", disabled=here)  # fmt: skip
    if "measuring" in st.session_state and not here:
        from dashboard import measure

        measure.progress()
    if there := _all():
        names = {result.identity: result.name for result in there}
        now = st.session_state.get(OPEN, "")
        st.selectbox(
            "Open a measurement", list(names), list(names).index(now) if now in names else None,
            lambda name: names.get(name, name), key=f"measure_pick_{now}_{len(names)}", placeholder=_many(len(names)),
            on_change=_picked, args=(f"measure_pick_{now}_{len(names)}",),
        )  # fmt: skip


def body(live: Callable[[float, float], None]) -> bool:
    """What stands in the lab's place; False: nothing does. `live`: go to the lab with a beta and h."""
    wanted = st.session_state.get(OPEN, "")
    if wanted == FORM:
        from dashboard import measure

        measure.form(_told, back=close)
        return True
    result = next((each for each in _all() if each.identity == wanted), None)
    if result is None:
        st.session_state[OPEN] = ""
        _told()
        return False
    _result(result, live)
    return True


def bring(file: str, content: bytes) -> bool:
    """Keep the measurement of a file and show it; False if it looks like fits. SettingError if it is neither."""
    from dashboard.conformity import measured

    done = measured.read(file, content)
    if done is None:
        return False
    result, note = results().add(done)
    tell(note)
    st.session_state[OPEN] = result.identity
    return True


def close() -> None:
    """Back to the lab."""
    st.session_state[OPEN] = ""


def tell(text: str) -> None:
    """Say this where the next page is drawn."""
    st.session_state[_TOLD] = text


def _told() -> None:
    if said := st.session_state.pop(_TOLD, ""):
        complain(said)


def _all() -> list[Result]:
    """As `results`, which is not loaded if there can be none."""
    if "measure_results" not in st.session_state:
        here = library()
        if here is None or next((here.folder / SHELF).glob("*.json"), None) is None:
            return []
    return results().all()


def _result(result: Result, live: Callable[[float, float], None]) -> None:
    st.html(f'<div class="cw-head cw-title"><h1>{html.escape(result.title)}</h1>'
            f"<span>{html.escape(' / '.join(result.measurement.plan.pair))}</span></div>")  # fmt: skip
    with st.container(horizontal=True, gap="xsmall", key="measure_acts"):
        st.button("Back to the lab", key="measure_back", type="tertiary", icon=":material/arrow_back:",
                  on_click=close)  # fmt: skip
        if result.fit is not None and result.fit.measured:
            st.button("Let such agents live in the lab", key="measure_live", icon=":material/groups:",
                      on_click=live, args=(result.fit.beta, result.fit.h))  # fmt: skip
        _downloads(result)
        st.button("Delete it" if result.kept else "Take it away", key="measure_drop", type="tertiary",
                  on_click=_drop, args=(result.identity,))  # fmt: skip
    _told()
    for warning in result.warnings():
        st.html(f'<div role="status" class="cw-told" data-fine="false">{html.escape(warning)}</div>')
    left, right = st.columns([1.5, 1], gap="large")
    with left, Boundary("draw this measurement"):
        if result.measurement.counts:
            curve(result.curve(), key=f"curve_{result.identity}")
    with right:
        rows = "".join(
            f"<tr><th>{html.escape(k)}</th><td>{html.escape(v)}</td></tr>" for k, v in result.figures().items()
        )
        st.html(f'<table class="cw-facts">{rows}</table>')


def _downloads(result: Result) -> None:
    from sim.conformity import table, tallies

    done, name = result.measurement, f"measurement-{result.identity}"
    st.download_button("Answers (CSV)", tallies.written(done), f"{name}.csv", "text/csv", key="measure_csv",
                       on_click="ignore", help="All counts. Can be loaded again under Your own files.")  # fmt: skip
    if result.fit is not None and result.fit.measured:
        st.download_button("Fit (CSV)", table.written([done.point()]), f"{name}-fit.csv", "text/csv",
                           key="measure_fit", on_click="ignore", help="model, pair, beta, h, intervals")  # fmt: skip
    st.download_button("Everything (JSON)", done.model_dump_json(indent=1), f"{name}.json", "application/json",
                       key="measure_json", on_click="ignore",
                       help="Plan, counts, failures, cost. Can be loaded again, here and by `fit`.")  # fmt: skip


def _many(count: int) -> str:
    return f"{count} to choose from"


def _open(what: str) -> None:
    st.session_state[OPEN] = what


def _picked(key: str) -> None:
    st.session_state[OPEN] = st.session_state[key] or ""


def _drop(identity: str) -> None:
    results().drop(identity)
    st.session_state[OPEN] = ""
