"""The report: whole, self-contained, harmless, small, and the same bytes every time."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from dashboard.report import inlined
from dashboard.report.report import report
from sim.engine import Engine
from sim.interventions import ChangeSetting, Stranger
from sim.runs.facts import Facts, Parent
from sim.runs.stored import Stored
from sim.runs.writer import RunWriter
from sim.scenario import Scenario

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
LARGEST = 5_000_000


def lived(scenario: Scenario, days: int = 9_999) -> Engine:
    engine = Engine(scenario)
    while not engine.finished and engine.day < days:
        engine.step()
    return engine


def facts(engine: Engine, **changes: Any) -> Facts:
    with RunWriter.create(None, engine, "A quarter stop caring", identity="0" * 12) as writer:
        return writer.facts.model_copy(update=changes)


@pytest.fixture(scope="module")
def engine() -> Engine:
    orders = [
        Stranger(day=5).model_dump(),
        ChangeSetting(day=9, setting="consumption", value=2).model_dump(),
    ]
    return lived(Scenario(mix="25% without BE", days=25, interventions=orders))


@pytest.fixture(scope="module")
def page(engine: Engine) -> str:
    return report(engine, facts(engine))


def told(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="told">(.*?)</script>', page, re.DOTALL)
    assert found
    result = json.loads(found[1])
    assert isinstance(result, dict)
    return result


def test_it_has_all_its_parts(page: str, engine: Engine) -> None:
    for text in (
        "How it went", "Turning points", "Who dealt with whom on day", "The values they live by",
        "What was done to them", "How to check it and do it again", "What is inside this file",
        "A stranger arrives, with Power",
        "Consumption is 2 from now on", "25 % without Benevolence", "<dt>said</dt>", "<dt>meant</dt>", "<dt>did</dt>",
        "<dt>proof</dt>", engine.digest(), "@misc{commonweal,", "SIL OPEN FONT LICENSE", "Plotly Technologies",
        "Almende B.V",
    ):  # fmt: skip
        assert text in page, text
    assert len(page.encode()) < LARGEST


def test_charts_and_graph_hold_the_run(page: str, engine: Engine) -> None:
    data = told(page)
    population = next(chart for chart in data["charts"] if chart["key"] == "population")
    assert population["lines"][0]["y"] == [int(day.alive.sum()) for day in engine.history]
    assert {chart["key"] for chart in data["charts"]} == {
        "population", "resources", "flows", "gini", "harm", "groups", "ties",
    }  # fmt: skip
    nodes = {node["id"] for node in data["traffic"]["nodes"]}
    assert data["traffic"]["edges"] and all({e["from"], e["to"]} <= nodes for e in data["traffic"]["edges"])
    for chart in data["charts"]:
        assert f'id="chart-{chart["key"]}"' in page


def test_it_is_the_same_bytes_live_and_from_a_file(page: str, engine: Engine, tmp_path: Path) -> None:
    known = facts(engine)
    assert report(engine, known) == report(engine, known)
    with RunWriter.create(tmp_path / "run.sqlite", engine, "A quarter stop caring") as writer:
        writer.finish(engine)
        known = writer.facts
    with Stored(tmp_path / "run.sqlite") as stored:
        assert report(Engine(stored.facts.scenario, past=stored), stored.facts) == report(engine, known)


def test_nothing_is_fetched_from_anywhere(page: str) -> None:
    markup = re.sub(r"<script>.*?</script>", "", page, flags=re.DOTALL)
    assert re.findall(r'(?:src|href|action|srcset|data|poster)="(?!data:|#)[^"]*"', markup) == []
    assert "@import" not in markup and re.findall(r"url\((?!data:)", markup) == []
    assert "sourceMappingURL" not in page


def test_only_these_scripts_may_run(page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    allowed = set(re.findall(r"sha256-([^&]+)&#x27;", policy[1]))
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 3
    assert {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts} == allowed
    assert "default-src &#x27;none&#x27;" in policy[1] and "unsafe-eval" not in policy[1]
    assert page.index("Content-Security-Policy") < page.index("<script")
    assert "\r" not in page


def test_hostile_words_stay_words(engine: Engine) -> None:
    parent = Parent(id="0" * 12, title=EVIL, day=3, digest=engine.digests[3])
    page = report(engine, facts(engine, title=EVIL, notes=EVIL, parent=parent, version=EVIL[:40]))
    plain = report(engine, facts(engine))
    assert page.count("</script") == plain.count("</script") == 4
    assert page.count("<script") == plain.count("<script")
    assert "<img" not in page
    assert "&lt;img src=x onerror=alert(2)&gt;" in page


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(days=1),
        Scenario(size=1, talk=0, days=3),
        Scenario(size=6, start=0, output=0.1, consumption=5, days=20),
        Scenario(size=700, days=4, mix="20% with PO, 20% without BE, 20% with HE, 20% with TR, 20% with SD"),
    ],
    ids=["one day", "one resident", "extinct", "large"],
)
def test_odd_runs_are_told_too(scenario: Scenario) -> None:
    engine = lived(scenario)
    page = report(engine, facts(engine))
    assert len(page.encode()) < LARGEST
    assert told(page)["charts"]


def test_a_run_not_yet_lived_and_one_under_way() -> None:
    engine = Engine(Scenario(days=10))
    assert "day 0 of 10" in report(engine, facts(engine))
    engine.step()
    assert "day 1 of 10" in report(engine, facts(engine))


def test_what_is_inlined_is_what_is_served() -> None:
    assert "plotly.js (basic" in inlined.script(inlined.PLOTLY) and "vis-network" in inlined.script(inlined.VIS)
