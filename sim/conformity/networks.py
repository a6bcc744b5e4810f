"""Who sees whom, where not everyone sees everyone: there the theory of the lab no longer applies."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from sim.conformity import setting
from sim.conformity.luck import WIRING
from sim.errors import SettingError
from sim.randomness import bits

KINDS = ("ring", "small-world", "scale-free", "communities")
GROUPS = 5  # communities
REWIRED = 0.1  # share of links of the small world
INSIDE = 0.9  # share of a community member's links that stay inside


class Network(NamedTuple):
    """Neighbours of agent i: `neighbours[start[i] : start[i + 1]]`. Links go both ways; nobody is its own neighbour."""

    kind: str  # one of KINDS
    start: NDArray[np.int64]  # (n + 1,)
    neighbours: NDArray[np.int32]

    @property
    def size(self) -> int:
        """Agents."""
        return len(self.start) - 1

    def links(self) -> NDArray[np.int32]:
        """Each link once: (links, 2), lower number first."""
        ends = np.repeat(np.arange(self.size, dtype=np.int32), np.diff(self.start))
        once = ends < self.neighbours
        return np.column_stack((ends[once], self.neighbours[once]))


def network(kind: str, n: int, degree: int = 8, seed: int = 0) -> Network:
    """A network of n agents with about `degree` neighbours each. SettingError for an unknown kind or a wrong degree.

    ring: the nearest on a circle. small-world: a ring with a tenth of its links rewired (Watts & Strogatz 1998).
    scale-free: newcomers link to the well linked (Barabasi & Albert 1999). communities: five groups, nine in ten links
    inside them, the others to anybody (planted partition, Condon & Karp 2001).
    """
    n = setting.size(n, setting.MOST_LIVE)
    if kind not in _MAKERS:
        raise SettingError(f"no network is called '{str(kind)[:40]}'; there are {', '.join(KINDS)}")
    if not 2 <= degree < n or degree > 200 or degree != int(degree):
        raise SettingError(
            f"the number of neighbours is {degree}; it must be from 2 to {min(n - 1, 200)}, fewer than the agents"
        )
    luck = int(bits(setting.luck(seed), WIRING, 0, 0, 0) >> np.uint64(32))
    graph = _MAKERS[kind](n, int(degree), luck)
    ends = np.array(graph.edges, dtype=np.int32).reshape(-1, 2)
    both = np.concatenate((ends, ends[:, ::-1]))
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    start = np.concatenate(([0], np.cumsum(np.bincount(both[:, 0], minlength=n)))).astype(np.int64)
    return Network(kind, start, np.ascontiguousarray(both[:, 1]))


def _ring(n: int, degree: int, luck: int) -> nx.Graph:
    return nx.circulant_graph(n, range(1, degree // 2 + 1))


def _small_world(n: int, degree: int, luck: int) -> nx.Graph:
    return nx.watts_strogatz_graph(n, degree, REWIRED, seed=luck)


def _scale_free(n: int, degree: int, luck: int) -> nx.Graph:
    return nx.barabasi_albert_graph(n, max(1, degree // 2), seed=luck)


def _communities(n: int, degree: int, luck: int) -> nx.Graph:
    parts = np.array_split(np.arange(n), min(GROUPS, n // 2))
    # Sparse graphs laid on each other: networkx's own planted partition takes minutes for 100,000 agents.
    graph = nx.fast_gnp_random_graph(n, min(1.0, (1 - INSIDE) * degree / (n - 1)), seed=luck)
    for k, part in enumerate(parts):
        own = nx.fast_gnp_random_graph(len(part), min(1.0, INSIDE * degree / max(1, len(part) - 1)), seed=luck + 1 + k)
        graph.add_edges_from((int(part[0]) + i, int(part[0]) + j) for i, j in own.edges)
    return graph


_MAKERS: Mapping[str, Callable[[int, int, int], nx.Graph]] = {
    "ring": _ring,
    "small-world": _small_world,
    "scale-free": _scale_free,
    "communities": _communities,
}
