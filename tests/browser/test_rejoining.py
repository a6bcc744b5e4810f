"""A server that dies under an open page: started again, the page comes back to its run and its day by itself."""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.community import button, counter, ready, settle, until
from tests.browser.server import running

START = "?run=original-community&seed=7&day=2&lived=2"
RETURN = 40  # seconds within which it must be back: Streamlit tries ever more rarely


@pytest.mark.parametrize("played", [True, False], ids=["while it plays", "before anything was asked"])
def test_the_page_comes_back_after_its_server_was_killed(browser: Browser, tmp_path: Path, played: bool) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 720}).new_page()
    with running(tmp_path / "first.txt") as server:
        page.goto(server.url + START)
        ready(page)
        settle(page, 2)
        if played:
            button(page, "Play").click()
            until(lambda: counter(page) >= 5)
        os.kill(server.pid, signal.SIGKILL)
    page.wait_for_timeout(500)
    day, headline = counter(page), _headline(page)
    page.evaluate("window.before = true")
    with running(tmp_path / "second.txt", port=int(server.host.split(":")[1])) as again:
        if not played:
            page.wait_for_timeout(3_000)  # it is connected by now, and shows what it had
            button(page, "Step").click()
        page.wait_for_function("!window.before", timeout=RETURN * 1_000)
        ready(page)
        settle(page, day)
        assert "seed=7" in page.url and _headline(page) == headline
        button(page, "Step").click()
        settle(page, day + 1)
        assert not again.tracebacks()
    page.context.close()


def _headline(page: Page) -> str:
    return page.get_by_role("heading", level=1).first.inner_text()
