"""Days whose residents are asked in words: no page waits for them, and stop means stop. A real server answers."""

import itertools
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboard import address, asker
from dashboard.address import Address
from dashboard.asker import Agreement
from dashboard.casting import Casting
from dashboard.limits import Limits
from dashboard.opening import OPENING
from dashboard.session import Session
from sim.errors import RunError
from sim.interventions import Give
from sim.interview import Terms
from sim.models import Model
from sim.providers.budget import Caps
from sim.runs.library import Library
from sim.scenario import Scenario
from tests.calm import WORDS, calm
from tests.dashboard.presets import PRESETS, SCENARIOS
from tests.llm_server import Fault, LlmServer, serving

SIZE, DAYS = 6, 4
FREE = Terms(cached=False)


@pytest.fixture
def server() -> Iterator[LlmServer]:
    with serving(LlmServer(answer=calm)) as started:
        yield started


class Tab:
    """A page that hears from its session twice a second, or more often."""

    def __init__(self, library: Library, query: str = "") -> None:
        self.library = library
        said = Address(SCENARIOS[OPENING], day=0)
        if query:
            pairs = dict(pair.split("=", 1) for pair in query.split("&"))
            said = address.read({key: [value] for key, value in pairs.items()}, SCENARIOS, OPENING, Limits())
        self.session = Session(said, PRESETS, Limits(), library)
        self.n = 0
        self.told: dict[str, Any] = {}

    def start(self, server: LlmServer, terms: Terms = FREE) -> None:
        model = Model(model="stub", base_url=server.url)
        plain = Scenario(size=SIZE, days=DAYS)
        scenario = plain.with_(**Casting("all", (model,)).cast(plain.mix))
        self.session.start(scenario, agreement=Agreement.of(terms, {}))

    def ask(self, kind: str, **fields: Any) -> None:
        self.n += 1
        self.session.ask({"type": kind, "n": self.n, **fields}, SCENARIOS[OPENING])

    def hear(self, seconds: float = 0.1) -> dict[str, Any]:
        self.session.advance(seconds)
        self.told = self.session.message(self.session.scenario)
        self.session.delivered()
        json.dumps(self.told, allow_nan=False)
        return self.told

    def rest(self, patience: float = 20) -> dict[str, Any]:
        """Hear until nothing is being lived any more."""
        end = time.monotonic() + patience
        self.hear()
        while self.session.waiting:
            self.hear()
            assert time.monotonic() < end, self.told["asking"]
        return self.hear()


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Tab]:
    opened = Tab(Library(tmp_path))
    yield opened
    opened.session.stop()


def until_some_answer(tab: Tab, server: LlmServer) -> None:
    """Wait until a day is half asked: some answers there, some calls under way."""
    end = time.monotonic() + 10
    while not (tab.hear(0.02)["asking"]["done"] and server.flying):
        assert time.monotonic() < end


def test_a_day_is_lived_while_the_page_hears_how_far_it_is(tab: Tab, server: LlmServer) -> None:
    server.latency = 0.3
    tab.start(server)
    tab.ask("step", days=1, until=1)
    started = time.monotonic()
    told = tab.hear(0.1)
    assert time.monotonic() - started < 1
    assert (told["frontier"], told["asking"]["busy"], told["asking"]["expected"]) == (0, True, 2 * SIZE)
    seen = set()
    while tab.session.waiting:
        seen.add(tab.hear()["asking"]["done"])
    told = tab.hear()
    assert len(seen) > 1
    assert (told["frontier"], told["asking"]["busy"], told["notice"]) == (1, False, None)
    assert told["asking"]["calls"] == len(server.calls) == 2 * SIZE
    assert told["asking"]["tokens"] > 1_000
    assert told["asking"]["money"] is None  # no price is known
    assert WORDS in json.dumps(told["details"])


def test_pause_ends_within_a_second_and_nothing_is_asked_twice(tab: Tab, server: LlmServer) -> None:
    server.latency, server.sigma = 0.3, 0.8
    tab.start(server)
    tab.ask("step", days=4, until=4)
    until_some_answer(tab, server)
    paused = time.monotonic()
    tab.ask("pause")
    while tab.session.waiting:
        tab.hear(0.05)
    assert time.monotonic() - paused < 1
    assert "Paused within day" in tab.hear()["notice"]["text"]
    assert server.let_go()
    known = len(tab.session.engine.journal)
    assert known > 0
    calls = len(server.calls)
    server.latency = 0
    tab.ask("step", days=1, until=tab.session.engine.day + 1)
    day = tab.rest()["frontier"]
    assert len(tab.session.engine.journal) == 2 * SIZE * day
    assert len(server.calls) - calls == 2 * SIZE * day - known


def test_a_cap_pauses_with_words_and_a_higher_one_goes_on(tab: Tab, server: LlmServer) -> None:
    tab.start(server, Terms(Caps(calls=2 * SIZE + 3), cached=False))
    tab.ask("step", days=2, until=2)
    told = tab.rest()
    assert (told["frontier"], told["notice"]["kind"]) == (1, "error")
    assert "cap of 15 calls" in told["notice"]["text"]
    assert "Days 0 to 1 are kept" in told["notice"]["text"]
    assert told["asking"]["caps"] == "Stops at 15 calls"
    tab.session.agree(Agreement.of(Terms(Caps(calls=100), cached=False), {}))
    tab.ask("step", days=1, until=2)
    assert tab.rest()["frontier"] == 2
    assert len(server.calls) == 4 * SIZE


def test_a_closed_tab_stops_the_asking(tab: Tab, server: LlmServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asker, "SILENCE", 0.5)
    server.latency = 0.2
    tab.start(server)
    tab.ask("step", days=4, until=4)
    until_some_answer(tab, server)
    time.sleep(1.0)  # nobody looks
    assert server.let_go()
    calls = len(server.calls)
    time.sleep(0.5)
    assert len(server.calls) == calls < 2 * SIZE * DAYS


def test_a_reload_finds_the_broken_day_and_asks_only_the_rest(tab: Tab, server: LlmServer) -> None:
    server.latency = 0.1
    tab.start(server)
    tab.ask("step", days=1, until=1)
    query = tab.rest()["address"]
    assert "asked=stub" in query
    tab.ask("step", days=1, until=2)
    until_some_answer(tab, server)
    again = Tab(tab.library, query)
    assert server.let_go(), "the tab that was left still asks"
    assert (again.session.engine.day, again.hear()["notice"]) == (1, None)
    known, calls = len(again.session.engine.journal), len(server.calls)
    assert known > 2 * SIZE
    again.ask("step", days=1, until=2)
    assert again.session.unagreed
    assert len(server.calls) == calls, "nobody is asked without leave"
    again.session.agree(Agreement.of(FREE, {}))
    again.session.live_on()
    assert again.rest()["frontier"] == 2
    assert len(again.session.engine.journal) == 4 * SIZE
    assert len(server.calls) - calls == 4 * SIZE - known


def test_an_address_without_its_run_says_that_the_model_is_missing(tab: Tab, tmp_path: Path, server: LlmServer) -> None:
    tab.start(server)
    tab.ask("step", days=1, until=1)
    other = Tab(Library(tmp_path / "elsewhere"), tab.rest()["address"])
    told = other.hear()
    assert "here they are scripted" in told["notice"]["text"]
    assert (other.session.asks, told["frontier"]) == (False, 1)


def test_a_dead_endpoint_gives_failed_answers_and_the_run_goes_on(tab: Tab, server: LlmServer) -> None:
    server.key = "the right one"
    tab.start(server)
    tab.ask("step", days=1, until=1)
    told = tab.rest()
    assert told["frontier"] == 1
    assert "100 %" in told["failing"]


def test_nothing_is_done_to_a_day_that_is_being_lived(tab: Tab, server: LlmServer) -> None:
    server.latency = 0.3
    tab.start(server)
    tab.ask("step", days=1, until=1)
    until_some_answer(tab, server)
    with pytest.raises(RunError, match="Pause"):
        tab.session.intervene(Give(day=1))


def test_a_run_that_is_opened_knows_its_caps_and_what_was_spent(tab: Tab, server: LlmServer) -> None:
    caps = Caps(calls=2 * SIZE + 3, minutes=30)
    server.order(Fault.DOWN)
    tab.start(server, Terms(caps, cached=False))
    tab.ask("step", days=2, until=2)
    told = tab.rest()
    again = Tab(tab.library, told["address"])
    shown = again.session.shown
    assert shown.caps == caps and shown.spent is not None
    assert (shown.spent.calls, shown.spent.minutes > 0) == (2 * SIZE + 3, True)
    assert again.hear()["asking"]["calls"] == 2 * SIZE + 3
    calls = len(server.calls)
    again.session.agree(Agreement.of(Terms(shown.caps, cached=False), {}))
    again.session.live_on()
    assert "cap of 15 calls" in again.rest()["notice"]["text"]
    assert len(server.calls) == calls
    again.session.agree(Agreement.of(Terms(Caps(calls=100), cached=False), {}))
    again.session.live_on()
    assert again.rest()["frontier"] == 2


def test_a_placebo_asks_nobody_and_differs_in_nothing(tab: Tab, server: LlmServer) -> None:
    moods = itertools.count()
    server.answer = lambda asked: calm(asked) | {"plan": f"Mood {next(moods)}."}  # never the same twice
    tab.start(server)
    tab.ask("step", days=3, until=3)
    first = tab.rest()["address"]
    for session in (tab.session, Tab(tab.library, first).session):  # one that was agreed on, one that was opened
        calls, digests = len(server.calls), list(session.engine.digests)
        tab.session = session
        tab.ask("branch", day=1, placebo=True)
        told = tab.rest()
        assert "The difference is exactly zero" in told["notice"]["text"]
        assert session.engine.digests == digests
        assert (len(server.calls), told["asking"]["tokens"]) == (calls, 0)


def test_nothing_stays_open_once_the_asking_rests(tab: Tab, server: LlmServer) -> None:
    others = working()  # of tests before
    tab.start(server)
    tab.ask("step", days=1, until=1)
    tab.rest()
    for day, ending in enumerate(("step", "pause", "new"), 2):
        server.latency = 0.2 if ending != "step" else 0.0
        tab.ask("step", days=1, until=day)
        if ending != "step":
            until_some_answer(tab, server)
            tab.ask("pause") if ending == "pause" else tab.session.start(SCENARIOS[OPENING])
        tab.rest()
        end = time.monotonic() + 2
        while (ours := working() - others) or server.open:
            assert time.monotonic() < end, (ours, server.open)
            time.sleep(0.02)


def working() -> set[threading.Thread]:
    """Threads of asking, and those that look up addresses for it."""
    return {each for each in threading.enumerate() if each.name.startswith("asyncio") or "asking" in each.name}


def test_another_run_ends_the_asking_of_the_last(tab: Tab, server: LlmServer) -> None:
    server.latency = 0.3
    tab.start(server)
    tab.ask("step", days=4, until=4)
    until_some_answer(tab, server)
    tab.session.start(SCENARIOS[OPENING])
    assert server.let_go()
    tab.ask("step", days=1, until=1)
    told = tab.rest()
    assert (told["frontier"], told["asking"], told["notice"]) == (1, None, None)


def test_a_card_can_be_read_while_a_day_is_asked(tab: Tab, server: LlmServer) -> None:
    tab.start(server)
    tab.ask("step", days=2, until=2)
    tab.rest()
    server.latency = 0.5
    tab.ask("step", days=1, until=3)
    until_some_answer(tab, server)
    tab.ask("card", id=1, day=1)
    assert tab.hear(0.01)["card"]["id"] == 1
    assert tab.rest()["frontier"] == 3
    assert len(server.calls) == 3 * 2 * SIZE, "a look back asks nobody"
