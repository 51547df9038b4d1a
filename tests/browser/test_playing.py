"""The map through time in a real browser: playing and the keyboard."""

from __future__ import annotations

from conftest import Open, wait_for_map
from playwright.sync_api import expect


def test_playing_goes_on_and_is_paused_and_stepped_by_keys(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/?play=month&at=2023-09-01")
    wait_for_map(page)
    expect(page.locator("h1").first).to_contain_text("September 2023:")
    page.keyboard.press("k")
    expect(page.locator("h1").first).to_contain_text("November 2023:")
    page.keyboard.press("k")
    page.wait_for_function("new URLSearchParams(location.search).get('at') > '2023-10-31'")
    at = page.evaluate("new URLSearchParams(location.search).get('at')")
    page.locator(".st-key-step").get_by_role("slider").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"new URLSearchParams(location.search).get('at') < '{at}'")
