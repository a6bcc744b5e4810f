"""The paper's findings beside those of a study: its figure, ours with an interval, and a verdict by one rule.

Nothing is typed in but what the paper reports (Zhang et al. 2026, arXiv 2604.05339) and where a figure of ours must lie
to count as the same. Where the paper gives no number, the place is our choice: a correlation is strong from 0.5, a drop
near 25 % comes within one step of the paper's prevalences, a distance may be off by a quarter. docs/choices.md says
what was fixed before a study was looked at.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from sim.studies.analysis.words import number, share, signed
from sim.studies.citation import command
from sim.studies.measured import ORIGINAL, Measured
from sim.studies.minds import worded
from sim.studies.results import Results
from sim.studies.verdict import ABSENT, NOT, PARTLY, REPRODUCED, RULE, UNTOLD, Estimate, Span, verdict

STEP = 25.0  # per cent, between the paper's prevalences
STRONG = 0.5  # a correlation
QUARTER = 0.25
LESS, MORE, MOST = Span(high=0.0), Span(low=0.0), Span(low=0.5)


class Finding(NamedTuple):
    """One finding of the paper beside ours, in words."""

    finding: str
    paper: str  # its figure
    means: str  # which figure of ours, and where it must lie to count as the same
    ours: str
    interval: str  # "" where there is none
    verdict: str
    runs: int  # communities of ours it rests on


class Claim(NamedTuple):
    """One finding of the paper, and how to look for it in a study."""

    finding: str
    paper: str
    means: str
    ours: Callable[[Measured], Estimate]
    place: Span  # where the finding puts our figure
    direction: Span  # a wider span that has only its sense
    write: Callable[[float], str] = signed


def findings(results: Results, distances: Mapping[str, Any] | None = None) -> list[Finding]:
    """Every finding of the paper. `distances`: to the edge, by mix, as `sim.studies.distance` measures them."""
    measured = Measured(results, distances or {})
    return [_beside(claim, measured) for claim in CLAIMS]


def document(results: Results, distances: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """All findings with what they rest on, as JSON-able fields: `title`, `note`, `rule`, `repeat`, `findings`."""
    found = findings(results, distances)
    told = [finding._asdict() for finding in found]
    repeat = f"{command(results.study)} && python -m sim study findings {results.study.name}.study"
    return {"title": summary(found), "note": note(results), "rule": RULE, "repeat": repeat, "findings": told}


def note(results: Results) -> str:
    """What the comparison rests on, in a few sentences."""
    study, scenario = results.study, results.study.conditions[0].scenario
    minds = "language models" if worded(scenario) else f"{scenario.mind} residents"
    part = "" if results.whole else f" ({len(results.runs):,} of them are done so far)"
    return (
        f"{len(study.conditions):,} conditions on {len(study.seeds):,} seeds each, {study.runs:,} communities{part}: "
        f"{scenario.size:,} {minds} for {scenario.days:,} days. A change is the difference to the original community "
        "of the same seed. The paper’s residents are language models: agreement is no confirmation, and disagreement "
        "may be the residents’ or ours."
    )


def summary(told: Sequence[Finding]) -> str:
    """ "9 of 15 findings reproduced, 1 partly, 3 not, 2 undecided; 7 more cannot be looked for in this study"."""
    counts = Counter(finding.verdict for finding in told)
    looked = len(told) - counts[ABSENT]
    if not looked:
        return f"None of the paper’s {len(told)} findings can be looked for in this study"
    some = {PARTLY: "partly", NOT: "not", UNTOLD: "undecided"}
    others = [f"{counts[key]} {word}" for key, word in some.items() if counts[key]]
    said = f"{counts[REPRODUCED]} of {looked} findings reproduced{''.join(f', {other}' for other in others)}"
    return f"{said}; {counts[ABSENT]} more cannot be looked for in this study" if counts[ABSENT] else said


def markdown(told: Mapping[str, Any]) -> str:
    """A `document` as Markdown."""
    head = ("Finding of the paper", "Paper", "What counts as the same here", "Here", "95 % interval", "Verdict")
    keys = ("finding", "paper", "means", "ours", "interval", "verdict")
    rows = [head, [":--"] * len(head), *([row[key] for key in keys] for row in told["findings"])]
    table = "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows)
    said = (f"{told['title']}.", told["note"], told["rule"], table, f"To repeat it: `{told['repeat']}`")
    return "\n\n".join(("# The paper’s findings, and ours", *said)) + "\n"


def _beside(claim: Claim, measured: Measured) -> Finding:
    told = (claim.finding, claim.paper, claim.means)
    try:
        ours = claim.ours(measured)
    except KeyError:
        return Finding(*told, "", "", ABSENT, 0)
    judged = verdict(ours, claim.place, claim.direction)
    if ours.missing and not ours.defined:
        return Finding(*told, ours.reason, "", judged, ours.runs)
    value = claim.write(ours.value) if math.isfinite(ours.value) else "not defined"
    between = f"{claim.write(ours.low)} to {claim.write(ours.high)}" if ours.defined else ours.reason
    return Finding(*told, f"{value} ({ours.words})" if ours.words else value, between, judged, ours.runs)


def _of_two(x: float) -> str:
    return f"{x:.0f} of 2"


def _changes() -> Iterator[Claim]:
    """What bending a value does to the population."""
    yield Claim(
        "Without Benevolence the population falls fast", "collapse",
        "share of communities that fall below half of their founders: more than half",
        partial(Measured.collapsed, mix="100% without BE"), MOST, MOST, share,
    )  # fmt: skip
    for finding, paper, mix, place in (
        ("Without Benevolence there are fewer than in the original", "down", "100% without BE", LESS),
        ("With Benevolence it is more stable than the original", "up", "100% with BE", MORE),
        ("With Tradition the population grows less", "down", "100% with TR", LESS),
    ):
        means = f"change of the area under the population curve: {_words(place)}"
        yield Claim(finding, paper, means, partial(Measured.change, mix=mix, metric="nAUP"), place, place)
    yield Claim(
        "Without Tradition comes a boom", "up", "change of the peak, in founders: above 0",
        partial(Measured.change_of_peak, mix="100% without TR"), MORE, MORE,
    )  # fmt: skip
    yield Claim(
        "… a short one, after which it settles", "down", "change of what the last day has left of the peak: below 0",
        partial(Measured.change_of_rest, mix="100% without TR"), LESS, LESS,
    )  # fmt: skip
    yield Claim(
        "Benevolence and Tradition move the outcome most", "BE, TR",
        "how many of the two are among the two values that change the population curve most: both; partly: one",
        partial(Measured.leading, wanted=frozenset({"BE", "TR"})), Span(low=1.5), MOST, _of_two,
    )  # fmt: skip
    for name, condition, near in (("Without Benevolence", "without BE", 25.0), ("With Power", "with PO", 75.0)):
        yield Claim(
            f"{name} the drop comes near a prevalence of {near:g} %", f"{near:g} %",
            f"where a threshold lies, per cent: {near - STEP:g} to {near + STEP:g}; partly: one elsewhere, "
            "or half of a gradual change there",
            partial(Measured.tipping, condition=condition), Span(near - STEP, near + STEP), Span(), number,
        )  # fmt: skip


def _distances() -> Iterator[Claim]:
    """How far it is to the fold bifurcation."""
    original = 19.0
    paper = (("Without Benevolence", "100% without BE", 5.4), ("With Power", "100% with PO", 11.2),
             ("Without Tradition", "100% without TR", 21.4))  # fmt: skip
    for name, mix, distance in (("In the original", ORIGINAL, original), *paper):
        place = Span(distance * (1 - QUARTER), distance * (1 + QUARTER))
        yield Claim(
            f"{name} the distance to the fold bifurcation is {distance} residents", f"{distance}",
            f"residents that can be lost: {place.low:g} to {place.high:g}",
            partial(Measured.distance, mix=mix), place, place, number,
        )  # fmt: skip
    for name, mix, distance in paper:
        place = LESS if distance < original else MORE
        yield Claim(
            f"{name} the edge is {'nearer' if place is LESS else 'further'} than in the original",
            signed(distance - original), f"change of the residents that can be lost: {_words(place)}",
            partial(Measured.change_of_distance, mix=mix), place, place,
        )  # fmt: skip


def _behaviours() -> Iterator[Claim]:
    """What goes with a value; the two cases the paper tells are read as changes that many communities show."""
    for name, condition, what, metric, r in (
        ("Power", "with PO", "betrayal", "betrayals", 0.87), ("Power", "with PO", "deception", "deceptions", 0.87),
        ("Benevolence", "with BE", "sycophancy", "sycophancies", 0.79),
        ("Tradition", "with TR", "cooperation", "cooperations", 0.93),
    ):  # fmt: skip
        yield Claim(
            f"The more live by {name}, the more {what}", f"r = {r}",
            f"correlation of prevalence and cases a resident-day: above {STRONG:g}; partly: above 0",
            partial(Measured.correlation, condition=condition, metric=metric), Span(low=STRONG), MORE,
        )  # fmt: skip
    for finding, mix, what, metric in (
        ("A community with Benevolence shares in scarcity", "100% with BE", "acts of cooperation", "cooperations"),
        ("Without Benevolence, friendly words come before an attack", "100% without BE", "betrayals", "betrayals"),
    ):
        means = f"change of {what} in 100 resident-days: above 0"
        yield Claim(finding, "a case", means, partial(Measured.change_of_rate, mix=mix, metric=metric), MORE, MORE)


def _words(place: Span) -> str:
    return "below 0" if place is LESS else "above 0"


CLAIMS = (*_changes(), *_distances(), *_behaviours())
