import numpy as np
import pytest
from scipy import stats

from sim.studies.analysis.estimates import Estimate, estimate, estimates
from tests.sim.studies.analysis.making import design, numbers, results


def test_as_scipy_has_it() -> None:
    x = np.random.default_rng(1).normal(3, 2, 20)
    found = estimate(np.append(x, np.nan))
    low, high = stats.ttest_1samp(x, 0).confidence_interval(0.95)
    assert found[:6] == pytest.approx((20, 1, x.mean(), low, high, x.std(ddof=1)))
    assert found.reason == ""


def test_its_interval_holds_the_mean_in_95_of_100_studies() -> None:
    rng = np.random.default_rng(2)
    held = [found.low <= 5 <= found.high for found in (estimate(rng.normal(5, 1, 8)) for _ in range(2_000))]
    assert np.mean(held) == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize(
    ("values", "dead", "reason"),
    [
        ([], [], "no run has been lived yet"),
        ([np.nan] * 3, [True] * 3, "everybody had died by the end of all 3 runs"),
        ([np.nan], [True], "everybody had died by the end of the run"),
        ([np.nan] * 3, [True, False, True], "none of 3 runs defines it"),
        ([0.5, np.nan], [False, True], "one run alone gives no interval"),
        ([0.5, 0.5, 0.5], [False] * 3, "no variance: all runs give this value"),
        ([0.0, 0.0], [False] * 2, "no variance: all runs give this value"),
    ],
)
def test_what_is_not_defined_says_why(values: list[float], dead: list[bool], reason: str) -> None:
    found = estimate(np.array(values, float), dead=np.array(dead, bool))
    assert found.reason == reason
    assert reason in found.text
    assert np.isnan([found.low, found.high]).all()
    assert "nan" not in found.text


def test_a_sentence_states_its_own_numbers() -> None:
    found = Estimate(64, 0, 0.7213, 0.6101, 0.8325, 0.4)
    assert numbers(found.text) == [0.72, 0.61, 0.83, 64]


def test_every_metric_in_every_condition() -> None:
    of = design(seeds=6)
    given = results(of, {"SC": lambda c, luck: c.number + luck, "gini": lambda c, luck: np.full(len(luck), np.nan)})
    table = estimates(given)
    assert len(table) == 2 * len(of.conditions)
    row = table[(table["metric"] == "SC") & (table["condition"] == 3)].iloc[0]
    assert tuple(row[["n", "missing", "mean", "low", "high", "sd"]]) == pytest.approx(
        estimate(given.of(3, "SC").to_numpy())[:6]
    )
    assert row["label"] == of.conditions[3].label
    assert set(table.loc[table["metric"] == "gini", "reason"]) == {"none of 6 runs defines it"}
