"""Light and dark, wide and narrow."""

import io
from collections.abc import Callable

from PIL import Image, ImageStat
from playwright.sync_api import Page

from tests.browser.community import beyond, ready, unfold

Visit = Callable[..., Page]
RUN = "?run=original-community&day=5&lived=5"


def test_light_and_dark_follow_the_system(visit: Visit) -> None:
    brightness = {}
    for scheme in ("light", "dark"):
        page = visit(RUN, color_scheme=scheme)
        ready(page)
        page.wait_for_timeout(400)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("L")
        brightness[scheme] = ImageStat.Stat(picture).median[0]
        assert ImageStat.Stat(picture).stddev[0] > 5, "the page is blank"
    assert brightness["light"] > 200
    assert brightness["dark"] < 60


def test_nothing_scrolls_sideways_and_the_graph_is_in_view(visit: Visit) -> None:
    page = visit(RUN)
    ready(page)
    for width in (1280, 1440, 768):
        page.set_viewport_size({"width": width, "height": 720})
        assert beyond(page) == [0, 0], width
        box = page.locator(".graph-host").bounding_box()
        assert width < 1000 or (box and box["y"] + min(box["height"], 200) <= 720)


def test_a_narrow_page_has_one_row_of_tabs(visit: Visit) -> None:
    page = visit(RUN, width=768, height=1024)
    ready(page)
    tabs = page.get_by_role("tab").filter(visible=True)
    assert tabs.all_inner_texts()[:3] == ["Transcript", "Resources", "Inequality"]
    tabs.filter(has_text="Inequality").click()
    assert page.get_by_role("heading", name="Gini").is_visible()
    assert not page.get_by_role("feed").is_visible()
    box = tabs.last.bounding_box()
    assert box and box["x"] + box["width"] <= 768
    unfold(page)
    assert beyond(page) == [0, 0], "beside the open sidebar"
    cut = "tiles => tiles.filter((tile) => tile.scrollWidth > tile.clientWidth).map((tile) => tile.textContent)"
    assert page.locator(".tile .value").evaluate_all(cut) == []


def test_beside_an_open_sidebar_the_run_bar_has_room_for_its_parts(visit: Visit) -> None:
    page = visit(RUN, width=1280)
    ready(page)
    for width in (1280, 1000, 860):
        page.set_viewport_size({"width": width, "height": 720})
        page.wait_for_timeout(300)
        boxes = [part.bounding_box() for part in page.locator(".run > button, .run > .how > .state").all()]
        shown = [box for box in boxes if box and box["width"] > 5]
        assert len(shown) >= 8
        for k, one in enumerate(shown):
            for other in shown[:k]:
                apart_x = max(one["x"], other["x"]) - min(one["x"] + one["width"], other["x"] + other["width"])
                apart_y = max(one["y"], other["y"]) - min(one["y"] + one["height"], other["y"] + other["height"])
                assert apart_x > -5 or apart_y >= 0, (width, one, other)
