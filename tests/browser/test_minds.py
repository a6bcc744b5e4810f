"""A run whose residents are a language model: set up, asked about, lived, paused, gone on with."""

import re
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.community import button, counter, ready, until
from tests.calm import WORDS, calm
from tests.llm_server import Fault, LlmServer, serving

Visit = Callable[..., Page]


@pytest.fixture
def model() -> Iterator[LlmServer]:
    with serving(LlmServer(answer=calm)) as started:
        yield started


def choose(page: Page, area: str, label: str, value: str) -> None:
    """Type into a box that takes what it does not offer, or choose what it does."""
    box = page.get_by_test_id(area).get_by_role("combobox", name=re.compile(label))
    box.click()
    if area == "stMain":
        box.fill(value)
        box.press("Enter")
    else:
        page.get_by_role("option", name=value).click()


def test_a_community_of_language_models(visit: Visit, model: LlmServer) -> None:
    name = "stub-dark"
    page = visit("?run=original-community&size=6&days=2&day=0&lived=0", color_scheme="dark")
    ready(page)
    choose(page, "stSidebar", "Minds", "A model")
    expect(page.get_by_role("heading", name="Minds of the next run")).to_be_visible()
    choose(page, "stMain", "Endpoint", model.url)
    expect(page.get_by_text("may not be called")).to_have_count(0)
    choose(page, "stMain", r"\bModel", name)
    expect(page.get_by_role("heading", name=f"Minds of the next run: {name}")).to_be_visible()
    button(page, "Test connection").click()
    expect(page.get_by_text(f"{name} answered within")).to_be_visible()
    button(page, "Use for the next run").click()
    ready(page)
    button(page, "New run with these settings").click()
    page.get_by_role("dialog").get_by_role("button", name="Start it").click()
    expect(page.locator(".whose")).to_contain_text(name)
    asked = len(model.calls)
    model.order(Fault.HANG, Fault.HANG)  # so that the day waits for two answers until it is stopped

    button(page, "Step").click()
    strip = page.locator(".asking")
    expect(strip).to_contain_text(re.compile(r"Day 1: [1-9]\d* of 12 answers"))
    stopped = time.monotonic()
    strip.get_by_role("button", name="Pause").click()
    expect(page.locator(".notice")).to_contain_text("Paused within day 1")
    assert time.monotonic() - stopped < 2
    until(lambda: model.flying == 0, 2)
    assert counter(page) == 0
    button(page, "Play").click()
    until(lambda: counter(page) == 2, 30)
    expect(strip).to_contain_text("All days are lived")
    expect(page.locator(".transcript-host")).to_contain_text(WORDS)  # as text, whatever marks are in it
    assert page.locator(".transcript-host b", has_text="neighbour").count() == 0
    assert len(model.calls) - asked == 24 + 2, "only calls given up at the pause are made again"
    page.reload()
    ready(page)
    until(lambda: counter(page) == 2)
    expect(page.locator(".whose")).to_contain_text(name)
