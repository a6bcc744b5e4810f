"""Minds on the page: the form, its errors, the key that is never shown, and the question before anything costs."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import opening, snapshot
from dashboard.library import library
from dashboard.views import community
from sim.asking import PauseError
from sim.engine import Engine
from sim.interview import Terms, provider
from sim.providers.budget import Caps
from sim.runs.writer import RunWriter
from sim.scenario import check
from tests.calm import calm
from tests.dashboard.presets import PRESETS
from tests.dashboard.test_pages import press, told, visit, words
from tests.llm_server import LlmServer, serving

KEY = "sk-very-secret-0123456789"


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The small presets, no snapshot, and no keys or endpoints but what a test says."""
    monkeypatch.setattr(snapshot, "folder", lambda: tmp_path / "opening")
    monkeypatch.setattr(opening, "_prepare_later", lambda *_: None)
    monkeypatch.setattr(opening, "presets", lambda: PRESETS)
    monkeypatch.setattr(community, "presets", lambda: PRESETS)
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "COMMONWEAL_ENDPOINTS"):
        monkeypatch.delenv(name, raising=False)
    yield


@pytest.fixture
def server() -> Iterator[LlmServer]:
    with serving(LlmServer(answer=calm)) as started:
        yield started


def form(query_days: str = "3") -> AppTest:
    """A page on which the form of minds is open."""
    page = visit(run="original-community", size="5", days=query_days, day="0")
    choose(page, "Minds", "all")
    assert "Minds of the next run" in words(page)
    return page


def choose(page: AppTest, label: str, value: str) -> None:
    box = next(box for box in page.selectbox if box.label == label)
    if value not in box.options:
        box.options.append(value)  # typed: a simulated box takes only what it offers
    box.set_value(value)
    page.run()
    assert not page.exception


def number(page: AppTest, label: str, value: float | None) -> None:
    next(box for box in page.number_input if box.label == label).set_value(value)
    page.run()
    assert not page.exception


def fill(page: AppTest, server: LlmServer) -> None:
    choose(page, "Endpoint", server.url)
    choose(page, "Model", "stub")


def disabled(page: AppTest) -> bool:
    return bool(next(button for button in page.button if button.key == "minds_use").disabled)


def test_a_form_that_is_not_complete_cannot_be_used(server: LlmServer) -> None:
    page = form()
    assert disabled(page)
    assert "Name the model" in words(page)
    fill(page, server)
    assert not disabled(page)
    number(page, "Tokens", -3)
    assert "A cap is a number above 0" in words(page)
    assert disabled(page)
    number(page, "Tokens", None)
    number(page, "Dollars", 2.0)
    assert "The price of stub is not known" in words(page)
    choose(page, "Endpoint", "https://elsewhere.example/v1")
    assert "may not be called from here" in words(page)
    choose(page, "Endpoint", "<script>alert(1)</script>")
    assert "<script>" not in words(page)
    press(page, "Back without change")
    assert page.session_state["draft"].scenario.mind == "scripted"


def test_a_server_without_endpoints_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONWEAL_ENDPOINTS", "")
    page = form()
    assert "This server allows no endpoint" in words(page)
    assert disabled(page)


def test_an_endpoint_is_asked_which_models_it_has(server: LlmServer) -> None:
    server.models = {"large-2", "small-1", "<b>odd</b>"}
    page = form()
    choose(page, "Endpoint", server.url)
    press(page, "Test connection")
    assert "It has 3 models to choose from" in words(page)
    assert next(box for box in page.selectbox if box.label == "Model").options == ["<b>odd</b>", "large-2", "small-1"]
    choose(page, "Model", "tiny-0")
    press(page, "Test connection")
    assert "Check the name" in words(page)


def test_a_key_is_held_and_never_shown(server: LlmServer) -> None:
    server.key = KEY
    page = form()
    fill(page, server)
    press(page, "Test connection")
    assert "wants a key" in words(page)
    page.text_input(key="minds_key0").set_value("wrong key with blanks")
    page.run()
    assert "characters no key has" in words(page)
    page.text_input(key="minds_key0").set_value(KEY)
    page.run()
    assert page.session_state["keys"] == {server.url: KEY}
    assert not [box for box in page.text_input if box.key == "minds_key0"]
    press(page, "Test connection")
    assert "stub answered within" in words(page)
    press(page, "Use for the next run")
    press(page, "New run with these settings")
    page.button(key="taking_go").click().run()
    for place in (page.session_state["draft"], page.query_params, page.session_state["session"].query(), told(page)):
        assert KEY not in repr(place)
    drawn = [element.proto for element in page.main if element.proto is not None]
    assert drawn
    assert all(KEY.encode() not in proto.SerializeToString() for proto in drawn)
    assert KEY not in repr(page.session_state["session"].agreement)


def test_a_run_that_may_cost_is_asked_about_first(server: LlmServer) -> None:
    page = form()
    fill(page, server)
    press(page, "Use for the next run")
    run = told(page)["run"]
    assert "stub" in words(page)
    press(page, "New run with these settings")
    assert told(page)["run"] == run
    assert "unknown" in words(page)
    assert server.calls == []
    page.button(key="taking_go").click().run()
    assert told(page)["run"] != run
    assert told(page)["meta"]["provenance"] == "all original · 5 residents · stub · seed 1907"
    assert server.calls == [], "the first day is asked for when the page asks for it"


def test_a_run_that_is_free_begins_at_once(server: LlmServer) -> None:
    page = form()
    fill(page, server)
    number(page, "Price of reading, $ a million", 0.0)
    number(page, "Price of writing, $ a million", 0.0)
    press(page, "Use for the next run")
    run = told(page)["run"]
    press(page, "New run with these settings")
    assert told(page)["run"] != run
    assert page.session_state["session"].agreement is not None


def test_scripted_minds_are_one_choice_away(server: LlmServer) -> None:
    page = form()
    fill(page, server)
    press(page, "Use for the next run")
    assert page.session_state["draft"].scenario.models
    choose(page, "Minds", "scripted")
    assert page.session_state["draft"].scenario.models == ()
    choose(page, "Minds", "share")
    number(page, "Share, in %", 40.0)
    press(page, "Use for the next run")
    assert "2 of 5 stub" in words(page)
    assert page.session_state["draft"].is_simple


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: LlmServer) -> Iterator[Path]:
    """A run of models in the library, paused by its cap."""
    monkeypatch.setenv("COMMONWEAL_RUNS", str(tmp_path / "runs"))
    library.cache_clear()
    here = library()
    assert here is not None
    model = {"model": "stub", "base_url": server.url}
    scenario = check({"size": 4, "days": 3, "seed": 1907, "mind": "llm", "models": [model]})
    asked = provider(scenario, Terms(Caps(calls=10, tokens=90_000), cached=False))
    assert asked is not None
    engine = Engine(scenario, answers=asked)
    with RunWriter.create(here.new_path(), engine, "The village") as writer, closing(engine):
        writer.account, engine.journal.keep = asked.budget, writer.record
        with pytest.raises(PauseError):
            for _ in range(3):
                engine.step()
                writer.add(engine)
    (entry,) = here.entries()
    yield here.path(entry.id)
    library.cache_clear()


def test_a_run_that_is_opened_goes_on_under_its_caps(kept: Path, server: LlmServer) -> None:
    page = visit(id=kept.stem, day="1")
    session, typed = page.session_state["session"], page.session_state["minds_form"]
    assert (typed.calls, typed.tokens, typed.money, typed.minutes) == (10, 90_000, None, None)
    assert session.shown.spent.calls == 10
    page.button(key="edit_minds").click().run()
    number(page, "Calls", 11)
    assert page.session_state["minds_form"].calls == 11, "what is typed then holds"
    press(page, "Use for the next run")
    assert page.session_state["minds_form"].calls == 11


def test_a_group_acts_as_recorded(kept: Path, server: LlmServer) -> None:
    calls = len(server.calls)
    page = visit(run="original-community", size="4", days="3", seed="1907", mix="50% without BE", day="0")
    choose(page, "Minds", "all")
    radio = next(one for one in page.radio if one.key and one.key.endswith("_who"))
    radio.set_value("groups").run()
    box = next(box for box in page.selectbox if box.label.startswith("50 % without"))
    assert "As recorded in The village" in box.options
    box.set_value(f"run-{kept.stem}").run()
    press(page, "Use for the next run")
    assert f"2 of 4 as in run {kept.stem}" in words(page)
    press(page, "New run with these settings")
    session = page.session_state["session"]
    assert [record.run for record in session.scenario.records] == [kept.stem]
    assert not session.needs_agreement, "a record is free"
    session.live_on()
    while not session.advance(5):
        pass
    assert (session.engine.day, len(server.calls)) == (1, calls)
    assert {entry.reply.source for _, entry in session.engine.journal} == {"record"}
