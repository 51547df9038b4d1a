"""The map through time in a real browser: playing, the keyboard, and a view that stays."""

from __future__ import annotations

import re

from conftest import Open, wait_for_map
from playwright.sync_api import expect

SCALE = "+document.querySelector('.st-key-map .e-map').dataset.times"


def test_playing_goes_on_pauses_by_a_key_and_keeps_the_readers_zoom(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/?play=month&at=2023-09-01")
    wait_for_map(page)
    page.locator(".st-key-map").get_by_role("button", name="Zoom in").click()
    page.wait_for_function(f"{SCALE} > 1.5")
    expect(page.locator("h1").first).to_contain_text("September 2023:")
    page.keyboard.press("k")
    # Two steps or more: a slow machine is not asked to see each.
    expect(page.locator("h1").first).not_to_contain_text(re.compile("(September|October) 2023"))
    page.keyboard.press("k")
    page.wait_for_function("new URLSearchParams(location.search).get('at') > '2023-10-31'")
    at = page.evaluate("new URLSearchParams(location.search).get('at')")
    page.locator(".st-key-step").get_by_role("slider").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"new URLSearchParams(location.search).get('at') < '{at}'")
    page.locator(".st-key-quads button").filter(has_text="verbal conflict").click()
    page.wait_for_url("**quad=verbal-conflict*")
    expect(page.locator(".st-key-chips")).to_contain_text("verbal conflict")
    assert page.evaluate(SCALE) > 1.5
