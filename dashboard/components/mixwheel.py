"""The wheel of one profile of values, drawn by assets/cockpit/mixwheel.js."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from dashboard.components.modules import shim
from sim.values import BASELINE, VALUES, Profile

# Places in VALUES, clockwise round the circle from Self-Direction at the top.
CIRCLE = sorted(range(len(VALUES)), key=lambda i: (VALUES[i].angle - VALUES[0].angle) % 360)


@cache
def _mount() -> Callable[..., Any]:
    return st.components.v2.component("mixwheel", js=shim("cockpit/mixwheel.js"), isolate_styles=False)


def mixwheel(
    profile: Profile, whose: str, *, fill: str, ink: str, key: str, on_weight: Callable[[int, float], None]
) -> None:
    """`profile`: ten weights in the order of VALUES; `whose`: for the legend; colours as CSS; `on_weight`: hears the
    place on the circle and the new weight of a wedge that was dragged."""

    def heard() -> None:
        match st.session_state[key].get("weight"):
            case {"place": int(place), "value": int() | float() as value} if 0 <= place < len(CIRCLE):
                on_weight(place, float(value))

    _mount()(
        data={
            "values": [round(float(profile[i]), 2) for i in CIRCLE],
            "original": [round(float(BASELINE[i]), 2) for i in CIRCLE],
            "labels": [VALUES[i].name for i in CIRCLE],
            "whose": whose,
            "title": f"Values of the group {whose}",
            "color": fill,
            "ink": ink,
        },
        key=key,
        on_weight_change=heard,
    )
