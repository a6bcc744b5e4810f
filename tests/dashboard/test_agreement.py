"""The section Agreement of the Runs page: what it says without a second opinion, with one, and with hostile names."""

import math
from pathlib import Path

from dashboard.kept.agreement import empty, told
from sim.judge.agreement import Agreement
from sim.judge.opinion import Verdict
from sim.runs.judgements import keep_verdicts
from tests.sim.runs.making import community, lived, saved

NAN = math.nan


def test_the_empty_state_names_two_ways() -> None:
    shown = empty("0123456789ab")
    assert "Right or Wrong" in shown
    assert "python -m sim judge 0123456789ab.sqlite" in shown


def test_figures_and_what_is_not_defined() -> None:
    shown = told(
        [
            Agreement("betrayal", "detectors", "strong", 8, 2, 4, 90, 0.69, 0.4, 0.9),
            Agreement("deception", "detectors", "strong", 0, 3, 0, 90, NAN, NAN, NAN),
            Agreement("betrayal", "detectors", "person", 1, 2, 3, 90, -0.2, NAN, NAN),
        ]
    )
    assert shown.count("<table>") == 2
    assert "<b>substantial</b><small>kappa 0.69, 0.40 to 0.90</small>" in shown
    assert "precision 0.80, recall 0.67" in shown
    assert "<b>not defined</b><small>precision 0.00, recall –</small>" in shown
    assert "kappa −0.20</small>" in shown


def test_a_name_is_never_markup() -> None:
    shown = told([Agreement("<b>x", "detectors", "<script>alert(1)</script>", 1, 1, 1, 1, 0.0, NAN, NAN)])
    assert "<script" not in shown
    assert "<b>x" not in shown


def test_its_figures_are_those_of_the_file(tmp_path: Path) -> None:
    from sim.judge.raters import agreement
    from sim.runs.judgements import opinions
    from sim.runs.stored import Stored

    path = saved(tmp_path / "0123456789ab.sqlite", lived(community(days=4, size=6)))
    keep_verdicts(path, [Verdict(1, "message", 0, "deception", "right")])
    with Stored(path) as stored:
        shown = told(agreement(stored, opinions(path)))
    assert "detectors and person" in shown
    assert shown.count('<th scope="row">') == 1
