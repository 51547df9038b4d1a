"""Links taken along in a real browser: copied, read from the screen by a camera, shown in a frame."""

from __future__ import annotations

import io

import zxingcpp
from conftest import Open
from PIL import Image
from playwright.sync_api import expect


def test_the_link_is_copied_and_its_picture_says_the_same(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/?c=RUS&c=PRK&side=both&quad=material-cooperation&from=2022-01-01", scheme="dark")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Link to this view").click()
    shown = page.locator("[data-testid=stPopoverBody] code").inner_text().replace("\n", "")
    assert shown.startswith(f"{sample}/?c=RUS&c=PRK&side=both")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == shown
    picture = Image.open(io.BytesIO(page.locator(".st-key-qr img").screenshot()))
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [shown]


def test_a_frame_shows_the_map_alone_and_leads_to_the_whole(sample: str, open_page: Open) -> None:
    page = open_page(f"{sample}/about")
    page.set_content(f'<iframe src="{sample}/?only=map&embed=true&c=RUS" width="900" height="620" title="Relations"></iframe>')
    frame = page.frame_locator("iframe")
    frame.locator(".st-key-map .e-shape").first.wait_for(state="attached")
    expect(frame.locator("h1")).to_contain_text("Russia")
    whole = frame.get_by_role("link", name="Open the whole view")
    expect(whole).to_have_attribute("href", f"{sample}/?c=RUS")
    for part in ("header[data-testid=stHeader]", "[data-testid=stSidebar]", ".st-key-timeline", ".st-key-chips"):
        expect(frame.locator(part).locator("visible=true")).to_have_count(0)
