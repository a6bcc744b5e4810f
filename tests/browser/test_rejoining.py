"""A server that dies under an open page: started again, the page comes back to its run and its day by itself."""

import os
import signal
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.community import button, counter, ready, settle, until
from tests.browser.server import Server, running

START = "?run=original-community&seed=7&day=2&lived=2"
RETURN = 40  # seconds within which it must be back: Streamlit tries ever more rarely


def test_the_page_comes_back_after_its_server_was_killed(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    with running(tmp_path / "first.txt") as server:
        page.goto(server.url + START)
        ready(page)
        settle(page, 2)
        shown = _kill(page, server)  # before anything was asked
    port = int(server.host.split(":")[1])
    with running(tmp_path / "second.txt", port=port) as server:
        page.wait_for_timeout(3_000)  # it is connected by now, and shows what it had
        button(page, "Step").click()
        _back(page, shown)
        assert not server.tracebacks()
        button(page, "Play").click()
        until(lambda: counter(page) >= 6)
        shown = _kill(page, server)  # while it plays
    with running(tmp_path / "third.txt", port=port) as server:
        _back(page, shown)
        assert not server.tracebacks()
    page.context.close()


def _kill(page: Page, server: Server) -> tuple[int, str]:
    """The day and the headline that are left on the page."""
    os.kill(server.pid, signal.SIGKILL)
    page.wait_for_timeout(500)
    page.evaluate("window.before = true")
    return counter(page), _headline(page)


def _back(page: Page, shown: tuple[int, str]) -> None:
    """Wait for the page to come back to what it showed, and step on."""
    page.wait_for_function("!window.before", timeout=RETURN * 1_000)
    ready(page)
    settle(page, shown[0])
    assert "seed=7" in page.url and _headline(page) == shown[1]
    button(page, "Step").click()
    settle(page, shown[0] + 1)


def _headline(page: Page) -> str:
    return page.get_by_role("heading", level=1).first.inner_text()
