"""Agreement against a slow reference, by hand, and where it is not defined."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.judge.agreement import Agreement, Rater, agreements, by_day, interval, kappa
from sim.judge.labelled import unit_of
from sim.judge.opinion import Hearing, Judgement, Opinions, Unit, Verdict
from sim.judge.raters import DETECTORS, PERSON, agreement, heard
from sim.judge.words import strength, verdict
from sim.state import LABEL, Array
from tests.sim.judge.making import Lived, run

LINES = {1: 3, 2: 2, 3: 4}
UNITS = [Unit(day, "message", i, "lying") for day, count in LINES.items() for i in range(count)]
marks = st.frozensets(st.sampled_from(UNITS))
days = st.frozensets(st.sampled_from(sorted(LINES)))


def slow_kappa(one: list[bool], other: list[bool]) -> float:
    """Cohen's formula as it stands in the books: (observed - expected) / (1 - expected)."""
    n = len(one)
    if len(set(one)) < 2 or len(set(other)) < 2:
        return math.nan
    observed = sum(a == b for a, b in zip(one, other)) / n
    expected = sum((one.count(x) / n) * (other.count(x) / n) for x in (True, False))
    return (observed - expected) / (1 - expected)


def seen(rater: Rater) -> set[Unit]:
    return {u for u in UNITS if (u.day in rater.days if rater.units is None else u in rater.units)}


raters = st.one_of(
    st.builds(lambda m, d: Rater("whole", frozenset(u for u in m if u.day in d), d), marks, days),
    st.builds(lambda m, u: Rater("picky", m & u, units=u), marks, marks),
)


@settings(max_examples=200, deadline=None)
@given(raters, raters)
def test_counts_and_kappa_are_those_of_the_reference(one: Rater, other: Rater) -> None:
    common = sorted(seen(one) & seen(other))
    mine, theirs = [u in one.marked for u in common], [u in other.marked for u in common]
    table = by_day(one, other, "lying", LINES).sum(0)
    pairs = list(zip(mine, theirs))
    assert table.tolist() == [pairs.count(p) for p in ((True, True), (True, False), (False, True), (False, False))]
    np.testing.assert_allclose(kappa(table), slow_kappa(mine, theirs) if common else math.nan, atol=1e-12)


def test_a_table_worked_by_hand() -> None:
    # Both 20, one 5, other 10, neither 15 of 50: observed 0.7, expected 0.5, kappa 0.4.
    assert kappa(np.array([20, 5, 10, 15])) == pytest.approx(0.4)
    one = Agreement("lying", "a", "b", 20, 5, 10, 15, 0.4, 0.1, 0.7)
    assert (one.precision, one.recall, one.units) == (20 / 25, 20 / 30, 50)
    assert verdict(one) == ("fair agreement, kappa 0.40 (0.10 to 0.70); 20 labelled by both, 5 only by a, 10 only by b")


@pytest.mark.parametrize("table", [(0, 0, 0, 9), (9, 0, 0, 0), (3, 4, 0, 0), (3, 0, 4, 0), (0, 4, 0, 5), (0, 0, 0, 0)])
def test_where_nothing_varies_kappa_is_not_defined(table: tuple[int, ...]) -> None:
    assert math.isnan(kappa(np.array(table)))


def test_the_interval_is_the_jackknife_written_out() -> None:
    tables = np.array([[3, 1, 0, 9], [2, 0, 1, 8], [4, 1, 1, 7], [1, 1, 0, 9]])
    low, high = interval(tables)
    left = [kappa(np.delete(tables, k, 0).sum(0)) for k in range(4)]
    mean = sum(left) / 4
    error = math.sqrt(3 / 4 * sum((value - mean) ** 2 for value in left))
    middle = kappa(tables.sum(0))
    assert low == pytest.approx(middle - 3.182446 * error)
    assert high == pytest.approx(min(1, middle + 3.182446 * error))
    assert low < middle < high


def test_the_interval_needs_two_days_and_more_than_one_that_matters() -> None:
    assert all(map(math.isnan, interval(np.array([[3, 1, 1, 9]]))))
    assert all(map(math.isnan, interval(np.array([[3, 1, 1, 9], [0, 0, 0, 9]]))))


def test_intervals_hold_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(3)
    chances = np.array([0.2, 0.08, 0.07, 0.65])
    truth, inside = kappa(chances * 1e6), 0
    for _ in range(300):
        low, high = interval(rng.multinomial(20, chances, 25))
        inside += low <= truth <= high
    assert 0.90 <= inside / 300 <= 0.99


def label(said: tuple[int, int] | None = None, did: tuple[int, int] | None = None) -> np.void:
    row = np.zeros(1, LABEL)
    row["said_day"], row["said"] = said or (-1, -1)
    row["did_day"], row["did"] = did or (-1, -1)
    made: np.void = row[0]
    return made


def test_a_label_belongs_to_the_line_that_is_the_behaviour() -> None:
    lie, blow = (3, 5), (9, 2)
    assert unit_of("deception", label(lie, blow), 9) == Unit(3, "message", 5, "deception")
    assert unit_of("deception", label(None, (8, 1)), 9) == Unit(8, "event", 1, "deception")
    assert unit_of("betrayal", label(lie, blow), 9) == Unit(9, "event", 2, "betrayal")
    assert unit_of("retaliation", label((9, 4), (6, 1)), 9) == Unit(9, "message", 4, "retaliation")
    assert unit_of("retaliation", label((6, 4), (9, 1)), 9) == Unit(9, "event", 1, "retaliation")
    assert unit_of("cooperation", label(), 9) is None


def test_every_detector_label_is_on_a_line_a_judge_is_shown() -> None:
    from sim.judge.log import judged_lines

    for day in range(1, run().day + 1):
        for name, found in run().labels[day].items():
            for one in found:
                unit = unit_of(name, one, day)
                assert unit is not None
                count = len(run().history[unit.day].messages)
                assert (unit.i if unit.kind == "message" else count + unit.i) in judged_lines(run().history[unit.day])


def hearing(first: int, last: int, piece: int = 0, pieces: int = 1, outcome: str = "ok") -> Hearing:
    return Hearing("strong", "a" * 32, first, last, piece, pieces, outcome, "", 0, "", 1, 0, 1, None, 1.0)


def test_a_day_counts_once_all_its_pieces_are_heard() -> None:
    assert heard([hearing(1, 2), hearing(3, 3, 0, 2)]) == {1, 2}
    assert heard([hearing(1, 2), hearing(3, 3, 0, 2), hearing(3, 3, 1, 2)]) == {1, 2, 3}


def copied(labels: dict[str, Array], day: int) -> list[Judgement]:
    units = {unit for name, found in labels.items() for one in found if (unit := unit_of(name, one, day))}
    return [Judgement("strong", "a" * 32, *unit, 0, -1, "", 1, 0) for unit in units]


def test_a_judge_that_copies_the_detectors_agrees_wholly() -> None:
    record = Lived(run())
    labels = [one for day in range(1, record.last + 1) for one in copied(record.labels(day), day)]
    units = {one.unit for one in labels}
    mostly = [unit for unit in units if unit.behaviour == "cooperation"]
    found = agreement(record, Opinions((hearing(1, record.last),), tuple(labels), (Verdict(*mostly[0], "wrong"),)))
    judged = [one for one in found if one.other.startswith("strong")]
    assert len(judged) == 7
    for one in judged:
        assert (one.one, one.only_one, one.only_other) == (DETECTORS, 0, 0)
        assert one.kappa == 1 or (math.isnan(one.kappa) and not one.both)
    (mine,) = [one for one in found if (one.one, one.other) == (DETECTORS, PERSON)]
    assert (mine.behaviour, mine.only_one, mine.units, mine.precision) == ("cooperation", 1, 1, 0.0)
    assert math.isnan(mine.kappa)
    assert "not defined" in verdict(mine)


def test_nobody_but_the_detectors_is_no_agreement() -> None:
    assert agreement(Lived(run()), Opinions()) == []
    assert agreement(Lived(run()), Opinions((hearing(1, 3, outcome="refused"),))) == []


def test_lines_nobody_labels_are_told() -> None:
    (one,) = agreements(
        [Rater("a", frozenset(), frozenset(LINES)), Rater("b", frozenset(), frozenset(LINES))], ["lying"], LINES
    )
    assert verdict(one) == "neither labels any of 9 lines"


@pytest.mark.parametrize(
    ("value", "word"),
    [(-0.5, "no"), (0.0, "no"), (0.2, "slight"), (0.41, "moderate"), (0.9, "near-perfect"), (1.0, "near-perfect")],
)
def test_kappa_has_a_word(value: float, word: str) -> None:
    assert strength(value) == word
