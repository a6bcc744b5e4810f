"""A reload, a second window, a wrong setting: nothing is lost and nothing leaks."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.community import button, counter, ready, settle

Visit = Callable[..., Page]
START = "?run=original-community&day=0&lived=0"


def test_a_reload_comes_back_to_the_same_day(visit: Visit) -> None:
    page = visit(START)
    ready(page)
    for day in (1, 2, 3):
        button(page, "Step").click()
        settle(page, day)
    page.keyboard.press("ArrowLeft")
    settle(page, 2)
    page.wait_for_url(re.compile("day=2"))
    headline = page.get_by_role("heading", level=1).first.inner_text()
    page.reload()
    ready(page)
    settle(page, 2)
    assert page.get_by_role("heading", level=1).first.inner_text() == headline


def test_two_windows_do_not_disturb_each_other(visit: Visit) -> None:
    one, two = visit(START), visit("?run=original-community&seed=7&day=0&lived=0")
    ready(one)
    ready(two)
    for day in (1, 2):
        button(one, "Step").click()
        settle(one, day)
    assert counter(two) == 0
    button(two, "Step").click()
    settle(two, 1)
    settle(one, 2)
    assert "seed=7" in two.url
    assert "seed=7" not in one.url


def test_a_wrong_setting_is_told_in_words_and_the_run_stays(visit: Visit) -> None:
    page = visit("?run=original-community&day=4&lived=4")
    ready(page)
    settle(page, 4)
    size = page.get_by_label("Residents", exact=True).first
    size.fill("0")
    size.press("Enter")
    expect(page.get_by_text(re.compile("Residents: between 1 and")).first).to_be_visible()
    settle(page, 4)
