"""Adding from the screen: feeds that are fetched, followed and stopped."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Open, serve, settle
from fetching.site import Handler, Site, page, serving
from playwright.sync_api import Page, expect

from entente.corpus import Corpus

TEXT = (
    "Serbia thanked Belarus for {} fire engines on Monday, the foreign ministry said in Belgrade after a meeting of both sides."
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def fetching(tmp_path: Path) -> Iterator[str]:
    """The dashboard on a corpus that is still empty, which may ask this machine."""
    yield from serve(tmp_path, ENTENTE_CORPUS=str(tmp_path / "corpus"), ENTENTE_FETCH_LOCAL="1")


def wire(site: Site, count: int, slow: int) -> str:
    """The address of a feed of ``count`` entries, whose pages from number ``slow`` on answer after seconds."""
    items = "".join(
        f"<item><title>Gift {n}</title><link>{site.url}/{n}</link><description>A gift.</description></item>" for n in range(count)
    )
    site.pages["/wire"] = page(
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>W</title>{items}</channel></rss>', "text/xml"
    )

    def late(handler: Handler) -> None:
        handler.server.over.wait(4)
        handler.give(200, b"<html><p>late</p></html>", Content_Type="text/html")

    for n in range(count):
        body = f"<html><head><title>Gift {n}</title></head><body><article><p>{TEXT.format(n + 2)}</p></article></body></html>"
        site.pages[f"/{n}"] = page(body) if n < slow else late
    return f"{site.url}/wire"


def add_address(shown: Page, address: str) -> None:
    shown.get_by_role("tab", name="Addresses and feeds").click()
    box = shown.get_by_label("Address of a page or a feed")
    box.fill(address)
    box.press("Tab")
    shown.get_by_role("button", name="Fetch", exact=True).click()


def test_fetching_can_be_stopped_and_keeps_what_was_read(fetching: str, open_page: Open, site: Site, tmp_path: Path) -> None:
    shown = open_page(f"{fetching}/corpus")
    add_address(shown, wire(site, 8, 2))
    end = time.monotonic() + 60
    while len(site.paths()) < 4 and time.monotonic() < end:
        shown.wait_for_timeout(50)
    shown.locator(".st-key-stop-fetching button").click()
    expect(shown.get_by_text("Stopped. What was read by then is kept.")).to_be_visible()
    asked = len(site.paths())
    assert 4 <= asked < 8
    settle(shown)
    assert len(site.paths()) == asked
    assert Corpus.open(tmp_path / "corpus").summary()["articles"] >= 2
