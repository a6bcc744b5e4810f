"""The living population: what can be changed while it runs, networks, attention, memory; loops and diagrams."""

from typing import Any

import numpy as np
import pytest

from sim.conformity import chain, hysteresis, theory
from sim.conformity.diagram import diagram, share_inside
from sim.conformity.hysteresis import Protocol, expected_loop, sampled_loop
from sim.conformity.networks import KINDS, network
from sim.conformity.population import Population
from sim.errors import SettingError
from tests.sim.conformity import slow


def test_equal_seeds_give_equal_histories_however_it_is_stepped() -> None:
    one, other = Population(200, 2.0, 0.1, seed=5), Population(200, 2.0, 0.1, seed=5)
    one.step(3)
    for _ in range(600):
        other.update()
    assert (one.opinions == other.opinions).all() and one.time == other.time == 3
    different = Population(200, 2.0, 0.1, seed=6)
    different.step(3)
    assert (one.opinions != different.opinions).any()


def test_start_is_exact_and_m_is_the_mean_of_opinions() -> None:
    living = Population(1_000, 1.5, 0.0, start=-0.5)
    assert living.m == -0.5 == living.opinions.mean()
    living.step(2.5)
    sweeps, m = living.history
    assert living.m == pytest.approx(living.opinions.mean()) and sweeps.tolist() == [0, 1, 2, 2.5] and m[-1] == living.m
    assert set(np.unique(living.opinions)) <= {-1, 1}


def test_a_push_tips_it_and_inside_the_spinodal_it_stays() -> None:
    living = Population(2_000, 3.9, 0.2, start=1.0, seed=1)
    z = float(theory.tipping(3.9, 0.2, -1))
    living.stubborn(round(1.1 * z * 2_000), -1)
    living.step(60)
    assert living.m < -0.9
    living.stubborn(0)
    living.step(60)
    assert living.m < -0.9  # they have left, and it stays


def test_outside_it_relaxes_back() -> None:
    living = Population(2_000, 2.0, 0.4, start=1.0, seed=1)
    living.stubborn(3_000, -1)
    living.step(60)
    assert living.m < 0
    living.stubborn(0)
    living.step(60)
    assert living.m > 0.9


def test_force_and_bias_can_be_turned() -> None:
    living = Population(5_000, 2.5, 0.1, start=-0.95)
    living.step(20)
    assert living.m < -0.8
    living.beta, living.h = 2.5, 0.9
    living.step(20)
    assert living.m > 0.8


@pytest.mark.parametrize("kind", KINDS)
def test_networks_link_both_ways_without_loops(kind: str) -> None:
    found = network(kind, 500, 8, seed=2)
    ends = np.repeat(np.arange(500), np.diff(found.start))
    pairs = set(zip(ends.tolist(), found.neighbours.tolist()))
    assert all((j, i) in pairs and i != j for i, j in pairs) and len(pairs) == len(found.neighbours)
    assert 5 < len(pairs) / 500 < 11 and 2 * len(found.links()) == len(pairs)
    again, other = network(kind, 500, 8, seed=2), network(kind, 500, 8, seed=3)
    assert (again.neighbours == found.neighbours).all()
    assert kind == "ring" or not np.array_equal(other.neighbours, found.neighbours)


@pytest.mark.parametrize("kind", KINDS)
def test_a_population_lives_on_every_network(kind: str) -> None:
    living = Population(300, 2.5, 0.2, start=0.0, network=network(kind, 300), attention=3, memory=6)
    living.stubborn(10, -1)
    living.step(5)
    assert -1 <= living.m == pytest.approx(living.opinions.mean()) and not living.theory_applies


def test_a_network_of_all_links_is_the_paper_s_case() -> None:
    # Agent sees all others: the same expected m as the complete population, without and with stubborn agents.
    n, runs = 12, 400
    full = network("ring", n, n - 1)
    T = np.linalg.matrix_power(slow.matrix(n, 1.8, 0.1), 4 * n)[0]
    mean = float(T @ np.linspace(-1, 1, n + 1))
    spread = float(np.sqrt(T @ np.linspace(-1, 1, n + 1) ** 2 - mean**2))
    found = []
    for seed in range(runs):
        found.append(Population(n, 1.8, 0.1, -1.0, seed, full).step(4))
    assert abs(np.mean(found) - mean) < 4 * spread / np.sqrt(runs)


def test_bounded_attention_weakens_the_majority() -> None:
    # With one opinion heard, <tanh(beta (s + h))> is linear in m: for h = 0 no majority lasts.
    few = Population(20_000, 3.0, 0.0, start=0.9, attention=1)
    many = Population(20_000, 3.0, 0.0, start=0.9, attention=50)
    assert abs(few.step(400)) < 0.5 and many.step(400) > 0.9


@pytest.mark.parametrize(("beta", "h"), [(2.66, 0.34), (1.5, -0.1)])
def test_the_exact_loop_is_the_mean_of_sampled_ones(beta: float, h: float) -> None:
    protocol = Protocol(most=6, first=30, then=10, averaged=5)
    exact = expected_loop(20, beta, h, protocol)
    loops = [sampled_loop(20, beta, h, protocol, seed) for seed in range(400)]
    for way in ("forward", "backward"):
        each = np.array([getattr(loop, way) for loop in loops])
        error = each.std(0) / 20 + 1e-3
        assert (np.abs(each.mean(0) - getattr(exact, way)) < 4.5 * error).all()


def test_the_exact_loop_by_powers_of_matrices() -> None:
    protocol = Protocol(most=2, first=4, then=3, averaged=2)
    m = np.linspace(-1, 1, 9)
    p, found = np.eye(9)[0], []
    for i, push in enumerate((-2, -1, 0, 1, 2, 1, 0, -1, -2)):
        T = slow.matrix(8, 2.0, 0.2, push)
        p = p @ np.linalg.matrix_power(T, 4 if i == 0 else 3)
        found.append(((p @ T) @ m + (p @ T @ T) @ m) / 2)
        p = p @ T @ T
    exact = expected_loop(8, 2.0, 0.2, protocol)
    assert exact.forward == pytest.approx(found[:5], abs=1e-12)
    assert exact.backward == pytest.approx(found[:3:-1], abs=1e-12)


def test_a_slow_loop_of_many_flips_where_theory_says() -> None:
    n, beta, h = 10_000, 2.66, 0.1
    protocol = Protocol(most=9_000, step=150, first=n, then=40 * n, averaged=n)
    found = sampled_loop(n, beta, h, protocol, seed=1)
    up = found.stubborn[np.argmax(found.forward > 0)] / n
    down = found.stubborn[np.argmax(found.backward > 0)] / n
    assert up == pytest.approx(float(theory.tipping(beta, h)), abs=0.035)
    assert down == pytest.approx(float(theory.tipping_back(beta, h)), abs=0.035)
    assert found.area > 0 and (found.backward >= found.forward - 0.05).all()


def test_the_diagram_is_theory_cell_by_cell() -> None:
    found = diagram(30, cells=(20, 21))
    assert found.metastable.shape == found.escape.shape == (21, 20)
    three = np.isfinite(theory.states(found.beta[None, :], found.h[:, None]).m[..., 1])
    assert (three == found.metastable).all() and (np.isfinite(found.escape) == three).all()
    assert found.escape[three] == pytest.approx(found.escape[::-1][three])
    row, column = np.argwhere(three)[three.sum() // 3]
    exact = np.log10(slow.passage(30, found.beta[column], abs(found.h[row])) / 30)
    assert found.escape[row, column] == pytest.approx(exact, rel=1e-6)
    assert share_inside([2.0, 2.0, 0.5], [0.1, 0.5, 0.0]) == pytest.approx(1 / 3)


@pytest.mark.parametrize("n", [1, 2, 51, 1_000, 3_000, 100_000])
@pytest.mark.parametrize("include_self", [False, True])
def test_the_diagram_is_the_exact_chain_at_every_size(n: int, include_self: bool) -> None:
    found = diagram(n, (0.6, 5.0), cells=(9, 8), include_self=include_self)
    inside = np.argwhere(found.metastable)
    for row, column in inside[:: 1 if n < 100_000 else 5]:
        exact = chain.escape_time(n, found.beta[column], found.h[row], include_self=include_self) / np.log(10)
        assert found.escape[row, column] == pytest.approx(min(float(exact), found.most), abs=1e-9)


def test_the_diagram_holds_for_steps_and_at_the_spinodal() -> None:
    steep = diagram(50, (20.0, 1_000.0), (0.0, 0.9), (5, 4))
    assert np.isfinite(steep.escape[steep.metastable]).all() and steep.escape[0, -1] == steep.most
    edge = float(theory.spinodal(1.5))
    near = diagram(2_000, (1.4, 1.5), (0.0, edge * (1 - 1e-9)), (2, 2), most=300.0)
    exact = float(chain.escape_time(2_000, 1.5, near.h[-1])) / np.log(10)
    assert near.escape[-1, -1] == pytest.approx(exact, abs=1e-9)


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"n": 0}, "agents"),
        ({"n": 10**9}, "agents"),
        ({"n": float("nan")}, "agents"),
        ({"n": 10.5}, "agents"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**70}, "seed"),
        ({"attention": float("inf")}, "attention"),
        ({"beta": 0.0}, "beta"),
        ({"beta": float("inf")}, "beta"),
        ({"h": -1.5}, "bias"),
        ({"start": 2.0}, "start"),
        ({"attention": 0}, "attention"),
        ({"memory": 10**6}, "memory"),
        ({"network": network("ring", 50)}, "network is of 50"),
    ],
)
def test_wrong_settings_are_told(more: dict[str, Any], word: str) -> None:
    with pytest.raises(SettingError, match=word):
        Population(**({"n": 100, "beta": 2.0, "h": 0.1} | more))


def test_other_wrong_settings_are_told() -> None:
    living = Population(20, 2.0, 0.1)
    for wrong in (lambda: living.stubborn(-1), lambda: living.stubborn(3, 2), lambda: living.step(float("nan"))):
        with pytest.raises(SettingError):
            wrong()
    with pytest.raises(SettingError, match="no network is called"):
        network("star", 20)
    with pytest.raises(SettingError, match="neighbours"):
        network("ring", 20, 20)
    with pytest.raises(SettingError, match="too long"):
        sampled_loop(100, 2.0, 0.1, Protocol(then=10**9))
    with pytest.raises(SettingError, match="too long"):
        expected_loop(10_000, 2.0, 0.1)
    with pytest.raises(SettingError, match="must rise"):
        diagram(20, beta=(3.0, 1.0))
    assert hysteresis.Protocol().scaled(50) == hysteresis.Protocol()
