"""What the Compare page is told: the contract of docs/compare.md, and that the numbers of sentences are in the data."""

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.comparing import Comparing
from dashboard.limits import Limits
from dashboard.payload import comparison as payload
from sim.engine import Engine
from sim.errors import RunError, SettingError
from sim.interventions import ChangeValues
from sim.runs.branch import branch
from sim.runs.comparison import Side, unlike
from sim.runs.luck import Luck
from sim.runs.writer import RunWriter
from sim.scenario import Scenario
from sim.state import Happening
from tests.dashboard.fake import FakeRun, event, message
from tests.sim.runs.making import go_on

SCENARIO = Scenario(size=12, days=10, seed=3, mix="25% without BE")


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A run, its placebo, a branch of day 4, and a shorter run of another seed; the second title is hostile."""
    folder = tmp_path_factory.mktemp("runs")
    first = go_on(Engine(SCENARIO))
    runs = {
        "First": first,
        "<script>alert(1)</script>": go_on(branch(first, 4)),
        "Changed": go_on(branch(first, 4, [ChangeValues(day=5, share=100, value="SE")])),
        "Short": go_on(Engine(SCENARIO.with_(seed=4, days=6))),
    }
    found = []
    for k, (title, run) in enumerate(runs.items()):
        path = folder / f"{k:012x}.sqlite"
        with RunWriter.create(path, run, title) as writer:
            writer.finish(run)
        found.append(path)
    return found


@pytest.fixture
def comparing(paths: list[Path]) -> Iterator[Comparing]:
    with_all = Comparing(paths, Limits())
    yield with_all
    with_all.close()


def asked(comparing: Comparing, n: int, **question: Any) -> dict[str, Any]:
    comparing.ask(question | {"n": n})
    return json.loads(json.dumps(comparing.message(), allow_nan=False))


def test_the_first_message_has_all_figures(comparing: Comparing) -> None:
    told = json.loads(json.dumps(comparing.message(), allow_nan=False))
    meta, columns = told["meta"], told["columns"]
    assert [run["letter"] for run in meta["runs"]] == ["A", "B", "C", "D"]
    assert meta["partings"] == [[0, 1, None], [0, 2, 5], [0, 3, 0], [1, 2, 5], [1, 3, 0], [2, 3, 0]]
    assert (meta["parting"], meta["zero"], meta["horizon"], meta["common"]) == (0, False, 10, 6)
    assert set(columns) == {"alive", "head", "gini", "sc", *(name for name, _ in meta["behaviours"])}
    assert set(meta["titles"]) == set(columns)
    for figure in columns.values():
        assert [len(values) for values in figure] == [11] * 4
        assert figure[3][7:] == [None] * 4
    assert columns["alive"][0] == columns["alive"][1]
    assert told["sides"] == []


def test_titles_hold_the_numbers_of_the_columns(comparing: Comparing) -> None:
    told = comparing.message()
    last = told["meta"]["common"]
    titles, alive = told["meta"]["titles"], [values[last] for values in told["columns"]["alive"]]
    assert all(f"{count:.0f}" in titles["alive"] for count in alive)
    assert f"on day {last}" in titles["alive"]
    gini = [round(values[last], 2) for values in told["columns"]["gini"]]
    assert f"{min(gini):.2f}" in titles["gini"] and f"{max(gini):.2f}" in titles["gini"]
    betrayals = [values[last] for values in told["columns"]["betrayals"]]
    assert f"{max(betrayals):.0f}" in titles["betrayals"]


def test_behaviours_are_counted_from_the_start(comparing: Comparing) -> None:
    told = comparing.message()
    for name, _ in told["meta"]["behaviours"]:
        values = [value for value in told["columns"][name][0] if value is not None]
        assert values == sorted(values)
        assert values[-1] == sum(x for x in comparing.sides[0].series[name] if not math.isnan(x))


def test_later_messages_tell_only_what_was_asked(comparing: Comparing) -> None:
    comparing.message()
    told = asked(comparing, 1, type="detail", pair=[0, 2], day=5)
    assert (told["meta"], told["columns"], told["answered"], told["pair"], told["day"]) == (None, None, 1, [0, 2], 5)
    one, other = told["sides"]
    assert [one["run"], other["run"], one["day"]] == [0, 2, 5]
    assert set(one["only"]) <= set(range(one["detail"]["total_lines"]))
    assert other["only"], "on that morning residents changed"
    assert all(one["meta"].values())
    again = asked(comparing, 1, type="detail", pair=[1, 3], day=2)
    assert (again["pair"], again["sides"]) == ([0, 2], []), "a question heard twice changes nothing"
    assert asked(comparing, 2, type="resync")["meta"]


def test_a_placebo_has_no_line_of_its_own(comparing: Comparing) -> None:
    told = asked(comparing, 1, type="detail", pair=[0, 1], day=7)
    assert [side["only"] for side in told["sides"]] == [[], []]
    assert told["sides"][0]["differs"] == "Day 7 is the same in both, to the last bit"


def test_a_day_that_a_run_has_not_is_told(comparing: Comparing) -> None:
    told = asked(comparing, 1, type="detail", pair=[0, 3], day=8)
    assert told["sides"][0]["only"] == []
    assert told["sides"][1]["missing"] == "This run has no day 8: it ended on day 6."


@pytest.mark.parametrize(
    "question",
    [
        None, 3, "detail", {}, {"n": "x"}, {"n": 1, "type": "detail"},
        {"n": 1, "type": "detail", "pair": [0], "day": 1},
        {"n": 1, "type": "detail", "pair": [0, 0], "day": 1}, {"n": 1, "type": "detail", "pair": [0, 9], "day": 1},
        {"n": 1, "type": "detail", "pair": [0, 1], "day": 99}, {"n": 1, "type": "detail", "pair": [0, 1], "day": True},
        {"n": 1, "type": "more"}, {"n": 1, "type": "stop"}, {"n": 1, "type": "<b>"},
    ],
)  # fmt: skip
def test_questions_that_make_no_sense_change_nothing(question: object, comparing: Comparing) -> None:
    before = comparing.pair, comparing.day
    comparing.ask(question)
    comparing.advance(0)
    told = comparing.message()
    assert (comparing.pair, comparing.day) == before
    assert (told["sides"], told["luck"]) == ([], None)


def test_repetitions_go_on_while_the_page_asks(comparing: Comparing) -> None:
    told = asked(comparing, 1, type="luck")
    assert told["luck"]["state"] == "running"
    comparing.advance(0)
    lived = comparing.message()["luck"]["progress"]
    comparing.advance(0)
    assert comparing.message()["luck"]["progress"] == lived, "without a question nothing is lived"
    asked(comparing, 2, type="more")
    comparing.advance(0)
    assert comparing.message()["luck"]["progress"] > lived
    stopped = asked(comparing, 3, type="stop")["luck"]
    assert (stopped["state"], len(stopped["rows"])) == ("stopped", 7)


def test_the_result_of_repetitions(comparing: Comparing) -> None:
    asked(comparing, 1, type="detail", pair=[0, 2], day=5)
    told = asked(comparing, 2, type="luck")
    n = 2
    while told["luck"]["state"] == "running":
        n += 1
        comparing.ask({"type": "more", "n": n})
        comparing.advance(5)
        told = json.loads(json.dumps(comparing.message(), allow_nan=False))
    luck = told["luck"]
    assert (luck["pair"], luck["seeds"], luck["progress"]) == ([0, 2], 64, 1)
    assert "64 new seeds" in luck["answer"] or "same number" in luck["answer"]
    for row in luck["rows"]:
        assert row["seeds"] <= 64
        if row["seeds"] > 1:
            middle, low, high = row["numbers"]
            assert low <= middle <= high
            assert row["clear"] == (low > 0 or high < 0)


def test_what_is_too_large_is_refused_in_words(paths: list[Path]) -> None:
    with pytest.raises(SettingError, match="2 to 4 runs"):
        Comparing(paths[:1], Limits())
    small = Comparing(paths[:2], Limits(memory_mb=0, resident_days=1))
    told = asked(small, 1, type="detail", pair=[0, 1], day=3)
    assert "one visitor may use" in told["sides"][0]["missing"]
    assert told["sides"][0]["missing"].endswith("compared all the same.")
    assert "python -m sim compare" in asked(small, 2, type="luck")["notice"]["text"]
    small.close()


def test_a_file_that_is_no_run_is_refused(paths: list[Path], tmp_path: Path) -> None:
    broken = tmp_path / "ffffffffffff.sqlite"
    broken.write_bytes(b"SQLite format 3\0" + bytes(200))
    with pytest.raises(RunError):
        Comparing([paths[0], broken], Limits())


def test_two_runs_at_most_are_open(comparing: Comparing) -> None:
    for n, pair in enumerate(([0, 1], [2, 3], [0, 3]), 1):
        asked(comparing, n, type="detail", pair=pair, day=2)
        assert len(comparing._feeds) <= 2


def side(alive: int, gini: float = 0.5) -> Side:
    figures = {"alive": alive, "head": 3.0, "gini": gini, "SC": math.nan, **dict.fromkeys(payload.BEHAVIOURS, 2)}
    return Side("", SCENARIO, ["a"], {name: [value] for name, value in figures.items()}, lambda day: NotImplemented)


def test_titles_in_words() -> None:
    assert payload.titles([side(3), side(8, 0.25)]) | {} == {
        **payload.titles([side(3), side(8, 0.25)]),
        "alive": "3 alive in A, 8 in B on day 0",
        "head": "3.0 units a head in both on day 0",
        "gini": "Most equal is B: Gini 0.25; least A: 0.50 on day 0",
        "sc": "Social capital is not defined on day 0",
        "betrayals": "Betrayals by day 0: 2 in both",
    }
    assert payload.titles([side(3), side(8, math.nan)])["gini"] == "Gini is 0.50 in A on day 0"
    many = payload.titles([side(3), side(8), side(5)])
    assert many["alive"] == "3 alive in A, 8 in B, 5 in C on day 0"
    assert many["gini"] == "Gini is 0.50 in all 3 on day 0"
    twins = payload.titles([side(3), side(8, 0.25), side(3)])
    assert twins["alive"] == "3 alive in A and C, 8 in B on day 0"
    assert twins["gini"] == "Most equal is B: Gini 0.25; least A and C: 0.50 on day 0"
    assert payload.titles([side(8, 0.25), side(8, 0.25), side(3)])["gini"].startswith(
        "Most equal are A and B: Gini 0.25"
    )
    apart = payload.titles([side(3, math.nan), side(3, 0.3), side(3, 0.2), side(3, 0.4)])
    assert apart["gini"] == "Most equal is C: Gini 0.20; least D: 0.40 on day 0"


def test_of_many_values_the_ends_are_told() -> None:
    sides = [replace(side(1), series={**side(1).series, "betrayals": [float(n)]}) for n in (2, 1, 7, 2)]
    assert payload.titles(sides)["betrayals"] == "Betrayals by day 0: 7 in C, 1 in B"
    assert payload.titles(sides[:2])["betrayals"] == "Betrayals by day 0: 2 in A, 1 in B"


def test_what_differs_in_words() -> None:
    one, other = (FakeRun(Scenario(size=6, days=3)) for _ in range(2))
    one.live([message(0, 1, 13)], [event(Happening.GIFT, 0, 1, amount=1.0)])
    other.live([message(0, 1, 13)])
    said = payload.differing(unlike(one.history[1], other.history[1]), "A", "B")
    assert said == "Day 1: one line only in A, none only in B"
    other.live([message(0, 1, 13, plan=6)])
    one.live([message(0, 1, 13)])
    said = payload.differing(unlike(one.history[2], other.history[2]), "A", "B")
    assert said == "Day 2: no message or event differs, but what residents keep to themselves"


def test_seeds_that_cannot_count_are_told() -> None:
    work = Luck(SCENARIO, SCENARIO, 2)
    work.impossible[1].add(500_000)
    assert "In one seed an" in payload.luck(work, "stopped", 0, 1)["note"]
