"""A reader's word on a label: pressed, kept over a reload, taken back."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.community import button, ready, settle

Visit = Callable[..., Page]
CRUEL = "?run=without-benevolence&day=6&lived=6&seed=77"
MARKED = ".transcript-host .entry .chip-button[aria-expanded='false']"


def opened(page: Page) -> Locator:
    """The buttons Right and Wrong of the first line that can be opened and has a label."""
    ready(page)
    settle(page, 6)
    said = page.locator(".transcript-host button.say")
    for _ in range(12):
        if said.count():
            return said
        page.locator(MARKED).last.click()
        page.wait_for_timeout(150)
    raise AssertionError("no labelled line opens")


def test_a_word_on_a_label_is_pressed_kept_and_taken_back(visit: Visit) -> None:
    page = visit(CRUEL)
    said = opened(page)
    right, wrong = said.nth(0), said.nth(1)
    expect(right).to_have_accessible_name(re.compile(r"^Right: the label [\w-]+, day \d+$"))
    right.click()
    expect(right).to_have_attribute("aria-pressed", "true")
    wrong.click()
    expect(right).to_have_attribute("aria-pressed", "false")
    expect(wrong).to_have_attribute("aria-pressed", "true")
    page.wait_for_function("() => location.search.includes('id=')")  # the word has been heard: the run is kept
    line = page.locator(".transcript-host .entry", has=page.locator("button.say")).first.get_attribute("data-line")
    page.reload()
    ready(page)
    settle(page, 6)
    again = page.locator(f".transcript-host .entry[data-line='{line}']")
    if not again.locator("button.say").count():
        again.locator(".chip-button").click()
    wrong = again.locator("button.say").nth(1)
    expect(wrong).to_have_attribute("aria-pressed", "true")
    wrong.click()
    expect(wrong).to_have_attribute("aria-pressed", "false")
    expect(button(page, "Step")).to_be_visible()
