"""The dashboard in Chromium with the network closed: a request to any host but this one reaches nobody and fails the test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
READY = '.stApp[data-test-script-state="notRunning"]'
WAIT = 30_000  # milliseconds; a slow machine is no failure

PUBLIC_NAME = "news.example.org"  # leads to this machine in the test's browser, as a public host's name does elsewhere
HERE = ("127.0.0.1", "localhost", PUBLIC_NAME)
# No other name and no other address, be it written as a number, is found. Chromium holds to it for whatever asks, websockets too.
CLOSED = f"MAP {PUBLIC_NAME} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"

Open = Callable[..., Page]

# A tab that many pages were opened in holds a gigabyte.
READERS = 10

expect.set_options(timeout=WAIT)


def chromium() -> str:
    """Where Chromium is. A machine without one fails, since nothing on the screen would be tested."""
    found = os.environ.get("ENTENTE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.fail("no browser: install Chromium (apt-get install chromium) or name one in ENTENTE_CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # Software drawing is slower but the same on every machine.
        running = playwright.chromium.launch(
            executable_path=chromium(),
            args=["--no-sandbox", "--disable-gpu", "--no-proxy-server", f"--host-resolver-rules={CLOSED}"],
        )
        yield running
        running.close()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def serve(folder: Path, *options: str, **environment: str) -> Iterator[str]:
    """Start the dashboard on a free port; its address, until the test is done. Its log is ``server.log`` in the folder."""
    port = free_port()
    log = (folder / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py"), "--server.port", str(port),
         "--server.address", "127.0.0.1", "--server.headless", "true", "--server.fileWatcherType", "none", *options],
        cwd=ROOT, env={**os.environ, **environment}, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 60
        while not _answers(f"{address}/_stcore/health"):
            if server.poll() is not None or time.monotonic() > end:
                pytest.fail("the dashboard did not start:\n" + (folder / "server.log").read_text())
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, shared_folder: Path) -> Iterator[str]:
    """The dashboard on the sample corpus."""
    yield from serve(tmp_path_factory.mktemp("sample"), ENTENTE_CORPUS="sample", ENTENTE_CACHE=str(shared_folder / "cache"))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[str]:
    """The dashboard on a corpus that is still empty."""
    yield from serve(tmp_path, ENTENTE_CORPUS=str(tmp_path / "corpus"))


class Tab:
    """A page in a context of its own, which notes whom it asks and what goes wrong in it."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context = browser.new_context(permissions=[], **options)
        self.context.set_default_timeout(WAIT)
        self.asked: list[str] = []
        self.errors: list[str] = []
        self.readers = 0
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page = self.context.new_page()
        self.page.on("websocket", lambda socket: self.asked.append(socket.url))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def clear(self) -> None:
        """Leave nothing of one reader to the next but the files of the dashboard, which need not be read and compiled again."""
        for other in self.context.pages:
            if other is not self.page:
                other.close()
        if self.page.url.startswith("http"):
            self.page.evaluate("sessionStorage.clear(), localStorage.clear()")
        self.page.goto("about:blank")
        self.page.mouse.move(0, 0)
        self.context.clear_cookies()
        self.context.clear_permissions()
        self.context.grant_permissions([])  # none is given, and none is asked for


@pytest.fixture(scope="session")
def idle(browser: Browser) -> list[Tab]:
    """Tabs that were used before and cleared: in one, a page is there in a third of the time that a new one takes."""
    return []


@pytest.fixture
def open_page(browser: Browser, idle: list[Tab]) -> Iterator[Open]:
    """Open an address as a reader of its own, with nothing but this machine to be reached; fails when more was asked for.

    ``more`` is what only a new tab can be told. ``unreached`` are hosts that another program's pages may ask for.
    """
    used: list[Tab] = []
    new: list[Tab] = []
    known = set(HERE)

    def show(
        address: str,
        *,
        width: int = 1440,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
        settled: bool = True,
        unreached: Sequence[str] = (),
        **more: Any,
    ) -> Page:
        if more:
            new.append(tab := Tab(browser, **more))
        else:
            used.append(tab := idle.pop() if idle else Tab(browser))
            tab.asked.clear()
            tab.errors.clear()
        known.update(unreached)
        tab.page.set_viewport_size({"width": width, "height": height})
        tab.page.emulate_media(color_scheme=scheme)
        tab.page.goto(address)
        if settled:
            settle(tab.page)
        return tab.page

    yield show
    for tab in new:
        tab.context.close()
    for tab in used:
        tab.readers += 1
        if tab.readers < READERS:
            tab.clear()
            idle.append(tab)
        else:
            tab.context.close()
    hosts = {url: urlsplit(url).hostname for tab in used + new for url in tab.asked}
    asked = [url for url, host in hosts.items() if host and host not in known]
    errors = [error for tab in used + new for error in tab.errors]
    assert not asked, f"asked of other hosts: {asked}"
    assert not errors, f"errors in the page: {errors}"


def settle(page: Page) -> None:
    """Wait until the script has run and what it made is there."""
    page.wait_for_selector(READY)
    page.wait_for_function("!document.querySelector('[data-stale=\"true\"]')")
    page.wait_for_selector("h1, .stAlert")
    # The style sheet is drawn by a part of Streamlit that is loaded when first needed.
    page.wait_for_function("[...document.querySelectorAll('style')].some((one) => one.textContent.includes('.e-title{'))")


def read_down(page: Page) -> None:
    """Scroll the world's page to its end, as far as it grows, until the newest events are there."""
    page.wait_for_function(
        """() => {
            const main = document.querySelector('[data-testid=stMain]');
            main.scrollTo(0, main.scrollHeight);
            return document.querySelector('[class*=st-key-open-cardnewest] button');
        }"""
    )


def wait_for_map(page: Page) -> None:
    """Wait until countries and curves are drawn."""
    page.wait_for_function("document.querySelectorAll('.st-key-map .e-shape').length > 200")
    page.wait_for_selector(".st-key-map .e-line", state="attached")


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Let the page go on until what the test has noted of it ``holds``."""
    end = time.monotonic() + WAIT / 1000
    while not holds():
        assert time.monotonic() < end, "it did not come to hold"
        page.wait_for_timeout(50)


def middle(of: Locator) -> tuple[float, float]:
    """The point in the middle of what is drawn."""
    box = of.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def point_at(mark: Locator) -> tuple[tuple[float, float], str]:
    """Bring a mark of a chart into sight and point at it until the chart says what it is: where it is, and what is said."""
    mark.wait_for(state="attached")
    mark.scroll_into_view_if_needed()
    x, y = middle(mark)
    mark.page.mouse.move(x + 1, y + 1)
    mark.page.mouse.move(x, y)
    told = mark.locator("xpath=ancestor::*[contains(@class, 'js-plotly-plot')]").locator(".hoverlayer .hovertext").first
    told.wait_for(state="attached")
    return (x, y), told.text_content() or ""


def click_mark(mark: Locator) -> None:
    """Point at a mark of a chart, and click on it when the chart has said what it is."""
    place, _ = point_at(mark)
    mark.page.mouse.click(*place)
