"""The plane of beta and h as the Conformity page draws it (docs/conformity-page.md)."""

import base64
from typing import Any

import numpy as np

from dashboard.payload.wording import clean
from sim.conformity.diagram import diagram
from sim.conformity.theory import spinodal

BETA = (0.2, 5.0)
BIAS = (-1.0, 1.0)
CELLS = (160, 121)  # columns, rows; the middle row is h = 0
TOP = 24  # log10 of the sweeps that get the deepest colour


def plane(n: int) -> dict[str, Any]:
    """`diagram`: a byte a cell, rows from the top; 0: no misaligned state, 1 to 255: its log time, 0 to TOP."""
    found = diagram(n, BETA, BIAS, CELLS, most=TOP)
    time = np.clip(np.nan_to_num(found.escape), 0, TOP) / TOP
    levels = np.where(found.metastable, 1 + np.round(254 * time), 0).astype(np.uint8)[::-1]
    edge = np.linspace(1, BETA[1], 100)
    return {
        "n": n,
        "beta": list(BETA),
        "h": list(BIAS),
        "columns": CELLS[0],
        "rows": CELLS[1],
        "escape": base64.b64encode(levels.tobytes()).decode(),
        "spinodal": [[clean(b, 4), clean(s, 4)] for b, s in zip(edge.tolist(), spinodal(edge).tolist(), strict=True)],
        "ticks": ["1 sweep", "10^6", "10^12", "10^18", f"10^{TOP} or more"],
        "none": "no misaligned state lasts",
        "sub": f"Mean time from all against the bias to half with it, exact for {n:,} agents. Drag the point",
    }
