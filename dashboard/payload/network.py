"""The communication graph as a pyvis Network: one a run, nodes added as residents arrive, edges renewed each day.

Up to FULL residents everyone is a node. A larger community is shown by a sample: a few pockets of neighbours, so that
those who talk to each other are seen together.
"""

import sys
from collections.abc import Sequence
from itertools import islice
from typing import Any

import numpy as np

from dashboard.payload import layout
from dashboard.payload.wording import clean
from sim.state import Array, Day, World

FULL = 300  # residents up to which every one is drawn
SAMPLE = 400  # most nodes drawn of a larger one
FOUNDERS = 340  # of them founders, when the community is sampled
POCKETS = 6


class Graph:
    """The pyvis Network of one run, and where its nodes stand."""

    def __init__(self, start: World, names: Sequence[str]) -> None:
        from pyvis.network import Network  # here, because it takes longer to import than a day to compute

        self.net = Network(directed=True)
        self.known = len(start.alive)
        self.founders = self.known
        self.room = SAMPLE if self.known > FULL else sys.maxsize
        shown = pockets(start.nbr, FOUNDERS) if self.known > FULL else np.arange(self.known)
        rows = np.full(self.known, -1)
        rows[shown] = np.arange(len(shown))
        one, slot = np.nonzero(start.nbr >= 0)
        ties = np.column_stack((rows[one], rows[start.nbr[one, slot]]))
        ties = ties[(ties[:, 0] < ties[:, 1]) & (ties >= 0).all(axis=1)]
        self.places = layout.spread(ties, start.workplace[shown]) if len(shown) else np.empty((0, 2))
        self.index = {int(resident): i for i, resident in enumerate(shown)}
        for resident, place in zip(shown.tolist(), self.places.tolist(), strict=True):
            self._node(resident, names[resident], int(start.group[resident]), place)

    def grow(self, world: World, names: Sequence[str]) -> None:
        """Nodes for those who came since: the newborn beside their parent, strangers in from the rim."""
        for resident in range(self.known, len(world.alive)):
            parent = int(world.parent[resident])
            if len(self.index) >= self.room or (parent >= 0 and parent not in self.index):
                continue
            turn = resident * layout.GOLDEN_ANGLE
            rim = (0.5 + 0.45 * np.cos(turn), 0.5 + 0.45 * np.sin(turn))
            point = tuple(self.places[self.index[parent]]) if parent >= 0 else rim
            place = layout.beside(self.places, point, min(self.founders, FOUNDERS))
            self.places = np.vstack((self.places, place))
            self.index[resident] = len(self.index)
            self._node(resident, names[resident], int(world.group[resident]), place)
        self.known = max(self.known, len(world.alive))

    @property
    def shown(self) -> list[int]:
        """The residents drawn."""
        return list(self.index)

    def nodes(self, day: Day) -> list[list[Any]]:
        """The contract's nodes of a day: those then known."""
        known = len(day.alive)
        found = []
        for node in self.net.nodes:
            i = node["id"]
            if i < known:
                alive = int(day.alive[i])
                holds = clean(day.holdings[i], 2) if alive else 0.0
                at = int(day.workplace[i]) if alive else -1
                found.append([i, node["label"], int(day.group[i]), at, holds, alive, node["x"], node["y"]])
        return found

    def edges(self, arrows: Array) -> list[list[int]]:
        """The contract's edges of a day, from rows of source, target, chip, line and marks. Both ends must be drawn."""
        told: list[list[int]] = arrows.tolist()
        self.net.edges = [  # what Network.add_edge would append, without its search through all nodes for each end
            {"from": source, "to": target, "chip": chip, "line": line, "marks": marks, "arrows": "to"}
            for source, target, chip, line, marks in told
        ]
        return told

    def _node(self, resident: int, name: str, group: int, place: Sequence[float]) -> None:
        x, y = (round(float(part), 3) for part in place)
        self.net.add_node(resident, label=name, group=group, x=x, y=y, physics=False)


def pockets(neighbours: Array, size: int) -> Array:
    """`size` residents in POCKETS pockets: from evenly spaced residents outwards along ties, in rising order.

    `neighbours`: shape (n, D), rows of neighbours or -1.
    """
    n = len(neighbours)
    chosen: set[int] = set()
    for p in range(POCKETS):
        goal = size * (p + 1) // POCKETS
        waiting = [p * n // POCKETS]
        seen = set(waiting)
        for resident in waiting:
            if len(chosen) >= goal:
                break
            chosen.add(resident)
            fresh = [j for j in neighbours[resident].tolist() if j >= 0 and j not in seen]
            seen.update(fresh)
            waiting += fresh
    spare = (resident for resident in range(n) if resident not in chosen)
    chosen.update(islice(spare, max(0, min(size, n) - len(chosen))))  # where ties are too few to reach enough
    return np.array(sorted(chosen))
