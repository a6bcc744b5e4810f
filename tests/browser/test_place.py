"""A person in a resident's place, on a narrow page: called to a neighbour's defence, asked to fund a merger."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.community import button, counter, ready, until

Visit = Callable[..., Page]
CALLED = "?run=quarter-without-care&do=6~take_place~1&day=5"  # on that day this resident's ally is attacked
BID = "?run=quarter-without-care&do=3~take_place~0&day=2"  # and its factory is to be merged


def newest(page: Page) -> int:
    """Go to the last day lived so far."""
    page.keyboard.press("End")
    return counter(page)


@pytest.mark.parametrize(
    ("query", "day", "asked"), [(CALLED, 6, "is under attack and calls you"), (BID, 3, "Bid to merge yours")]
)
def test_a_person_is_called_and_asked(visit: Visit, query: str, day: int, asked: str) -> None:
    page = visit(query, width=768, height=900, color_scheme="dark")
    ready(page)
    until(lambda: newest(page) == day - 1, 60)
    button(page, "Step").click()
    button(page, "Answer").click()  # the sidebar is folded away at this width
    seen = page.locator(".cw-seen")
    expect(seen).to_be_focused()
    for question in ("MORNING", "EVENING", asked):
        expect(page.locator("[data-testid=stSidebar] .cw-said").first).to_contain_text(question)
        if question == asked and "attack" in asked:
            page.get_by_test_id("stRadioOption").filter(has_text="no").click()
        if question == asked and "merge" in asked:
            page.get_by_label("Units you put in").fill("0.5")
        say = page.get_by_role("button", name="Say and do this")
        expect(say).to_have_count(1)  # the question before is gone
        say.click()
    until(lambda: counter(page) == day)
    expect(seen).to_have_count(0)
