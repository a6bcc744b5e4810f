"""Measures keeps the values of a run, in the order the metrics need, and closes each block on its last day."""

import math

import numpy as np
import pytest

from sim.errors import RunError
from sim.measures import Measures, catalogue, in_order
from sim.metric import Metric
from sim.state import Day
from tests.factories import make_day, make_labels


def _days(count: int, sizes: tuple[int, ...] = (8,), dead: float = 0.0) -> list[Day]:
    rng = np.random.default_rng(5)
    return [make_day(rng, sizes, day=t, dead=dead, births=0, deaths=0) for t in range(count)]


def _measured(days: list[Day], founders: list[int], horizon: int) -> Measures:
    measures = Measures(np.array(founders), horizon)
    for t, day in enumerate(days):
        measures.add(day, days[t - 1] if t else None, make_labels(np.random.default_rng(t), day))
    return measures


def _metric(name: str, *needs: str) -> Metric:
    return Metric(name, "A", "units", None, None, "made up", lambda context: context.alive, needs)


def test_metrics_come_after_their_needs() -> None:
    order = [metric.name for metric in in_order([_metric("a", "b"), _metric("b", "c"), _metric("c")])]
    assert order == ["c", "b", "a"]


def test_an_unknown_need_is_named() -> None:
    with pytest.raises(RunError, match="'a' needs 'z', which does not exist"):
        in_order([_metric("a", "z")])


def test_a_circle_of_needs_is_named() -> None:
    with pytest.raises(RunError, match="in a circle"):
        in_order([_metric("a", "b"), _metric("b", "a")])


def test_days_come_one_after_another() -> None:
    measures = _measured(_days(2), [8], 10)
    with pytest.raises(RunError, match="day 2 comes next"):
        measures.add(_days(5)[4], None, {})


def test_values_outlast_the_first_room_made_for_them() -> None:
    days = _days(150)
    series = _measured(days, [8], 150).series("total")[:, 0]
    assert series.tolist() == pytest.approx([day.holdings.sum() for day in days])


def test_without_detectors_behaviours_are_not_defined() -> None:
    (day,) = _days(1)
    values = Measures(np.array([8]), 10).add(day, None, {})
    assert math.isnan(values["betrayals"][0])
    assert math.isnan(values["SC"][0])
    assert values["alive"][0] == 8


def test_a_constant_population_has_variance_zero_and_no_autocorrelation() -> None:
    measures = _measured(_days(20), [8], 20)
    assert measures.series("variance_alive")[13:].max() == 0
    assert np.isnan(measures.series("autocorr_alive")).all()
    assert np.isnan(measures.series("variance_head")[:13]).all()


def test_a_community_that_dies_out_counts_as_empty_until_the_horizon() -> None:
    days = _days(5)
    days[4] = days[4]._replace(alive=np.zeros(8, "u1"))
    measures = _measured(days, [8], 40)
    assert measures.series("nAUP")[4, 0] == pytest.approx(3 / 4)
    assert measures.final()["nAUP"][0] == pytest.approx(3 / 40)
    assert measures.final()["made"][0] == pytest.approx(sum(day.f_output.sum() for day in days))


def test_a_run_cut_short_is_measured_over_the_days_lived() -> None:
    measures = _measured(_days(5), [8], 40)
    assert measures.final()["nAUP"][0] == pytest.approx(1)


def test_equal_holdings_are_perfectly_equal() -> None:
    day = _days(1)[0]._replace(holdings=np.full(8, 0.1))
    assert Measures(np.array([8]), 10).add(day, None, {})["gini"][0] == pytest.approx(0, abs=1e-12)


def test_the_catalogue_has_what_the_page_shows() -> None:
    shown = {"alive", "births", "deaths", "attacks", "mergers", "total", "head", "q10", "q50", "q90", "made", "used"}
    assert shown | {"gini", "nAUP", "SC", "ED", "IC", "CC", "betrayals", "deceptions", "warning"} <= set(catalogue())
