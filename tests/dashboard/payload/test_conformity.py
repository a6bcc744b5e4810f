"""What the Conformity page says of a population: held against the theory it is computed from."""

import base64
import json

import numpy as np
import pytest

from dashboard.payload import conformity as payload
from dashboard.payload.conformity_plane import BETA, BIAS, CELLS, TOP, plane
from sim.conformity import theory
from sim.conformity.chain import passage


def drawn(cells: dict[str, object]) -> list[int]:
    return list(base64.b64decode(str(cells["values"])))


@pytest.mark.parametrize("n", [10, 400])
def test_few_agents_are_told_one_by_one(n: int) -> None:
    opinions = np.where(np.arange(n) % 3, 1, -1).astype(np.int8)
    cells = payload.cells(opinions)
    assert (cells["one"], cells["per"]) == (True, 1)
    assert drawn(cells) == [255 if held > 0 else 0 for held in opinions]


@pytest.mark.parametrize("n", [401, 1_601, 100_000])
def test_many_agents_are_told_as_means_that_add_up(n: int) -> None:
    opinions = np.ones(n, np.int8)
    opinions[: n // 4] = -1
    cells = payload.cells(opinions)
    values = drawn(cells)
    assert not cells["one"] and len(values) <= payload.TILES
    assert len(values) == -(-n // int(cells["per"]))
    assert values[0] == 0 and values[-1] == 255
    assert np.mean(values) / 127.5 - 1 == pytest.approx(opinions.mean(), abs=0.01)


@pytest.mark.parametrize(("m", "z", "word"), [(0.9, 0, "aligned"), (-0.9, 0, "misaligned"), (-0.9, 0.3, "misaligned")])
def test_the_word_is_the_theorys(m: float, z: float, word: str) -> None:
    told = payload.state(m, 100, 1.8, 0.05, z, -1, applies=True, sweep=3)
    assert told["word"] == word == theory.condition(m, 1.8, 0.05, z, -1).word
    assert ("pushed" in told["headline"]) == (z > 0)
    assert told["people"] in ("95 of 100 agents hold +1", "95 of 100 agents hold −1")


def test_a_population_beyond_the_theory_gets_no_word_of_it() -> None:
    told = payload.state(0.9, 100, 1.8, 0.05, 0, 1, applies=False, sweep=1)
    assert told["word"] == "outside"
    assert "aligned" not in json.dumps(told)
    assert (
        payload.told_theory(100, 1.8, 0.05, 0, 1, applies=False)["landscape"]["title"] == "No landscape is known here"
    )


@pytest.mark.parametrize(("beta", "h", "valleys"), [(1.8, 0.05, 2), (0.8, 0.1, 1), (1.8, 0.5, 1), (2, 0, 2)])
def test_the_landscape_names_its_valleys(beta: float, h: float, valleys: int) -> None:
    told = payload.told_theory(50, beta, h, 0, 1, applies=True)
    json.dumps(told, allow_nan=False)
    stable = [point for point in told["points"] if point["stable"]]
    assert len(stable) == valleys
    assert told["landscape"]["title"].startswith(("One valley", "Two valleys")[valleys - 1])
    for point in stable:
        assert np.tanh(beta * (point["m"] + h)) == pytest.approx(point["m"], abs=1e-3)
    names = {point["word"] for point in stable}
    assert names == ({"valley"} if h == 0 else {"aligned", "misaligned"} if valleys == 2 else {"aligned"})


def test_escape_times_are_the_exact_chains() -> None:
    expected = (passage(100, 1.8, 0.05) - np.log(100)) / np.log(10)
    assert payload.log_sweeps(100, 1.8, 0.05) == pytest.approx(expected)
    assert payload.plane_title(100, 1.8, 0.05).endswith(payload.long_time(expected))
    assert payload.plane_title(100, 1.8, 0.5).startswith("Outside")


@pytest.mark.parametrize(
    ("log10", "words"),
    [
        (0, "about one sweep"), (0.5, "about 3.2 sweeps"), (3.21, "about 1,600 sweeps"), (6, "about 1 million sweeps"),
        (8.08, "about 120 million sweeps"), (14, "about 100 trillion sweeps"), (33.2, "about 10^33 sweeps"),
        (6902.4, "about 10^6902 sweeps"),
    ],
)  # fmt: skip
def test_long_times_stay_short(log10: float, words: str) -> None:
    assert payload.long_time(log10) == words


def test_the_plane_is_coloured_inside_the_spinodal_alone() -> None:
    told = plane(50)
    cells = np.frombuffer(base64.b64decode(told["escape"]), np.uint8).reshape(CELLS[::-1])
    beta = np.linspace(*BETA, CELLS[0])
    h = np.linspace(*BIAS, CELLS[1])[::-1]
    inside = theory.metastable(beta[None, :], h[:, None])
    assert ((cells > 0) == inside).all()
    row, column = np.argwhere(inside)[len(np.argwhere(inside)) // 3]
    expected = payload.log_sweeps(50, beta[column], h[row])
    assert (cells[row, column] - 1) / 254 * TOP == pytest.approx(min(expected, TOP), abs=0.06)
    for b, edge in told["spinodal"]:
        assert edge == pytest.approx(float(theory.spinodal(b)), abs=1e-3)
