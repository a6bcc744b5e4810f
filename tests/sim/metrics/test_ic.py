"""The largest circle of talk, on graphs whose answer is known."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.measures import catalogue
from sim.metric import Context
from sim.state import EVENT, MESSAGE, Array
from tests.factories import make_day


def connected(size: int, edges: Array) -> float:
    """The share of `size` residents joined by messages along these edges, shape (m, 2)."""
    day = make_day(np.random.default_rng(0), (size,), dead=0.0, messages=0)
    messages = np.zeros(len(edges), MESSAGE)
    messages["sender"], messages["receiver"] = np.reshape(edges, (-1, 2)).T
    day = day._replace(alive=np.ones(size, "u1"), messages=messages, events=np.zeros(0, EVENT))
    return float(catalogue()["connected"].daily(Context(day, day))[0])


def ring(size: int) -> Array:
    return np.column_stack([np.arange(size), (np.arange(size) + 1) % size])


def test_a_ring_joins_everybody_however_long() -> None:
    assert connected(50_000, ring(50_000)) == 1


def test_a_chain_joins_nobody() -> None:
    assert connected(50_000, ring(50_000)[:-1]) == pytest.approx(1 / 50_000)


def test_silence_leaves_everybody_alone() -> None:
    assert connected(4, np.empty((0, 2), int)) == 0.25


@settings(max_examples=80, deadline=None)
@given(size=st.integers(2, 60), degree=st.floats(0, 4), seed=st.integers(0, 2**32))
def test_equals_networkx(size: int, degree: float, seed: int) -> None:
    edges = np.random.default_rng(seed).integers(0, size, (int(size * degree), 2))
    graph = nx.DiGraph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from(edges.tolist())
    assert connected(size, edges) == max(map(len, nx.strongly_connected_components(graph))) / size
