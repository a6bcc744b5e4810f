"""The Conformity page in Chromium: the three steps, dragging the point, bad values, and no sideways scrolling."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.community import beyond, unfold, until
from tests.browser.server import Server
from tests.browser.window import window


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    with window(browser, server.host, 1440, 1000, below=True) as page:
        page.goto(f"{server.url}conformity")
        page.locator(".bar-part[data-sweep]").wait_for()
        yield page


def sweep(page: Page) -> int:
    return int(page.locator(".bar-part").get_attribute("data-sweep") or 0)


def test_three_steps_lead_to_the_surprise(page: Page) -> None:
    headline, lesson = page.get_by_role("heading", level=1), page.locator(".lesson")
    expect(headline).to_contain_text("follow their own bias")
    page.get_by_role("radio", name="50 sweeps a second").click()
    page.get_by_role("button", name="They waver, then settle back").click()
    expect(lesson).to_contain_text("Now the 25 leave", timeout=30_000)
    assert sweep(page) == 60
    page.get_by_role("button", name="They return at once").click()
    expect(lesson).to_contain_text("and nobody pushes", timeout=40_000)
    page.get_by_role("button", name="Some hundred sweeps").click()
    expect(lesson).to_contain_text("By the exact chain")
    expect(page.locator(".state")).to_have_text("Misaligned, lasting")
    expect(headline).to_contain_text("against their own bias, and it lasts")


def test_the_point_is_dragged_and_moved_by_keys(page: Page) -> None:
    plane, title = page.locator(".plane-stage"), page.locator(".plane-part h2")
    plane.scroll_into_view_if_needed()
    expect(title).to_contain_text("Inside the spinodal")
    box = plane.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.45)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.1, steps=8)
    page.mouse.up()
    expect(title).to_contain_text("Outside the spinodal")
    page.wait_for_timeout(600)  # the last of the drag is answered
    beta = page.locator("#dial-beta").input_value()
    plane.focus()
    page.keyboard.press("ArrowRight")
    until(lambda: float(page.locator("#dial-beta").input_value()) == pytest.approx(float(beta) + 0.02))
    assert "beta=" in page.url


def test_a_bad_value_is_told_at_its_field(page: Page) -> None:
    page.locator("#dial-beta").fill("0")
    page.locator("#dial-beta").press("Enter")
    expect(page.locator("#dial-beta-wrong")).to_contain_text("must be above 0")
    expect(page.locator("#dial-beta")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".title-part .whose")).to_contain_text("beta 1.8")
    page.locator("#dial-beta").fill("2")
    page.locator("#dial-beta").press("Enter")
    expect(page.locator("#dial-beta-wrong")).to_be_hidden()


def test_a_hundred_thousand_agents_play_while_stubborn_ones_come_and_go(page: Page) -> None:
    page.get_by_role("button", name="Skip the steps").click()
    page.locator("#dial-n").fill("100000")
    page.locator("#dial-n").press("Enter")
    expect(page.locator(".people-part .sub")).to_contain_text("Each tile is the mean of 63 agents")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Play").click()
    until(lambda: sweep(page) > 8)
    page.get_by_role("button", name="5,000 at −1").click()
    expect(page.locator(".stubborn-now")).to_contain_text("5,000 always say −1")
    page.get_by_role("button", name="Remove them now").click()
    expect(page.locator(".stubborn-now")).to_have_text("None now")
    page.get_by_role("button", name="Pause").click()


def test_a_loop_is_swept(page: Page) -> None:
    page.get_by_role("button", name="Sweep up and down").click()
    expect(page.locator(".loop-part h2")).to_contain_text("It went over at z =", timeout=30_000)
    until(lambda: page.locator(".loop-part .stage").get_attribute("data-points") == "141")


def test_nothing_scrolls_sideways_and_all_controls_have_names(page: Page) -> None:
    for width in (1440, 768):
        page.set_viewport_size({"width": width, "height": 900})
        assert beyond(page) == [0, 0], width
    unfold(page)
    assert beyond(page) == [0, 0], "beside the open sidebar"
    unnamed = page.locator(".conformity").evaluate(
        "root => [...root.querySelectorAll('button, input, select, [role=application]')].filter(e => !(e.ariaLabel"
        " || e.textContent.trim() || [...(e.labels ?? [])].some(l => l.textContent.trim()))).map(e => e.outerHTML)"
    )
    assert unnamed == []
