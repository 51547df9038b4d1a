"""The page of one pair in a real browser: a clause of its paragraph leads to its events without the page being loaded anew."""

from __future__ import annotations

from conftest import Open, settle
from playwright.sync_api import expect


def test_a_clause_leads_to_its_events_and_back_comes_back(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/pair?c=RUS&c=PRK")
    page.evaluate("window.same = true")
    clause = page.locator(".e-prose a", has_text="denied")
    number = clause.inner_text().split()[0]
    assert clause.get_attribute("href") == "events?c=RUS&c=PRK&side=both&status=denied"
    clause.click()
    page.wait_for_url("**/events?c=RUS&c=PRK&side=both&status=denied")
    settle(page)
    expect(page.locator("h1")).to_contain_text(f"{number} event")
    assert page.evaluate("window.same") is True
    page.go_back()
    expect(page.locator(".e-prose a", has_text="denied")).to_be_visible()


def test_an_event_is_explained_step_by_step_and_only_when_somebody_looks(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/pair?c=RUS&c=PRK")
    page.locator(".e-prose a", has_text="2025:").click()
    page.wait_for_url("**/events?*event=*")
    page.wait_for_selector(".st-key-evidence")
    settle(page)
    assert page.locator(".e-steps").count() == 0
    page.get_by_text("How this sentence was read").click()
    steps = page.locator(".e-steps")
    expect(steps).to_contain_text("confidence")
    expect(steps).to_contain_text("Clauses")
