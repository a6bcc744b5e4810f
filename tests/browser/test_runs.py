"""The library in a real browser: runs are found, named, deleted, brought back, opened; hostile words stay words."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from sim.runs.library import Library
from tests.browser.community import ready, settle
from tests.sim.runs.making import community, lived, saved

Visit = Callable[..., Page]
HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) :red[x] $x$"


@pytest.fixture(scope="module")
def kept() -> dict[str, str]:
    """Ids by title, in the library of the server under test."""
    library = Library(Path(os.environ["COMMONWEAL_RUNS"]))
    engine = lived(community(days=6, size=8))
    found = {}
    for title in ("A quiet valley", "A windy hill", HOSTILE):
        found[title] = saved(library.new_path(), engine).stem
        library.amend(found[title], title=title, tags=["browser", HOSTILE[:40]], notes=HOSTILE)
    return found


def runs(page: Page) -> Locator:
    """Go to the page by its menu; the rows that are drawn."""
    page.get_by_role("link", name="Runs", exact=True).click()
    rows = page.locator(".shelf .space .row")
    rows.first.wait_for()
    return rows


def search(page: Page, words: str) -> None:
    page.get_by_role("searchbox", name="Search the runs").fill(words)


def test_a_run_is_found_named_deleted_brought_back_and_opened(visit: Visit, kept: dict[str, str]) -> None:
    page = visit("?run=original-community&days=30&day=0")
    rows = runs(page)
    search(page, "browser quiet")
    expect(rows).to_have_count(1)
    rows.get_by_role("button", name="A quiet valley").click()
    heading = page.locator(".cw-run h2")
    expect(heading).to_have_text("A quiet valley")
    expect(page.locator(".portrait svg").first).to_be_visible()

    expect(page.get_by_label("Title")).to_have_count(1)  # that of the run shown before is gone
    page.get_by_label("Title").fill("A loud valley")
    page.locator("[data-testid=stMain] [data-testid=stFormSubmitButton] button").click()
    expect(heading).to_have_text("A loud valley")
    search(page, "browser loud")
    expect(rows).to_have_count(1)

    page.locator(".st-key-run_delete button").click()
    expect(page.get_by_text("“A loud valley” was deleted.")).to_be_visible()
    expect(rows).to_have_count(0)
    page.locator(".st-key-deleted_undo button").click()
    expect(rows).to_have_count(1)
    expect(heading).to_have_text("A loud valley")

    page.locator(".st-key-run_open button").click()
    ready(page)
    settle(page, 6)
    assert f"id={kept['A quiet valley']}" in page.url


def test_words_of_others_stay_words(visit: Visit, kept: dict[str, str]) -> None:
    page = visit("?run=original-community&days=30&day=0")
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    rows = runs(page)
    search(page, kept[HOSTILE])
    expect(rows).to_have_count(1)
    rows.locator(".name").click()
    expect(page.locator(".cw-run h2")).to_have_text(HOSTILE)
    expect(rows.locator(".name")).to_have_text(HOSTILE)
    assert page.locator("img[src=x], a[href^=javascript], [data-testid=stMain] .katex").count() == 0


def test_two_marked_runs_are_compared(visit: Visit, kept: dict[str, str]) -> None:
    page = visit("?run=original-community&days=30&day=0")
    rows = runs(page)
    compare = page.locator(".shelf").get_by_role("button", name="Compare")
    expect(compare).to_be_disabled()
    for title in ("windy", "valley"):
        search(page, title)
        rows.get_by_role("checkbox").first.check()
    compare.click()
    expect(page).to_have_url(re.compile(r"/compare\?.*runs=[0-9a-f]{12}(,|%2C)[0-9a-f]{12}"))


def test_the_list_is_walked_with_the_keyboard(visit: Visit, kept: dict[str, str]) -> None:
    page = visit("?run=original-community&days=30&day=0")
    rows = runs(page)
    search(page, "browser")
    expect(rows).to_have_count(3)
    rows.first.locator(".name").focus()
    page.keyboard.press("Enter")
    expect(rows.first).to_have_attribute("aria-current", "true")
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    expect(rows.nth(1).locator(".name")).to_be_focused()
    search(page, "nothing is called like this")
    expect(page.get_by_text("No run matches.")).to_be_visible()
