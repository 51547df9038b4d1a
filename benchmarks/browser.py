"""How fast the dashboard feels, in a headless Chromium: the first picture, a filter, what is sent, and the imports of a start.

python benchmarks/browser.py [FILE.jsonl] [--events 100000] [--folder DIR] [--json FILE]

The first picture is there when countries and curves of the map are drawn: in a browser with nothing kept (cold), and in one that
was there before (warm). A filter is timed from the click on a class of events until the map and the title show it. It is asked
twice, so that both an answer that must be found and one that is remembered are told. Bytes are those of a cold visit, unpacked and
as a web server in front packs them; what the session's messages take packed is reckoned as its compression does it, where browser and
server agreed on one. Medians of the clock, so on an idle machine; imports in seconds of the processor; memory of
the server after all this, and at its peak. The sample, and a corpus of ``--events`` made from FILE.
"""

from __future__ import annotations

import argparse
import ast
import base64
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from machine import facts, goal, goal_lines, memory, served_environment  # noqa: E402 - the script is run from anywhere, the package is not installed
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright  # noqa: E402
from queries import SAMPLE, code_once, multiply  # noqa: E402

from scripts.take_screenshots import chromium, dashboard  # noqa: E402

ROUNDS = 5
EVENTS = 100_000
CLASSES = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
GOALS = {"cold": 3.0, "warm": 1.5, "filter": 0.5, "import": 1.0}  # seconds
GOAL_BYTES = 3_000_000
GOAL_MEMORY = 400  # MB, with up to a million events
LEVEL = 5  # of gzip, as in deploy/nginx.conf; Streamlit by itself sends its own files unpacked
WINDOW = 12  # bits of what is looked back upon, as uvicorn packs a session's messages

DRAWN = """() => document.querySelectorAll('.st-key-map .e-shape').length > 200
    && document.querySelector('.st-key-map .e-line') !== null"""
# What changes with a filter: the title, and the curves with their colours.
SHOWN = """() => document.querySelector('h1')?.innerText + '|' + [...document.querySelectorAll('.st-key-map .e-line')]
    .map(line => line.getAttribute('stroke') + line.getAttribute('d').length).join()"""
# Resolves with the seconds from now until title and curves have changed and stood still, that stillness left out.
WATCH = f"""() => {{
    const shown = {SHOWN}, before = shown(), start = performance.now();
    window.changed = new Promise(done => {{
        let last = before, at = start;
        const look = () => {{
            const now = shown(), clock = performance.now();
            if (now !== last) {{ last = now; at = clock; }}
            const whole = now.split('|')[0] !== before.split('|')[0] && now.split('|')[1] !== before.split('|')[1];
            if (whole && clock - at > 1500) done((at - start) / 1000);
            else if (clock - start > 60000) done(null);
            else requestAnimationFrame(look);
        }};
        look();
    }});
}}"""


def first_picture(context: BrowserContext, address: str) -> float:
    """Seconds until the map is drawn, in a new page of the context."""
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(DRAWN, polling="raf", timeout=120_000)
    took = time.perf_counter() - start
    page.wait_for_selector('.stApp[data-test-script-state="notRunning"]', timeout=120_000)
    page.close()
    return took


@contextmanager
def visit(browser: Browser) -> Iterator[BrowserContext]:
    """A browser with nothing kept."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()


def pictures(browser: Browser, address: str) -> dict[str, float]:
    """Medians of the first picture in a cold and in a warm browser; the very first visit of the server stands apart."""
    cold, warm = [], []
    with visit(browser) as context:
        first = first_picture(context, address)
    for _ in range(ROUNDS):
        with visit(browser) as context:
            cold.append(first_picture(context, address))
            warm.append(first_picture(context, address))
    return {
        "first visit after the start (s)": round(first, 2),
        "first picture, cold (s)": round(statistics.median(cold), 2),
        "first picture, warm (s)": round(statistics.median(warm), 2),
    }


def filtering(browser: Browser, address: str) -> dict[str, float]:
    """Medians of the time from a click on a class to the picture that shows it, found anew and remembered."""
    with visit(browser) as context:
        page = context.new_page()
        page.goto(address)
        page.wait_for_function(DRAWN, timeout=120_000)
        page.wait_for_selector('.stApp[data-test-script-state="notRunning"]', timeout=120_000)
        found = [choose(page, name) for name in CLASSES]
        again = [choose(page, name) for name in CLASSES]
    return {
        "filter to picture (s)": round(statistics.median(found), 2),
        "filter to picture, remembered (s)": round(statistics.median(again), 2),
    }


def choose(page: Page, name: str) -> float:
    """Seconds until a class that was clicked on is shown; afterwards it is taken away again."""
    pill = page.locator(".st-key-quads button").filter(has_text=name)
    times = []
    for _ in ("choose", "take away"):
        page.evaluate(WATCH)
        pill.evaluate("button => button.click()")
        took = page.evaluate("() => window.changed")
        if took is None:
            sys.exit(f"the filter {name!r} changed nothing within a minute")
        times.append(float(took))
    return times[0]


def sent(browser: Browser, address: str) -> dict[str, int]:
    """Bytes of one cold visit: files as they are and as a web server in front packs them, and the session's messages, likewise. What
    the page makes of them for itself (``blob:``) is not sent."""
    with visit(browser) as context:
        page = context.new_page()
        files: list[Response] = []
        messages: list[bytes] = []
        agreed: list[str] = []
        page.on("response", lambda one: files.append(one))
        network = context.new_cdp_session(page)
        network.on("Network.webSocketFrameReceived", lambda one: messages.append(_message(one["response"])))
        network.on("Network.webSocketHandshakeResponseReceived", lambda one: agreed.append(str(one["response"]["headers"])))
        network.send("Network.enable")
        page.goto(address)
        page.wait_for_function(DRAWN, timeout=120_000)
        # The timeline brings Plotly, which is half of it all, when the map is there.
        page.wait_for_selector(".st-key-timeline .js-plotly-plot", timeout=120_000)
        page.wait_for_load_state("networkidle")
        bodies = [file.body() for file in files if file.ok and not file.url.startswith("blob:")]
    by_session = sum(map(len, messages))
    deflated = _deflated(messages) if any("permessage-deflate" in headers for headers in agreed) else by_session
    return {
        "sent, packed (bytes)": sum(min(len(body), len(gzip.compress(body, LEVEL))) for body in bodies) + deflated,
        "sent, unpacked (bytes)": sum(map(len, bodies)) + by_session,
        "of these by the session (bytes)": by_session,
        "of these by the session, packed (bytes)": deflated,
    }


def _message(frame: dict[str, Any]) -> bytes:
    """A message as it was before it was packed; a binary one comes in base64."""
    return base64.b64decode(frame["payloadData"]) if frame["opcode"] == 2 else frame["payloadData"].encode()


def _deflated(messages: list[bytes]) -> int:
    """Bytes of messages packed one after the other, each whole when it is sent."""
    packer = zlib.compressobj(wbits=-WINDOW)
    return sum(len(packer.compress(message) + packer.flush(zlib.Z_SYNC_FLUSH)) for message in messages)


def importing() -> float:
    """Seconds of the processor in which a fresh Python imports what the dashboard and its first page do."""
    trees = [ast.parse((ROOT / name).read_text(encoding="utf-8")) for name in ("dashboard.py", "components/pages/world.py")]
    names = {node.module for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    lines = f"import time; start = time.process_time(); import {', '.join(sorted(names))}; print(time.process_time() - start)"
    times = [
        float(subprocess.run([sys.executable, "-c", lines], cwd=ROOT, capture_output=True, text=True, check=True).stdout)
        for _ in range(ROUNDS)
    ]
    return round(statistics.median(times), 2)


def goals(record: dict[str, Any]) -> list[dict[str, Any]]:
    """The figures beside their goals."""
    sample, many = record["sample"], record["many"]
    told = [
        goal("first picture, cold, the sample", sample["first picture, cold (s)"], "s", most=GOALS["cold"]),
        goal("first picture, warm, the sample", sample["first picture, warm (s)"], "s", most=GOALS["warm"]),
        goal(f"filter to picture, {many['events']:,} events", many["filter to picture (s)"], "s", most=GOALS["filter"]),
        goal("import of the dashboard", record["import (s)"], "s", most=GOALS["import"]),
        goal("sent to a cold browser, packed", sample["sent, packed (bytes)"], "bytes", most=GOAL_BYTES),
    ]
    if many["events"] <= 1_000_000:
        told.append(
            goal(
                f"memory of the server, {many['events']:,} events",
                many["memory of the server"]["now (MB)"],
                "MB",
                most=GOAL_MEMORY,
            )
        )
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--folder", type=Path, help="where the corpus is made and kept; a temporary folder without it")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    record: dict[str, Any] = {"machine": facts(), "import (s)": importing()}
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = args.folder or Path(temporary)
        many = folder / f"events{args.events}"
        if not many.exists():
            multiply(folder / "coded", many, code_once(args.file, folder / "coded"), args.events)
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        os.environ.update(served_environment())
        with dashboard() as (address, _):
            record["sample"] = pictures(browser, address) | filtering(browser, address) | sent(browser, address)
        with dashboard(str(many)) as (address, server):
            record["many"] = {"events": args.events} | pictures(browser, address) | filtering(browser, address)
            record["many"]["memory of the server"] = memory(server)
        browser.close()
    record["load average at the end"] = facts()["load average"]
    record["goals"] = goals(record)
    print(json.dumps({name: value for name, value in record.items() if name != "goals"}, indent=1))
    print("\n".join(goal_lines(record["goals"])))
    if args.json:
        args.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
