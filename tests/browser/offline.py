"""A report in a real browser without a network. It must ask for nothing but itself and not complain."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.chromium import Watch


@contextmanager
def offline(browser: Browser, file: Path) -> Iterator[Callable[..., Page]]:
    """Open the report, or another file by name, at a width and in a colour scheme."""
    opened: list[tuple[Page, Watch]] = []

    def go(width: int = 1280, scheme: str = "light", name: str = "") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light", offline=True
        )
        page, watch = context.new_page(), Watch()
        watch.on(page)
        opened.append((page, watch))
        page.goto(f"file://{name or file}")
        page.wait_for_selector("html[data-drawn]")
        return page

    yield go
    for page, watch in opened:
        page.context.close()
        assert watch.complaints == []
        assert [address for address in watch.asked if not address.startswith(("data:", "file:"))] == []
        assert len([address for address in watch.asked if address.startswith("file:")]) == 1
