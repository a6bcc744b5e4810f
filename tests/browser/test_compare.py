"""The Compare page in a browser: one time axis, what was different, luck with a stop, a chart saved as a picture."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sim.engine import Engine
from sim.interventions import NewLuck
from sim.runs.branch import branch
from sim.runs.writer import RunWriter
from sim.scenario import Scenario
from tests.browser.community import beyond, until
from tests.browser.server import Server, running
from tests.browser.window import window
from tests.sim.runs.making import go_on

PARTS = (".head-part", ".charts-part", ".figures-part", ".days-part")
TITLES = {"aaaaaaaaaaaa": "First", "bbbbbbbbbbbb": "<img src=x onerror=alert(1)>", "cccccccccccc": "Placebo"}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose library holds a run, its placebo, and a branch of other luck."""
    folder = tmp_path_factory.mktemp("library")
    first = go_on(Engine(Scenario(size=14, days=20, seed=3, mix="25% without BE")))
    runs = first, go_on(branch(first, 9, [NewLuck(day=10, seed=9)])), go_on(branch(first, 9))
    for (identity, title), run in zip(TITLES.items(), runs):
        with RunWriter.create(folder / f"{identity}.sqlite", run, title, identity=identity) as writer:
            writer.finish(run)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "COMMONWEAL_RUNS", str(folder))
        with running(tmp_path_factory.mktemp("server") / "log.txt") as started:
            yield started
    assert started.tracebacks() == []


@pytest.fixture
def page(browser: Browser, library: Server) -> Iterator[Page]:
    with window(browser, library.host, 1440, 900, below=True) as shown:
        yield shown


def go(page: Page, library: Server, *ids: str) -> None:
    page.goto(f"{library.url}compare?runs={','.join(ids)}")
    page.locator(".days-part[data-day]").wait_for()


def days(page: Page) -> list[str | None]:
    return [page.locator(part).get_attribute("data-day") for part in PARTS]


def test_two_runs_side_by_side(page: Page, library: Server) -> None:
    go(page, library, "aaaaaaaaaaaa", "bbbbbbbbbbbb")
    expect(page.get_by_role("heading", level=1)).to_contain_text("They part on day 10; on day 20, ")
    assert page.locator(".runs").inner_text().count(TITLES["bbbbbbbbbbbb"]) == 1, "text of a file is text"
    assert days(page) == ["10"] * 4
    page.locator(".charts-part .js-plotly-plot").nth(4).wait_for()
    expect(page.get_by_text("day 10: B parts from A")).to_be_visible()
    page.keyboard.press("ArrowRight")
    until(lambda: days(page) == ["11"] * 4, shown=lambda: days(page))
    assert page.locator(".entry.apart").count() > 0
    page.get_by_label("Only lines that differ").check()
    assert page.locator(".entry").count() == page.locator(".entry.apart").count()
    page.get_by_label("Show differences to").check()
    expect(page.locator(".charts-part .sub", has_text="less A").first).to_be_visible()
    until(lambda: "day=11" in page.url)
    page.reload()
    page.locator(".days-part[data-day]").wait_for()
    assert days(page) == ["11"] * 4


def test_the_slider_keeps_the_focus(page: Page, library: Server) -> None:
    go(page, library, "aaaaaaaaaaaa", "bbbbbbbbbbbb")
    slider = page.get_by_label("Day shown")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    until(lambda: days(page) == ["13"] * 4, shown=lambda: days(page))
    assert slider.evaluate("node => node === document.activeElement")


def test_the_graphs_show_several_days(page: Page, library: Server) -> None:
    go(page, library, "aaaaaaaaaaaa", "bbbbbbbbbbbb")
    for choice in page.get_by_role("radio", name="The last 3 days").all():
        choice.click()
    expect(page.get_by_role("heading", name="messages and acts on days 8 to 10")).to_have_count(2)


def test_another_page_and_back(page: Page, library: Server) -> None:
    go(page, library, "aaaaaaaaaaaa", "bbbbbbbbbbbb")
    page.get_by_role("link", name="Method").click()
    page.get_by_role("heading", name="Limits and honesty").first.wait_for()
    page.get_by_role("link", name="Compare").click()
    page.locator(".days-part[data-day]").wait_for()
    assert days(page) == ["10"] * 4
    assert "runs=aaaaaaaaaaaa" in page.url


def test_a_placebo(page: Page, library: Server) -> None:
    go(page, library, "aaaaaaaaaaaa", "cccccccccccc")
    expect(page.get_by_role("heading", level=1)).to_have_text("No difference on any of 21 days (identical by hash)")
    assert page.locator(".entry.apart").count() == 0


def test_luck_can_be_stopped_and_repeated(page: Page, library: Server) -> None:
    go(page, library, "aaaaaaaaaaaa", "bbbbbbbbbbbb")
    page.get_by_role("button", name="Is that luck?").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.locator(".luck-part[data-state]")).to_have_attribute("data-state", "stopped")
    page.get_by_role("button", name="again").click()
    expect(page.locator(".luck-part[data-state='done']")).to_be_visible(timeout=60_000)
    assert page.locator(".forest tbody tr").count() == 7
    expect(page.locator(".luck-part h2")).to_contain_text("64 new seeds")


def test_a_chart_is_saved_as_a_picture(page: Page, library: Server, tmp_path: Path) -> None:
    go(page, library, "aaaaaaaaaaaa", "bbbbbbbbbbbb")
    page.locator(".charts-part .js-plotly-plot").first.wait_for()
    for kind, begins in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        page.locator(".charts-part .large").hover()
        with page.expect_download() as saved:
            page.locator(".charts-part .large").get_by_role("button", name=f"Save this chart as {kind}").click()
        assert saved.value.suggested_filename.endswith(f"-seed-3-day-10.{kind.lower()}")
        saved.value.save_as(tmp_path / kind)
        assert (tmp_path / kind).read_bytes().startswith(begins)


def test_nothing_scrolls_sideways(page: Page, library: Server) -> None:
    go(page, library, *TITLES)
    for width in (1440, 1280, 768):
        page.set_viewport_size({"width": width, "height": 900})
        assert beyond(page) == [0, 0], width
