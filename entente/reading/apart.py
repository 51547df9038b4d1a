"""Reading in a process of its own, which is ended when a page or a row takes too long, needs too much memory or brings its parser down.

Markup and Parquet go through parsers that are not ours, text, JSON and rows through patterns and parsers of ours, and on any some input
may hang or crash: no thread can be ended from outside, a process can. One process reads page after page; run as a module this file is
that process. Both sides speak JSON, one line an answer.
"""

from __future__ import annotations

import atexit
import base64
import io
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any

from entente.errors import InputError
from entente.model import Article
from entente.reading.json_lines import Row
from entente.reading.model import Skipped
from entente.reading.tables import ColumnsByHeader
from entente.records import article_from_record, article_record

MAX_SECONDS = 30.0  # for one page or some rows of a Parquet file, by the clock on the wall
MAX_ROW_SECONDS = 10.0  # for some rows of a table or lines of JSON together, and then for each of them alone
_MOST_FAILURES = 2  # rows of one file that end the process or are ended with it, after which the file is given up
_PIECE_ROWS, _PIECE_BYTES = 64, 1_000_000  # that are asked together
_START_SECONDS = 120.0  # for the process to load its parsers, on a machine that is very busy
_LOADED_SLOWLY = ("html", "feed", "parquet")  # forms whose parsers take a second to load, which is no fault of the page
# Bytes that the process may have. The largest pages that are meant to be read take some 300 MB, those made of nothing but elements would
# take 700, and lists of nothing 2,700. A row group of Parquet is unpacked as a whole: one of 150 MB takes 1,200.
MAX_MEMORY, MAX_PARQUET_MEMORY = 500_000_000, 2_000_000_000
_OUT_OF_MEMORY = 70  # what the process ends with when that is not enough
_MAX_PAGES = 2_000  # after which a fresh process is taken, since parsers leak
_ROOT = Path(__file__).resolve().parents[2]


class PageReader:
    """Reads pages in a process of at most ``memory`` bytes that is started when the first comes, and anew after one that had to be ended."""

    def __init__(self, memory: int = MAX_MEMORY) -> None:
        self._memory = memory
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._loaded: set[str] = set()
        self._pages = 0

    def read(
        self, data: bytes, name: str, form: str, seconds: float | None = None, charset: str = ""
    ) -> Iterator[Article | Skipped]:
        """Articles of a page and what was skipped; ``form`` is html, feed, json or text, ``charset`` the encoding that a server names for
        any but json. One page at a time, whatever threads ask."""
        asked = {"name": name, "form": form, **({"charset": charset} if charset else {})}
        found, reason = self._ask_alone(asked, data, MAX_SECONDS if seconds is None else seconds)
        if reason:
            yield Skipped(name, "", reason, data)
        for record in found or ():
            yield _found(record, name, data)

    def read_rows(
        self, rows: Iterable[Row | Skipped], name: str, form: str, seconds: float | None = None
    ) -> Iterator[Article | Skipped]:
        """An article or a reason for each row, in order; ``form`` is line (of JSON) or row (as ``csv_rows`` gives it). A row that takes too
        long or brings the process down is skipped, and after some of them the rest of the file."""
        limit = MAX_ROW_SECONDS if seconds is None else seconds
        failures = 0
        for piece in _pieces(rows):
            if isinstance(piece, Skipped):
                yield piece
                continue
            found, reason = self._ask_rows(piece, name, form, limit)
            if not reason:
                yield from found
                continue
            for row in piece:  # one of them it was
                found, reason = self._ask_rows([row], name, form, limit)
                yield from found
                if reason:
                    yield Skipped(name, row[0], reason, row[1])
                    failures += 1
                if failures == _MOST_FAILURES:
                    yield Skipped(name, f"after {row[0]}", f"is given up after {failures} such rows", b"")
                    return

    def _ask_rows(self, rows: list[Row], name: str, form: str, limit: float) -> tuple[list[Article | Skipped], str]:
        sizes = [(where, len(raw)) for where, raw in rows]
        records, reason = self._ask_alone({"name": name, "form": form, "rows": sizes}, b"".join(raw for _, raw in rows), limit)
        return [_found(record, name, b"") for record in records or ()], reason

    def read_parquet(
        self, file: IO[bytes], name: str, told: ColumnsByHeader, seconds: float | None = None
    ) -> Iterator[Article | Skipped]:
        """Articles of a Parquet file and what was skipped, some rows at a time; see ``tables.read_parquet``. Nothing else may be asked
        meanwhile, so this is for a process that serves one file: see ``borrowed``."""
        limit = MAX_SECONDS if seconds is None else seconds
        path = getattr(file, "name", None)  # a file on disk is opened there, whatever its size
        data = b"" if path else file.read()
        asked = {"name": name, "form": "parquet", "told": [[*pair] for pair in told.items()]}
        found, reason = self._ask(asked | ({"path": str(Path(path).resolve())} if path else {}), data, limit)
        while not reason and found is not None:
            for record in found:
                yield _found(record, name, b"")
            found, reason = self._next(limit)
        if reason:
            yield Skipped(name, "", reason, data)

    def parquet_header(self, data: bytes) -> list[str]:
        """The names of the columns of a Parquet file; none where they cannot be read."""
        found, _ = self._ask_alone({"form": "parquet header"}, data, MAX_SECONDS)
        return found or []

    def _ask_alone(self, asked: dict[str, Any], data: bytes, limit: float) -> tuple[Any, str]:
        with self._lock:
            return self._ask(asked, data, limit)

    def _ask(self, asked: dict[str, Any], data: bytes, limit: float) -> tuple[Any, str]:
        """The process's answer, or why there is none."""
        form = asked["form"]
        try:
            process = self._started()
            if form in _LOADED_SLOWLY and form not in self._loaded:
                loaded, _ = _answer(process, json.dumps({"load": form}).encode() + b"\n", _START_SECONDS)
                if loaded.endswith(b"\n"):
                    self._loaded.add(form)
            self._pages += 1
            return self._next(limit, json.dumps(asked | {"size": len(data)}).encode() + b"\n" + data)
        except OSError as error:
            return None, f"the process that reads pages could not be used ({error.strerror})"

    def _next(self, limit: float, asked: bytes = b"") -> tuple[Any, str]:
        """What the process says next, or why it says nothing: then it is ended."""
        if self._process is None:
            return None, "the process that reads pages was ended"
        answer, late = _answer(self._process, asked, limit)
        if answer.endswith(b"\n"):
            return json.loads(answer), ""
        process = self._process
        self.close()
        if late:
            return None, f"took longer than {limit:g} s to read"
        if process.returncode == _OUT_OF_MEMORY:
            return None, f"needed more than {self._memory // 1_000_000:,} MB of memory to read"
        return None, "brought down the process that reads pages"

    def _started(self) -> subprocess.Popen[bytes]:
        if self._pages >= _MAX_PAGES:
            self.close()
        if self._process is None or self._process.poll() is not None:
            path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", __name__, str(self._memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Arrow's own pool would take a gigabyte at once, used or not.
                env={**os.environ, "PYTHONPATH": path, "ARROW_DEFAULT_MEMORY_POOL": "system"},
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


def _pieces(rows: Iterable[Row | Skipped]) -> Iterator[list[Row] | Skipped]:
    """Rows in order, several together, and between them what was skipped."""
    piece: list[Row] = []
    size = 0
    try:
        for row in rows:
            if piece and (isinstance(row, Skipped) or len(piece) == _PIECE_ROWS or size + len(row[1]) > _PIECE_BYTES):
                yield piece
                piece, size = [], 0
            if isinstance(row, Skipped):
                yield row
            else:
                piece.append(row)
                size += len(row[1])
    except InputError:  # the file is cut off or damaged here: what stands before is read
        if piece:
            yield piece
        raise
    if piece:
        yield piece


def _found(record: dict[str, Any], name: str, page: bytes) -> Article | Skipped:
    """What the process read. An entry of a page is kept by itself; the page as it came is not sent back."""
    if "reason" in record:
        return Skipped(name, record["position"], record["reason"], base64.b64decode(record["raw"]) if "raw" in record else page)
    return article_from_record(record)


PAGES = PageReader()
_IDLE: list[PageReader] = []
atexit.register(PAGES.close)


@contextmanager
def borrowed() -> Iterator[PageReader]:
    """A process for one file that is read piece by piece. It is kept for the next, unless the file was left before its end."""
    if _IDLE:
        reader = _IDLE.pop()
    else:
        reader = PageReader(MAX_PARQUET_MEMORY)
        atexit.register(reader.close)
    try:
        yield reader
    except BaseException:
        reader.close()
        raise
    if _IDLE:
        reader.close()
    else:
        _IDLE.append(reader)


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Say that this process is there, then answer page after page, until nothing more is asked: the other side is gone."""

    def say(what: object) -> None:
        answers.write(json.dumps(what).encode() + b"\n")
        answers.flush()

    say("here")
    while header := asked.readline():
        said = json.loads(header)
        if "load" in said:
            _reader(said["load"])
            say("loaded")
            continue
        data = asked.read(said["size"])
        reader = _reader(said["form"])
        if said["form"] == "parquet header":
            say(reader(io.BytesIO(data)))
        elif said["form"] == "parquet":
            told = {tuple(names): columns for names, columns in said["told"]}
            with Path(said["path"]).open("rb") if "path" in said else io.BytesIO(data) as file:
                for some in _some(_record(one, b"") for one in reader(file, said["name"], told)):
                    say(some)
            say(None)
        elif "rows" in said:
            rows = io.BytesIO(data)
            say([_record(reader(rows.read(size), said["name"], where), b"") for where, size in said["rows"]])
        else:
            told_by_server = {"charset": said["charset"]} if "charset" in said else {}
            say([_record(one, data) for one in reader(data, said["name"], **told_by_server)])


def _some(records: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Records, several together: so many that they are asked for seldom, so few that they are soon there and small."""
    some: list[dict[str, Any]] = []
    size = 0
    for record in records:
        some.append(record)
        size += len(record.get("text") or record.get("raw") or "")
        if len(some) == _PIECE_ROWS or size > _PIECE_BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some


@cache
def _reader(form: str) -> Callable[..., Any]:
    """The reader of a form; its parsers are loaded when the first page of that form comes."""
    reader: Callable[..., Any]
    if form == "html":
        from entente.reading.html import read_html as reader
    elif form == "feed":
        from entente.reading.feeds import read_feed as reader
    elif form == "json":
        from entente.reading.json_lines import read_document as reader
    elif form == "text":
        from entente.reading.markdown import read_text as reader
    elif form == "line":
        from entente.reading.json_lines import read_line as reader
    elif form == "row":
        from entente.reading.tables import read_row as reader
    elif form == "parquet":
        from entente.reading.tables import read_parquet as reader
    elif form == "parquet header":
        from entente.reading.tables import parquet_header as reader
    else:
        raise ValueError(form)
    return reader


def _record(one: Article | Skipped, page: bytes) -> dict[str, Any]:
    if isinstance(one, Article):
        return article_record(one)
    kept = {} if one.raw == page else {"raw": base64.b64encode(one.raw).decode()}
    return {"position": one.position, "reason": one.reason, **kept}


def _bound_memory(most: int) -> None:
    """Let this process have no more than ``most`` bytes, files it maps aside. Where the system has no such bound, as macOS, nothing is done."""
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    _bound_memory(int(sys.argv[1]))
    # What a parser prints must not get among the answers.
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        try:
            serve(sys.stdin.buffer, out)
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)  # at once: to tidy up takes memory too
