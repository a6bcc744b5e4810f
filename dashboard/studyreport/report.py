"""The report itself: its parts in the order in which a reader asks for them."""

from collections.abc import Mapping
from typing import Any

from dashboard.report import frame, inlined
from dashboard.report.markup import EMPTY, Html, el, join
from dashboard.studies.answers import Shown, headline, parts, tabs
from dashboard.studyreport.parts import Part, figures, part, table
from dashboard.studyreport.provenance import provenance
from sim.speech.quantities import count
from sim.studies.analysis.effects import SHOWN
from sim.studies.design import Study
from sim.studies.facts import Facts
from sim.studies.file import StudyFile
from sim.studies.results import Results

KIND = frame.Kind(
    "report of a study",
    (inlined.PLOTLY, "cockpit/scale.js", "studies/painted.js", "report/study.js"),
    ("report/report.css", "report/study.css"),
)
TOLD = 400  # conditions listed


def report(file: StudyFile) -> str:
    """What a study file holds so far as one HTML page. RunError if it cannot be read."""
    return page(file.results(), file.facts, file.answers.all())


def page(results: Results, facts: Facts, answers: Mapping[str, Any]) -> str:
    """The report, the same bytes for the same runs, facts and answers. `answers`: found by further simulation."""
    study = results.study
    sections: list[Html] = []
    drawn: list[Part] = []
    for key, title in tabs(study):
        found = _answers(results, answers, key)
        if found:
            sections.append(_section(title, found, len(figures(drawn))))
            drawn += found
    body = el(
        "main",
        _head(results, facts),
        _tiles(results),
        *sections,
        _design(study),
        provenance(results, facts, KIND),
    )
    return frame.page(KIND, study.title, body, {"figures": figures(drawn)})


def _answers(results: Results, answers: Mapping[str, Any], key: str) -> list[Part]:
    """What the page shows under this question; of what moves it, every measure that is compared."""
    metrics = [name for name in SHOWN if name in results.metrics] if key == "effects" else ["nAUP"]
    found: list[Part] = [one for name in metrics for one in parts(results, answers, Shown(key, {"metric": name}))]
    return [_spelled(one) for one in found] if key == "paper" else found


def _spelled(one: Part) -> Part:
    """The table of findings with what counts as the same below each: on paper nothing hovers."""
    rows = [[{"words": row[0]["words"], "below": row[0]["told"]}, *row[1:]] for row in one["rows"]]
    return {**one, "rows": rows}


def _section(title: str, found: list[Part], first: int) -> Html:
    made, place = [], first
    for one in found:
        made.append(part(one, place))
        place += one["kind"] == "figure"
    return el("section", el("h2", title), el("div", *made, class_="charts"))


def _head(results: Results, facts: Facts) -> Html:
    study = results.study
    done = f"{study.runs:,} communities" if results.whole else f"{len(results.runs):,} of {study.runs:,} communities"
    partial = EMPTY if results.whole else el("p", "It is not complete: what follows may change.", class_="notes")
    return el(
        "header",
        frame.brand(KIND),
        el("h1", headline(results)),
        el("p", el("b", study.title), f" · {done} · made {facts.created[:10]}", class_="sub"),
        el("p", study.question, class_="question") if study.question else EMPTY,
        partial,
    )


def _tiles(results: Results) -> Html:
    study, lived = results.study, len(results.runs)
    fallen = int((results.collapses() >= 0).sum())
    days = int(results.population[:, :-1].sum())
    tiles = (
        ("Conditions", f"{len(study.conditions):,}", "", f"{count(len(study.factors), 'factor')} varied"),
        ("Seeds", f"{len(study.seeds):,}", "", "of each condition"),
        ("Communities", f"{lived:,}", "", "lived to the end"),
        ("Resident-days", f"{days:,}", "", "lived by all"),
        ("Collapsed", f"{fallen:,}", "", f"of {lived:,}, below half of their founders"),
        ("Not lived", f"{len(results.failures):,}", "", "each with its reason"),
    )
    made = [el("div", el("span", name), el("b", value, el("small", unit)), el("span", told))
            for name, value, unit, told in tiles]  # fmt: skip
    return el("div", *made, class_="tiles")


def _design(study: Study) -> Html:
    """Factors and conditions."""
    factors = [[factor.field.replace("_", " "), ", ".join(str(level) for level in factor.levels)]
               for factor in study.factors]  # fmt: skip
    rows = [[f"{one.number}", one.label] for one in study.conditions[:TOLD]]
    left = len(study.conditions) - TOLD
    return el(
        "section",
        el("h2", "What was varied"),
        table([("Factor", "words"), ("Levels", "words")], factors) if factors else el("p", "Nothing but the seed."),
        el(
            "details",
            el("summary", f"All {count(len(study.conditions), 'condition')}"),
            join(
                table([("Number", "words"), ("Condition", "words")], rows),
                el("p", f"{left:,} more are in the tables.", class_="sub") if left > 0 else EMPTY,
            ),
        ),
    )
