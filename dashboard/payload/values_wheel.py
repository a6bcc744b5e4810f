"""A resident's ten values beside the mean of the original community, and a sentence on what stands out."""

from typing import Any

import numpy as np

from sim import values
from sim.state import Array

CLEAR = 0.20  # a smaller difference from the original is not told
GONE = 0.05  # a weight below this is gone
CIRCLE = sorted(range(len(values.VALUES)), key=lambda i: (values.VALUES[i].angle - values.VALUES[0].angle) % 360)
WHEEL = [{"name": values.VALUES[i].name, "code": values.VALUES[i].code} for i in CIRCLE]


def wheel(weights: Array) -> dict[str, Any]:
    """The card's `values`, `original`, `wheel` and `values_title`. Told in the order of the circle, clockwise.

    `weights`: shape (10,), in the order of VALUES.
    """
    own = np.asarray(weights, np.float64)
    return {
        "values": [round(float(weight), 2) for weight in own[CIRCLE]],
        "original": [round(float(weight), 2) for weight in values.BASELINE[CIRCLE]],
        "wheel": WHEEL,
        "values_title": _title(own),
    }


def _title(own: Array) -> str:
    change = own - values.BASELINE
    top, lost, gained = int(own.argmax()), int(change.argmin()), int(change.argmax())
    head = f"{values.VALUES[top].name} leads"
    if change[lost] <= -CLEAR and -change[lost] >= change[gained]:
        return f"{head}; {values.VALUES[lost].name} is {'gone' if own[lost] < GONE else 'low'}"
    if change[gained] >= CLEAR and gained != top:
        return f"{head}; {values.VALUES[gained].name} is high"
    if top == int(values.BASELINE.argmax()):
        return f"{head}, as for most people"
    return head
