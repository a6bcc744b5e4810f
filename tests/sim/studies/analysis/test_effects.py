import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from sim.state import Array
from sim.studies.analysis.effects import effect, effects, holm, sentence, summary
from sim.studies.design import Condition
from sim.studies.results import Results
from tests.sim.studies.analysis.making import bent, design, numbers, prevalence, results


def test_as_scipy_has_it() -> None:
    rng = np.random.default_rng(3)
    y = rng.normal(size=30)
    x = y + rng.normal(0.4, 0.5, 30)
    told, ranked = effect(x, y), effect(x, y, "Wilcoxon")
    test = stats.ttest_rel(x, y)
    low, high = test.confidence_interval(0.95)
    apart = x - y
    assert told[:8] == pytest.approx(
        (30, x.mean(), y.mean(), apart.mean(), low, high, apart.mean() / apart.std(ddof=1), test.pvalue)
    )
    assert ranked.p == pytest.approx(stats.wilcoxon(apart).pvalue)


def test_seeds_that_one_side_does_not_define_do_not_count() -> None:
    x, y = np.array([1.0, 2.0, np.nan, 4.5]), np.array([0.0, np.nan, 3.0, 3.0])
    found = effect(x, y)
    assert (found.n, found.mean, found.reference_mean, found.difference) == (2, 2.75, 1.5, 1.25)


def test_holm_as_statsmodels_has_it() -> None:
    p = np.random.default_rng(4).random(50) ** 3
    np.testing.assert_allclose(holm(p), multipletests(p, method="holm")[1])
    gaps = holm(np.array([0.01, np.nan, 0.04]))
    np.testing.assert_allclose(gaps, [0.02, np.nan, 0.04])
    assert np.isnan(holm(np.array([np.nan]))).all()


@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [
        ([np.nan, 1.0], [1.0, np.nan], "no seed defines it in both conditions"),
        ([1.0, np.nan], [0.5, 0.5], "one pair of runs alone gives no interval"),
        ([1.0, 1.0], [1.0, 1.0], "no variance: the same in every run"),
        ([1.0, 2.0], [0.0, 1.0], "no variance: the same difference in every pair of runs"),
    ],
)
def test_what_is_not_defined_says_why(x: list[float], y: list[float], reason: str) -> None:
    found = effect(np.array(x), np.array(y))
    assert found.reason == reason
    assert np.isnan([found.low, found.high, found.p]).all()


def _null(luck: int) -> Results:
    rng = np.random.default_rng(luck)
    return results(design(seeds=12), {"SC": lambda c, own: own + rng.normal(size=len(own))}, luck=luck)


def test_where_nothing_happens_five_in_a_hundred_tests_and_studies_give_an_alarm() -> None:
    tables = [effects(_null(luck), ("SC",)) for luck in range(150)]
    assert np.mean([(table["p"] < 0.05).mean() for table in tables]) == pytest.approx(0.05, abs=0.02)
    assert np.mean([table["clear"].any() for table in tables]) <= 0.1


def _moved(condition: Condition, own: Array) -> Array:
    drop = 0.02 * prevalence(condition) if bent(condition) == "without BE" else 0.0
    return own - drop + 0.1 * np.sin(7 * own + condition.number)


def test_a_change_is_found_and_stated_with_its_numbers() -> None:
    table = effects(results(design(), {"SC": _moved}), ("SC", "not measured"))
    assert set(table["metric"]) == {"SC"}
    clear = table[table["clear"]]
    assert set(clear["label"]) >= {f"{level} % without Benevolence" for level in (25, 50, 75, 100)}
    row = table[table["label"] == "100 % without Benevolence"].iloc[0]
    said = sentence(row)
    assert said.startswith("Social capital, 100 % without Benevolence: −")
    stated = numbers(said)
    expected = [100, row["difference"], row["low"], row["high"], row["d"], 0.001, row["n"]]
    assert stated == pytest.approx(expected, rel=0.02)
    assert numbers(summary(table))[:2] == [len(clear), len(table)]


def test_words_hold_without_a_single_pair() -> None:
    whole = results(design(), {"SC": _moved})
    table = effects(whole._replace(runs=whole.runs.iloc[:0], population=whole.population[:0]), ("SC",))
    assert summary(table) == "No difference can be told yet"
    assert sentence(table.iloc[0]).endswith("not defined, no run has been lived yet")


def test_a_condition_in_which_all_died_says_so() -> None:
    def alive(condition: Condition, own: Array) -> Array:
        left = 0 if bent(condition) == "without BE" else 25
        return np.column_stack([np.full((len(own), 10), 25), np.full(len(own), left)])

    def gone(condition: Condition, own: Array) -> Array:
        return np.full(len(own), np.nan) if bent(condition) == "without BE" else own

    table = effects(results(design(seeds=4), {"gini": gone}, alive), ("gini",))
    row = table[table["label"] == "25 % without Benevolence"].iloc[0]
    assert row["reason"] == "everybody had died by the end of all 4 runs"
    assert "nan" not in sentence(row)
