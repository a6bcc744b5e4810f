"""What a reader opens: a labelled line, a resident, the presentation."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.community import button, counter, ready, settle

Visit = Callable[..., Page]
CRUEL = "?run=without-benevolence&day=6&lived=6"
MARKED = ".transcript-host .entry .chip-button[aria-expanded='false']"


def test_a_marked_line_opens_to_said_meant_did(visit: Visit) -> None:
    page = visit(CRUEL)
    ready(page)
    found: set[str] = set()
    for day in range(6, 1, -1):
        settle(page, day)
        page.wait_for_timeout(300)
        for _ in range(min(page.locator(MARKED).count(), 4)):
            page.locator(MARKED).first.click()
            page.locator(".transcript-host dl.smd").first.wait_for()
            found |= set(page.locator(".transcript-host dl.smd dt").all_inner_texts())
        if {"said", "meant", "did"} <= {word.lower() for word in found}:
            return
        page.keyboard.press("ArrowLeft")
    raise AssertionError(f"only {found} in five days")


def test_a_resident_opens_and_closes(visit: Visit) -> None:
    page = visit("?run=original-community&day=3&lived=3")
    ready(page)
    settle(page, 3)
    page.locator(".transcript-host button.person").first.click()
    card = page.locator(".card-host")
    expect(card).to_be_visible()
    expect(card.get_by_text(re.compile(r"Holds [\d.]+ units")).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_presentation_is_large_and_comes_back(visit: Visit) -> None:
    page = visit("?run=original-community&day=3&lived=3")
    ready(page)
    button(page, "Present").click()
    expect(page.locator(".cockpit")).to_have_attribute("data-mode", "present")
    page.keyboard.press("Escape")
    expect(page.locator(".cockpit")).to_have_attribute("data-mode", "live")
    expect(button(page, "Step")).to_be_visible()


def test_a_day_the_page_no_longer_holds_is_fetched_and_stayed_on(visit: Visit) -> None:
    page = visit("?run=original-community&days=90&size=12&day=50")
    ready(page)
    button(page, "Step").click()
    settle(page, 51)
    page.keyboard.press("Home")
    settle(page, 0)
    page.wait_for_timeout(700)
    assert counter(page) == 0
