"""The dashboard in Chromium with the network closed: a request to any host but this one fails the test."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
READY = '.stApp[data-test-script-state="notRunning"]'
WAIT = 30_000  # milliseconds; a slow machine is no failure

PUBLIC_NAME = "news.example.org"  # leads to this machine in the test's browser, as a public host's name does elsewhere

Open = Callable[..., Page]

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
            args=["--no-sandbox", "--disable-gpu", f"--host-resolver-rules=MAP {PUBLIC_NAME} 127.0.0.1"],
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
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard on the sample corpus."""
    folder = tmp_path_factory.mktemp("sample")
    yield from serve(folder, ENTENTE_CORPUS="sample", ENTENTE_CACHE=str(folder))


@pytest.fixture
def own(tmp_path: Path) -> Iterator[str]:
    """The dashboard on a corpus that is still empty."""
    yield from serve(tmp_path, ENTENTE_CORPUS=str(tmp_path / "corpus"))


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Open an address in a context of its own, with nothing but this machine to be reached; fails when more was asked for."""
    contexts: list[Any] = []
    asked: list[str] = []
    errors: list[str] = []

    def guard(route: Route) -> None:
        host = route.request.url.split("/")[2].split(":")[0]
        if host in ("127.0.0.1", "localhost", PUBLIC_NAME):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.abort()

    def show(
        address: str, *, width: int = 1440, height: int = 900, scheme: str = "light", settled: bool = True, **more: Any
    ) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, permissions=[], **more)
        context.set_default_timeout(WAIT)
        contexts.append(context)
        context.route("**/*", guard)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        if settled:
            settle(page)
        return page

    yield show
    for context in contexts:
        context.close()
    assert not asked, f"asked of other hosts: {asked}"
    assert not errors, f"errors in the page: {errors}"


def settle(page: Page) -> None:
    """Wait until the script has run and what it made is there."""
    page.wait_for_selector(READY)
    page.wait_for_function("!document.querySelector('[data-stale=\"true\"]')")
    page.wait_for_selector("h1, .stAlert")


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
