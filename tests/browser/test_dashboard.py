"""What a reader does, done in a real browser with the network closed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Open, Tab, click_mark, read_down, settle, wait_for_map
from playwright.sync_api import Browser, Locator, Page, expect

from components.charts.palette import DARK, LIGHT

PAGES = ("", "country", "pair", "matrix", "events", "articles", "corpus", "accuracy", "about")


def finding(page: Page) -> str:
    return page.locator("h1").first.inner_text()


def told(page: Page) -> Locator:
    """The words of an act in an article: the legend above them has a mark of that class too, and stands before the text comes."""
    return page.locator("h1 mark.e-trigger, .e-text mark.e-trigger").first


def chips(page: Page) -> Locator:
    """What the chips say; waited for, since they may come after the title."""
    return page.locator(".st-key-chips [class*=st-key-chip-] [data-testid=stMarkdownContainer]")


@pytest.mark.parametrize("other", ["http://example.org/", "http://192.0.2.1/", "ws://example.org/"])
def test_whoever_asks_another_host_is_noticed_and_reaches_nobody(sample: str, browser: Browser, other: str) -> None:
    """Of the tests themselves: so is the network closed in them."""
    tab = Tab(browser)
    tab.page.goto(f"{sample}/_stcore/health")
    told = tab.page.evaluate(
        """other => new Promise(told => {
            const socket = other.startsWith('ws') && new WebSocket(other);
            if (socket) [socket.onopen, socket.onerror] = [() => told('reached'), () => told('refused')];
            else fetch(other, { mode: 'no-cors' }).then(() => told('reached'), () => told('refused'));
        })""",
        other,
    )
    assert told == "refused" and tab.asked[-1] == other
    tab.context.close()


def test_the_map_and_the_timeline_draw_with_the_network_closed(sample: str, open_page: Open) -> None:
    page = open_page(sample)
    wait_for_map(page)
    assert "events" in finding(page)
    assert page.locator(".st-key-map .e-point").count() > 20
    # On a first visit what lies beneath comes when the map is there and the reader near.
    page.locator(".st-key-timeline .bars path").first.wait_for(state="attached")
    assert page.locator(".st-key-timeline .bars path").count() > 50
    assert page.locator("blockquote").count() == 0
    read_down(page)
    page.locator("blockquote mark.e-trigger").nth(5).wait_for()


def test_what_is_still_to_come_is_no_grey_wall(sample: str, open_page: Open) -> None:
    page = open_page(sample)
    wait_for_map(page)
    room = page.locator("[data-testid=stSkeletonElement]").last.bounding_box()
    assert room and 100 < room["height"] <= 300


def test_the_sidebar_ends_on_the_screen_of_a_small_desk(sample: str, open_page: Open) -> None:
    page = open_page(sample, height=860)
    note = page.locator("[data-testid=stSidebarUserContent] .e-quiet").last.bounding_box()
    assert note and note["y"] + note["height"] <= 860


def test_choosing_a_country_writes_its_code_into_the_address(sample: str, open_page: Open) -> None:
    page = open_page(sample)
    before = finding(page)
    field = page.locator(".st-key-countries input")
    field.click()
    field.fill("Ukraine")
    page.get_by_role("option", name="Ukraine (UKR)").click()
    page.wait_for_url("**c=UKR*")
    expect(page.locator("h1").first).not_to_have_text(before)
    assert "Ukraine" in finding(page)
    expect(chips(page)).to_have_text(["Ukraine"])


def test_a_link_shows_the_same_view_in_another_browser(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/?c=RUS&c=UKR&side=both&quad=material-conflict&from=2022-01-01&to=2024-12-31&count=reports")
    page.get_by_text("Link to this view").click()
    address = page.locator(".stPopoverBody code, [data-testid=stPopoverBody] code").inner_text().replace("\n", "")
    other = open_page(address)
    # Both have drawn the same filters when both say the same of them; only then is what they found compared.
    for shown in (page, other):
        expect(chips(shown)).to_have_text(["between Russia and Ukraine", "2022 to 2024", "material conflict"])
    expect(page.locator("h1").first).to_contain_text("Russia → Ukraine:")
    expect(other.locator("h1").first).to_have_text(finding(page))
    assert "count=reports" in other.evaluate("location.href")


def test_the_filters_stay_when_the_page_is_turned(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/?c=RUS&c=PRK&side=both")
    page.get_by_role("link", name="Events").first.click()
    page.wait_for_url("**/events?*c=*")
    expect(page.locator("h1").first).to_contain_text("told in")
    assert "c=PRK" in page.evaluate("location.href") and "side=both" in page.evaluate("location.href")
    expect(chips(page)).to_contain_text(["between"])


def test_going_back_goes_back(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/?c=RUS")
    page.locator(".st-key-quads button").filter(has_text="verbal conflict").click()
    page.wait_for_url("**quad=verbal-conflict*")
    page.go_back()
    page.wait_for_function("!location.href.includes('quad')")
    expect(page.locator(".st-key-chips")).not_to_contain_text("verbal conflict")
    expect(page.locator(".st-key-chips")).to_contain_text("Russia")


@pytest.mark.parametrize("page_name", PAGES)
def test_an_address_that_makes_no_sense_gives_the_default(sample: str, open_page: Open, page_name: str) -> None:
    page = open_page(
        f"{sample}/{page_name}?c=NARNIA&side=up&from=2024-13-40&quad=%F0%9F%92%A3&count=9&shade=<b>&event=zz&article=zz"
    )
    page.wait_for_function("!location.search.includes('NARNIA')")
    assert page.locator(".stException, .stAlert").count() == 0
    assert page.locator(".st-key-chips").count() == 0


def test_clear_all_clears_the_address(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/?c=RUS&quad=verbal-conflict&from=2024-01-01")
    page.get_by_role("button", name="Clear all filters").click()
    page.wait_for_function("location.search === ''")
    expect(page.locator(".st-key-chips")).to_have_count(0)


def test_a_click_on_a_country_narrows_to_it(sample: str, open_page: Open) -> None:
    page = open_page(sample)
    wait_for_map(page)
    place = page.evaluate(
        """() => {
            const box = document.querySelector('.st-key-map .e-shape[data-id=BRA]')?.getBoundingClientRect();
            return box && [box.x + box.width * 0.55, box.y + box.height * 0.4];
        }"""
    )
    assert place, "Brazil is not on the map"
    page.mouse.move(*place)
    page.wait_for_selector(".st-key-map .e-card")
    page.mouse.click(*place)
    page.wait_for_url("**c=BRA*")
    expect(page.locator(".st-key-chips")).to_contain_text("Brazil")
    settle(page)  # Streamlit may lose a change of page that is asked for while part of the page is on its way
    page.get_by_role("link", name="Brazil in full").click()
    page.wait_for_url("**/country?*c=BRA*")
    expect(page.locator("h1").first).to_contain_text("Brazil:")


def test_a_click_on_a_curve_narrows_to_its_pair(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/?c=RUS&c=PRK&side=both&quad=material-cooperation")
    wait_for_map(page)
    page.get_by_role("button", name="Clear all filters").click()
    page.wait_for_function("location.search === ''")
    settle(page)
    wait_for_map(page)
    place = page.evaluate(
        """() => { const lines = [...document.querySelectorAll('.st-key-map .e-line')], width = line => +line.getAttribute('stroke-width');
             const widest = lines.sort((a, b) => width(b) - width(a))[0];
             const p = widest.getPointAtLength(widest.getTotalLength() / 2), m = widest.getScreenCTM();
             return [p.x * m.a + m.e, p.y * m.d + m.f] }"""
    )
    page.mouse.move(place[0] + 1, place[1] + 1)
    page.mouse.move(*place)
    page.wait_for_selector(".st-key-map .e-card")
    page.mouse.click(*place)
    page.wait_for_url("**side=both*")
    assert len(re.findall(r"[?&]c=[A-Z]+", page.evaluate("location.href"))) == 2


def test_dragging_over_the_timeline_narrows_the_dates(sample: str, open_page: Open) -> None:
    page = open_page(sample)
    wait_for_map(page)
    chart = page.locator(".st-key-timeline .nsewdrag").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5, steps=8)
    page.mouse.up()
    page.wait_for_url("**from=20*")
    found = re.search(r"from=(\d{4}-\d\d-\d\d)&to=(\d{4}-\d\d-\d\d)", page.evaluate("location.href"))
    assert found and found[1] < found[2]
    expect(page.locator(".st-key-chips")).to_contain_text(" to ")


def test_the_evidence_of_an_event_opens_and_leads_to_its_article(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/events?c=RUS&c=PRK&side=both&type=SUPPORT")
    table = page.locator(".st-key-event-table canvas").first
    table.wait_for()
    table.click(position={"x": 16, "y": 50}, force=True)
    evidence = page.locator(".st-key-evidence")
    evidence.wait_for()
    page.wait_for_url("**event=*")
    for kind in ("actor", "trigger", "recipient"):
        assert evidence.locator(f"mark.e-{kind}").count() >= 1
    for label in ("Status", "Known from", "Published", "Rule", "Confidence"):
        expect(evidence).to_contain_text(label)
    trigger = evidence.locator("mark.e-trigger").first.inner_text()
    evidence.get_by_role("button", name="Open article").click()
    page.wait_for_url("**/articles?*article=*")
    told(page).wait_for()
    assert trigger in page.locator("mark.e-trigger").all_inner_texts()


def test_an_articles_link_opens_it_at_its_event(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/?c=RUS&c=PRK&side=both&type=AID")
    read_down(page)
    page.get_by_role("button", name="Open article").first.click()
    page.wait_for_url("**/articles?*event=*")
    told(page).wait_for()
    assert "c=PRK" in page.evaluate("location.href")
    expect(chips(page)).to_contain_text(["between Russia and North Korea"])
    title = finding(page)
    again = open_page(page.evaluate("location.href"))
    expect(told(again)).to_have_text(told(page).inner_text())
    assert finding(again) == title


@pytest.mark.parametrize(("scheme", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_both_themes_have_their_own_colours(sample: str, open_page: Open, scheme: str, colours: object) -> None:
    page = open_page(sample, scheme=scheme)
    wait_for_map(page)
    ground = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    assert ground == _rgb(colours.ground)  # type: ignore[attr-defined]
    drawn = set(page.evaluate("[...document.querySelectorAll('.st-key-map .e-line')].map(line => getComputedStyle(line).stroke)"))
    assert drawn <= {_rgb(colour) for colour in colours.quads.values()} and len(drawn) == 4  # type: ignore[attr-defined]


def _rgb(colour: str) -> str:
    return "rgb({}, {}, {})".format(*(int(colour[i : i + 2], 16) for i in (1, 3, 5)))


@pytest.mark.parametrize("page_name", PAGES)
def test_at_phone_width_nothing_runs_over_the_edge(sample: str, open_page: Open, page_name: str) -> None:
    page = open_page(f"{sample}/{page_name}?c=RUS&c=PRK&side=both", width=390, height=844)
    over = page.evaluate(
        """() => {
            const main = document.querySelector('[data-testid=stMain]');
            if (main.scrollWidth > main.clientWidth) return ['main'];
            const over = element => {
                const box = element.getBoundingClientRect();
                return box.width && box.right > innerWidth + 1 && element.checkVisibility({ visibilityProperty: true });
            };
            return [...main.querySelectorAll('h1, h2, p, blockquote, button, .js-plotly-plot, .e-map, .stDataFrame, .e-head')]
                .filter(over).map(element => element.outerHTML.slice(0, 120));
        }"""
    )
    assert over == []
    if page_name == "":
        wait_for_map(page)
        box = page.locator(".st-key-map .e-map").bounding_box()
        assert box and 330 <= box["width"] <= 390 and 120 <= box["height"] <= 260


def test_a_page_without_dates_is_added_dated_and_shown(own: str, open_page: Open, tmp_path: Path) -> None:
    page = open_page(own)
    expect(page.locator("h1, h2").first).to_contain_text("This corpus is empty")
    page.get_by_role("link", name="Corpus").first.click()
    saved = tmp_path / "page.txt"
    saved.write_text(
        "\n".join(f"- Old headline number {n} about nothing in particular" for n in range(10))
        + "\nMoscow thanks Pyongyang for troops\nRussia on Monday thanked North Korea for the soldiers that fought Ukraine.\n"
        "In October, North Korea sent troops to Russia.\n",
        encoding="utf-8",
    )
    page.locator("input[type=file]").first.set_input_files(str(saved))
    page.get_by_text("page.txt").wait_for()
    page.get_by_role("button", name="Add", exact=True).first.click()
    expect(page.get_by_text("1 article added")).to_be_visible()
    expect(page.get_by_text("Articles without a date")).to_be_visible()
    row = page.locator("[class*=st-key-undated-]").first
    expect(row).to_contain_text("Moscow thanks Pyongyang")
    row.get_by_role("spinbutton").first.click()
    page.keyboard.type("20250428")
    page.keyboard.press("Escape")
    row.get_by_role("button", name="Set date").click()
    expect(page.get_by_role("button", name="Set date")).to_have_count(0)
    page.goto(f"{own}/?c=RUS&c=PRK&side=both")
    settle(page)
    read_down(page)
    expect(page.locator("blockquote").first).to_be_visible()
    expect(page.get_by_text("28 April 2025").first).to_be_visible()
    page.goto(f"{own}/articles")
    settle(page)
    page.get_by_role("link", name="Moscow thanks Pyongyang").click()
    expect(page.get_by_text("Old headline number 3")).to_be_visible()
    expect(page.get_by_text("Undated, not coded.")).to_be_visible()


def test_a_click_on_a_mark_of_the_pair_opens_its_sentence(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/pair?c=RUS&c=PRK")
    click_mark(page.locator(".st-key-lanes .scatterlayer path.point").last)
    page.wait_for_url("**event=*")
    expect(page.locator(".st-key-evidence mark.e-trigger")).to_have_count(1)
