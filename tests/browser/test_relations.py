"""The matrix and the network in a real browser: clicks, and a link that keeps how they are drawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Open, click_mark, settle
from PIL import Image
from playwright.sync_api import expect


def test_a_click_on_a_cell_opens_the_pair(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/matrix?order=total")
    click_mark(page.locator(".st-key-matrix .scatterlayer path.point").first)
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
    click_mark(page.locator(".st-key-network .scatterlayer .trace:last-child path.point").first)
    page.wait_for_url("**/country?c=*")
    expect(page.locator("h1").first).to_contain_text("United States:")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (820, 1180)], ids=["phone", "tablet"])
def test_on_a_narrow_screen_the_matrix_scrolls_under_its_heads_and_a_cell_opens_the_pair(
    sample: str, open_page: Open, tmp_path: Path, width: int, height: int
) -> None:
    page = open_page(f"{sample}/matrix?order=total", width=width, height=height, has_touch=True)
    box = page.locator(".e-square")
    expect(box).to_be_visible()
    expect(page.locator(".st-key-matrix .js-plotly-plot")).to_be_hidden()
    cells = box.locator("td a")
    smallest = cells.evaluate_all(
        "all => all.map(one => [one.offsetWidth, one.offsetHeight, parseFloat(getComputedStyle(one).fontSize)])"
    )
    assert len(smallest) > 100 and all(wide >= 28 and high >= 28 and letters >= 12 for wide, high, letters in smallest)
    row, column = box.locator("tbody th").nth(12), box.locator("thead th").nth(12)
    left, top = row.bounding_box(), column.bounding_box()
    box.evaluate("box => box.scrollTo(200, 150)")
    left_then, top_then = row.bounding_box(), column.bounding_box()
    assert left and top and left_then and top_then
    assert abs(left_then["x"] - left["x"]) <= 1 and abs(top_then["y"] - top["y"]) <= 1
    # The picture that is taken along is the chart, as wide as on a desk.
    with page.expect_download() as download:
        page.locator(".st-key-picture-matrix").get_by_role("button", name="as PNG").click()
    saved = tmp_path / "matrix.png"
    download.value.save_as(saved)
    assert Image.open(saved).width > 1800
    cell = cells.first
    expect(cell).to_have_attribute("aria-label", re.compile(r"^.+ → .+: [\d,]+ events"))
    one, other = re.match("(.+) → (.+):", cell.get_attribute("aria-label") or "").groups()  # type: ignore[union-attr]
    cell.tap()
    page.wait_for_url("**/pair?*side=both*")
    expect(page.locator("h1").first).to_have_text(f"{one} and {other}")


def test_on_a_desk_the_matrix_is_a_chart(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/matrix")
    page.locator(".st-key-matrix .js-plotly-plot").wait_for()
    expect(page.locator(".e-square")).to_be_hidden()
