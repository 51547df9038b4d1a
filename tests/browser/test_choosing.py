"""What a click, a finger or a key does to a chart or a table in a real browser."""

from __future__ import annotations

import re

from conftest import Open, click_mark, middle, point_at, settle
from playwright.sync_api import Locator, Page, expect

from components.event_table import LISTED

PAIR = "pair?c=RUS&c=UKR"


def newest_bar(page: Page, chart: str) -> Locator:
    """The newest bar of the last class that a chart has, material conflict if there are any."""
    return page.locator(f".st-key-{chart} .barlayer .trace:last-child path").last


def test_a_click_on_a_bar_narrows_to_what_it_counts(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/{PAIR}")
    place, told = point_at(newest_bar(page, "pair-timeline"))
    number = re.search(r"\d{4}(\d+) events?, material conflict", told)  # after the year of the week
    assert number, told
    page.mouse.click(*place)
    page.wait_for_url(re.compile(r"from=(\d{4}-\d\d-\d\d)&to=\d{4}-\d\d-\d\d&quad=material-conflict"))
    expect(page.locator(".st-key-chip-quads")).to_contain_text("material conflict")
    expect(page.locator(".e-prose").first).to_contain_text(f"{number[1]} event")
    page.go_back()
    page.wait_for_url(f"**/{PAIR}")


def test_a_click_on_a_bar_of_the_world_narrows_the_map_too(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/?c=RUS&c=UKR&side=both")
    before = page.locator("h1").first.inner_text()
    click_mark(newest_bar(page, "timeline"))
    page.wait_for_url("**quad=material-conflict*")
    expect(page.locator("h1").first).not_to_have_text(before)


def test_a_finger_that_moves_over_a_chart_moves_the_page_and_narrows_nothing(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/{PAIR}", width=390, height=844, has_touch=True, is_mobile=True)
    chart = page.locator(".st-key-pair-timeline .nsewdrag").first
    chart.wait_for(state="attached")
    chart.scroll_into_view_if_needed()
    x, y = middle(chart)
    top = "document.querySelector('[data-testid=stMain]').scrollTop"
    before = page.evaluate(top)
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        moved = {"x": x - 2 * step, "y": y - 20 * step}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [moved]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function(f"{top} > {before} + 100")
    settle(page)
    assert "from=" not in page.evaluate("location.search")


def test_a_mark_that_is_chosen_brings_its_evidence_into_sight(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/pair?c=RUS&c=PRK")
    mark = page.locator(".st-key-lanes .scatterlayer path.point").last
    mark.wait_for(state="attached")
    # The mark lies low on the screen, so that what it opens begins beneath its edge.
    page.locator(".st-key-lanes").evaluate("chart => chart.scrollIntoView({ block: 'end' })")
    click_mark(mark)
    page.wait_for_url("**event=*")
    expect(page.locator(".st-key-evidence mark.e-trigger").first).to_be_in_viewport()


def test_on_a_phone_events_are_listed_with_their_sentences_and_more_of_them_on_demand(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/events?sort=surest", width=390, height=844)
    quoted = page.locator(".e-quotations .e-quote")
    expect(quoted).to_have_count(LISTED)
    expect(quoted.first).to_be_in_viewport(ratio=1)
    expect(page.locator(".st-key-event-table")).to_be_hidden()
    expect(page.get_by_role("button", name="Columns")).to_be_hidden()
    page.get_by_role("button", name=f"Show {LISTED} more").click()
    expect(quoted).to_have_count(2 * LISTED)
    page.set_viewport_size({"width": 820, "height": 1180})
    expect(page.locator(".st-key-event-table canvas").first).to_be_visible()
    expect(quoted.first).to_be_hidden()


def test_on_a_phone_the_evidence_of_an_event_begins_in_sight(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/events?c=RUS&c=PRK&side=both&sort=surest", width=390, height=844)
    quotation = page.locator(".e-quotations li").nth(2)
    words = quotation.locator(".e-quote").inner_text()
    quotation.get_by_role("link").click()
    page.wait_for_url("**event=*")
    assert "sort=surest" in page.evaluate("location.search")
    expect(page.locator(".st-key-evidence")).to_contain_text(words)
    head = page.locator(".st-key-evidence .e-head").first
    expect(head).to_be_in_viewport(ratio=1)
    page.wait_for_function(  # nor does the page's own head lie on it
        """() => { const { x, y, width, height } = document.querySelector('.st-key-evidence .e-head b').getBoundingClientRect();
            return document.elementFromPoint(x + width / 2, y + height / 2)?.closest('.st-key-evidence') }"""
    )


def test_the_keyboard_chooses_a_row_of_the_table_as_the_hint_says(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/events?c=RUS&c=PRK&side=both")
    expect(page.get_by_text("with Shift and the space bar")).to_be_visible()
    page.locator(".st-key-event-table canvas").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")
    page.wait_for_url("**event=*")
    expect(page.locator(".st-key-evidence mark.e-trigger")).to_have_count(1)


def test_what_lets_a_finger_scroll_takes_no_room(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/about")
    head, title = page.locator("header[data-testid=stHeader]").bounding_box(), page.locator("h1").bounding_box()
    assert head and title and title["y"] - (head["y"] + head["height"]) < 16


def test_a_tap_on_a_mark_of_the_pair_opens_its_sentence(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/{PAIR}", width=390, height=844, has_touch=True, is_mobile=True)
    mark = page.locator(".st-key-lanes .scatterlayer path.point").last
    mark.wait_for(state="attached")
    mark.scroll_into_view_if_needed()
    page.touchscreen.tap(*middle(mark))
    page.wait_for_url("**event=*")
    expect(page.locator(".st-key-evidence mark.e-trigger")).to_have_count(1)
