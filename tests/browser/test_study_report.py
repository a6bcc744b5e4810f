"""The report of a study in a real browser without a network: it draws, asks nothing, runs nothing but its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dashboard.studyreport.report import report
from sim.studies.file import StudyFile
from tests.browser.offline import offline
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
    with offline(browser, file) as opened:
        yield opened


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
