import numpy as np
import pytest
from scipy import stats

from sim.state import Array
from sim.studies.analysis.survival import survival, title
from sim.studies.design import Condition
from sim.studies.results import Results
from tests.sim.studies.analysis.making import bent, design, numbers, results

DAYS = 30


def fallen(condition: Condition, own: Array) -> Array:
    """All stay, but for those without Benevolence: eight in ten fall below half, sooner or later by their luck."""
    day = np.full(len(own), DAYS + 1.0)
    if bent(condition) == "without BE":
        ranks = own.argsort().argsort()
        day = np.where(ranks < 0.8 * len(own), 3 + ranks % 9, DAYS + 1.0)
    return np.where(np.arange(DAYS + 1) >= day[:, None], 12, 25)


def lived(seeds: int = 20) -> Results:
    return results(design(seeds, DAYS, value=["BE", "PO"], prevalence=[0, 100]), {"SC": lambda c, own: own}, fallen)


def test_curve_probability_and_median_are_those_of_the_runs() -> None:
    given = lived()
    found = next(each for each in survival(given) if each.label == "100 % without Benevolence")
    days = given.collapses()[(given.runs["condition"] == found.condition).to_numpy()]
    assert (found.runs, found.collapsed) == (20, 16)
    for day in range(DAYS + 1):  # nobody is lost from sight before the end, so the curve is a share
        assert found.curve[0, day] == pytest.approx(1 - np.mean(days <= day))
    assert (found.curve[1] <= found.curve[0] + 1e-12).all()
    assert (found.curve[0] <= found.curve[2] + 1e-12).all()
    assert found.median == min(day for day in range(DAYS + 1) if np.mean(days <= day) >= 0.5)
    wilson = stats.binomtest(16, 20).proportion_ci(method="wilson")
    assert (found.probability, found.low, found.high) == pytest.approx((0.8, wilson.low, wilson.high))


def test_its_interval_by_hand() -> None:
    found = next(each for each in survival(lived()) if each.collapsed)
    share, n = found.curve[0, 5], 20
    reach = 1.959964 * np.sqrt(share * (1 - share) / n) / (share * np.log(share))  # Greenwood's without censoring
    assert found.curve[1:, 5] == pytest.approx([share ** np.exp(-reach), share ** np.exp(reach)])


def test_log_rank_as_scipy_has_it() -> None:
    given = lived()
    found = next(each for each in survival(given) if each.collapsed)
    days = given.collapses()
    sides = [
        stats.CensoredData(uncensored=of[~np.isnan(of)], right=np.full(int(np.isnan(of).sum()), float(DAYS)))
        for of in (days[given.runs["condition"] == number] for number in (found.condition, 0))
    ]
    assert found.p == pytest.approx(stats.logrank(*sides).pvalue)
    assert found.p_holm == pytest.approx(found.p)  # the others do not collapse: no test


def test_what_is_not_defined_says_why() -> None:
    by_label = {each.label: each for each in survival(lived())}
    assert by_label["original"].reason == "it is the reference"
    assert by_label["100 % without Power"].reason == "no community collapses in either"
    whole = lived()
    none = survival(whole._replace(runs=whole.runs.iloc[:0], population=whole.population[:0]))
    assert title(none) == "No run has been lived yet"
    assert {each.words for each in none} == {f"{each.label}: not defined, no run has been lived yet" for each in none}


def test_where_nothing_differs_about_five_in_a_hundred_tests_give_an_alarm() -> None:
    rng = np.random.default_rng(6)

    def chance(condition: Condition, own: Array) -> Array:
        return np.where(np.arange(DAYS + 1) >= rng.exponential(15, len(own)).clip(1)[:, None], 12, 25)

    of = design(32, DAYS, value=["BE", "PO", "TR", "SE", "UN"])
    p = [each.p for _ in range(60) for each in survival(results(of, {"SC": lambda c, own: own}, chance))[1:]]
    assert np.mean(np.array(p) < 0.05) == pytest.approx(0.05, abs=0.025)


def test_titles_state_the_numbers() -> None:
    found = survival(lived())
    worst = next(each for each in found if each.collapsed)
    assert numbers(worst.words) == pytest.approx(
        [100, 16, 20, 80, 100 * worst.low, 100 * worst.high, worst.median], abs=0.5
    )
    assert title(found).startswith(f"Collapse is most frequent in {worst.words}. original: 0 of 20 collapse (0 %")
    still = results(design(seeds=4), {"SC": lambda c, own: own})
    assert title(survival(still)) == f"No community collapses in {4 * len(still.study.conditions)} runs"
