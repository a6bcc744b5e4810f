"""A window of the dashboard that is watched: whatever a test does in it, it must not complain nor ask another host."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import Watch


@contextmanager
def window(
    browser: Browser, host: str, width: int = 1280, height: int = 720, *, below: bool = False,
    color_scheme: Literal["light", "dark"] = "light",
) -> Iterator[Page]:  # fmt: skip
    """An empty page, which remembers nothing of those before.

    `below`: it goes below the server's first page, where Streamlit first looks for itself in vain.
    """
    home = _home(browser, host)
    home.pages[0].evaluate("localStorage.clear()")
    page = home.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=color_scheme)
    watch = Watch()
    watch.on(page)
    try:
        yield page
    finally:
        page.close()
    assert [said for said in watch.complaints if not (below and "404" in said)] == []
    assert watch.elsewhere(host) == []
    assert watch.asked


@cache
def _home(browser: Browser, host: str) -> BrowserContext:
    """Where all windows of a server are opened.

    A page that stays open keeps Chromium's process for it, and what is compiled there: a third of what a visit costs.
    """
    context = browser.new_context()
    context.new_page().goto(f"http://{host}/_stcore/health")
    return context
