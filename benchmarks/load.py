"""Many readers at once: sessions that filter for minutes while articles are added in the middle.

python benchmarks/load.py [--sessions 50] [--minutes 10] [--think 10] [--browsers 1] [--corpus FOLDER] [--json FILE]

A session speaks Streamlit's own protocol over its websocket, as a browser does, and as a reader from elsewhere: it opens a page,
looks at it for THINK seconds on average, chooses countries or a class or another page, and waits until all of the answer has come.
What it does not do is draw. Beside the sessions, real Chromium browsers do the same and wait until the page has settled. The dashboard
runs in a process of its own; the sessions share the cores with it, which counts against it.

The corpus is made of the sample briefs, two thirds before the start and one third in the middle of the run, unless a folder names
one, of which a copy is used. Ends with an error when a session met one, when the new articles did not reach the readers, or when a goal
is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from machine import facts, goal, goal_lines, served_environment
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "data" / "sample" / "briefs.jsonl"
PAGES = ("", "country", "pair", "matrix", "events", "articles")
LONGEST = 60.0  # seconds that an answer may take before it counts as an error
GOAL_P95 = 2.0  # seconds
GOAL_SESSION = 1.0  # MB
GOAL_GROWTH = 1.0  # MB a minute, at the end


# ------------------------------------------------------------------ a session


@dataclass
class Session:
    """One reader: what the page offers, what was chosen, and how long each answer took in seconds."""

    address: str
    number: int
    seed: int
    took: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    received: int = 0
    query: str = ""
    page: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    offered: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    chosen: dict[str, list[str]] = field(default_factory=dict)

    async def run(self, opened: Callable[[], None], begin: asyncio.Event, end: Callable[[], bool], think: float) -> None:
        """Open the dashboard, tell that it is open, wait until all others are, and choose until the end."""
        choose = random.Random(self.seed)
        try:
            # An address of the documentation's range: the dashboard takes the session for a reader from elsewhere.
            headers = {"X-Forwarded-For": f"192.0.2.{self.number % 250 + 1}"}
            async with connect(
                self.address,
                subprotocols=["streamlit"],
                additional_headers=headers,
                max_size=None,
                proxy=None,
                ping_interval=None,
            ) as line:
                await self._ask(line)
                opened()
                await begin.wait()
                while not end():
                    await asyncio.sleep(choose.uniform(0.5, 1.5) * think)
                    if end():
                        return
                    self._choose(choose)
                    start = time.perf_counter()
                    await self._ask(line)
                    self.took.append(time.perf_counter() - start)
        except (WebSocketException, OSError, TimeoutError) as error:
            self.errors.append(f"session {self.number}: {type(error).__name__} {error}")
            opened()

    def _choose(self, choose: random.Random) -> None:
        what = choose.random()
        if what < 0.15 and self.pages:
            self.page, self.query = choose.choice(list(self.pages.values())), ""
        elif what < 0.4 and "quads" in self.offered:
            self.chosen["quads"] = choose.sample(self.offered["quads"][1], choose.choice((0, 1, 1, 2)))
        elif "countries" in self.offered:
            self.chosen["countries"] = choose.sample(self.offered["countries"][1], choose.choice((0, 1, 1, 2)))

    async def _ask(self, line: ClientConnection) -> None:
        """Have the page run with what is chosen, and take its answer until it is whole."""
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_script_hash = self.query, self.page
        for name, values in self.chosen.items():
            widget = state.widget_states.widgets.add()
            widget.id = self.offered[name][0]
            widget.string_array_value.data.extend(values)
        await line.send(asked.SerializeToString())
        async with asyncio.timeout(LONGEST):
            while True:
                data = await line.recv()
                self.received += len(data)
                if self._take(ForwardMsg.FromString(data)):  # type: ignore[arg-type]
                    return

    def _take(self, told: ForwardMsg) -> bool:
        """Take one message; whether it was the last of the answer."""
        kind = told.WhichOneof("type")
        if kind == "navigation":
            self.pages = {
                page.url_pathname: page.page_script_hash for page in told.navigation.app_pages if page.url_pathname in PAGES
            }
            self.page = told.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = told.page_info_changed.query_string
        elif kind == "delta" and told.delta.WhichOneof("type") == "new_element":
            self._take_element(told.delta.new_element)
        elif kind == "script_finished":
            if told.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                self.errors.append(f"session {self.number}: the script did not compile")
            return told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False

    def _take_element(self, element: Any) -> None:
        kind = element.WhichOneof("type")
        if kind in ("exception", "alert"):
            said = element.exception.message if kind == "exception" else element.alert.body
            self.errors.append(f"session {self.number}: {said}")
        elif kind == "multiselect" and element.multiselect.id.endswith("-countries"):
            self._offer("countries", element.multiselect, list(element.multiselect.options))
        elif kind == "button_group" and element.button_group.id.endswith("-quads"):
            self._offer("quads", element.button_group, [option.content for option in element.button_group.options])

    def _offer(self, name: str, widget: Any, options: list[str]) -> None:
        self.offered[name] = (widget.id, options)
        if widget.set_value:  # the program changed what is chosen, as a browser would show it
            self.chosen[name] = list(widget.raw_values)


# ------------------------------------------------------------------ real browsers beside


def browse(address: str, end: Callable[[], bool], think: float, took: list[float], errors: list[str]) -> None:
    """One reader in Chromium: chooses a country and waits until the page has settled."""
    from playwright.sync_api import sync_playwright

    executable = os.environ.get("ENTENTE_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    settled = "!document.querySelector('[data-stale=\"true\"]')"
    ready = '.stApp[data-test-script-state="notRunning"]'
    choose = random.Random(1)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.set_default_timeout(LONGEST * 1000)
            page.goto(address)
            page.wait_for_selector(ready)
            page.wait_for_selector("h1")
            while not end():
                time.sleep(choose.uniform(0.5, 1.5) * think)
                before = page.evaluate("location.search")
                button = page.locator(".st-key-quads button").nth(choose.randrange(4))
                start = time.perf_counter()
                button.click()
                page.wait_for_function(f"location.search !== {json.dumps(before)}")
                page.wait_for_selector(ready)
                page.wait_for_function(settled)
                took.append(time.perf_counter() - start)
            browser.close()
    except Exception as error:
        errors.append(f"browser: {error}")


# ------------------------------------------------------------------ the dashboard and its corpus


def add(corpus: Path, lines: list[str], folder: Path) -> None:
    file = folder / f"{len(lines)}-{time.monotonic_ns()}.jsonl"
    file.write_text("".join(lines), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "entente", "add", str(file), "--corpus", str(corpus)], cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"the corpus could not be added to:\n{done.stderr}")


def start_dashboard(folder: Path, corpus: Path) -> tuple[subprocess.Popen[bytes], str, Path]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "server.log"
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(ROOT / "dashboard.py"), "--server.port", str(port),
         "--server.address", "127.0.0.1", "--server.headless", "true", "--server.fileWatcherType", "none"],
        cwd=ROOT, stdout=log.open("w"), stderr=subprocess.STDOUT,
        env={**os.environ, **served_environment(), "ENTENTE_CORPUS": str(corpus), "ENTENTE_CACHE": str(folder), "ENTENTE_REQUEST_LOG": "1"},
    )  # fmt: skip
    end = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close()
            return server, f"127.0.0.1:{port}", log
        except (urllib.error.URLError, OSError):
            if server.poll() is not None or time.monotonic() > end:
                sys.exit(f"the dashboard did not start:\n{log.read_text()}")
            time.sleep(0.1)


def resident(pid: int) -> float:
    """Memory of a process in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def processor(pid: int) -> float:
    """Processor time of a process in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


# ------------------------------------------------------------------ the run


async def run(args: argparse.Namespace, folder: Path) -> dict[str, Any]:
    corpus = folder / "corpus"
    lines = SAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)
    if args.corpus:
        shutil.copytree(args.corpus, corpus)
        later = lines
    else:
        first = len(lines) * 2 // 3
        add(corpus, lines[:first], folder)
        later = lines[first:]
    server, host, log = start_dashboard(folder, corpus)
    try:
        return await measure(args, folder, corpus, later, server, host, log)
    finally:
        server.terminate()
        server.wait(timeout=30)


async def measure(
    args: argparse.Namespace, folder: Path, corpus: Path, later: list[str], server: subprocess.Popen[bytes], host: str, log: Path
) -> dict[str, Any]:
    idle = resident(server.pid)
    finish = float("inf")

    def over() -> bool:
        return time.monotonic() >= finish

    sessions = [Session(f"ws://{host}/_stcore/stream", i, i) for i in range(args.sessions)]
    tasks, one, begin = [], 0.0, asyncio.Event()
    for i, session in enumerate(sessions):
        opened = asyncio.Event()
        tasks.append(asyncio.create_task(session.run(opened.set, begin, over, args.think)))
        await opened.wait()
        if i == 0:
            await asyncio.sleep(3)
            one = resident(server.pid)
    await asyncio.sleep(3)
    every = resident(server.pid)

    took: list[float] = []
    failed: list[str] = []
    browsers = [
        threading.Thread(target=browse, args=(f"http://{host}", over, args.think, took, failed), daemon=True)
        for _ in range(args.browsers)
    ]
    for browser in browsers:
        browser.start()
    start, before = time.monotonic(), processor(server.pid)
    finish = start + args.minutes * 60
    begin.set()
    memory: list[tuple[float, float]] = []
    adding: asyncio.Task[None] | None = None
    while not over():
        memory.append(((time.monotonic() - start) / 60, resident(server.pid)))
        if adding is None and time.monotonic() - start > args.minutes * 30:
            adding = asyncio.create_task(asyncio.to_thread(add, corpus, later, folder))
        await asyncio.sleep(1)
    used = processor(server.pid) - before
    if adding:
        await adding
    await asyncio.gather(*tasks)
    await asyncio.to_thread(lambda: [browser.join(timeout=2 * LONGEST) for browser in browsers])

    runs = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.startswith('{"at"')]
    versions = Counter(run["corpus"] for run in runs)
    told = sorted(took_ for session in sessions for took_ in session.took)
    errors = [error for session in sessions for error in session.errors] + failed
    errors += [
        f"log: {line}" for line in log.read_text(encoding="utf-8").splitlines() if "Traceback" in line or "failed'" in line
    ]
    if len(versions) < 2:
        errors.append("the articles added in the middle did not reach the readers")
    last = lows([point for point in memory if point[0] >= args.minutes * 2 / 3])
    return {
        "machine": facts(),
        "sessions": args.sessions,
        "minutes": args.minutes,
        "seconds between interactions, on average": args.think,
        "interactions": len(told),
        "interactions a second": round(len(told) / args.minutes / 60, 2),
        "median of an interaction (s)": round(statistics.median(told), 3),
        "95th percentile of an interaction (s)": round(percentile(told, 95), 3),
        "longest interaction (s)": round(told[-1], 3),
        "kilobytes received an interaction": round(sum(s.received for s in sessions) / (len(told) + len(sessions)) / 1000, 1),
        "runs of a page, median of its own time (ms)": statistics.median(run["ms"] for run in runs),
        "cores used by the dashboard": round(used / args.minutes / 60, 2),
        "browsers beside": args.browsers,
        "interactions in browsers": len(took),
        "95th percentile in browsers, settled (s)": round(percentile(sorted(took), 95), 3) if took else None,
        "memory, no session (MB)": round(idle),
        "memory, one session (MB)": round(one),
        "memory, all sessions open (MB)": round(every),
        "memory a further session (MB)": round((every - one) / max(1, args.sessions - 1), 2),
        "memory, at a third (MB)": round(near(memory, args.minutes / 3)),
        "memory, before the update (MB)": round(near(memory, args.minutes / 2 - 0.1)),
        "memory, at the end (MB)": round(near(memory, args.minutes)),
        "memory held, minute by minute (MB)": [round(near(lows(memory), minute, 1)) for minute in range(int(args.minutes) + 1)],
        "growth in the last third (MB a minute)": round(slope(last), 2),
        "corpus versions shown": dict(versions),
        "errors": errors[:20],
        "errors, all": len(errors),
    }


def percentile(ordered: list[float], share: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)] if ordered else 0.0


def near(memory: list[tuple[float, float]], minute: float, measures: int = 10) -> float:
    """The median of the measures nearest to a minute."""
    return statistics.median(mb for _, mb in sorted(memory, key=lambda point: abs(point[0] - minute))[:measures])


def lows(memory: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The lowest measure of each quarter of a minute: what is held, without what answers under way take for a moment."""
    quarters: dict[int, list[tuple[float, float]]] = {}
    for point in memory:
        quarters.setdefault(int(point[0] * 4), []).append(point)
    return [min(points, key=lambda point: point[1]) for points in quarters.values()]


def slope(points: list[tuple[float, float]]) -> float:
    """Growth in MB a minute, by least squares."""
    return statistics.linear_regression(*zip(*points, strict=True)).slope if len(points) > 1 else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--think", type=float, default=10.0, help="seconds between an answer and the next choice, on average")
    parser.add_argument("--browsers", type=int, default=1, help="real Chromium browsers beside the sessions")
    parser.add_argument("--corpus", type=Path, help="a corpus to use a copy of")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = asyncio.run(run(args, Path(folder)))
    record["goals"] = goals = [
        goal(name.rpartition(" (")[0] or name, record[name], unit, most=most)
        for name, unit, most in (
            ("95th percentile of an interaction (s)", "s", GOAL_P95),
            ("memory a further session (MB)", "MB", GOAL_SESSION),
            ("growth in the last third (MB a minute)", "MB a minute", GOAL_GROWTH),
            ("errors, all", "", 0),
        )
    ]
    for name, value in record.items():
        if name != "goals":
            print(f"{name:46s}{json.dumps(value) if isinstance(value, (dict, list)) else value}")
    print("\n".join(goal_lines(goals)))
    if args.json:
        args.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    sys.exit(any(one["missed"] for one in goals))


if __name__ == "__main__":
    main()
