"""Figures: Plotly takes them, their titles state what the data hold, text from elsewhere is never markup."""

import json
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from dashboard.studies import answers
from dashboard.studies.answers import Part, Shown
from dashboard.studies.figures import curves
from dashboard.studies.figures.dots import Dot, dots
from dashboard.studies.figures.edges import edges_figure
from dashboard.studies.figures.matrix import Cell, Panel, matrix
from dashboard.studies.figures.panels import _spread
from dashboard.studies.figures.sweep import numeric, sweep_figure
from dashboard.studies.figures.warning import warning_figure
from sim.studies.analysis.early import early
from sim.studies.analysis.estimates import estimates
from sim.studies.analysis.tipping import Tipping
from sim.studies.design import Study
from sim.studies.results import Results
from tests.dashboard.studies.worlds import lived
from tests.sim.studies.analysis.making import design, numbers

EVIL = "<a href='javascript:alert(1)'>x</a>"


@pytest.fixture(scope="module")
def found() -> Results:
    return lived(design(seeds=24))


def part(results: Results, tab: str, key: str, **picks: str) -> Part:
    told = answers.parts(results, {}, Shown(tab, picks))
    return next(one for one in told if one["key"] == key)


def drawable(figure: Part) -> None:
    """Plotly knows every field of it, and it fits into JSON."""
    assert figure["kind"] == "figure"
    go.Figure(_plain(figure["data"]), _plain(figure["layout"]))
    json.dumps(figure, allow_nan=False)


def _plain(value: Any) -> Any:
    """Without the names of colours, which are not Plotly's."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return "#123456" if isinstance(value, str) and value.startswith("@") else value


STUDIES = {
    "values": design(seeds=12),
    "one condition": design(seeds=3, value=["BE"], prevalence=[50]),
    "one seed": design(seeds=1),
    "no value": design(seeds=5, size=[10, 20, 40], talk=[0.1, 0.5]),
    "a value by size": design(seeds=5, value=["BE"], prevalence=[0, 25, 50, 100], size=[10, 20], talk=[0.1, 0.3, 0.5]),
    "words": design(seeds=5, mix=["30% with PO", "100% without BE"]),
    "nothing varied": Study(),
}


@pytest.mark.parametrize("name", STUDIES)
@pytest.mark.parametrize("share", [1.0, 0.5, 0.0])
def test_every_answer_of_every_kind_of_study_can_be_drawn(name: str, share: float) -> None:
    whole = lived(STUDIES[name])
    keep = np.arange(len(whole.runs)) < share * len(whole.runs)
    results = whole._replace(runs=whole.runs[keep].reset_index(drop=True), population=whole.population[keep])
    for tab, _ in answers.tabs(results.study):
        for one in answers.parts(results, {}, Shown(tab)):
            assert one["title"], tab
            assert "nan" not in json.dumps(one, allow_nan=False).casefold().replace("tenan", ""), tab
            if one["kind"] == "figure":
                drawable(one)


def test_the_forest_plot_states_and_draws_the_differences(found: Results) -> None:
    figure = part(found, "effects", "effects", at="100")
    assert numbers(figure["title"])[0] == 2, "without BE and with PO differ, nothing else does"
    drawn = figure["data"][-1]
    told = dict(zip(figure["layout"]["yaxis"]["ticktext"], drawn["x"], strict=True))
    assert told["100 % without Benevolence"] == pytest.approx(-1.0)
    assert told["100 % with Power"] == pytest.approx(-0.5)


def test_the_ranking_has_its_intervals_around_its_dots(found: Results) -> None:
    figure = part(found, "effects", "importance")
    assert figure["title"].startswith("Benevolence moves it most, by 1.00")
    assert figure["layout"]["yaxis"]["ticktext"][0].startswith("1  Benevolence, without")


def test_a_threshold_is_marked_where_the_title_says(found: Results) -> None:
    figure = part(found, "tipping", "curves")
    assert "Without Benevolence: a threshold at" in figure["title"]
    marks = [shape["x0"] for shape in figure["layout"]["shapes"] if shape["type"] == "line"]
    assert marks == [pytest.approx(37.5, abs=12.5)]
    assert numbers(figure["title"])[0] == round(marks[0])


def test_cells_of_the_heat_map_are_coloured_by_sign_and_size(found: Results) -> None:
    figure = part(found, "tipping", "heat")
    assert "most changed by −1.0" in figure["title"]
    fills = {shape["fillcolor"] for shape in figure["layout"]["shapes"]}
    assert "@hostile/0.720" in fills, "the largest fall is the deepest"


def test_survival_states_how_many_fall(found: Results) -> None:
    figure = part(found, "lasting", "survival")
    collapses = found.collapses()
    worst = next(c.number for c in found.study.conditions if c.label == "100 % without Benevolence")
    fallen = int((~np.isnan(collapses[found.runs["condition"] == worst])).sum())
    assert f"without Benevolence: {fallen} of 24 collapse, half by day 5; original: 0 of 24" in figure["title"]


def test_correlations_have_a_cell_for_every_value_and_behaviour(found: Results) -> None:
    figure = part(found, "behaviours", "correlations")
    assert len(figure["data"][0]["text"]) == 4 * 7


def test_a_metric_is_drawn_over_any_number() -> None:
    study = design(seeds=6, value=["BE"], prevalence=[0, 100], size=[10, 20, 40], talk=[0.1, 0.5])
    results = lived(study)
    assert numeric(study) == ["size", "talk"]
    figure = sweep_figure(study, estimates(results, ["nAUP"]), "nAUP", "size")
    drawable(figure)
    assert figure["layout"]["xaxis"]["tickvals"] == [10, 20, 40]
    lines = [trace for trace in figure["data"] if "markers" in trace["mode"]]
    assert len(lines) == 4, "with and without it, at two levels of talk"
    assert "at 10" in figure["title"] and "at 40" in figure["title"]


def test_an_early_warning_is_drawn_with_its_area() -> None:
    luck = np.random.default_rng(1)
    warned = [
        {"scores": {"variance": float(luck.normal(fell, 1))}, "collapsed": bool(fell)}
        for fell in (0, 1)
        for _ in range(40)
    ]
    figure = warning_figure(early(warned))
    drawable(figure)
    assert "1 of 1 indicator warns" in figure["title"]
    few = warning_figure(early(warned[38:42]))
    assert few["kind"] == "words" and "cannot be told" in few["title"]
    told = answers.parts(lived(STUDIES["one condition"]), {"warning": warned}, Shown("lasting"))
    assert figure in told


def test_distances_that_are_not_defined_are_said_in_words() -> None:
    nothing = {"mix": "a", "mean": None, "low": None, "high": None, "size": None, "words": "not defined: died out"}
    some = {"mix": "b", "mean": 5.0, "low": 4.0, "high": 6.0, "size": 20.0, "words": "5.0 of 20.0 residents"}
    figure = edges_figure({"mixes": [nothing, some]})
    drawable(figure)
    assert figure["title"] == "b can lose 5.00 of 20.0 residents"
    assert edges_figure({"mixes": [nothing]})["kind"] == "words"


def test_text_from_elsewhere_is_never_markup() -> None:
    drawn = [
        dots("a", "t", "s", [Dot(EVIL, 1.0, 0.5, 1.5, EVIL, EVIL)]),
        matrix("a", "t", "s", [EVIL], [Panel(EVIL, [EVIL], [[Cell(1.0, EVIL, EVIL)]])]),
    ]
    for figure in drawn:
        assert "<a" not in json.dumps([figure["data"], figure["layout"]])


def test_names_at_the_ends_of_lines_never_lie_on_each_other_nor_leave() -> None:
    places = _spread([100.0, 300.0, 302.0, 318.0, 320.0], 320.0)
    assert all(b - a >= 12.9 for a, b in pairwise(places)) and places[-1] <= 320


def test_of_one_value_the_headline_says_what_it_does_and_nothing_is_ranked() -> None:
    one: dict[str, Any] = {"value": ["BE"], "direction": ["without"]}
    steps = lived(design(seeds=24, **one, prevalence=[0, 20, 40, 60, 80, 100]))
    figure = part(steps, "tipping", "curves")
    assert answers.headline(steps) == figure["title"] and "a threshold at " in figure["title"]
    assert [told["key"] for told in answers.parts(steps, {}, Shown("effects"))] == ["effects"]
    ends = lived(design(seeds=6, **one, prevalence=[0, 100]))
    assert answers.headline(ends).startswith("Without Benevolence: area under the population curve goes from 2.")
    nobody = lived(STUDIES["no value"])
    assert answers.headline(nobody) == nobody.study.title
    ranked = lived(design(seeds=6, value=["BE", "PO"], prevalence=[0, 100]))
    assert answers.headline(ranked).startswith("Benevolence moves the area under the population curve most, by ")


def test_one_seed_tells_no_difference_from_luck() -> None:
    figure = part(lived(STUDIES["one seed"]), "effects", "effects")
    assert figure["title"] == "No difference can be told from luck yet: one pair of runs alone gives no interval"


def test_shapes_of_curves_are_counted_in_words() -> None:
    gradual, flat = Tipping("gradual", 8), Tipping("flat", 8)
    assert curves._kinds([gradual]) == "one gradual curve"
    assert curves._kinds([flat, gradual]) == "one gradual and one flat curve"
    assert curves._kinds([flat, gradual, flat]) == "one gradual and two flat curves"
