"""New terms for a study that asks models: caps raised, a key given again, and on with it."""

import html
from collections.abc import Callable
from dataclasses import asdict, replace

import streamlit as st

from dashboard import endpoint
from dashboard.minds_form import Conditions, ModelRow
from dashboard.studies.manager import Manager
from dashboard.typed import Fields
from sim.interview import Terms
from sim.providers.endpoints import Endpoints
from sim.studies.minds import minds

STOPS = (
    "Of all runs together, with what was spent so far. To change it, pause the study first. Whoever goes on with new "
    "caps asks with the key held in their own tab, or the server's; runs that failed are tried again."
)
ROOM = "<style>:root{--study-out:290px}</style>"  # beside the title


def menu(here: Manager, identity: str, go: Callable[[Terms], None]) -> None:
    """A popover; nothing where no model is asked. `go`: on with the study, on these terms. RunError."""
    models = [model for each in here.study(identity).conditions for model in minds(each.scenario)]
    if not models:
        return
    before, endpoints, wrong = here.terms(identity), Endpoints.from_environment(), dict[str, str]()
    work: Conditions = st.session_state.setdefault(f"study_renewal_{identity}", typed(before))
    ready = work.terms(dict(before.prices), models, wrong) is not None

    def on() -> None:
        # As they are typed by now: whoever types and presses at once has not had this run of the page yet.
        if terms := work.terms(dict(before.prices), models, {}):
            go(replace(terms, timeout=before.timeout))

    with st.popover("Caps and key", icon=":material/speed:", key="study_renewal"):
        endpoint.caps(Fields(f"study_renewal_{identity}", wrong), work, STOPS)
        for place, model in {model.base_url: model for model in models}.items():
            st.html(f'<p class="cw-said">{html.escape(place)}</p>')
            endpoint.access(ModelRow.of(model), f"_renewal_{place}", endpoints)
        st.button(
            "Go on with these", icon=":material/play_arrow:", key="study_renewal_go", disabled=not ready, on_click=on
        )
    st.html(ROOM)


def typed(terms: Terms) -> Conditions:
    """Terms as they would be typed."""
    return Conditions(**asdict(terms.caps), concurrency=terms.concurrency, cached=terms.cached)
