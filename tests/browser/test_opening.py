"""The first minute: a finished run, a bet, an answer, and a future that plays to its end."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.community import button, counter, ready, until

Visit = Callable[..., Page]


def test_the_page_opens_on_a_finished_run_with_a_headline_and_a_bet(visit: Visit) -> None:
    page = visit()
    ready(page)
    assert counter(page) == 60
    expect(page.get_by_role("heading", level=1).first).to_have_text(re.compile(r"\w+ .*\w"))
    expect(page.get_by_text("stop caring for each other?").first).to_be_visible()
    expect(page.locator(".bet-host button").nth(2)).to_be_visible()


def test_the_answer_of_a_bet_plays_and_is_quoted_at_the_end(visit: Visit) -> None:
    page = visit()
    ready(page)
    page.keyboard.press("2")
    until(lambda: 0 < counter(page) < 60)
    until(lambda: counter(page) == 60 or page.locator(".verdict").is_visible(), 30, lambda: counter(page))
    expect(page.locator(".verdict")).to_have_text(re.compile(r"You bet: “.+”"))


def test_a_wrong_address_still_opens_and_says_what_was_left_out(visit: Visit) -> None:
    page = visit("?run=original-community&size=-3&bogus=1")
    ready(page)
    expect(page.get_by_text(re.compile("size")).first).to_be_visible()


def test_play_is_a_button_like_any_other(visit: Visit) -> None:
    page = visit("?run=original-community&day=0&lived=0")
    ready(page)
    for name in ("Step", "Play"):
        expect(button(page, name)).to_be_enabled()
