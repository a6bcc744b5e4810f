"""Every number in a title is the number in the data."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.payload import titles
from dashboard.payload.feed import Feed
from dashboard.payload.headlines import MOVED, _gini_before
from sim.scenario import Scenario
from sim.state import Array, Cause, Happening, Kind
from tests.dashboard.fake import FakeRun, event, message

MIXED = Scenario(mix="25% without BE")
SMALL = ("no one two three four five six seven eight nine ten eleven twelve").split()


def read(word: str) -> int:
    """The number a word or digits stand for."""
    return SMALL.index(word.lower()) if word.lower() in SMALL else int(word.replace(",", ""))


@st.composite
def runs(draw: st.DrawFn) -> FakeRun:
    run = FakeRun(MIXED)
    for day in range(1, draw(st.integers(2, 4))):
        alive = np.flatnonzero(run.history[-1].alive).tolist()
        dying = draw(st.lists(st.sampled_from(alive), unique=True, max_size=len(alive))) if alive else []
        n = len(run.history[-1].alive)
        parents = draw(st.lists(st.sampled_from(alive), max_size=3)) if alive else []
        events = [event(Happening.BIRTH, parent, n + k, amount=4) for k, parent in enumerate(parents)]
        events += [event(Happening.DEATH, i, flag=Cause.HUNGER) for i in dying]
        events += [event(Happening.ATTACK, i, alive[0], flag=draw(st.integers(0, 1))) for i in alive[1 : 1 + day]]
        plans = draw(st.lists(st.integers(0, 8), max_size=14)) if len(alive) > 1 else []
        messages = [message(alive[0], alive[1], Kind.ASK_HELP, amount=1, claim=2, plan=plan) for plan in plans]
        wealth = draw(st.integers(0, 3))
        holdings: Array = np.random.default_rng(wealth).lognormal(1.5, 1.0, n + len(parents)) * min(wealth, 1)
        run.live(messages, events, holdings)
    return run


@settings(max_examples=60, deadline=None)
@given(runs())
def test_numbers_in_titles(run: FakeRun) -> None:
    rows = Feed(run, "a", "A run").rows()
    for row, day in zip(rows, run.history, strict=True):
        titles = row["titles"]
        if row["day"] and row["alive"]:
            for noun in ("message", "attack", "death", "birth"):
                found = re.search(rf"([\w,]+) {noun}(s?)\b", titles["graph"])
                count = len(day.messages) if noun == "message" else row[f"{noun}s"]
                assert (read(found[1]) if found else 0) == count
                assert not found or bool(found[2]) == (count != 1)
        if found := re.match(r"([\w,]+) of ([\w,]+) residents holds? (\d+) % of everything", titles["resources"]):
            held = np.sort(day.holdings[day.alive > 0])[::-1]
            assert read(found[2]) == row["alive"] == len(held)
            assert int(found[3]) == round(100 * held[: read(found[1])].sum() / held.sum())
        if found := re.match(r"Day (\d+): ([\w,]+) messages, (\w+) deceptive", titles["transcript"]):
            deceptive = row["deceptions"]
            assert int(found[1]) == row["day"] and read(found[2]) == len(day.messages)
            assert (found[3] == "all" and deceptive == len(day.messages)) or read(found[3]) == deceptive
        if found := re.match(r"([\d.]+) units made, ([\d.]+) used", titles["flows"]):
            assert float(found[1]) == round(row["made"], 1) and float(found[2]) == round(row["used"], 1)
        if found := re.match(r"([\d,]+) → ([\d,]+) residents:", titles["population"]):
            assert (read(found[1]), read(found[2])) == (rows[0]["alive"], row["alive"])
        if found := re.search(r": (\w+) (?:was|were) born, (\w+) died", titles["population"]):
            born, died = (found[k].replace("nobody", "no") for k in (1, 2))
            assert read(born) == sum(past["births"] for past in rows[: row["day"] + 1])
            assert read(died) == sum(past["deaths"] for past in rows[: row["day"] + 1])
        if found := re.search(r"is (rising|falling): Gini ([\d.]+) → ([\d.]+)", titles["gini"]):
            assert float(found[3]) == round(row["gini"], 2)
            assert (found[1] == "rising") == (float(found[2]) < float(found[3]))


@settings(max_examples=30, deadline=None)
@given(runs())
def test_titles_are_sentences(run: FakeRun) -> None:
    for row in Feed(run, "a", "A run").rows():
        for text in [*row["titles"].values(), *row["words"].values(), row["headline"]]:
            assert text and text == text.strip()
            assert not re.search(r"nan|None|inf\b|-\d|\bone (?!was)\w+s\b|\d\.\d{3}", text), text


def test_words_compare_with_yesterday() -> None:
    run = FakeRun(MIXED)
    run.live(events=[event(Happening.DEATH, 3, flag=Cause.HUNGER)])
    run.live(events=[event(Happening.BIRTH, 1, 25), event(Happening.BIRTH, 2, 26)])
    rows = Feed(run, "a", "A run").rows()
    assert rows[0]["words"]["alive"] == "at the start"
    assert rows[1]["words"]["alive"] == "one fewer than yesterday"
    assert rows[2]["words"]["alive"] == "two more than yesterday"
    assert rows[2]["words"]["warning"] == "not enough to tell yet"


def test_a_change_of_inequality_is_headline_once() -> None:
    gini = [0.1] * 5 + [0.2] * 5
    news = [_gini_before([{"gini": value} for value in gini[: day + 1]]) for day in range(10)]
    assert [day for day, before in enumerate(news) if before is not None and abs(gini[day] - before) >= MOVED] == [5]


@pytest.mark.parametrize(
    ("born", "died", "title"),
    [
        (0, 0, "25 residents, as at the start"),
        (3, 0, "25 → 28 residents: three were born, nobody died"),
        (0, 1, "25 → 24 residents: nobody was born, one died"),
        (1, 1, "25 residents, as at the start: one was born, one died"),
    ],
)
def test_births_and_deaths_are_counted_in_words(born: int, died: int, title: str) -> None:
    start = {"alive": 25, "births": 0, "deaths": 0}
    assert titles._population([start, {"alive": 25 + born - died, "births": born, "deaths": died}]) == title
