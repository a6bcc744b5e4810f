"""Days arrive by hand, by themselves, and can be gone back to."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.community import button, counter, ready, settle, until, view_days

Visit = Callable[..., Page]
START = "?run=original-community&day=0&lived=0"


def test_step_brings_one_day_to_the_counter_and_to_every_view(visit: Visit) -> None:
    page = visit(START)
    ready(page)
    settle(page, 0)
    for day in (1, 2, 3):
        button(page, "Step").click()
        settle(page, day)
    assert len(view_days(page)) >= 5


def test_play_goes_on_until_pause(visit: Visit) -> None:
    page = visit(START)
    ready(page)
    button(page, "Play").click()
    until(lambda: counter(page) >= 3)
    button(page, "Pause").click()
    expect(button(page, "Play")).to_be_visible()
    page.wait_for_timeout(500)
    rest = counter(page)
    page.wait_for_timeout(1_500)
    settle(page, rest)


def test_keys_play_step_and_rewind(visit: Visit) -> None:
    page = visit(START)
    ready(page)
    for day in (1, 2):
        page.keyboard.press("ArrowRight")
        settle(page, day)
    page.keyboard.press("ArrowLeft")
    settle(page, 1)
    page.keyboard.press("Home")
    settle(page, 0)
    page.keyboard.press("End")
    settle(page, 2)
    page.keyboard.press("+")
    settle(page, 12)


def test_every_key_is_listed(visit: Visit) -> None:
    page = visit(START)
    ready(page)
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("Play or pause")
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def test_a_past_day_is_the_same_when_it_is_seen_again(visit: Visit) -> None:
    page = visit("?run=original-community&day=5&lived=5")
    ready(page)
    settle(page, 5)
    before = page.locator(".transcript-host").inner_text()
    page.keyboard.press("ArrowRight")
    settle(page, 6)
    page.keyboard.press("ArrowLeft")
    settle(page, 5)
    assert page.locator(".tiles-host").inner_text()
    assert before.splitlines()[0] == page.locator(".transcript-host").inner_text().splitlines()[0]
