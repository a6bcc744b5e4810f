"""A window of the dashboard that is watched: whatever a test does in it, it must not complain nor ask another host."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.chromium import Watch


@contextmanager
def window(
    browser: Browser, host: str, width: int = 1280, height: int = 720, *, below: bool = False, **options: Any
) -> Iterator[Page]:
    """An empty page with a memory of its own.

    `below`: it goes below the server's first page, where Streamlit first looks for itself in vain.
    """
    page = browser.new_context(viewport={"width": width, "height": height}, **options).new_page()
    watch = Watch()
    watch.on(page)
    yield page
    page.context.close()
    assert [said for said in watch.complaints if not (below and "404" in said)] == []
    assert watch.elsewhere(host) == []
    assert watch.asked
