"""DETAIL: one day's graph, its lines and its Lorenz curve."""

from typing import Any

import numpy as np

from dashboard.payload.chips import numbers
from dashboard.payload.lines import PAGE, lines, page
from dashboard.payload.marks import Marks, marks
from dashboard.payload.network import FULL, Graph
from dashboard.payload.run import Run
from dashboard.payload.voice import Voice
from sim.state import Array, Day, Happening

DECEPTIVE, BETRAYAL, ATTACK = 1, 2, 4  # bits of an edge's marks
MOST = 600  # lines told of a day, even where all are to be told: a small community may grow
CURVE = 20  # steps of the Lorenz curve
BETWEEN = np.isin(
    np.arange(len(Happening)),
    (
        Happening.GIFT, Happening.LOAN, Happening.REPAY, Happening.DEFAULT, Happening.BROKEN, Happening.UNABLE,
        Happening.ALLIANCE, Happening.TRADE, Happening.ATTACK, Happening.JOIN, Happening.DEFEND, Happening.DESERT,
    ),
)  # events drawn as an arrow from actor to target  # fmt: skip
ATTACKS = np.isin(np.arange(len(Happening)), (Happening.ATTACK, Happening.JOIN))


def detail(run: Run, day: int, graph: Graph, voice: Voice) -> dict[str, Any]:
    """The DETAIL of `day`. The graph must know all residents of that day."""
    today = run.history[day]
    seen = marks(today, run.labels[day])
    told = page(seen.gravity, PAGE if aggregate(run) else MOST)
    return {
        "day": day,
        "nodes": graph.nodes(today),
        "edges": graph.edges(_edges(today, seen, graph)),
        "gravest": int(seen.gravity.argmax()) if len(told) else -1,
        "lorenz": lorenz(today.holdings[today.alive > 0]),
        "total_lines": len(seen.gravity),
        "lines": lines(run, day, told, seen, voice),
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
    return [[round(x, 3), round(y, 3)] for x, y in zip(steps.tolist(), shares.tolist())]


def _edges(today: Day, seen: Marks, graph: Graph) -> Array:
    """One arrow for each message and each act between two residents who are drawn: rows as `Graph.edges` takes them."""
    messages, events = today.messages, today.events
    source = np.concatenate((messages["sender"], np.where(BETWEEN[events["kind"]], events["actor"], -1)))
    target = np.concatenate((messages["receiver"], events["target"]))
    bits = DECEPTIVE * seen.deceptive + BETRAYAL * seen.betrayal
    bits[len(messages) :] |= ATTACK * ATTACKS[events["kind"]]
    drawn = np.isin(source, graph.shown) & np.isin(target, graph.shown)
    return np.column_stack((source, target, numbers(today), np.arange(len(source)), bits))[drawn]
