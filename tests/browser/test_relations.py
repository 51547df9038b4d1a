"""The matrix and the network in a real browser: clicks, and a link that keeps how they are drawn."""

from __future__ import annotations

from conftest import Open, settle
from playwright.sync_api import Page, expect


def click_mark(page: Page, chart: str, place: str) -> None:
    """Hover over and click on the first mark of a chart; ``place`` is the layer it lies in."""
    mark = page.locator(f".st-key-{chart} {place}").first
    mark.wait_for(state="attached")
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x + 1, y + 1)
    page.mouse.move(x, y)
    page.wait_for_selector(f".st-key-{chart} .hoverlayer .hovertext")
    page.mouse.click(x, y)


def test_a_click_on_a_cell_opens_the_pair(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/matrix?order=total")
    click_mark(page, "matrix", ".scatterlayer path.point")
    page.wait_for_url("**/pair?*side=both*")
    expect(page.locator("h1").first).to_contain_text(" and ")


def test_a_network_stays_a_network_in_the_link_and_when_pages_are_turned(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/matrix")
    page.locator(".st-key-draw button", has_text="network").click()
    page.wait_for_url("**draw=network*")
    expect(page.locator("h1").first).to_contain_text("circles")
    page.get_by_role("link", name="World").first.click()
    page.wait_for_function("!location.pathname.includes('matrix')")
    settle(page)
    assert "draw=" not in page.evaluate("location.search")
    page.get_by_role("link", name="Matrix").first.click()
    page.wait_for_url("**/matrix?draw=network*")
    expect(page.locator("h1").first).to_contain_text("circles")


def test_a_click_on_a_point_of_the_network_opens_the_actor(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/matrix?draw=network")
    click_mark(page, "network", ".scatterlayer .trace:last-child path.point")
    page.wait_for_url("**/country?c=*")
    expect(page.locator("h1").first).to_contain_text("United States:")
