"""What a reader opens: a labelled line, a resident, the presentation."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.community import button, ready, settle

Visit = Callable[..., Page]
CRUEL = "?run=collapse-without-benevolence&day=6&lived=6"


def test_a_labelled_line_opens_to_said_meant_did(visit: Visit) -> None:
    page = visit(CRUEL)
    ready(page)
    settle(page, 6)
    page.locator(".transcript-host .chip[aria-expanded]").first.click()
    opened = page.locator(".transcript-host")
    for word in ("said", "meant", "did"):
        expect(opened.get_by_text(re.compile(rf"^{word}$", re.IGNORECASE)).first).to_be_visible()


def test_a_resident_opens_and_closes(visit: Visit) -> None:
    page = visit("?run=original-community&day=3&lived=3")
    ready(page)
    settle(page, 3)
    page.locator(".transcript-host button.name").first.click()
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
