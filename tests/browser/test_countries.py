"""The page of one country in a real browser: from its bars and its links to its pairs."""

from __future__ import annotations

from conftest import Open, click_mark
from playwright.sync_api import expect


def test_a_click_on_a_bar_opens_the_pair(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/country?c=RUS")
    click_mark(page.locator(".st-key-partners .bars path").first)
    page.wait_for_url("**/pair?*side=both*")
    expect(page.locator("h1").first).to_have_text("Russia and North Korea")


def test_a_partners_link_opens_the_pair_and_back_comes_back(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/country?c=RUS&quad=material-conflict")
    page.locator(".st-key-partner-links a", has_text="Ukraine").click()
    page.wait_for_url("**/pair?c=RUS&c=UKR&side=both&quad=material-conflict*")
    expect(page.locator("h1").first).to_have_text("Russia and Ukraine")
    page.go_back()
    page.wait_for_url("**/country?*c=RUS*")
    expect(page.locator("h1").first).to_contain_text("Russia:")
