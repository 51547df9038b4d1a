"""Make the pictures of the README from the sample corpus, in a headless Chromium.

    python scripts/take_screenshots.py [FOLDER]

The folder is docs/pictures by default. Chromium is found by name, or where ENTENTE_CHROMIUM says.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
# Name, address, width and height in pixels, colour scheme.
PICTURES = [
    ("world", "/", 1360, 860, "light"),
    ("world-dark", "/", 1360, 860, "dark"),
    ("pair", "/pair?c=RUS&c=PRK", 1360, 1080, "light"),
    ("article", "/?c=RUS&c=PRK&side=both&type=AID", 1360, 760, "light"),
    ("phone", "/?c=RUS&c=UKR&side=both", 390, 844, "light"),
]
READY = '.stApp[data-test-script-state="notRunning"]'


def main(folder: Path) -> None:
    executable = chromium()
    folder.mkdir(parents=True, exist_ok=True)
    with dashboard() as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for name, path, width, height, scheme in PICTURES:
            target = folder / f"{name}.png"
            take(browser, address + path, target, width, height, scheme)
            print(f"{target} {target.stat().st_size / 1000:.0f} kB")
        browser.close()


def chromium() -> str:
    found = os.environ.get("ENTENTE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    return found or sys.exit("no browser: install Chromium, or name one in ENTENTE_CHROMIUM")


def take(browser: Browser, address: str, target: Path, width: int, height: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    page.wait_for_selector(READY)
    page.wait_for_selector("h1")
    if target.stem == "article":
        # The newest events come when the reader is near.
        page.wait_for_function(
            """() => { const main = document.querySelector('[data-testid=stMain]');
                main.scrollTo(0, main.scrollHeight);
                return [...document.querySelectorAll('button')].some(button => button.innerText.includes('Open article')) }"""
        )
        page.get_by_role("button", name="Open article").first.click()
        page.wait_for_selector(".e-text")
    else:
        page.wait_for_selector(".js-plotly-plot .bars path, .e-shape", state="attached")
    page.evaluate("document.fonts.ready")
    # Two frames without a change of the page's height: nothing moves any more.
    page.wait_for_function(
        """() => new Promise(done => { const height = () => document.querySelector('[data-testid=stMain]').scrollHeight;
            const before = height(); setTimeout(() => done(height() === before), 700) })"""
    )
    page.screenshot(path=target)
    page.close()


@contextmanager
def dashboard(corpus: str = "sample") -> Iterator[tuple[str, int]]:
    """The dashboard on a free port, on the sample or the corpus of a folder: its address and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as cache:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "streamlit",
                "run",
                "dashboard.py",
                "--server.port",
                str(port),
                "--server.address",
                "127.0.0.1",
                "--server.headless",
                "true",
            ],
            cwd=ROOT,
            env={**os.environ, "ENTENTE_CORPUS": corpus, "ENTENTE_CACHE": cache},
            stdout=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(300):
                try:
                    urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
                    break
                except (urllib.error.URLError, OSError):
                    time.sleep(0.1)
            else:
                sys.exit("the dashboard did not start")
            yield address, server.pid
        finally:
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures")
