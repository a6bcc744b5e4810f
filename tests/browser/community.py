"""The Community page as its user speaks of it: the day, the buttons, the views. Locators pierce open shadow roots."""

import re
import time
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

LIVE = ".cockpit [data-day]"
SMALL = "?run=original-community&days=30"  # a run from its address: no bet is asked


def button(page: Page, name: str) -> Locator:
    """A button by its whole visible name; what a screen reader adds (a key) may follow."""
    return page.get_by_role("button", name=re.compile(rf"^{re.escape(name)}\b")).first


def ready(page: Page) -> None:
    """Wait until the run is drawn."""
    page.locator(LIVE).first.wait_for(state="attached")
    expect(button(page, "Step")).to_be_visible()


def counter(page: Page) -> int:
    """N of the "Day N" that is shown."""
    shown = page.locator(".runbar-host").get_by_text(re.compile(r"^Day \d+$")).first.inner_text()
    return int(shown.split()[1])


def view_days(page: Page) -> list[int]:
    """The day of every live view that is shown."""
    days = page.locator(LIVE).evaluate_all(
        "views => views.filter(v => v.offsetParent !== null).map(v => +v.dataset.day)"
    )
    return [int(day) for day in days]


def settle(page: Page, day: int, seconds: float = 15) -> None:
    """Wait until counter and all views show that day."""
    until(
        lambda: counter(page) == day and set(view_days(page)) == {day},
        seconds,
        lambda: (counter(page), view_days(page)),
    )


def beyond(page: Page, seconds: float = 5) -> list[int]:
    """Pixels by which the page, and the main part of it, stay wider than what shows them."""
    end = time.monotonic() + seconds
    while True:
        page.wait_for_timeout(400)  # charts follow a new width
        found: list[int] = page.evaluate(
            "() => [document.documentElement, document.querySelector('[data-testid=\"stMain\"]')]"
            ".map(e => e.scrollWidth - e.clientWidth)"
        )
        if found == [0, 0] or time.monotonic() > end:
            return found


def unfold(page: Page) -> None:
    """Open the sidebar, which is folded away in a narrow window."""
    page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_test_id("stSidebarCollapseButton")).to_be_visible()


def until(
    holds: Callable[[], bool], seconds: float = 15, shown: Callable[[], object] = lambda: "it does not hold"
) -> None:
    """Wait for a condition; fail with what is `shown` instead."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, shown()
        time.sleep(0.03)
