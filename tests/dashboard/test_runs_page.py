"""The Runs page as Streamlit runs it: empty, full, with hostile words, and all that can be done with a run."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.library import library
from dashboard.limits import limits
from dashboard.views import runs
from sim.errors import SettingError
from sim.runs.judgements import opinions
from sim.runs.library import Library
from tests.llm_server import LlmServer, serving
from tests.sim.answering import answered, worded
from tests.sim.judge.making import attacks
from tests.sim.runs.making import community, lived, saved

HOSTILE = (
    "<script>alert(1)</script> [x](javascript:alert(1)) :red[x] :material/delete: $x$ <img src=x onerror=alert(1)>"
)


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """An empty library of its own."""
    monkeypatch.setenv("COMMONWEAL_RUNS", str(tmp_path / "runs"))
    monkeypatch.delenv("COMMONWEAL_LIBRARY", raising=False)
    for found in (library, limits):
        found.cache_clear()
    here = library()
    assert here is not None
    yield here
    for found in (library, limits):
        found.cache_clear()


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Where the page led to."""
    gone: list[tuple[Any, ...]] = []
    monkeypatch.setattr(runs, "go", lambda path, **query: gone.append((path, query)))
    monkeypatch.setattr(runs, "open_run", lambda *where: gone.append(where))
    return gone


def page_of_runs() -> None:
    from dashboard.views.runs import show

    show()


def visit(**query: str) -> AppTest:
    page = AppTest.from_function(page_of_runs, default_timeout=120)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return page


def keep(here: Library, title: str = "A run", days: int = 9_999, **changes: Any) -> str:
    path = saved(here.new_path(), lived(community(days=4, size=6), days), ended=days > 4)
    here.amend(path.stem, title=title, **changes)
    return path.stem


def words(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def told(page: AppTest, name: str) -> Any:
    found = [element for element in page.get("bidi_component") if element.proto.component_name == name]
    return json.loads(found[0].proto.json)


def press(page: AppTest, key: str) -> None:
    page.button(key=key).click().run()
    assert not page.exception


def test_an_empty_library_says_what_will_be_here(left: list[tuple[Any, ...]]) -> None:
    page = visit()
    assert "No run is kept yet" in words(page)
    press(page, "to_community")
    assert left == [("community", {})]


def test_runs_are_listed_and_the_newest_is_shown(kept: Library) -> None:
    keep(kept, "Older")
    newest = keep(kept, "Newer", tags=["x"])
    page = visit()
    columns = told(page, "shelf")["columns"]
    assert sorted(columns["title"]) == ["Newer", "Older"]
    assert set(columns["state"]) == {"finished"}
    assert "2 runs kept" in words(page)
    picked = told(page, "shelf")["picked"]
    assert picked in columns["id"]
    assert page.text_input(key=f"run_title_{picked}").value in columns["title"]
    page = visit(id=newest)
    assert told(page, "shelf")["picked"] == newest
    assert page.text_input(key=f"run_tags_{newest}").value == "x"
    assert told(page, "portrait")["last"] == 4


def test_hostile_words_are_never_markup(kept: Library) -> None:
    keep(kept, HOSTILE, days=2, tags=["$x$", ":red[x]"], notes=HOSTILE)
    page = visit()
    assert "<script>" not in words(page)
    assert "<img src=x" not in words(page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in words(page)
    labels = [item.label for item in (*page.button, *page.text_input, *page.text_area)]
    labels += [item.value for item in (*page.markdown, *page.caption, *page.header, *page.subheader, *page.title)]
    assert not [label for label in labels if "alert" in label or "$x$" in label]
    press(page, "run_delete")
    assert "<script>" not in words(page)


def test_a_run_gets_another_title_tags_and_notes(kept: Library) -> None:
    identity = keep(kept)
    page = visit()
    page.text_input(key=f"run_title_{identity}").set_value("  Better  ")
    page.text_input(key=f"run_tags_{identity}").set_value("one, two,, one ,")
    page.text_area(key=f"run_notes_{identity}").set_value("Look at day 3.")
    press(page, f"FormSubmitter:run_naming_{identity}-Save")
    entry = kept.entry(identity)
    assert (entry.title, entry.tags, entry.notes) == ("Better", ("one", "two"), "Look at day 3.")
    page.text_input(key=f"run_title_{identity}").set_value(" ")
    press(page, f"FormSubmitter:run_naming_{identity}-Save")
    assert "Could not save that: title" in words(page)
    assert kept.entry(identity).title == "Better"


def test_what_is_deleted_can_be_brought_back(kept: Library) -> None:
    identity, other = keep(kept, "One"), keep(kept, "Two")
    page = visit(id=identity)
    press(page, "run_delete")
    assert [entry.id for entry in kept.entries()] == [other]
    assert "“One” was deleted." in words(page)
    press(page, "deleted_undo")
    assert {entry.id for entry in kept.entries()} == {identity, other}
    assert told(page, "shelf")["picked"] == identity
    assert "was deleted" not in words(page)


def test_the_last_run_deleted_can_be_brought_back(kept: Library) -> None:
    keep(kept, "Only")
    page = visit()
    press(page, "run_delete")
    assert "No run is kept yet" in words(page)
    press(page, "deleted_undo")
    assert len(kept.entries()) == 1


def test_an_interrupted_run_is_offered(kept: Library, left: list[tuple[Any, ...]]) -> None:
    keep(kept, "Whole")
    identity = keep(kept, "Cut off", days=2)
    page = visit()
    assert "“Cut off” was interrupted on day 2 of 4." in words(page)
    press(page, "interrupted_play_arrow")
    assert left == [(identity, 2)]
    press(page, "interrupted_delete")
    assert "was interrupted" not in words(page)


def test_open_replay_and_duplicate_lead_to_the_community(kept: Library, left: list[tuple[Any, ...]]) -> None:
    identity = keep(kept)
    page = visit()
    press(page, "run_open")
    press(page, "run_replay")
    press(page, "run_duplicate")
    assert left == [(identity, 4), (identity, 0), ("community", {})]
    assert page.session_state["draft"].scenario.size == 6


def test_a_damaged_file_is_shown_with_its_reason_and_can_go(kept: Library) -> None:
    keep(kept)
    (kept.folder / "aaaaaaaaaaaa.sqlite").write_bytes(b"nonsense" * 99)
    (kept.folder / "notes.txt").write_text("x")
    page = visit(id="aaaaaaaaaaaa")
    assert "it is damaged or not a run" in words(page)
    assert sorted(told(page, "shelf")["columns"]["state"]) == ["damaged", "damaged", "finished"]
    press(page, "run_delete")
    assert "aaaaaaaaaaaa.sqlite" not in told(page, "shelf")["columns"]["file"]


def test_a_run_that_went_away_meanwhile_is_told(kept: Library) -> None:
    keep(kept, "Stays")
    identity = keep(kept, "Goes")
    page = visit(id=identity)
    kept.path(identity).unlink()
    press(page, "run_delete")
    assert "Could not delete this run: there is no run" in words(page)


def test_a_file_is_brought_in_once(kept: Library, tmp_path: Path) -> None:
    data = saved(tmp_path / "elsewhere.sqlite", lived(community(days=4, size=6))).read_bytes()
    page = visit()
    for expected in (1, 1):
        page.file_uploader[0].set_value(("given.sqlite", data, "application/octet-stream")).run()
        assert not page.exception
        assert len(kept.entries()) == expected
    assert "in the library already" in words(page)
    page.file_uploader[0].set_value(("bad.sqlite", b"<script>", "application/octet-stream")).run()
    assert "Could not import this file" in words(page)
    assert len(kept.entries()) == 1


def test_a_server_without_a_library_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONWEAL_LIBRARY", "off")
    library.cache_clear()
    page = visit()
    assert "Runs are not kept on this server" in words(page)
    assert not page.button


def test_a_wrong_switch_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONWEAL_LIBRARY", "maybe")
    library.cache_clear()
    with pytest.raises(SettingError, match="COMMONWEAL_LIBRARY is 'shared' or 'off'"):
        library()


def test_the_receipt_is_made_when_it_is_opened(kept: Library) -> None:
    identity = keep(kept)
    page = visit()
    assert not page.code
    page.session_state["run_receipt"] = True
    page.run()
    assert f'"run": "{identity}"' in " ".join(item.value for item in page.code)


def test_agreement_is_offered_and_not_made_before_it_is_opened(kept: Library) -> None:
    keep(kept)
    page = visit()
    assert [expander.label for expander in page.expander if expander.label == "Agreement"] == ["Agreement"]
    assert "detectors have labelled" not in words(page)


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> Iterator[LlmServer]:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "COMMONWEAL_ENDPOINTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sim.providers.cache.cache_folder", lambda: Path(os.devnull))
    with serving(LlmServer(answer=lambda asked: attacks(asked.messages[1][1]))) as server:
        yield server


def choose(page: AppTest, label: str, value: str) -> None:
    box = next(box for box in page.selectbox if box.label == label)
    box.options.append(value)  # typed: a simulated box takes only what it offers
    box.set_value(value).run()
    assert not page.exception


def test_a_run_is_judged_from_its_page(kept: Library, judge: LlmServer) -> None:
    identity = keep(kept)
    page = visit()
    assert not any(button.key == "judge_go" for button in page.button)
    page.session_state["run_judge"] = page.session_state["run_agreement"] = True
    page.run()
    assert "Only the detectors have labelled this run" in words(page)
    choose(page, "Endpoint", judge.url)
    choose(page, "Model", "strong-1")
    assert "Calls" in words(page) and page.button(key="judge_go").label == "Judge: ask 1 question"
    assert not judge.calls, "nothing is asked before it is wanted"
    press(page, "judge_go")
    until = time.monotonic() + 10
    while "judging" in page.session_state and time.monotonic() < until:
        page.run()
    assert "strong-1 has judged all days that were asked of it" in words(page)
    assert len(judge.calls) == 1 and len(opinions(kept.path(identity)).hearings) == 1
    page.run()
    assert "detectors and strong-1" in words(page), "the agreement is shown"
    assert "strong-1 has judged these days already." in [caption.value for caption in page.caption]


def test_a_judging_is_stopped_from_its_page(kept: Library, judge: LlmServer) -> None:
    keep(kept)
    judge.latency = 5.0
    page = visit()
    page.session_state["run_judge"] = True
    page.run()
    choose(page, "Endpoint", judge.url)
    choose(page, "Model", "strong-2")
    press(page, "judge_go")
    assert any("0 labels" in caption.value for caption in page.caption)
    press(page, "judge_stop")
    page.run()
    assert "Stopped. What was judged is kept" in words(page)
    assert judge.let_go()


def test_a_run_of_models_names_them(kept: Library) -> None:
    engine = answered(worded(days=2, mind="scripted", mix=[{"share": 50, "mind": "llm"}, {"share": 50}]))
    path = saved(kept.new_path(), engine)
    page = visit(id=path.stem)
    assert told(page, "shelf")["columns"]["minds"] == ["4 of 8 fake-1"]
    assert "4 of 8 fake-1 · " in words(page)
    assert kept.entry(path.stem).answers == "lean"
    keep(kept)
    assert sorted(told(visit(), "shelf")["columns"]["minds"]) == ["", "4 of 8 fake-1"]
