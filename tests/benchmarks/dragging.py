"""How fast the Conformity page follows its point: `python -m tests.benchmarks.dragging`, in a real Chromium.

Each move is measured from the pointer's event until Python has answered and the plane, the titles, the trace and the
landscape are drawn for the new beta and h, plus one frame.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.benchmarks.page import against
from tests.browser.chromium import ARGUMENTS, executable
from tests.browser.server import running

TARGET = 100  # ms
MOVES, REST = 120, 150  # moves of the pointer, ms between them
WARM = 10  # moves not counted
# The plane's name tells where the population is: it changes with the answer, in the same task as all that is drawn.
PROBE = """
(() => {
  const moves = (window.moves = []);
  addEventListener('pointermove', (event) => {
    const plane = document.querySelector('.plane-stage'), before = plane?.ariaLabel;
    if (!plane || event.buttons !== 1) return;
    const look = () => {
      if (plane.ariaLabel === before) requestAnimationFrame(look);
      else requestAnimationFrame(() => moves.push(performance.now() - event.timeStamp));
    };
    requestAnimationFrame(look);
  }, true);
})()
"""


def drag(url: str) -> list[float]:
    """Times of all moves, ms."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(playwright), args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.add_init_script(PROBE)
        page.goto(f"{url}conformity")
        page.locator(".bar-part[data-sweep]").wait_for()
        plane = page.locator(".plane-stage")
        plane.scroll_into_view_if_needed()
        box = plane.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.45)
        page.mouse.down()
        for k in range(1, MOVES + 1):
            right, down = 0.3 + 0.5 * k / MOVES, 0.45 - 0.3 * (k % 40) / 40
            page.mouse.move(box["x"] + box["width"] * right, box["y"] + box["height"] * down)
            page.wait_for_timeout(REST)
        page.mouse.up()
        took: list[float] = page.evaluate("window.moves")
        browser.close()
    return took


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder, "log.txt")) as server:
        took = drag(server.url)
    counted = took[WARM:]
    late = statistics.quantiles(counted, n=20)[-1]
    print(
        f"{len(counted)} moves answered of {MOVES - WARM}: median {statistics.median(counted):.0f} ms, "
        f"p95 {late:.0f}{against(late, TARGET)}; slowest {max(counted):.0f}, "
        f"{sum(one > TARGET for one in counted)} above {TARGET}"
    )


if __name__ == "__main__":
    main()
