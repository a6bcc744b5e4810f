"""Question, ranges and verdict follow from the scenario bet on."""

import pytest

from dashboard.payload import bet
from sim.scenario import Scenario

SHOWN = Scenario()


def test_a_quarter_of_25() -> None:
    told = bet.bet(Scenario(mix="25% without BE"), SHOWN, [], None, None)
    assert told["question"] == "What happens if a quarter of them stop caring for each other?"
    assert told["note"] == "The same 25 residents, the same luck, 60 days. Only six change."
    assert [a["range"] for a in told["answers"]] == ["more than 30 alive", "20 to 30 alive", "fewer than 20 alive"]
    assert [a["key"] for a in told["answers"]] == [1, 2, 3]
    assert told["given"] is None and told["verdict"] is None


@pytest.mark.parametrize(
    ("mix", "question"),
    [
        ("50% with PO", "What happens if half of them put power first?"),
        ("100% without TR", "What happens if all of them stop keeping their customs?"),
        ("33% with AC", "What happens if 33 % of them put success first?"),
        ("25% without BE, 25% with PO", "What happens if two groups live by other values?"),
        ("100% original", "What becomes of 25 residents in 60 days?"),
    ],
)
def test_questions(mix: str, question: str) -> None:
    assert bet.question(Scenario(mix=mix)) == question


@pytest.mark.parametrize("size", [1, 2, 3, 7, 25, 200, 10_000])
def test_every_ending_has_one_answer(size: int) -> None:
    ends = sorted(
        {0, 1, size // 2, *range(max(0, int(0.7 * size)), min(int(1.3 * size), int(0.7 * size) + 50)), 2 * size}
    )
    keys = [bet.answer(size, end) for end in ends]
    assert keys == sorted(keys, reverse=True)
    assert bet.answer(size, size) == 2
    assert bet.answer(size, 2 * size) == 1
    assert bet.answer(size, 0) == 3


def test_verdict_quotes_the_bet() -> None:
    wager = Scenario(mix="25% without BE")
    told = bet.bet(wager, SHOWN, [], 2, 17)
    assert told["given"] == 2
    assert told["verdict"] == "You bet: “It holds steady”. 25 became 17."
    assert bet.bet(wager, SHOWN, [], 2, None)["verdict"] is None


def test_another_seed_is_not_the_same_luck() -> None:
    note = bet.bet(Scenario(mix="25% without BE", seed=3), SHOWN, [], None, None)["note"]
    assert note == "25 residents, 60 days."
