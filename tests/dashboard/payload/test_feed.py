"""Messages to the page: complete, in JSON, and no more than asked for."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from dashboard.payload import feed
from dashboard.payload.feed import Feed, provenance
from dashboard.payload.network import FOUNDERS, SAMPLE, pockets
from sim.engine import Engine
from sim.interventions import ChangeValues, Stranger
from sim.scenario import Scenario, check
from sim.state import Cause, Happening
from tests.dashboard.fake import FakeRun, event

ROW = (
    "day alive births deaths attacks betrayals deceptions mergers interventions total head q10 q50 q90 made used gini "
    "sc ic cc betrayals7 warning warning_word state state_days groups factories headline titles words"
).split()
MESSAGE = "run seq meta frontier show finished series details card bet notice failing presentation".split()


@pytest.fixture(scope="module")
def lived() -> Feed:
    engine = Engine(Scenario(mix="25% without BE", days=14))
    engine.step()
    engine.intervene(Stranger(day=2))
    while not engine.finished:
        engine.step()
    return Feed(engine, "a1", "A quarter stop caring")


def numbers(told: Any) -> Iterator[float]:
    if isinstance(told, dict):
        told = list(told.values())
    if isinstance(told, list | tuple):
        for part in told:
            yield from numbers(part)
    elif isinstance(told, float):
        yield told


def test_a_full_message(lived: Feed) -> None:
    message = lived.message(1, show=14, card=(3, 14))
    assert sorted(message) == sorted(MESSAGE)
    assert [row["day"] for row in message["series"]] == list(range(15))
    assert [told["day"] for told in message["details"]] == [12, 13, 14]
    assert message["finished"] and message["frontier"] == message["show"] == 14
    for row in message["series"]:
        assert sorted(row) == sorted(ROW)
    text = json.dumps(message, allow_nan=False)
    assert json.loads(text) == message
    assert all(len(repr(number)) <= 12 for number in numbers(message))


def test_only_what_is_new(lived: Feed) -> None:
    message = lived.message(2, since=13, days=[5, 99, -1])
    assert [row["day"] for row in message["series"]] == [13, 14]  # one known row: two messages may become one
    assert [told["day"] for told in message["details"]] == [5, 14]
    assert message["meta"] is None
    assert lived.message(3, since=1)["meta"] == lived.meta()  # the stranger of day 2 brought a group
    assert [row["day"] for row in lived.message(3, since=4)["series"]] == list(range(4, 15))
    assert lived.message(4, since=14)["details"] == []


def test_many_days_at_once_bring_the_newest_details(lived: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "LINES", 1)
    assert [told["day"] for told in lived.message(2, since=4)["details"]] == [14]


def test_rows_agree_with_the_record(lived: Feed) -> None:
    for row, day in zip(lived.rows(), lived.run.history, strict=True):
        living = day.alive > 0
        assert row["alive"] == living.sum() == sum(group["alive"] for group in row["groups"])
        assert row["total"] == pytest.approx(day.holdings[living].sum(), abs=0.01)
        assert sum(factory["workers"] for factory in row["factories"]) <= row["alive"]
        assert row["betrayals7"] == sum(r["betrayals"] for r in lived.rows()[max(0, row["day"] - 6) : row["day"] + 1])
    assert lived.rows()[2]["interventions"] == ["A stranger arrives, with Power"]


def test_rows_and_lines_tell_the_same(lived: Feed) -> None:
    for row in lived.rows():
        told = lived.detail(row["day"])
        lines = told["lines"]
        assert sum(line.get("deceptive", False) for line in lines) == row["deceptions"]
        assert sum(line["chip"] == "attack" for line in lines) == row["attacks"]
        assert sum(line.get("death", False) for line in lines) == row["deaths"]
        assert [line["i"] for line in lines] == list(range(told["total_lines"]))
        assert any(line.get("betrayal") for line in lines) == (row["betrayals"] > 0)


def test_rows_do_not_depend_on_what_follows(lived: Feed) -> None:
    engine = Engine(lived.run.scenario)
    feed = Feed(engine, "b", "A quarter stop caring")
    while not engine.finished:
        engine.step()
        told = feed.message(engine.day, since=engine.day - 1)
        assert told["series"][-1] == lived.rows()[engine.day]
        assert told["details"][-1] == lived.detail(engine.day)


def test_a_group_added_from_outside_has_a_label(lived: Feed) -> None:
    labels = [group["label"] for group in lived.meta()["groups"]]
    assert labels == ["original", "without Benevolence", "with Power"]
    assert [group["count"] for group in lived.meta()["groups"]] == [19, 6, 0]


def test_nodes_keep_their_places(lived: Feed) -> None:
    places: dict[int, tuple[float, float]] = {}
    chips = lived.meta()["chips"]
    for day in range(15):
        told = lived.detail(day)
        assert len(told["nodes"]) == len(lived.run.history[day].alive)
        for number, *_, x, y in told["nodes"]:
            assert places.setdefault(number, (x, y)) == (x, y)
            assert 0 <= x <= 1 and 0 <= y <= 1
        ends = {node[0] for node in told["nodes"]}
        assert all(edge[0] in ends and edge[1] in ends for edge in told["edges"])
        lines = {line["i"]: line for line in told["lines"]}
        assert all((lines[e[3]]["from"], lines[e[3]]["chip"]) == (e[0], chips[e[2]][0]) for e in told["edges"])
        assert (told["gravest"] == -1) == (day == 0)
    spots = np.array(list(places.values()))
    distance = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1)) + 9 * np.eye(len(spots))
    assert distance.min() > 0.05


def test_pyvis_holds_the_graph(lived: Feed) -> None:
    told = lived.detail(14)
    net = lived.graph().net
    assert [node["label"] for node in net.nodes[:3]] == [node[1] for node in told["nodes"][:3]]
    assert type(net).__module__.startswith("pyvis")


def test_the_end_is_told(lived: Feed) -> None:
    assert lived.rows()[14]["headline"].startswith("25 % without Benevolence. ")


def test_nobody_left() -> None:
    run = FakeRun(Scenario(size=8))
    run.live(events=[event(Happening.DEATH, i, flag=Cause.HUNGER) for i in range(8)])
    message = Feed(run, "a", "A run").message(1, card=(3, 1))
    row, detail = message["series"][1], message["details"][1]
    assert message["finished"] and row["state"] == "extinct"
    assert row["head"] is row["q50"] is row["gini"] is None and row["total"] == 0
    assert row["titles"]["graph"] == "Nobody is left" and "eight residents were all gone" in row["headline"]
    assert detail["lorenz"] is None and all(node[5] == 0 for node in detail["nodes"])
    json.dumps(message, allow_nan=False)


def test_an_empty_day() -> None:
    run = FakeRun(Scenario())
    run.live()
    detail = Feed(run, "a", "A run").detail(1)
    assert detail["lines"] == detail["edges"] == [] and detail["gravest"] == -1 and detail["total_lines"] == 0


def test_a_large_community_is_a_sample() -> None:
    engine = Engine(Scenario(size=1_000, days=3))
    while not engine.finished:
        engine.step()
    message = Feed(engine, "a", "A run").message(1)
    detail = message["details"][-1]
    assert message["meta"]["detail"] == "aggregate"
    assert FOUNDERS <= len(detail["nodes"]) <= SAMPLE
    assert len(detail["lines"]) == 200 < detail["total_lines"]
    assert detail["gravest"] in [line["i"] for line in detail["lines"]]
    drawn = {node[0] for node in detail["nodes"]}
    assert all(edge[0] in drawn and edge[1] in drawn for edge in detail["edges"])
    assert len(detail["edges"]) > 50


def test_pockets_hold_neighbours_and_enough() -> None:
    rows = np.arange(1_000)
    ring = np.column_stack([(rows + step) % 1_000 for step in (1, -1, 2, -2)])
    chosen = pockets(ring, FOUNDERS)
    assert len(chosen) == FOUNDERS == len(set(chosen.tolist()))
    assert np.isin(ring[chosen], chosen).mean() > 0.9
    assert len(pockets(np.full((1_000, 4), -1), FOUNDERS)) == FOUNDERS
    assert len(pockets(np.full((310, 4), -1), FOUNDERS)) == 310


def test_quotes_may_be_asked_for_first(lived: Feed) -> None:
    assert Feed(lived.run, "b2", "Afresh").quotes() == lived.quotes()


def test_quotes_are_said_in_earnest(lived: Feed) -> None:
    quotes = lived.quotes()
    assert 1 <= len(quotes) <= 4
    assert [line["day"] for line in quotes] == sorted(line["day"] for line in quotes)
    assert all(line["said"] and line["text"] for line in quotes)
    assert len({line["chip"] for line in quotes}) >= min(3, len(quotes))


def test_provenance() -> None:
    assert provenance(Scenario()) == "all original · 25 residents · scripted · seed 1907"
    mixed = Scenario(mix="25% without BE", size=1_000, seed=3)
    assert provenance(mixed) == "25 % without Benevolence · 1,000 residents · scripted · seed 3"


def test_a_node_has_the_group_its_resident_is_in_on_that_day() -> None:
    engine = Engine(check({"size": 12, "days": 4, "seed": 3}))
    engine.step()
    engine.intervene(ChangeValues(day=1, share=100, condition="without", value="BE"))
    engine.step()
    feed = Feed(engine, "k", "t")
    groups = [{node[2] for node in feed.detail(day)["nodes"]} for day in (1, 2)]
    assert groups == [{0}, set(engine.history[2].group.tolist())]
    assert 1 in groups[1]
