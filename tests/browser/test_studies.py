"""The Studies page in Chromium: a study is begun, watched, left, found again; its answers are drawn, light and dark."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from sim.runs.library import Library
from sim.studies.reading import write
from tests.browser.community import beyond, unfold, until
from tests.browser.server import Server
from tests.browser.window import window
from tests.llm_server import LlmServer, serving
from tests.sim.studies.filed import EVIL, filed, small
from tests.villager import villager

LONG = 60_000  # ms: workers start, on a busy machine
WHOLE, ODD = "aaaaaaaaaaaa", "bbbbbbbbbbbb"


@pytest.fixture(scope="module", autouse=True)
def kept() -> None:
    """Two studies in the library of the server under test: one lived whole, one with hostile words."""
    folder = Library(Path(os.environ["COMMONWEAL_RUNS"])).folder / "studies"
    folder.mkdir(parents=True, exist_ok=True)
    filed(folder / f"{WHOLE}.study", small(seeds=8, title="A whole one"))
    filed(folder / f"{ODD}.study", small(seeds=2, title=EVIL[:60], question=EVIL), failed=1)


@pytest.fixture(params=[(1440, "light")], ids=lambda param: f"{param[0]}{param[1]}")
def page(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    with window(browser, server.host, width, 900, below=True, color_scheme=scheme) as page:
        page.goto(f"{server.url}studies?id={WHOLE}")
        page.locator(".cockpit.studies .part").first.wait_for(timeout=LONG)
        yield page


def test_every_question_has_its_figures(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("area under the population curve")
    tabs = page.get_by_role("tablist", name="Answers").get_by_role("tab")
    for k in range(tabs.count()):
        tabs.nth(k).click()
        expect(tabs.nth(k)).to_have_attribute("aria-selected", "true")
        expect(page.locator(".part h2").first).not_to_be_empty()
        expect(page.locator(".empty")).to_be_hidden()
        for canvas in page.locator(".part .canvas").all():
            expect(canvas.locator("svg.main-svg").first).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(tabs.first).to_be_focused()


def test_another_measure_is_chosen_and_the_address_brings_the_question_back(page: Page) -> None:
    page.get_by_role("tab", name="Where it tips").click()
    curves = page.locator(".part[data-key=curves] .sub").first
    expect(curves).to_contain_text("Area under the population curve")
    page.get_by_label("Measure").select_option("SC")
    expect(curves).to_contain_text("Social capital")
    expect(page).to_have_url(re.compile(f"id={WHOLE}&tab=tipping"))
    page.reload()
    expect(page.locator(".part[data-key=curves]")).to_be_visible(timeout=LONG)


def test_a_study_is_begun_watched_left_and_found_again(page: Page, server: Server, tmp_path: Path) -> None:
    page.get_by_role("button", name="New study").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("communities")
    design = tmp_path / "own.toml"
    design.write_text(write(small(seeds=300, days=60, title="One of our own")), "utf-8")
    page.get_by_role("button", name="From a file").click()
    page.locator("input[type=file]").set_input_files(design)
    expect(page.get_by_role("heading", level=1)).to_contain_text("9 conditions on 300 seeds: 2,700 communities")
    start = page.get_by_role("button", name="Start the study")
    expect(page.get_by_text("Time on")).to_be_visible(timeout=LONG)
    start.click()
    state = page.locator(".cockpit.studies .state")
    expect(state).to_have_text("Running", timeout=LONG)
    row = page.locator(".studies-list li", has_text="One of our own")
    expect(row.locator(".says")).to_contain_text("Running")
    expect(page.locator(".part[data-key=effects]")).to_be_visible(timeout=LONG)  # while it runs
    page.goto(f"{server.url}method")  # the page is left
    page.wait_for_timeout(1500)
    page.goto(f"{server.url}studies")
    page.locator(".studies-list .pick", has_text="One of our own").click()
    expect(state).to_have_text(re.compile("Running|Done"), timeout=LONG)
    page.locator(".studies-list li", has_text="One of our own").get_by_role("button", name="Delete").click()
    expect(page.get_by_text("“One of our own” was deleted.")).to_be_visible(timeout=LONG)
    expect(row).to_have_count(0)


def test_a_study_that_asks_a_model_pauses_stops_at_its_cap_and_ends(page: Page) -> None:
    with serving(LlmServer(answer=villager, latency=0.3)) as model:
        page.get_by_role("button", name="New study").click()
        page.get_by_test_id("stMain").get_by_text("Three ways to say it", exact=True).click()
        choose(page, model.url, page.get_by_role("combobox", name="Endpoint"))
        choose(page, "stub", page.get_by_role("combobox", name=re.compile(r"\bModel")))
        for label, value in (("Residents", "4"), ("Days", "2"), ("Seeds", "1000"), ("Calls", "60")):
            box = page.get_by_label(label, exact=True).last
            box.fill(value)
            box.press("Tab")
        expect(page.get_by_role("heading", level=1)).to_contain_text("6 communities")
        start = page.get_by_role("button", name="Start the study")
        expect(start).to_be_enabled(timeout=LONG)
        start.click()
        state, bar = page.locator(".cockpit.studies .state"), page.get_by_role("progressbar")
        expect(state).to_have_text("Running", timeout=LONG)
        expect(page.locator(".left")).to_contain_text("Models are asked")
        until(lambda: len(model.calls) > 0, 30)
        page.get_by_role("button", name="Pause", exact=True).click()
        expect(state).to_have_text("Paused")
        assert 0 < len(model.calls) < 60
        model.latency = 0.05
        page.get_by_role("button", name="Resume", exact=True).click()
        expect(page.locator(".why")).to_contain_text("the cap of 60 calls", timeout=LONG)
        expect(state).to_have_text("Paused")
        expect(bar).to_have_attribute("aria-label", "Runs lived")
        assert len(model.calls) <= 60
        page.get_by_role("button", name="Caps and key").click()
        calls = page.get_by_label("Calls", exact=True)
        expect(calls).to_have_value("60")
        calls.fill("400")
        calls.press("Tab")
        page.get_by_role("button", name="Go on with these").click()
        expect(state).to_have_text("Done", timeout=LONG)
        expect(page.locator(".far")).to_have_text("6 runs")
        expect(page.locator(".part[data-key=effects]")).to_be_visible(timeout=LONG)
        expect(page.get_by_role("heading", level=1)).to_contain_text("ithout Benevolence")


def choose(page: Page, value: str, box: Locator) -> None:
    """Type into a box that offers some values, and take what is typed."""
    box.click()
    box.fill(value)
    box.press("Enter")


def test_hostile_words_stay_words(page: Page) -> None:
    page.locator(".studies-list .pick", has_text="script").first.click()
    expect(page.locator(".question")).to_contain_text("<img src=x")
    page.get_by_role("tab", name="Everything").click()
    expect(page.locator(".part[data-key=failures]")).to_contain_text("<img src=x")
    assert page.evaluate("window.broken") is None


@pytest.mark.parametrize("page", [(1440, "dark")], indirect=True)
def test_nothing_scrolls_sideways_and_nothing_is_blank(page: Page) -> None:
    for tab in ("Where it tips", "Everything"):
        page.get_by_role("tab", name=tab).click()
        for width in (1440, 1280, 768):
            page.set_viewport_size({"width": width, "height": 900})
            expect(page.locator(".empty")).to_be_hidden()
            assert beyond(page) == [0, 0], (tab, width)
    unfold(page)
    for width in (768, 900):
        page.set_viewport_size({"width": width, "height": 900})
        assert beyond(page) == [0, 0], f"{width} beside the open sidebar"
