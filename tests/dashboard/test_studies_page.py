"""The Studies page as Streamlit runs it: the form, a start, a look at what is there, deleting, and hostile words."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.library import library
from dashboard.limits import limits
from dashboard.studies import taking
from dashboard.studies.draft import Draft
from dashboard.studies.manager import Manager, manager
from sim.studies.estimate import StudyEstimate
from tests.sim.studies.filed import EVIL, filed, small

ID, OTHER = "aaaaaaaaaaaa", "bbbbbbbbbbbb"
QUICK = StudyEstimate(1, 1, 1, 2, None, 12.0, (), ("A sentence.",))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Manager]:
    """An empty library of its own, and an estimate that takes no time."""
    monkeypatch.setenv("COMMONWEAL_RUNS", str(tmp_path / "runs"))
    monkeypatch.delenv("COMMONWEAL_LIBRARY", raising=False)
    monkeypatch.setattr(taking, "estimate", lambda *_, **__: QUICK)
    _forget()
    found = manager()
    assert found is not None
    found.archive.folder.mkdir(parents=True)
    yield found
    for entry, _ in found.entries():
        found.cancel(entry.id)
    _forget()


def _forget() -> None:
    library.cache_clear()
    limits.cache_clear()
    manager.clear()


def page_of_studies() -> None:
    from dashboard.failure import Boundary
    from dashboard.views.studies import show

    with Boundary("show the page Studies"):
        show()


def visit(**query: str) -> AppTest:
    page = AppTest.from_function(page_of_studies, default_timeout=120)
    for key, value in query.items():
        page.query_params[key] = value
    page.run()
    assert not page.exception
    return page


def words(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def told(page: AppTest, name: str) -> Any:
    (found,) = [element for element in page.get("bidi_component") if element.proto.component_name == name]
    return json.loads(found.proto.bytes or found.proto.json)


def press(page: AppTest, key: str) -> None:
    page.button(key=key).click().run()
    assert not page.exception


def test_without_a_study_the_page_opens_on_the_form() -> None:
    page = visit()
    said = words(page)
    assert "81 conditions on 64 seeds: 5,184 communities" in said
    assert "about 10 seconds" in said and "No study yet" in said
    assert not page.button(key="study_start").disabled


def test_what_cannot_be_is_told_at_its_field_and_cannot_be_started() -> None:
    page = visit()
    seeds = next(field for field in page.text_input if field.label == "Seeds")
    seeds.set_value("1000, 1000").run()
    assert "the seed 1000 is named twice" in words(page)
    assert page.button(key="study_start").disabled
    seeds = next(field for field in page.text_input if field.label == "Seeds")
    assert seeds.value == "1000, 1000"


def test_a_study_is_started_and_shown(here: Manager) -> None:
    page = visit()
    page.session_state["study_draft"].load(small())
    page.run()
    press(page, "study_start")
    ((entry, _),) = here.entries()
    data = told(page, "studies")
    assert data["study"]["id"] == entry.id and data["study"]["title"] == "A small one"
    assert told(page, "studieslist")["rows"][0]["title"] == "A small one"


def test_what_is_started_is_the_design_at_the_click(here: Manager) -> None:
    page = visit()
    page.session_state["study_draft"].load(small())  # the page is still being drawn, its button is of the design before
    press(page, "study_start")
    ((entry, _),) = here.entries()
    assert entry.title == "A small one"


def test_the_study_of_the_address_is_shown_on_its_tab(here: Manager) -> None:
    for identity, title in ((ID, "One"), (OTHER, "Two")):
        filed(here.archive.folder / f"{identity}.study", small(title=f"Study {title}"))
    page = visit(id=ID, tab="lasting")
    data = told(page, "studies")
    assert (data["study"]["title"], data["tab"]) == ("Study One", "lasting")
    assert told(page, "studieslist")["picked"] == ID


def test_an_address_of_nothing_is_told() -> None:
    assert "There is no study cccccccccccc on this server" in words(visit(id="cccccccccccc"))


def test_hostile_words_are_never_markup(here: Manager) -> None:
    filed(here.archive.folder / f"{ID}.study", small(title=EVIL[:80], question=EVIL), failed=1)
    page = visit()
    assert "<script>" not in words(page) and "<img" not in words(page)
    labels = [item.label for item in (*page.button, *page.text_input)]
    assert not [label for label in labels if "script" in label]
    page.session_state["study_picked"] = ""
    page.session_state["study_draft"] = Draft(here.study(ID))
    page.run()
    assert "<script>" not in words(page) and "&lt;script&gt;" in words(page)


def test_another_design_can_be_begun_beside_a_study(here: Manager) -> None:
    filed(here.archive.folder / f"{ID}.study", small())
    page = visit()
    press(page, "study_new")
    assert "communities" in words(page)


def test_a_deleted_study_comes_back(here: Manager) -> None:
    filed(here.archive.folder / f"{ID}.study", small())
    page = visit()
    here.delete(ID)
    page.session_state["study_deleted"] = (ID, "A small one")
    page.run()
    assert "“A small one” was deleted." in words(page)
    press(page, "deleted_undo")
    assert told(page, "studies")["study"]["id"] == ID


def test_a_damaged_study_is_told_in_words(here: Manager) -> None:
    (here.archive.folder / f"{ID}.study").write_bytes(b"nonsense" * 99)
    page = visit()
    assert "Could not show this study" in words(page)
    assert told(page, "studieslist")["rows"][0]["state"] == "damaged"


def test_a_server_without_a_library_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMONWEAL_LIBRARY", "off")
    _forget()
    assert "Studies are not kept on this server" in words(visit())
