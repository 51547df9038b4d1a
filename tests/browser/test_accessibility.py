"""What axe-core finds on the pages: nothing serious, in light on a desk and in dark on a phone; and what the keyboard reaches."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Open, read_down, settle, wait_for_map
from playwright.sync_api import Page, expect

from entente.coder import LexiconCoder
from entente.corpus import Corpus, Filters
from entente.model import Article

PAGES = (
    "",
    "country?c=RUS",
    "pair?c=RUS&c=PRK",
    "matrix",
    "matrix?draw=network",
    "events",
    "articles",
    "corpus",
    "accuracy",
    "about",
)
PHONE = {"width": 390, "height": 844}
SERIOUS = ("serious", "critical")


def serious(page: Page) -> list[tuple[str, Any, str]]:
    """What axe-core calls serious or critical on the page as it stands: rule, selector and the element's first letters."""
    found = Axe().run(page).response["violations"]
    return [(one["id"], node["target"], node["html"][:160]) for one in found if one["impact"] in SERIOUS for node in one["nodes"]]


@pytest.mark.parametrize("page_name", PAGES)
def test_axe_finds_nothing_serious_on_a_page(sample: str, open_page: Open, page_name: str) -> None:
    page = open_page(f"{sample}/{page_name}")
    if not page_name:
        read_down(page)
    for folded in page.locator("[data-testid=stMain] [data-testid=stExpander] summary").all():
        folded.click()
    settle(page)
    assert serious(page) == []
    # Colours go by the theme and layout by the width, so each of either is seen once. The charts take their theme when the page is loaded.
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    page.reload()
    settle(page)
    assert serious(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_in_what_is_opened(sample: str, open_page: Open, scheme: str) -> None:
    page = open_page(f"{sample}/events?c=RUS&c=PRK&side=both&type=AID", scheme=scheme)
    choose_first_event(page)
    page.get_by_role("button", name="Download", exact=True).click()
    page.get_by_role("button", name="Evidence (HTML)").wait_for()
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.locator(".st-key-evidence").get_by_role("button", name="Open article").first.click()
    page.wait_for_selector(".e-text")
    assert serious(page) == []
    phone = open_page(f"{sample}/about", scheme=scheme, **PHONE)
    for tab in phone.get_by_role("tab").all():
        tab.click()
        assert serious(phone) == []
    phone.locator("[data-testid=stExpandSidebarButton]").click()
    phone.get_by_text("Link to this view").click()
    phone.locator("[data-testid=stPopoverBody] code").wait_for()
    assert serious(phone) == []


def test_a_reading_is_fixed_in_a_form_in_which_axe_finds_nothing_serious(own: str, open_page: Open, tmp_path: Path) -> None:
    coder, corpus = LexiconCoder(), Corpus.open(tmp_path / "corpus")
    text = "Russia thanked North Korea on Monday for its soldiers."
    article = Article(id="a" * 16, title="A note", text=text, published=dt.date(2025, 4, 28), published_basis="given by hand")
    corpus.add([article], coder, lexicon_version=coder.version, processes=1)
    (event_id,) = Corpus.open(tmp_path / "corpus").events(Filters())["event_id"]
    page = open_page(f"{own}/events?event={event_id}")
    page.get_by_text("Is this reading right?").click()
    page.get_by_role("button", name="Keep the changes").wait_for()
    assert serious(page) == []
    page.get_by_label("Your name").fill("A. Reader")
    page.get_by_label("Why", exact=True).fill("To see that it can be done.")
    page.get_by_text("The other way round").click()
    page.get_by_role("button", name="Keep the changes").click()
    expect(page.locator(".st-key-evidence .e-head").first).to_contain_text("North Korea → Russia")
    assert Corpus.open(tmp_path / "corpus").events(Filters())["actor"].tolist() == [["PRK"]]


def choose_first_event(page: Page) -> None:
    """Choose the first row of the table of events, with the keyboard alone."""
    press_tab_until(page, ".st-key-event-table canvas")
    page.keyboard.press("Shift+Space")
    page.locator(".st-key-evidence").wait_for()


def press_tab_until(page: Page, *selectors: str, most: int = 90) -> None:
    """Press Tab until an element within each selector has had the keyboard, in any order, and the last of them has it."""
    missing = list(selectors)
    for _ in range(most):
        page.keyboard.press("Tab")
        missing = [one for one in missing if not page.evaluate("one => !!document.activeElement.closest(one)", one)]
        if not missing:
            return
    pytest.fail(f"the keyboard did not reach {missing} in {most} steps")


def test_the_keyboard_narrows_the_world_and_opens_a_sentence(sample: str, open_page: Open) -> None:
    page = open_page(sample)
    read_down(page)
    press_tab_until(page, ".st-key-countries input")
    page.keyboard.type("North Korea")
    page.get_by_role("option", name="North Korea (PRK)").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**c=PRK*")
    chip = page.locator(".st-key-chip-countries button")
    chip.wait_for()
    settle(page)
    press_tab_until(
        page,
        ".st-key-since",
        ".st-key-quads",
        ".st-key-text",
        "[data-testid=stTopNavLink]",
        ".st-key-chip-countries",
        ".st-key-map .e-handle",
        ".st-key-map .e-zoom",
        "[data-testid=stExpander] summary",
        "[class*=st-key-open-cardnewest]",
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles?*event=*")
    expect(page.locator("mark.e-trigger").first).to_be_visible()


def test_a_link_or_button_that_has_the_keyboard_shows_it(sample: str, open_page: Open) -> None:
    """By a ring around it; a field shows it by its frame and its caret."""
    page = open_page(f"{sample}/?c=RUS")
    read_down(page)
    press_tab_until(page, "[data-testid=stTopNavLink]")
    unseen = []
    for _ in range(20):
        page.keyboard.press("Tab")
        unseen.append(page.evaluate(UNSEEN))
    assert [one for one in unseen if one] == []


def test_what_opens_an_article_is_seen_as_a_link_without_its_colour(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/pair?c=RUS&c=PRK")
    words = page.get_by_role("button", name="Open article").first.locator("p")
    expect(words).to_have_css("text-decoration-line", "underline")


def test_on_a_phone_the_keyboard_stops_at_nothing_that_is_out_of_sight(sample: str, open_page: Open) -> None:
    """The filters are folded away: their fields are reached when they are opened."""
    page = open_page(f"{sample}/matrix?c=RUS", **PHONE)
    page.locator(".e-square").wait_for()
    away = []
    for _ in range(40):
        page.keyboard.press("Tab")
        away.append(page.evaluate(AWAY))
    assert [one for one in away if one] == []
    page.locator("[data-testid=stExpandSidebarButton]").click()
    press_tab_until(page, ".st-key-countries input", "[data-testid=stSidebarNavLink], [data-testid=stTopNavLink]", most=120)


def test_the_maps_lines_are_one_stop_of_the_keyboard(sample: str, open_page: Open) -> None:
    page = open_page(sample)
    wait_for_map(page)
    stops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate(
                "(one => one.closest('.e-drawn') ? one.getAttribute('class') ?? one.tagName : '')(document.activeElement)"
            )
        )
    assert [one for one in stops if one] == ["e-handle e-leads"]


# What has the keyboard and lies beside the screen; otherwise null.
AWAY = """() => {
    const self = document.activeElement, box = self.getBoundingClientRect();
    return box.right <= 0 || box.left >= innerWidth ? self.outerHTML.slice(0, 160) : null;
}"""
# The link or button that has the keyboard, when nothing is drawn around it; otherwise null.
UNSEEN = """() => {
    const self = document.activeElement, style = getComputedStyle(self);
    const ring = style.boxShadow !== 'none' || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0);
    return self.matches('a, button, summary') && !ring ? self.outerHTML.slice(0, 160) : null;
}"""
