"""Reading a page in a process of its own, which is ended when a page takes too long or brings its parser down.

Markup goes through parsers that are not ours, text and JSON through patterns and parsers of ours, and on any some page may hang or
crash: no thread can be ended from outside, a process can. One process reads page after page; run as a module this file is that process.
Both sides speak JSON, one line a page.
"""

from __future__ import annotations

import atexit
import base64
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import IO, Any

from entente.model import Article
from entente.reading.model import Skipped
from entente.records import article_from_record, article_record

MAX_SECONDS = 30.0  # for one page, by the clock on the wall
_START_SECONDS = 120.0  # for the process to load its parsers, on a machine that is very busy
_LOADED_SLOWLY = ("html", "feed")  # forms whose parsers take a second to load, which is no fault of the page
_MAX_PAGES = 2_000  # after which a fresh process is taken, since parsers leak
_ROOT = Path(__file__).resolve().parents[2]


class PageReader:
    """Reads pages in a process that is started when the first comes, and anew after one that had to be ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._loaded: set[str] = set()
        self._pages = 0

    def read(self, data: bytes, name: str, form: str, seconds: float | None = None) -> Iterator[Article | Skipped]:
        """Articles of a page and what was skipped; ``form`` is html, feed, json or text. One page at a time, whatever threads ask."""
        limit = MAX_SECONDS if seconds is None else seconds
        with self._lock:
            reason = ""
            try:
                answer, late = self._ask(data, name, form, limit)
            except OSError as error:
                answer, late, reason = b"", False, f"the process that reads pages could not be used ({error.strerror})"
        if answer.endswith(b"\n"):
            for record in json.loads(answer):
                skipped = record.get("reason")
                if skipped:
                    # An entry of a page is kept by itself, the page as it came is not sent back.
                    raw = base64.b64decode(record["raw"]) if "raw" in record else data
                    yield Skipped(name, record["position"], skipped, raw)
                else:
                    yield article_from_record(record)
            return
        reason = reason or (f"took longer than {limit:g} s to read" if late else "brought down the process that reads pages")
        yield Skipped(name, "", reason, data)

    def _ask(self, data: bytes, name: str, form: str, limit: float) -> tuple[bytes, bool]:
        """The process's answer, cut short where it ended, and whether it was ended for taking too long. Raises OSError."""
        process = self._started()
        if form in _LOADED_SLOWLY and form not in self._loaded:
            loaded, _ = _answer(process, json.dumps({"load": form}).encode() + b"\n", _START_SECONDS)
            if loaded.endswith(b"\n"):
                self._loaded.add(form)
        asked = json.dumps({"name": name, "form": form, "size": len(data)}).encode() + b"\n" + data
        answer, late = _answer(process, asked, limit)
        self._pages += 1
        if not answer.endswith(b"\n") or self._pages >= _MAX_PAGES:
            self.close()
        return answer, late

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", __name__],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            )
            self._pages = 0
            self._loaded = set()
            _answer(self._process, b"", _START_SECONDS)
        return self._process

    def close(self) -> None:
        """End the process; the next page starts another."""
        if self._process is not None:
            process, self._process = self._process, None
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                try:
                    if pipe:
                        pipe.close()
                except OSError:  # what could not be written any more
                    pass


def _answer(process: subprocess.Popen[bytes], asked: bytes, limit: float) -> tuple[bytes, bool]:
    """The next line that a process says, cut short where it ended, and whether it was ended for taking longer than ``limit``."""
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    assert process.stdin and process.stdout
    timer = threading.Timer(limit, end)
    timer.start()
    try:
        process.stdin.write(asked)
        process.stdin.flush()
        return process.stdout.readline(), late.is_set()
    except BrokenPipeError:
        return b"", late.is_set()
    finally:
        timer.cancel()


PAGES = PageReader()
atexit.register(PAGES.close)


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Say that this process is there, then answer page after page, until nothing more is asked: the other side is gone."""
    answers.write(b"here\n")
    answers.flush()
    while header := asked.readline():
        said = json.loads(header)
        if "load" in said:
            _reader(said["load"])
            answers.write(b"loaded\n")
        else:
            data = asked.read(said["size"])
            found = [_record(one, data) for one in _reader(said["form"])(data, said["name"])]
            answers.write(json.dumps(found).encode() + b"\n")
        answers.flush()


@cache
def _reader(form: str) -> Callable[[bytes, str], Iterator[Article | Skipped]]:
    """The reader of a form; its parsers are loaded when the first page of that form comes."""
    if form == "html":
        from entente.reading.html import read_html as reader
    elif form == "feed":
        from entente.reading.feeds import read_feed as reader
    elif form == "json":
        from entente.reading.json_lines import read_document as reader
    elif form == "text":
        from entente.reading.markdown import read_text as reader
    else:
        raise ValueError(form)
    return reader


def _record(one: Article | Skipped, page: bytes) -> dict[str, Any]:
    if isinstance(one, Article):
        return article_record(one)
    kept = {} if one.raw == page else {"raw": base64.b64encode(one.raw).decode()}
    return {"position": one.position, "reason": one.reason, **kept}


if __name__ == "__main__":
    # What a parser prints must not get among the answers.
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        serve(sys.stdin.buffer, out)
