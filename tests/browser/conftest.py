"""A real server and a real Chromium for the tests in this folder.

Without a browser they are skipped; under CI a skipped one fails.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.server import ROOT, Server, running
from tests.browser.window import window

PATIENCE = 15_000  # ms


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.xdist_group(item.path.stem))  # one worker, one server


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("CI") and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which is a failure under CI: {call.excinfo.value if call.excinfo else ''}"
    return report


@pytest.fixture(scope="package")  # while Playwright is open, its event loop stands in the way of every other
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = executable(playwright)
        if path is None:
            pytest.skip("no Chromium found: install one, or run 'python -m playwright install chromium'")
        expect.set_options(timeout=PATIENCE)
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    subprocess.run([sys.executable, "-m", "sim", "compile"], cwd=ROOT, check=True)  # no test waits for the compiler
    with running(tmp_path_factory.mktemp("server") / "log.txt") as started:
        yield started
    assert started.tracebacks() == []


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Open the dashboard in a new window."""
    with ExitStack() as opened:

        def go(query: str = "", **options: Any) -> Page:
            page = opened.enter_context(window(browser, server.host, **options))
            page.set_default_timeout(PATIENCE)
            page.goto(server.url + query)
            return page

        yield go
