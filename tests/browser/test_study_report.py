"""The report of a study in a real browser without a network: it draws, asks nothing, runs nothing but its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dashboard.studyreport.report import report
from sim.studies.file import StudyFile
from tests.browser.chromium import Watch
from tests.sim.studies.filed import EVIL, filed, small


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    study = small(seeds=5, days=10, title=EVIL[:80], question=EVIL)
    with StudyFile.open(filed(folder / "one.study", study, failed=1)) as lived:
        path = folder / "report.html"
        path.write_bytes(report(lived).encode())
    return path


@pytest.fixture
def read(browser: Browser, file: Path) -> Iterator[Callable[..., Page]]:
    """Open the report offline. It must ask for nothing but itself and not complain."""
    opened: list[tuple[Page, Watch]] = []

    def go(width: int = 1280, scheme: str = "light") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light", offline=True
        )
        page, watch = context.new_page(), Watch()
        watch.on(page)
        opened.append((page, watch))
        page.goto(f"file://{file}")
        page.wait_for_selector("html[data-drawn]")
        return page

    yield go
    for page, watch in opened:
        page.context.close()
        assert watch.complaints == []
        assert [address for address in watch.asked if not address.startswith(("data:", "file:"))] == []
        assert len([address for address in watch.asked if address.startswith("file:")]) == 1


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (768, "light")])
def test_it_draws_and_asks_nothing(width: int, scheme: str, read: Callable[..., Page]) -> None:
    page = read(width, scheme)
    assert page.locator(".plot .main-svg").count() >= page.locator(".plot").count() >= 8
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing is wider than the window"
    assert page.evaluate("window.broken") is None
    assert "@" not in page.evaluate(
        "[...document.querySelectorAll('.plot [style]')].map((e) => e.style.cssText).join()"
    )


def test_on_paper_it_is_light_and_back_on_screen_as_it_was(read: Callable[..., Page]) -> None:
    page = read(scheme="dark")
    label = ".plot .xtick text"
    fill = f"getComputedStyle(document.querySelector('{label}')).fill"
    dark = page.evaluate(fill)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(fill) != dark
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(fill) == dark
