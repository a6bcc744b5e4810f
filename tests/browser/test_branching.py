"""Another future from a past day, and a placebo, as a visitor makes them."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.community import button, settle


def branch(page: Page, way: str) -> None:
    """Branch on the day shown."""
    button(page, "Branch here").click()
    page.get_by_role("menuitem", name=way).click()


def test_a_branch_parts_from_its_parent_only_where_it_was_changed(visit: Callable[..., Page]) -> None:
    page = visit("?run=quarter-without-care&days=30&day=8&lived=14")
    settle(page, 8)
    branch(page, "Another future")
    strip = page.locator(".lineage")
    expect(strip).to_contain_text("Identical so far, 8 days, by hash")
    assert "id=" in page.url
    page.get_by_role("button", name="Gift resources").click()
    page.get_by_role("button", name="Give to everyone").click()
    expect(page.locator(".notice")).to_contain_text("2 units given to everyone")
    expect(page.get_by_role("button", name="Give to everyone")).to_be_hidden()
    button(page, "Step").click()
    settle(page, 9)
    expect(strip).to_contain_text("Identical until day 8, by hash")
    page.reload()
    settle(page, 9)
    expect(strip).to_contain_text("Identical until day 8, by hash")


def test_a_placebo_is_its_parent_to_the_last_day(visit: Callable[..., Page]) -> None:
    page = visit("?run=quarter-without-care&days=30&day=8&lived=14")
    settle(page, 8)
    branch(page, "Placebo")
    settle(page, 14)
    expect(page.locator(".notice")).to_contain_text("The difference is exactly zero")
