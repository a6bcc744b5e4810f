"""The report of a study: whole, self-contained, harmless, small, and the same bytes every time."""

import base64
import hashlib
import json
import re
from html import escape
from pathlib import Path
from typing import Any

import pytest

from dashboard.studyreport.report import KIND, page, report
from sim.studies.citation import command
from sim.studies.file import StudyFile
from tests.sim.studies.filed import EVIL, filed, small

LARGEST = 5_000_000


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filed(tmp_path_factory.mktemp("report") / "one.study", small())


@pytest.fixture(scope="module")
def text(path: Path) -> str:
    with StudyFile.open(path) as file:
        return report(file)


def told(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="told">(.*?)</script>', text, re.DOTALL)
    assert found
    result = json.loads(found[1])
    assert isinstance(result, dict)
    return result


def test_it_has_all_its_parts(text: str, path: Path) -> None:
    with StudyFile.open(path) as file:
        results, facts = file.results(), file.facts
    for words in (
        "report of a study", "area under the population curve",
        "What moves it", "Where it tips", "How long it lasts", "Behaviours",
        "The paper beside ours", "Everything", "What was varied", "All nine conditions", "25 % without Benevolence",
        "How to check it and do it again", command(small()), results.digest, small().digest, facts.code,
        "scipy", "@misc{commonweal,", "holm1979simple", "What is inside this file", "SIL OPEN FONT LICENSE",
        "Plotly Technologies", "share of communities that fall below half of their founders", "Reproduced: the whole",
    ):  # fmt: skip
        assert escape(words) in text, words
    assert "Almende" not in text, "no graph, so no graph library"
    assert len(text.encode()) < LARGEST


def test_every_figure_has_its_place_and_its_title_has_numbers(text: str) -> None:
    figures = told(text)["figures"]
    places = re.findall(r'class="plot" id="figure-(\d+)" role="img" aria-label="([^"]+)"', text)
    assert [int(place) for place, _ in places] == list(range(len(figures))) and len(figures) >= 8
    assert all(re.search(r"\d", label) for _, label in places)
    assert not re.search(r"\bnan\b|\binf\b|\bNone\b", " ".join(label for _, label in places))


def test_two_reports_are_the_same_bytes(text: str, path: Path) -> None:
    with StudyFile.open(path) as file:
        assert report(file) == text


def test_it_asks_no_network_and_runs_only_its_own(text: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
    assert policy and "default-src &#x27;none&#x27;" in policy[1]
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    allowed = set(re.findall(r"sha256-([^&]+)&#x27;", policy[1]))
    assert len(scripts) == len(KIND.scripts)
    assert {base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in scripts} == allowed
    assert not any(re.search(r"^(import|export) ", one, re.MULTILINE) for one in scripts[1:])
    assert not re.search(r'(?:src|href)="(?!data:)', re.sub(r"<script>.*?</script>", "", text, flags=re.DOTALL))


def test_no_text_becomes_markup(tmp_path: Path) -> None:
    evil = small(seeds=2, days=3, title=EVIL[:80], question=EVIL)
    with StudyFile.open(filed(tmp_path / "evil.study", evil, failed=2)) as file:
        made = report(file)
    assert EVIL not in made and EVIL[:80] not in made and made.count("<script") == len(KIND.scripts) + 1
    assert "2 runs could not be lived" in made and escape(EVIL) in made


def test_a_study_not_begun_and_one_under_way(tmp_path: Path) -> None:
    with StudyFile.create(tmp_path / "none.study", small()) as file:
        nothing = report(file)
    assert "0 of 54 communities" in nothing and "It is not complete" in nothing and told(nothing)["figures"] == []
    with StudyFile.open(filed(tmp_path / "some.study", small(), runs=20)) as file:
        some = report(file)
    assert "It is not complete" in some and told(some)["figures"]


def test_distances_and_warnings_are_told_where_they_were_measured(path: Path) -> None:
    with StudyFile.open(path) as file:
        results, facts = file.results(), file.facts
    record = {
        "mix": "100% original", "seeds": 6, "counted": 6, "mean": 18.0, "low": 16.5, "high": 19.5, "size": 40.0,
        "day": 40.0, "died_out": 0, "not_steady": 0, "cannot_hold": 0, "any_loss": 0, "words": "18.0 of 40.0 residents",
        "to_first": {"pairs": 6, "mean": 0.0, "low": None, "high": None}, "runs": [],
    }  # fmt: skip
    warned = [
        {"condition": 0, "seed": 1000 + k, "collapsed": k % 2 == 0, "until": 9, "scores": {"all": 0.1 * k}}
        for k in range(12)
    ]
    answers = {"distance": {"definition": "", "horizon": 60, "mixes": [record]}, "warning": warned}
    made = page(results, facts, answers)
    assert "16.5 to 19.5" in made and "18.0 (of 40.0)" in made
    assert "True alarms over false alarms" in made or "cannot be told" in made
    assert "True alarms" not in page(results, facts, {})
