"""How fast the page is, in a real Chromium: `python -m tests.benchmarks.page [--sizes 25 200] [--viewers 20]`.

First how long a start takes until the opening page is drawn. For each size: from the press of Step until every view
shows the new day; then Play at ten days a second. `--viewers` measures a step while so many windows play at one day a
second.
"""

import argparse
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from dashboard.limits import Limits
from tests.benchmarks import first_paint
from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.community import button, ready
from tests.browser.server import Server, running

PROBE = Path(__file__).with_name("probe.js").read_text("utf-8")
TARGETS = {25: 100, 200: 150, 1_000: 200, 10_000: 500}  # ms, median of a step
WARM, CLICKS, SECONDS = 3, 20, 6
HISTORY = 100  # days already lived when measuring starts, fewer where the server's limits are near
VIEWER_P95 = 300  # ms


def against(figure: float, target: float | None) -> str:
    """The verdict on a figure that is to stay below its target."""
    return "" if target is None else f", target {target:g}: {'met' if figure <= target else 'MISSED'}"


def opened(browser: Browser, server: Server, query: str) -> Page:
    """A new window with the probe in it, its run drawn."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.set_default_timeout(120_000)
    page.add_init_script(PROBE)
    page.goto(server.url + query)
    ready(page)
    page.wait_for_function("probe.shown() !== null")
    page.wait_for_timeout(1_000)
    return page


def steps(page: Page, count: int = CLICKS) -> list[float]:
    """Times, ms, from the press of Step until all views are painted."""
    took = []
    for k in range(WARM + count):
        page.wait_for_timeout(300)
        page.evaluate("probe.arm()")
        button(page, "Step").click()
        page.wait_for_function("probe.step.took !== null", polling=20)
        if k >= WARM:
            took.append(float(page.evaluate("probe.step.took")))
    return took


def play(page: Page) -> dict[str, Any]:
    """What was seen while it played at ten days a second."""
    page.get_by_role("radio", name="10 days a second").click()
    button(page, "Play").click()
    page.wait_for_timeout(800)
    page.evaluate("probe.record()")
    page.wait_for_timeout(SECONDS * 1_000)
    seen: dict[str, Any] = page.evaluate("probe.stop()")
    button(page, "Pause").click()
    return seen


def size(browser: Browser, server: Server, residents: int) -> None:
    """Print one size."""
    room = Limits().resident_days // residents  # days that so many residents may live on a server
    lived = min(HISTORY, room // 8)
    query = f"?run=original-community&size={residents}&days={min(365, room)}&day={lived}&lived={lived}"
    page = opened(browser, server, query)
    took = steps(page)
    middle, late = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    print(f"{residents:>6} residents: step {middle:.0f} ms (p95 {late:.0f}){against(middle, TARGETS.get(residents))}")
    seen = play(page)
    days = seen["to"] - seen["from"]
    print(
        f"{'':>6} play {days / seen['seconds']:.1f} days/s, {seen['frames'] / seen['seconds']:.0f} frames/s, "
        f"long tasks {seen['long'] / seen['seconds']:.0f} ms/s; a day: {seen['remounts'] / days:.2f} remounts, "
        f"{seen['stale'] / days:.2f} greyed frames, {seen['shifts'] / days:.4f} layout shift"
    )
    page.context.close()


def viewers(browser: Browser, server: Server, count: int) -> None:
    """Print a step's time while others play at one day a second."""
    query = "?run=original-community&days=365&day=0&lived=0"
    pages = [opened(browser, server, query) for _ in range(count)]
    for page in pages[1:]:
        page.get_by_role("radio", name="1 day a second").click()
        button(page, "Play").click()
    took = steps(pages[0], 30)
    late = statistics.quantiles(took, n=20)[-1]
    print(f"{count} windows, {count - 1} playing: step p95 {late:.0f} ms{against(late, VIEWER_P95)}")
    for page in pages:
        page.context.close()


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(TARGETS))
    parser.add_argument("--viewers", type=int, default=0)
    parser.add_argument("--starts", type=int, default=5, help="of the server, for the first paint")
    words = parser.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=executable(playwright), args=ARGUMENTS)
        first_paint.report(browser, Path(folder), words.starts)
        with running(Path(folder, "log.txt")) as server:
            for residents in words.sizes:
                size(browser, server, residents)
            if words.viewers:
                viewers(browser, server, words.viewers)


if __name__ == "__main__":
    main()
