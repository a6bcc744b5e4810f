"""The report in a real browser without a network: it draws, asks nothing, runs nothing that is not its own."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dashboard.report.report import report
from sim.engine import Engine
from sim.runs.writer import RunWriter
from sim.scenario import Scenario
from tests.browser.offline import offline

EVIL = "</script><script>window.broken = 1</script><img src=x onerror='window.broken = 2'>"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    engine = Engine(Scenario(mix="25% without BE", days=25))
    while not engine.finished:
        engine.step()
    with RunWriter.create(None, engine, EVIL, notes=EVIL) as writer:
        path = tmp_path_factory.mktemp("report") / "report.html"
        path.write_bytes(report(engine, writer.facts).encode())
    return path


@pytest.fixture
def read(browser: Browser, file: Path) -> Iterator[Callable[..., Page]]:
    with offline(browser, file) as opened:
        yield opened


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (768, "light")])
def test_it_draws_and_asks_nothing(width: int, scheme: str, read: Callable[..., Page]) -> None:
    page = read(width, scheme)
    assert page.locator(".plot .main-svg").count() >= 7
    assert page.locator("#traffic canvas").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing is wider than the window"
    assert page.evaluate("window.broken") is None
    assert page.locator("header b", has_text="window.broken = 1").count() == 1, "hostile words are shown as words"
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(21, 22, 27)" if scheme == "dark" else "rgb(255, 255, 255)")


def test_charts_zoom_together_and_back(read: Callable[..., Page]) -> None:
    page = read()
    box = page.locator("#chart-flows .nsewdrag").bounding_box()
    assert box
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 60, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, middle, steps=4)
    page.mouse.up()
    ranges = "['population', 'gini'].map((key) => document.getElementById(`chart-${key}`).layout.xaxis.range)"
    one, other = page.evaluate(ranges)
    assert one == other and 0 < one[0] < one[1] < 25
    page.mouse.dblclick(box["x"] + 100, middle)
    page.wait_for_function(f"{ranges}[0][1] === 25")


def test_an_arrow_tells_what_passed(read: Callable[..., Page]) -> None:
    page = read()
    titles = page.evaluate("JSON.parse(document.getElementById('told').textContent).traffic.edges.map((e) => e.title)")
    assert all(re.match(r"\w+ → \w+", title) for title in titles if title)


def test_what_is_smuggled_in_cannot_run(file: Path, tmp_path: Path, read: Callable[..., Page]) -> None:
    forged = tmp_path / "forged.html"
    forged.write_text(file.read_text("utf-8").replace("<main>", "<main><script>window.broken = 3</script>", 1), "utf-8")
    context = read().context
    page = context.new_page()
    page.goto(f"file://{forged}")
    page.wait_for_selector("html[data-drawn]")
    assert page.evaluate("window.broken") is None


def test_it_prints_in_light(read: Callable[..., Page]) -> None:
    page = read(1280, "dark")
    assert len(page.pdf()) > 50_000
    assert page.evaluate("document.documentElement.dataset.paper") is None, "the screen is dark again"
