"""Measuring a model on the Conformity page: the form, its errors, the asking, what is kept, files brought in again."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.library import library
from sim.conformity import tallies
from sim.conformity.measure import loaded
from tests.dashboard.test_conformity_page import told, visit, words
from tests.dashboard.test_minds_page import choose, number
from tests.follower import PAIR, follower
from tests.llm_server import LlmServer, serving

KEY = "sk-very-secret-0123456789"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library and a cache of its own, and no keys or endpoints but what a test says."""
    monkeypatch.setenv("COMMONWEAL_RUNS", str(tmp_path / "runs"))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "COMMONWEAL_ENDPOINTS", "COMMONWEAL_LIBRARY"):
        monkeypatch.delenv(name, raising=False)
    library.cache_clear()
    yield tmp_path / "runs" / "measurements"
    library.cache_clear()


@pytest.fixture
def server() -> Iterator[LlmServer]:
    with serving(LlmServer(answer=follower())) as started:
        yield started


def press(page: AppTest, key: str) -> None:
    page.button(key=key).click()
    page.run()
    assert not page.exception


def filled(server: LlmServer, *, small: bool = True) -> AppTest:
    """The page with the form open and complete."""
    page = visit()
    press(page, "measure_new")
    choose(page, "Endpoint", server.url)
    choose(page, "Model", "stub")
    for key, said in zip(("measure_plus", "measure_minus"), PAIR):
        page.text_input(key=key).set_value(said)
    page.run()
    number(page, "Calls at once", 32)
    page.checkbox(key="measure_cached").set_value(False)
    if small:
        number(page, "Answers at each", 30)
        number(page, "Answers in isolation", 10)
    return page


def measured(page: AppTest) -> AppTest:
    press(page, "measure_go")
    end = time.monotonic() + 60
    while "measuring" in page.session_state and time.monotonic() < end:
        time.sleep(0.2)
        page.run()
        assert not page.exception
    return page


def test_a_form_that_is_not_complete_asks_nothing(server: LlmServer) -> None:
    page = visit()
    press(page, "measure_new")
    go = page.button(key="measure_go")
    assert go.disabled and "two different opinions" in words(page) and "Name the model" in words(page)
    page = filled(server, small=False)
    assert not page.button(key="measure_go").disabled and page.button(key="measure_go").label == "Ask 1,100 questions"
    assert "1,100" in words(page) and "unknown" in words(page)
    number(page, "Price of reading, $ a million", 0.5)
    assert "both prices" in words(page) and page.button(key="measure_go").disabled
    number(page, "Price of writing, $ a million", 1.5)
    assert "$0." in words(page) and not page.button(key="measure_go").disabled
    choose(page, "Endpoint", "https://elsewhere.example/v1")
    assert "may not be called from here" in words(page) and page.button(key="measure_go").disabled
    assert server.calls == []
    press(page, "measure_back")
    assert told(page)["state"]["word"] == "aligned", "the lab, as it was left"


def test_a_server_without_endpoints_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONWEAL_ENDPOINTS", "")
    page = visit()
    press(page, "measure_new")
    assert "This server allows no endpoint" in words(page)
    assert not [button for button in page.button if button.key == "measure_go"]


def test_a_model_is_measured_kept_and_placed_in_the_plane(server: LlmServer, folder: Path) -> None:
    page = measured(filled(server))
    assert len(server.calls) == 310
    assert "stub follows with beta" in words(page) and "95 % interval" in words(page) and "In isolation" in words(page)
    (file,) = folder.glob("*.json")
    done = loaded(file.read_text("utf-8"))
    press(page, "measure_live")
    data = told(page)
    fit = done.fitted()
    (point,) = data["measured"]
    assert point["beta"] == pytest.approx(fit.beta, abs=1e-4) and point["betaSpan"][0] < fit.beta < point["betaSpan"][1]
    assert data["setting"]["beta"] == pytest.approx(fit.beta, abs=0.006)
    other = visit()
    assert [each["name"] for each in told(other)["measured"]] == [point["name"]], "there in another tab, too"


def test_stop_keeps_what_was_answered(server: LlmServer, folder: Path) -> None:
    server.latency = 0.2
    page = filled(server, small=False)
    press(page, "measure_go")
    end = time.monotonic() + 30
    while page.session_state["measuring"].look().done < 60 and time.monotonic() < end:
        time.sleep(0.05)
    page.run()
    assert "questions answered" in " ".join(element.proto.text for element in page.get("progress"))
    press(page, "measure_stop")
    assert "measuring" not in page.session_state and "Not all was asked: stopped by hand" in words(page)
    (file,) = folder.glob("*.json")
    assert 60 <= sum(count.asked for count in loaded(file.read_text("utf-8")).counts) < 1_100
    press(page, "measure_drop")
    assert not list(folder.glob("*.json")) and told(page)["measured"] == []


def test_an_endpoint_that_answers_nothing_of_use_is_told(server: LlmServer) -> None:
    server.answer = lambda asked: "I cannot say <b>that</b>."
    page = measured(filled(server))
    assert "stub could not be measured" in words(page) and "neither A nor B" in words(page)
    press(page, "measure_back")
    assert told(page)["measured"] == [], "nothing is drawn that is not so"


def test_a_key_is_held_in_memory_alone(server: LlmServer, folder: Path) -> None:
    server.key = KEY
    page = filled(server)
    page.text_input(key="minds_key_lab").set_value(KEY)
    page.run()
    assert page.session_state["keys"] == {server.url: KEY}
    measured(page)
    assert "stub follows" in words(page)
    drawn = [element.proto for element in page.main if element.proto is not None]
    assert all(KEY.encode() not in proto.SerializeToString() for proto in drawn)
    assert all(KEY not in file.read_text("utf-8") for file in folder.iterdir())


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_was_downloaded_can_be_loaded_again(form: str, server: LlmServer, folder: Path) -> None:
    page = measured(filled(server))
    (file,) = folder.glob("*.json")
    done = loaded(file.read_text("utf-8"))
    press(page, "measure_drop")
    content = (done.model_dump_json() if form == "json" else tallies.written(done)).encode()
    uploader: Any = page.get("file_uploader")[0]
    uploader.set_value((f"mine.{form}", content, "text/plain")).run()
    assert not page.exception and "stub follows with beta" in words(page)
    press(page, "measure_back")
    (point,) = told(page)["measured"]
    assert point["beta"] == pytest.approx(done.fitted().beta, abs=1e-4)


def test_a_file_that_is_no_measurement_is_told() -> None:
    page = visit()
    uploader: Any = page.get("file_uploader")[0]
    uploader.set_value(("bad.json", json.dumps({"plan": "<b>"}).encode(), "application/json")).run()
    assert not page.exception and "bad.json: this is no measurement of this lab" in words(page)


def test_without_a_library_it_lives_in_the_tab(server: LlmServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONWEAL_LIBRARY", "off")
    library.cache_clear()
    page = measured(filled(server))
    assert "Measurements are not kept on this server" in words(page)
    press(page, "measure_back")
    assert len(told(page)["measured"]) == 1 and told(visit())["measured"] == []
