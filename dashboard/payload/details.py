"""DETAIL: one day's graph, its lines and its Lorenz curve."""

from typing import Any

import numpy as np

from dashboard.payload.lines import Line, lines, page
from dashboard.payload.marks import Marks, marks
from dashboard.payload.network import FULL, Edge, Graph
from dashboard.payload.run import Run
from dashboard.payload.voice import Voice
from sim.state import Array, Day, Happening

DECEPTIVE, BETRAYAL, ATTACK = 1, 2, 4  # bits of an edge's marks
CURVE = 20  # steps of the Lorenz curve


def detail(run: Run, day: int, graph: Graph, voice: Voice) -> dict[str, Any]:
    """The DETAIL of `day`. The graph must know all residents of that day."""
    today = run.history[day]
    seen = marks(today, run.labels[day])
    told = page(seen.gravity) if aggregate(run) else np.arange(len(seen.gravity))
    shown = lines(run, day, told, seen, voice)
    return {
        "day": day,
        "nodes": graph.nodes(today),
        "edges": graph.edges(_edges(today, seen, told, graph, voice)),
        "gravest": int(seen.gravity[told].argmax()) if len(told) else -1,
        "lorenz": lorenz(today.holdings[today.alive > 0]),
        "total_lines": len(seen.gravity),
        "lines": shown,
    }


def aggregate(run: Run) -> bool:
    """Whether the run is too large for every resident and line to be told."""
    return run.scenario.size > FULL


def lorenz(holdings: Array) -> list[list[float]] | None:
    """Points of the curve (share of residents, share of holdings), poorest first; None if there is nothing to share."""
    total = float(holdings.sum())
    if not len(holdings) or total <= 0:
        return None
    held = np.concatenate(([0.0], np.cumsum(np.sort(holdings)))) / total
    steps = np.linspace(0, 1, min(len(holdings), CURVE) + 1)
    shares = np.interp(steps, np.linspace(0, 1, len(held)), held)
    return [[round(float(x), 3), round(float(y), 3)] for x, y in zip(steps, shares, strict=True)]


_BETWEEN = (
    Happening.GIFT, Happening.LOAN, Happening.REPAY, Happening.DEFAULT, Happening.BROKEN, Happening.UNABLE,
    Happening.ALLIANCE, Happening.TRADE, Happening.ATTACK, Happening.JOIN, Happening.DEFEND, Happening.DESERT,
)  # fmt: skip


def _edges(today: Day, seen: Marks, told: Array, graph: Graph, voice: Voice) -> list[Edge]:
    """One arrow for each pair and family of kinds: that of its gravest line, with the marks of all its lines."""
    messages, events = today.messages, today.events
    source = np.concatenate((messages["sender"], np.where(np.isin(events["kind"], _BETWEEN), events["actor"], -1)))
    target = np.concatenate((messages["receiver"], events["target"]))
    drawn = np.isin(source, graph.shown) & np.isin(target, graph.shown)
    attack = np.zeros(len(source), bool)
    attack[len(messages) :] = np.isin(events["kind"], (Happening.ATTACK, Happening.JOIN))
    bits = DECEPTIVE * seen.deceptive + BETRAYAL * seen.betrayal + ATTACK * attack
    place = {line: k for k, line in enumerate(told.tolist())}
    gravest: dict[tuple[int, int, str], int] = {}
    marked: dict[tuple[int, int, str], int] = {}
    for i in np.flatnonzero(drawn).tolist():
        key = (int(source[i]), int(target[i]), voice.chip(today.day, i)[1])
        marked[key] = marked.get(key, 0) | int(bits[i])
        if key not in gravest or seen.gravity[i] > seen.gravity[gravest[key]]:
            gravest[key] = i
    return [
        Edge(*key, voice.chip(today.day, i)[0], place.get(i, -1), marked[key]) for key, i in sorted(gravest.items())
    ]
