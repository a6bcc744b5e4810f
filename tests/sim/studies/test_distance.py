"""The search and its words, with futures that follow a known law in place of lived ones; then lived ones."""

import math
from collections.abc import Sequence

import numpy as np
import pytest

from sim.engine import Engine
from sim.errors import SettingError
from sim.forks import Present
from sim.scenario import check
from sim.state import Array
from sim.studies import distance
from sim.studies.distance import HORIZON, Distance, Search, Tried, drift, judged, seeds

SIZE = 20


class Lawful:
    """Futures that recover or die at once: `limit` says what loss each can bear."""

    limit = 8.5
    spread = 0.0

    def __init__(self, present: Present, seeds: Sequence[int], loss: int = 0) -> None:
        lot = np.random.default_rng(list(seeds)).logistic(self.limit, max(self.spread, 1e-9), len(seeds))
        self._alive = np.where(lot > loss, present.size, 0).astype(float)
        self.population: list[Array] = []

    def step(self) -> Array:
        self.population.append(self._alive)
        return self._alive


@pytest.fixture(scope="module")
def present() -> Present:
    return Present.of(Engine(check({"size": SIZE, "seed": 5})))


def search(present: Present, population: Sequence[float] = (SIZE,) * 30, futures: int = 32) -> Distance:
    work = Search(present, population, futures)
    while not work.advance(0):
        assert 0 <= work.progress < 1
    assert work.progress == 1 and work.answer is not None
    return work.answer


@pytest.mark.parametrize(("limit", "can_lose"), [(0.5, 0), (8.5, 8), (17.5, 17)])
def test_a_sharp_edge_is_found(monkeypatch: pytest.MonkeyPatch, present: Present, limit: float, can_lose: int) -> None:
    monkeypatch.setattr(distance, "Forks", Lawful)
    monkeypatch.setattr(Lawful, "limit", limit)
    found = search(present)
    assert found.case == "measured" and found.can_lose == can_lose and found.steady
    assert found.low <= found.place <= found.high and abs(found.place - limit) < 0.6
    assert found.title == f"It can lose {can_lose or 'none'} of 20"
    assert "95 % interval" in found.note


def test_a_blurred_edge_is_found_within_its_interval(monkeypatch: pytest.MonkeyPatch, present: Present) -> None:
    monkeypatch.setattr(distance, "Forks", Lawful)
    monkeypatch.setattr(Lawful, "spread", 2.0)
    found = search(present, futures=400)
    assert found.low <= 8.5 <= found.high and found.high - found.low < 2


@pytest.mark.parametrize(("limit", "case", "place"), [(-1, "cannot hold", 0.0), (99, "any loss", SIZE - 1.0)])
def test_where_there_is_no_edge_words_say_so(
    monkeypatch: pytest.MonkeyPatch, present: Present, limit: float, case: str, place: float
) -> None:
    monkeypatch.setattr(distance, "Forks", Lawful)
    monkeypatch.setattr(Lawful, "limit", limit)
    found = search(present)
    assert (found.case, found.place) == (case, place) and math.isnan(found.low)
    assert {"cannot hold": "cannot hold itself", "any loss": "recovers from any loss"}[case] in found.title


def test_who_died_out_has_no_distance() -> None:
    engine = Engine(check({"size": 1, "start": 0, "output": 0.01, "days": 30, "seed": 5}))
    while not engine.finished:
        engine.step()
    found = search(Present.of(engine), engine.series["alive"])
    assert found.case == "died out" and math.isnan(found.place) and found.can_lose == 0
    assert found.title == "It has died out" and found.tried == ()


def test_a_community_of_one_can_lose_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distance, "Forks", Lawful)
    monkeypatch.setattr(Lawful, "limit", 0.5)
    found = search(Present.of(Engine(check({"size": 1, "seed": 5}))))
    assert found.title == "It can lose none of 1" and [tried.loss for tried in found.tried] == [0, 1]


def test_recovery_is_the_mean_of_the_last_seven_days() -> None:
    back, late, fell = np.full(HORIZON, 18.0), np.full(HORIZON, 10.0), np.full(HORIZON, 20.0)
    late[-1], fell[-7:] = 20, 17
    gone = np.zeros(HORIZON)
    assert judged(3, np.stack([back, late, fell, gone], axis=1), 20) == Tried(3, 4, 1, 1)
    assert judged(19, np.zeros((9, 4)), 20) == Tried(19, 4, 0, 4)


def test_steady_is_a_trend_of_a_tenth_in_twenty_days() -> None:
    assert math.isnan(drift([25] * 20)) and drift([25] * 21) == pytest.approx(0)
    assert drift([99] * 50 + list(np.linspace(95, 105, 21))) == pytest.approx(0.1)
    for population, said in (([20] * 30, ""), ([10] * 9, "Before day 20"), (range(10, 40), "grew by 69 %")):
        found = Distance("measured", 29, 39, 5.2, math.nan, math.nan, drift(list(population)), ())
        assert (said in found.note) and found.steady == (said == "")


def test_futures_share_no_luck_and_are_the_same_again(present: Present) -> None:
    all_ = [seed for loss in range(20) for seed in seeds(present, loss, 64)]
    assert len(set(all_)) == len(all_) and all(0 <= seed < 2**63 for seed in all_)
    assert seeds(present, 3, 9) == seeds(present, 3, 64)[:9]


def test_a_lived_answer_does_not_hang_on_slices_nor_on_the_run_going_on() -> None:
    engine = Engine(check({"size": 12, "days": 60, "seed": 5}))
    for _ in range(25):
        engine.step()
    one, other = (Search(Present.of(engine), engine.series["alive"], 8) for _ in range(2))
    while not one.advance(0):
        if engine.day < 30:
            engine.step()
    assert other.advance(600) and one.answer == other.answer
    assert one.answer is not None and 0 <= one.answer.place <= one.answer.size


def test_too_few_futures_are_refused(present: Present) -> None:
    with pytest.raises(SettingError, match="2 to 10000"):
        Search(present, [SIZE], 1)
