"""The paper beside ours: verdicts follow from made-up studies whose truth is known; nothing else is typed in."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.state import Array
from sim.studies import paper
from sim.studies.design import Condition, study
from sim.studies.results import Results
from sim.studies.verdict import ABSENT, NOT, PARTLY, REPRODUCED, UNTOLD
from sim.values import CODES
from tests.sim.studies.analysis.making import LEVELS, Yield, bent, design, prevalence, results

DAYS, SIZE = 10, 25
Alive = Callable[[Condition, Array], Array]


def constant(mean: float, spread: float = 0.1) -> Yield:
    return lambda condition, luck: mean + spread * luck + 0.01 * np.roll(luck, condition.number)


def as_the_paper(condition: Condition, luck: Array) -> Array:
    """nAUP as the paper tells it: steps near 25 % without Benevolence and near 75 % with Power."""
    share, how = prevalence(condition), bent(condition)
    drop = {
        "without BE": 1.5 * (share >= 25),
        "with BE": -0.3 * share / 100,
        "with TR": 1.2 * share / 100,
        "with PO": 0.9 * (share >= 75),
    }
    return 2 - drop.get(how, 0.0) + 0.05 * luck + 0.02 * np.roll(luck, condition.number)


def going_with(condition: Condition, luck: Array) -> Array:
    """Cases that rise with the prevalence of anything, if it is "with"."""
    share = prevalence(condition) if bent(condition).startswith("with ") else 0
    return 10 + share + luck + np.roll(luck, condition.number)


def populations(condition: Condition, luck: Array) -> Array:
    """Without Benevolence they die by day 5; without Tradition they double by day 5 and come back; else they stay."""
    days = np.arange(DAYS + 1)
    curve = {
        "100 without BE": np.maximum(SIZE - 5 * days, 1),
        "100 without TR": SIZE + 5 * np.minimum(days, DAYS - days),
    }.get(f"{prevalence(condition):g} {bent(condition)}", np.full(DAYS + 1, SIZE))
    jitter = (np.arange(len(luck)) + condition.number) % 3
    return np.maximum(curve[None, :] + jitter[:, None] * (days > 0), 0)


@cache
def told(seeds: int = 16, **levels: tuple[Any, ...]) -> dict[str, paper.Finding]:
    found = paper.findings(made(seeds, **levels))
    return {finding.finding: finding for finding in found}


def made(seeds: int = 16, **levels: tuple[Any, ...]) -> Results:
    levels = levels or {"value": CODES, "direction": ("with", "without"), "prevalence": tuple(LEVELS)}
    cases = dict.fromkeys(("betrayals", "deceptions", "sycophancies", "cooperations"), going_with)
    return results(design(seeds, DAYS, **levels), {"nAUP": as_the_paper, **cases}, populations)


def test_what_the_paper_tells_is_found_in_a_study_made_so() -> None:
    found = told()
    verdicts = {name: finding.verdict for name, finding in found.items()}
    for name in (
        "Without Benevolence the population falls fast", "Without Benevolence there are fewer than in the original",
        "With Benevolence it is more stable than the original", "With Tradition the population grows less",
        "Without Tradition comes a boom", "… a short one, after which it settles",
        "Benevolence and Tradition move the outcome most",
        "Without Benevolence the drop comes near a prevalence of 25 %",
        "With Power the drop comes near a prevalence of 75 %", "The more live by Power, the more betrayal",
        "The more live by Tradition, the more cooperation", "A community with Benevolence shares in scarcity",
    ):  # fmt: skip
        assert verdicts[name] == REPRODUCED, found[name]
    fall = found["Without Benevolence the population falls fast"]
    assert fall.ours == "100 % (16 of 16, half of them by day 3)" and fall.runs == 16
    drop = found["Without Benevolence there are fewer than in the original"]
    assert drop.ours.startswith("−1.5") and drop.runs == 32


def test_in_a_study_without_any_effect_nothing_is_reproduced() -> None:
    names = ("nAUP", "betrayals", "deceptions", "sycophancies", "cooperations")
    of = design(16, DAYS, value=CODES, direction=("with", "without"), prevalence=tuple(LEVELS))
    luck = np.random.default_rng(1)
    flat = results(of, dict.fromkeys(names, lambda _, own: 5 + luck.normal(size=len(own))))
    found = paper.findings(flat)
    looked = [finding for finding in found if finding.verdict != ABSENT]
    assert sum(finding.verdict == REPRODUCED for finding in looked) <= 1, "by chance"
    assert found[0].verdict == NOT and found[0].ours == "0 % (0 of 16)"
    assert all(finding.verdict == NOT for finding in looked if "drop comes near" in finding.finding)


def test_what_was_not_lived_is_said_so() -> None:
    found = told(value=("BE",), direction=("without",), prevalence=(0, 100))
    assert found["Without Benevolence there are fewer than in the original"].verdict == REPRODUCED
    absent = found["With Tradition the population grows less"]
    assert (absent.verdict, absent.ours, absent.interval, absent.runs) == (ABSENT, "", "", 0)
    assert found["Benevolence and Tradition move the outcome most"].verdict == ABSENT
    few = found["Without Benevolence the drop comes near a prevalence of 25 %"]
    assert few.verdict == UNTOLD and "it takes 4 prevalences" in few.interval


def test_a_study_of_something_else_says_nothing_of_the_paper() -> None:
    found = paper.findings(made(4, size=(25, 50)))
    assert {finding.verdict for finding in found} == {ABSENT}
    assert paper.summary(found) == f"None of the paper’s {len(found)} findings can be looked for in this study"


def test_one_seed_gives_no_verdict_on_a_difference() -> None:
    found = told(1)
    drop = found["Without Benevolence there are fewer than in the original"]
    assert drop.verdict == UNTOLD and drop.interval == "one pair of runs alone gives no interval"
    assert found["Benevolence and Tradition move the outcome most"].ours == "not defined"


def test_of_a_study_under_way_only_pairs_count() -> None:
    whole = made()
    half = Results(whole.study, whole.runs.iloc[:40].reset_index(drop=True), whole.population[:40])
    found = paper.document(half)
    assert "(40 of them are done so far)" in found["note"]
    assert found["findings"][1]["verdict"] == ABSENT or "no seed" in found["findings"][1]["interval"]
    nothing = Results(whole.study, whole.runs.iloc[:0], whole.population[:0])
    assert all(one.verdict in (ABSENT, UNTOLD) for one in paper.findings(nothing))


DISTANCES = {
    "mixes": [
        {"mix": mix, "mean": mean, "low": mean - 1, "high": mean + 1, "counted": 16, "size": 48.2, "words": "",
         "to_first": {"pairs": 16, "mean": mean - 18.0, "low": mean - 19.0, "high": mean - 17.0}}
        for mix, mean in (("100% original", 18.0), ("100% without BE", 2.0), ("100% with PO", 19.5))
    ]
}  # fmt: skip


def test_distances_come_from_the_study_file() -> None:
    found = {one.finding: one for one in paper.findings(made(), DISTANCES)}
    original = found["In the original the distance to the fold bifurcation is 19.0 residents"]
    assert (original.verdict, original.ours, original.interval) == (REPRODUCED, "18.0 (of 48.2)", "17.0 to 19.0")
    without = found["Without Benevolence the distance to the fold bifurcation is 5.4 residents"]
    assert without.verdict == NOT
    assert found["Without Benevolence the edge is nearer than in the original"].verdict == REPRODUCED
    assert found["With Power the edge is nearer than in the original"].verdict == NOT
    assert found["Without Tradition the edge is further than in the original"].verdict == ABSENT


def test_a_distance_that_is_not_defined() -> None:
    record = {**DISTANCES["mixes"][0], "mean": None, "low": None, "high": None, "counted": 0, "size": None,
              "words": "not defined: of 16 communities none was at a steady state"}  # fmt: skip
    one = next(one for one in paper.findings(made(), {"mixes": [record]}) if one.finding.startswith("In the original"))
    assert (one.verdict, one.ours) == (UNTOLD, "not defined") and "none was at a steady state" in one.interval


def test_the_document_is_plain_and_the_same_every_time() -> None:
    first, again = (paper.document(made(), DISTANCES) for _ in range(2))
    assert first == again == json.loads(json.dumps(first, allow_nan=False))
    assert first["title"].startswith(f"{sum(one['verdict'] == REPRODUCED for one in first['findings'])} of ")
    assert {one["verdict"] for one in first["findings"]} <= {REPRODUCED, PARTLY, NOT, UNTOLD, ABSENT}
    text = paper.markdown(first)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 2 + len(first["findings"]) and {row.count(" | ") for row in rows} == {5}
    assert "nan" not in text.lower().replace("nance", "")


def test_every_finding_of_the_paper_has_its_figure_and_says_what_counts() -> None:
    assert len(paper.CLAIMS) == 22
    for claim in paper.CLAIMS:
        assert claim.paper and ": " in claim.means, claim.finding
        assert claim.direction.low <= claim.place.low and claim.place.high <= claim.direction.high
    said = " ".join(claim.paper for claim in paper.CLAIMS)
    for figure in ("19.0", "5.4", "11.2", "21.4", "0.87", "0.79", "0.93", "25 %", "75 %", "BE, TR"):
        assert figure in said


def test_a_study_with_other_factors_is_read_where_they_are_as_in_the_reference() -> None:
    of = study({
        "factors": [{"field": "value", "levels": ["BE"]}, {"field": "direction", "levels": ["without"]},
                    {"field": "prevalence", "levels": [0, 100]}, {"field": "size", "levels": [25, 50]}],
        "seeds": list(range(1, 9)), "scenario": {"days": DAYS},
    })  # fmt: skip

    def only_with_25(condition: Condition, luck: Array) -> Array:
        return (2 - prevalence(condition) / 100) * (-9 if condition.scenario.size == 50 else 1) + luck / 99

    found = results(of, {"nAUP": lambda condition, luck: only_with_25(condition, np.roll(luck, condition.number))})
    drop = paper.findings(found)[1]
    assert drop.verdict == REPRODUCED and drop.ours.startswith(("−1.0", "−0.9"))


@pytest.mark.parametrize("worded", [False, True])
def test_the_note_says_who_the_residents_are(worded: bool) -> None:
    model = {"name": "m", "base_url": "http://127.0.0.1:9/v1", "model": "x"}
    minds = {"models": [model], "mind": "m"} if worded else {}
    of = study({"scenario": {"days": DAYS, **minds}, "seeds": [1, 2]})
    note = paper.note(results(of, {"nAUP": constant(1)}))
    assert ("25 language models for 10 days" in note) == worded
