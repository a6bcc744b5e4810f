"""How close to the edge: asked, answered in its panel, kept in the tile, and never in the way of a step."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.community import button, ready, settle

Visit = Callable[..., Page]
SMALL = "?run=original-community&size=10&days=60&day=25&lived=25"
PATIENCE = 60_000  # ms


def test_the_answer_of_the_shown_day_and_of_a_past_one(visit: Visit) -> None:
    page = visit(SMALL)
    ready(page)
    settle(page, 25)
    ask, panel = page.locator(".how-close"), page.locator(".edge-panel")
    expect(ask).to_have_text("Edge?")  # at this width
    expect(panel).to_be_hidden()
    ask.click()
    expect(panel.get_by_role("progressbar")).to_be_visible()
    answer = re.compile(r"^It (can lose|cannot hold|recovers).* on day 25$")
    expect(panel.get_by_role("heading")).to_have_text(answer, timeout=PATIENCE)
    expect(panel).to_contain_text("docs/distance.md")
    assert panel.locator("circle").count() >= 2
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    known = ask.inner_text()
    assert known != "Edge?"
    page.keyboard.press("ArrowLeft")
    settle(page, 24)
    expect(ask).to_have_text("Edge?")
    page.keyboard.press("ArrowRight")
    settle(page, 25)
    expect(ask).to_have_text(known)


def test_days_are_lived_meanwhile(visit: Visit) -> None:
    page = visit("?run=original-community&size=40&days=60&day=5&lived=5")
    ready(page)
    settle(page, 5)
    page.locator(".how-close").click()
    expect(page.locator(".edge-work")).to_contain_text(re.compile(r"[1-9]\d* % lived"), timeout=PATIENCE)
    for day in (6, 7, 8):
        page.keyboard.press("ArrowRight")
        settle(page, day)
    expect(page.locator(".edge-panel").get_by_role("heading")).to_have_text("How close to the edge is day 8?")
    button(page, "Play").click()  # outside: the panel closes
    expect(page.locator(".edge-panel")).to_be_hidden()


def test_the_panel_stays_within_a_narrow_window(visit: Visit) -> None:
    page = visit(SMALL, width=768, height=1024)
    ready(page)
    page.locator(".how-close").click()
    box = page.locator(".edge-panel").bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 768 and box["y"] + box["height"] <= 1024
