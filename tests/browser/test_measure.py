"""Measuring a model of one's own, in Chromium: typed, asked, stopped, gone on with, drawn; narrow and dark."""

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.community import unfold, until
from tests.browser.server import Server
from tests.browser.test_minds import choose
from tests.browser.window import window
from tests.follower import PAIR, follower
from tests.llm_server import LlmServer, serving


@pytest.fixture
def model() -> Iterator[LlmServer]:
    with serving(LlmServer(answer=follower(), latency=0.25, sigma=0.3)) as started:
        yield started


def write(page: Page, label: str, said: str) -> None:
    page.get_by_label(label).fill(said)
    page.get_by_label(label).press("Enter")


def test_a_model_is_measured(browser: Browser, server: Server, model: LlmServer) -> None:
    name = f"stub-{time.time_ns()}"  # no answer of an earlier test is used again
    with window(browser, server.host, 768, 1000, below=True, color_scheme="dark") as page:
        page.goto(f"{server.url}conformity")
        page.locator(".bar-part[data-sweep]").wait_for()
        unfold(page)
        page.get_by_role("button", name="Measure a model of your own").click()
        expect(page.get_by_role("heading", name="Measure how a model")).to_be_visible()
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        choose(page, "stMain", "Endpoint", model.url)
        choose(page, "stMain", r"\bModel", name)
        write(page, "Opinion +1", PAIR[0])
        write(page, "Opinion −1", PAIR[1])
        write(page, "Answers at each", "40")
        write(page, "Answers in isolation", "20")
        page.get_by_role("button", name="Ask 420 questions").click()
        expect(page.get_by_text(re.compile(r"[1-9]\d* of 420 questions answered"))).to_be_visible()
        stopped = time.monotonic()
        page.get_by_role("button", name="Stop").click()
        until(lambda: model.flying == 0, 1.5)
        expect(page.get_by_text(re.compile("stopped by hand"))).to_be_visible()
        assert time.monotonic() - stopped < 5
        asked = len(model.calls)
        page.get_by_role("button", name="Back to the lab").click()
        page.locator(".bar-part[data-sweep]").wait_for()
        unfold(page)
        page.get_by_role("button", name="Measure a model of your own").click()
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        page.get_by_role("button", name="Ask 420 questions").click()
        expect(page.get_by_role("heading", name=re.compile(f"{name} follows with beta"))).to_be_visible(timeout=60_000)
        assert len(model.calls) - asked <= 420 - (asked - 64), "answers that were there are not asked for again"
        expect(page.locator(".curve-stage")).to_have_attribute("aria-label", re.compile("of 40"))
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        page.get_by_role("button", name="Let such agents live in the lab").click()
        expect(page.locator(".plane-part .fits")).to_contain_text("Measured here, with 95 % intervals")
        expect(page.locator(".plane-head select")).to_contain_text(name)
