"""What the page shows of a study: its answers by question, each a figure, a table or some sentences. Pure.

Analysis is done here when a question is looked at, and only what that question needs.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from dashboard.studies import tables
from dashboard.studies.figures.correlations import correlations_figure
from dashboard.studies.figures.curves import curves_figure, farthest, said
from dashboard.studies.figures.edges import edges_figure
from dashboard.studies.figures.effects import effects_figure
from dashboard.studies.figures.heat import heat_figure
from dashboard.studies.figures.importance import importance_figure
from dashboard.studies.figures.survival import collapse_figure, survival_figure
from dashboard.studies.figures.sweep import numeric, sweep_figure
from dashboard.studies.figures.warning import warning_figure
from sim.studies import paper
from sim.studies.analysis import words
from sim.studies.analysis.answer import WARNING
from sim.studies.analysis.correlations import correlations
from sim.studies.analysis.curves import curves
from sim.studies.analysis.early import early
from sim.studies.analysis.effects import SHOWN, effects
from sim.studies.analysis.estimates import estimates
from sim.studies.analysis.heat import heat
from sim.studies.analysis.importance import importance
from sim.studies.analysis.survival import survival
from sim.studies.analysis.tipping import tipping
from sim.studies.design import Study
from sim.studies.factor import PREVALENCE, VALUE
from sim.studies.results import Results
from sim.studies.running import DISTANCE

Part = dict[str, Any]
ALONG = "nAUP"  # looked at first
ALL = "all"


class Shown(NamedTuple):
    """What is asked for."""

    tab: str
    picks: Mapping[str, str] = {}


class Pick(NamedTuple):
    """A choice of what the figures are of."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]  # value and words
    value: str

    @property
    def told(self) -> dict[str, Any]:
        """For the page."""
        return {"name": self.name, "label": self.label, "options": self.options, "value": self.value}


def tabs(study: Study) -> list[tuple[str, str]]:
    """The questions that can be put to this study."""
    fields = {factor.field for factor in study.factors}
    found = [("effects", "What moves it")]
    if VALUE in fields or numeric(study):
        found.append(("tipping", "Where it tips" if VALUE in fields else "Along a factor"))
    found.append(("lasting", "How long it lasts"))
    if VALUE in fields:
        found += [("behaviours", "Behaviours"), ("paper", "The paper beside ours")]
    return [*found, ("everything", "Everything")]


def picks(study: Study, metrics: list[str], shown: Shown) -> list[Pick]:
    """The choices of a tab, as they stand: one that is not offered is the first."""
    found = []
    if shown.tab in ("effects", "tipping"):
        options = tuple((name, words.called(name)) for name in metrics)
        found.append(_pick("metric", "Measure", options, shown, ALONG))
    levels = [f"{level:g}" for level in _prevalences(study)]
    if shown.tab in ("effects", "lasting") and len(levels) > 1:
        options = ((ALL, "any"), *((level, f"{level} %") for level in levels))
        found.append(_pick("at", "Prevalence", options, shown, levels[-1] if shown.tab == "effects" else ALL))
    if shown.tab == "tipping" and numeric(study):
        options = tuple((field, field.replace("_", " ")) for field in numeric(study))
        found.append(_pick("over", "Along", options, shown, options[0][0]))
    return found


def parts(results: Results, more: Mapping[str, Any], shown: Shown) -> list[Part]:
    """The answers of a tab. `more`: what further simulation has answered, by name."""
    if results.runs.empty:
        return []
    chosen = {pick.name: pick.value for pick in picks(results.study, results.metrics, shown)}
    return _TABS[shown.tab](results, more, chosen)


def headline(results: Results) -> str:
    """The study in one sentence: which values move most; of one value, what it does; else its title."""
    if results.runs.empty:
        return results.study.title
    found = importance(results, ALONG)
    if found.standings:
        first, second, *_ = found.standings
        name = words.lower(words.called(ALONG))
        return (
            f"{first.name} moves the {name} most, by {words.number(first.importance)}; then {second.name}, by "
            f"{words.number(second.importance)}"
        )
    lines = [(curve, tipping(curve)) for curve in curves(results, ALONG)]
    if len({curve.line.value for curve, _ in lines}) != 1 or not any(
        point.n for curve, _ in lines for point in curve.points
    ):
        return results.study.title
    return said(lines) if any(tip.shape != "not told" for _, tip in lines) else farthest(lines).title


def _effects(results: Results, _: Any, chosen: Mapping[str, str]) -> list[Part]:
    metric = chosen["metric"]
    table = effects(results, tuple(dict.fromkeys((*SHOWN, metric))))
    found = [effects_figure(table, metric, _at(results.study, chosen.get("at", ALL)))]
    ranking = importance(results, metric)
    return [*found, importance_figure(ranking)] if ranking.standings else found


def _tipping(results: Results, more: Mapping[str, Any], chosen: Mapping[str, str]) -> list[Part]:
    metric, found = chosen["metric"], []
    lines = [(curve, tipping(curve)) for curve in curves(results, metric)]
    if lines:
        found.append(curves_figure(lines))
        if len({curve.line.value for curve, _ in lines}) > 1:
            found.append(heat_figure(heat(results, metric)))
    if "over" in chosen:
        found.append(sweep_figure(results.study, estimates(results, [metric]), metric, chosen["over"]))
    if results.study.edges:
        found.append(edges_figure(more[DISTANCE]) if DISTANCE in more else _unmeasured(results))
    return found


def _lasting(results: Results, more: Mapping[str, Any], chosen: Mapping[str, str]) -> list[Part]:
    lasting, at = survival(results), _at(results.study, chosen.get("at", ALL))
    shown = [each for each in lasting if at is None or each.condition == 0 or each.condition in at]
    found = [survival_figure(shown), collapse_figure(shown)]
    return [*found, warning_figure(early(more[WARNING]))] if WARNING in more else found


def _behaviours(results: Results, *_: Any) -> list[Part]:
    return [correlations_figure(correlations(results))]


def _paper(results: Results, more: Mapping[str, Any], _: Any) -> list[Part]:
    return [tables.paper(paper.document(results, more.get(DISTANCE)))]


def _everything(results: Results, *_: Any) -> list[Part]:
    found = [tables.everything(results, estimates(results), survival(results))]
    return [*found, tables.failures(results, results.failures)] if results.failures else found


def _unmeasured(results: Results) -> Part:
    count = len(results.study.edges)
    lines = [f"It is measured for {words.count(count, 'mix', 'mixes')} once all runs are done."]
    return {"key": "edges", "kind": "words", "title": "The distance to the edge is not measured yet", "lines": lines}


def _at(study: Study, level: str) -> set[int] | None:
    """The conditions of a prevalence; None: all."""
    if level == ALL:
        return None
    return {
        condition.number
        for condition in study.conditions
        if isinstance(share := condition.levels.get(PREVALENCE), int | float) and f"{share:g}" == level
    }


def _prevalences(study: Study) -> list[float]:
    """Prevalences above zero, ascending."""
    levels = next((factor.levels for factor in study.factors if factor.field == PREVALENCE), ())
    return sorted(float(level) for level in levels if float(level) > 0)


def _pick(name: str, label: str, options: tuple[tuple[str, str], ...], shown: Shown, usual: str) -> Pick:
    known = [value for value, _ in options]
    wanted = shown.picks.get(name, usual)
    return Pick(name, label, options, wanted if wanted in known else usual if usual in known else known[0])


_TABS: dict[str, Callable[[Results, Any, Mapping[str, str]], list[Part]]] = {
    "effects": _effects,
    "tipping": _tipping,
    "lasting": _lasting,
    "behaviours": _behaviours,
    "paper": _paper,
    "everything": _everything,
}
