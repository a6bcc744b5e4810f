"""Method: what is simulated, by which rules, how it is measured, within which limits. Read from the code itself."""

import json
import platform
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import streamlit as st

from dashboard.parameters import GROUPS, of_group, parameter, shown
from dashboard.reading import ROOT, Module, markdown, module_at, modules, typeset
from dashboard.references import REFERENCES
from dashboard.view import View
from sim.detector import Detector
from sim.judge.rubric import rubric, rubric_hash
from sim.metric import Metric
from sim.registry import discover
from sim.values import CARRY_OVER, HIGHEST, LOWEST, VALUES

LIBRARIES = ("streamlit", "numpy", "numba", "pydantic", "pandas", "networkx", "pyvis", "plotly")


def show() -> None:
    """A table of contents beside the sections."""
    contents, body = st.columns([1, 4], gap="large")
    with contents, st.container(key="contents"):
        st.markdown("**On this page**")
        st.markdown("\n".join(f"- [{title}](#{anchor})" for anchor, title, _ in SECTIONS))
    with body, st.container(key="method"):
        st.title("How Commonweal works, and what it can tell", anchor=False)
        for anchor, title, section in SECTIONS:
            st.header(title, anchor=anchor, divider="gray")
            section()


def _limits() -> None:
    st.markdown(
        "**Scripted residents are a baseline.** They are not people, and they are not language models. They follow one "
        "published theory of values through one utility model that we wrote down, the same for every condition. What "
        "happens here is what follows from those rules; it is no evidence of how people live together, and it agrees "
        "with communities of language-model agents only where the findings below say so.\n\n"
        "- One run is one draw of chance. A claim needs many seeds and an interval; a single run is an illustration.\n"
        "- Where the paper is silent, the rule is our choice and says so. Other choices would give other communities.\n"
        "- Values are ten numbers that do not change with experience, but by an intervention.\n"
        "- Words are rendered from records by a grammar. What a resident *meant* is shown from its private plan; no "
        "detector sees it.\n"
        "- A detector can be wrong both ways. Its measured precision and recall stand beside it."
    )


def _values() -> None:
    st.markdown(
        f"Each resident weighs ten values (Schwartz 1992): a weight lies between {typeset(f'{LOWEST:.2f}')}, opposed, "
        f"and {HIGHEST:g}, of supreme importance. *With* a value sets it to the top of the scale, *without* it to "
        f"the bottom; the others follow along the circle: each moves by {CARRY_OVER:g} × cos(angle between the two) × "
        f"the change. The share {CARRY_OVER:g} is our choice."
    )
    rows = ["| Value | Goal | Original weight | Angle |", "|:--|:--|--:|--:|"]
    rows += [f"| {v.name} ({v.code}) | {v.goal} | {v.baseline:.2f} | {v.angle:g}° |" for v in VALUES]
    st.markdown("\n".join(rows))


def _day() -> None:
    if day := module_at(ROOT / "sim" / "day.py"):
        st.markdown(markdown(f"{day.title}: {day.text}"))
    st.markdown(
        "One way through the program: Scenario → World → Observation → Mind → Intentions → Rules → Events → Metrics "
        "and Detectors → this page. All chance is a function of seed, purpose, day and resident: the same settings and "
        "seed give the same days, and two runs that differ in one setting share their luck."
    )


def _rules() -> None:
    for module in modules("sim/rules"):
        _module(module, "sim/rules")


def _minds() -> None:
    st.markdown(
        "A resident sees its neighbours, the factories it knows and what it remembers. Values become motives, motives "
        "weigh what it could do, and it chooses by random utility: the better an act, the likelier (McFadden 1974)."
    )
    for folder in ("sim/minds", "sim/utility"):
        for module in modules(folder):
            _module(module, folder)


def _module(module: Module, folder: str) -> None:
    st.subheader(markdown(module.title), anchor=False)
    st.markdown(markdown(module.text))
    with st.expander("As it is written"):
        st.caption(f"{folder}/{module.name}.py")
        st.code(module.source, language="python")


def _parameters() -> None:
    st.markdown("Every default, bound and source stands once, in the scenario; page and command line read them there.")
    rows = ["| Setting | Meaning | Usually | From | To | Unit | Source |", "|:--|:--|--:|--:|--:|:--|:--|"]
    for group in ("main", *GROUPS):
        for name in of_group(group):
            what = parameter(name)
            numbers = f"{shown(what.default)} | {shown(what.low)} | {shown(what.high) if what.high < 2**62 else '2⁶³'}"
            rows.append(f"| `{name}` | {what.meaning} | {numbers} | {what.unit} | {what.source} |")
    st.markdown("\n".join(rows))


def _metrics() -> None:
    rows = ["| Measure | Name | Range | Unit | Formula and source |", "|:--|:--|:--|:--|:--|"]
    metrics = [metric for metric in discover("sim.metrics", "METRIC").values() if isinstance(metric, Metric)]
    for metric in sorted(metrics, key=lambda metric: ("CIVA" not in metric.source, metric.title)):
        low = "−∞" if metric.low is None else typeset(f"{metric.low:g}")
        high = "∞" if metric.high is None else f"{metric.high:g}"
        title, source = markdown(metric.title), markdown(metric.source)
        rows.append(f"| {title} | {metric.name} | {low} to {high} | {metric.unit} | {source} |")
    st.markdown("\n".join(rows))
    st.caption("A measure that is not defined on a day says so; it is never shown as zero.")


def _detectors() -> None:
    st.markdown(
        "A detector reads the public record alone: what was said and done, and the ledger. Because scripted residents’ "
        "private plans are known, its answers can be compared with them. **Precision** is the share of its alarms that "
        "are right, **recall** the share of acts it finds: of all acts, and of those that left a public trace. A lie "
        "never acted on leaves none."
    )
    measured = _document("detectors.json")
    if measured is None:
        st.caption(":material/info: Precision and recall have not been measured for this version.")
    else:
        setup = measured["setup"]
        st.caption(
            f"Measured on {len(setup['mixes'])} value mixes, {setup['seeds']} seeds each from {setup['first_seed']}, "
            f"{setup['days']} days: seeds no rule was tuned on."
        )
    for detector in discover("sim.detectors", "DETECTOR").values():
        if isinstance(detector, Detector):
            st.subheader(detector.name.capitalize(), anchor=False)
            st.markdown(f"*{markdown(detector.question)}*")
            span = "today alone" if detector.window == 1 else f"{detector.window} days, today included"
            st.markdown(f"{markdown(detector.rule)} It looks at {span}.")
            if measured and detector.name in measured["behaviours"]:
                st.markdown(_accuracy(measured["behaviours"][detector.name]))


def _judges() -> None:
    st.markdown(
        "A language model can label a kept run as well, as the paper does it: `python -m sim judge FILE --model NAME`. "
        "It reads the public log in batches of days: names, words and acts, never a plan, an intent or a label of the "
        "detectors. It looks for the same behaviours; its labels, its answers and this rubric are kept in the run’s "
        "file. A label that names a line, a behaviour or a resident that is not there is asked for once more, then "
        "left out and counted.\n\n"
        "A reader can call any label right or wrong, in the opened line of the transcript. On the Runs page "
        "**Agreement** holds detectors, judges and the reader against each other: Cohen’s kappa, which is agreement "
        "beyond chance, its interval from leaving out one day at a time, and the confusion table behind it."
    )
    with st.expander(f"The rubric, {rubric_hash(rubric())[:6]}"):
        st.code(rubric(), language=None, wrap_lines=True)


def _conformity() -> None:
    st.markdown(
        "The page Conformity is about another model: agents who hold one of two opinions and are polled one at a time "
        "(De Marzo et al. 2026, arXiv 2605.10721). A polled agent sees the mean opinion m of the others and says +1 "
        "with probability"
    )
    st.latex(r"P(m) = \tfrac{1}{2}\left[\tanh\,\beta(m + h) + 1\right]")
    st.markdown(
        "with the majority force β and its own bias h. A large population rests where m = tanh β(m + h). For β > 1 and "
        "|h| below the spinodal it can rest against its own bias, too:"
    )
    st.latex(r"h_s(\beta) = m_s - \operatorname{artanh}(m_s)/\beta,\qquad m_s = \sqrt{1 - 1/\beta}")
    st.markdown("With z stubborn agents of opinion s for each regular one, what is seen and where it rests become")
    st.latex(r"m_{tot} = \frac{m + s z}{1 + z},\qquad m_{tot} = \tanh\,\beta(m_{tot} + h) + z\,(s - m_{tot})")
    st.markdown(
        "and a state vanishes where 1 + z = β sech² β(m + h), with m as it is seen. A population of N agents is a "
        "birth-death chain in the number k at +1; the mean time t from k to k + 1 follows from the rates r up and d "
        "down:"
    )
    st.latex(r"t_k = \frac{1}{r_k} + \frac{d_k}{r_k}\,t_{k-1}")
    st.markdown(
        "All of this holds if everyone sees everyone and remembers nothing; for networks, bounded attention and memory "
        "the page says that it does not. A measured model is fitted by maximum likelihood; beside it stand the "
        "intervals, the goodness of fit, what order and wording change, and its answers in isolation. “Misaligned” "
        "means against the agents’ own bias here, not wrong: the opinions have no truth value."
    )
    for name in ("theory", "chain", "population", "networks", "hysteresis", "diagram", "measure", "fits"):
        if module := module_at(ROOT / "sim" / "conformity" / f"{name}.py"):
            _module(module, "sim/conformity")


def _accuracy(figures: Any) -> str:
    rows = ["| Cases | Precision | Recall | F1 | Acts | Alarms |", "|:--|--:|--:|--:|--:|--:|"]
    for key, title in (("all", "All acts"), ("traced", "With a public trace")):
        found = figures[key]
        shares = " | ".join(_share(found[name]) for name in ("precision", "recall", "f1"))
        rows.append(f"| {title} | {shares} | {shown(found['acts'])} | {shown(found['labels'])} |")
    return "\n".join(rows)


def _findings() -> None:
    document = _document("findings.json")
    if document is None:
        st.caption(":material/info: The comparison with the paper has not been run for this version.")
        return
    st.markdown(markdown(f"{document['note']} {document.get('rule', '')}"))
    rows = ["| Finding | The paper | Here | 95 % interval | Verdict |", "|:--|:--|:--|:--|:--|"]
    for entry in document["findings"]:
        cells = (markdown(entry[key]) for key in ("finding", "paper", "ours", "interval", "verdict"))
        rows.append(f"| {' | '.join(cells)} |")
    st.markdown("\n".join(rows))


def _sources() -> None:
    st.markdown("\n".join(f"- {reference}" for reference in REFERENCES))


def _versions() -> None:
    pairs = [("Python", platform.python_version()), *((name, version(name)) for name in LIBRARIES)]
    st.markdown(" · ".join(f"{name} {number}" for name, number in pairs))
    st.markdown("Licence: MIT. Fonts: IBM Plex Sans and Mono, SIL Open Font License 1.1.")


def _document(name: str) -> Any:
    path = ROOT / "docs" / name
    return json.loads(path.read_text("utf-8")) if path.is_file() else None


def _share(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.2f}"


SECTIONS: tuple[tuple[str, str, Callable[[], None]], ...] = (
    ("limits", "Limits and honesty", _limits),
    ("values", "Ten values", _values),
    ("day", "A day", _day),
    ("rules", "The rules of the world", _rules),
    ("minds", "How a scripted resident decides", _minds),
    ("parameters", "Parameters", _parameters),
    ("metrics", "What is measured", _metrics),
    ("detectors", "Behaviours that are detected", _detectors),
    ("judges", "A second opinion", _judges),
    ("conformity", "The conformity lab", _conformity),
    ("findings", "The paper’s findings, and ours", _findings),
    ("sources", "Sources", _sources),
    ("versions", "Versions", _versions),
)
VIEW = View("Method", "method", 8, show)
