import numpy as np
import pytest
from scipy import stats

from sim.state import Array
from sim.studies.analysis.correlations import BEHAVIOURS, correlations, rates, title
from sim.studies.analysis.grid import by_seed
from sim.studies.design import Condition
from tests.sim.studies.analysis.making import bent, design, numbers, prevalence, results


def labels(condition: Condition, own: Array) -> Array:
    more = 0.4 * prevalence(condition) if bent(condition) == "with PO" else 0.0
    return 20 + more + 8 * np.sin(11 * own + condition.number)


def shrinking(condition: Condition, own: Array) -> Array:
    return np.column_stack([np.full((len(own), 6), 25), np.full((len(own), 5), 5)])


def test_seven_behaviours() -> None:
    assert len(BEHAVIOURS) == 7


def test_rates_are_of_those_alive_each_morning() -> None:
    given = results(design(4), {"betrayals": labels}, shrinking)
    np.testing.assert_allclose(rates(given, "betrayals"), 100 * by_seed(given, "betrayals") / (6 * 25 + 4 * 5))


def test_r_as_scipy_has_it_over_runs_not_means() -> None:
    given = results(design(), {"betrayals": labels})
    found = next(each for each in correlations(given) if each.line.words == "with Power")
    y = rates(given, "betrayals")[list(found.line.conditions)]
    x = np.repeat(found.line.prevalences, y.shape[1])
    assert found.r == pytest.approx(stats.pearsonr(x, y.ravel()).statistic)
    assert found.runs == y.size == 160
    rng = np.random.default_rng(7)
    drawn = [rng.integers(0, 32, 32) for _ in range(2_000)]
    slow = np.percentile([stats.pearsonr(x, y[:, each].ravel()).statistic for each in drawn], [2.5, 97.5])
    assert (found.low, found.high) == pytest.approx(tuple(slow), abs=0.02)
    assert numbers(found.words) == pytest.approx([found.r, found.low, found.high, found.runs], abs=0.005)
    assert title(correlations(given)) == f"{found.words}; the strongest of 4 correlations"


def test_where_nothing_goes_with_prevalence_few_intervals_exclude_zero() -> None:
    rng = np.random.default_rng(8)
    of = design()
    found = [
        each
        for luck in range(40)
        for each in correlations(
            results(of, {"betrayals": lambda c, own: 20 + own + rng.normal(size=len(own))}, luck=luck)
        )
    ]
    assert np.mean([each.low > 0 or each.high < 0 for each in found]) == pytest.approx(0.05, abs=0.045)


@pytest.mark.parametrize(
    ("seeds", "count", "reason"),
    [
        (2, 5.0, "it takes 3 seeds, and there are 2"),
        (9, 5.0, "no variance: the same rate in every run"),
        (9, np.nan, "it takes runs at two prevalences"),
    ],
)
def test_what_is_not_defined_says_why(seeds: int, count: float, reason: str) -> None:
    found = correlations(results(design(seeds), {"betrayals": lambda c, own: np.full(len(own), count)}))
    assert {each.reason for each in found} == {reason}
    assert title(found) == f"No correlation can be told: {reason}"


def test_what_happened_in_one_seed_alone_is_too_rare() -> None:
    found = correlations(results(design(9), {"betrayals": lambda c, own: (own == own.max()) * 1.0 * c.number}))
    assert found[0].reason == "too rare: it differs between runs of 1 seed only"
