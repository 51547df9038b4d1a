"""One address asked politely: robots.txt first, a pause between two requests to a host, bounds on time, size and redirects."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection

from entente.errors import FetchError
from entente.fetching.addresses import IP, Address, Resolve, find_addresses, is_any, is_public, parse_address, resolve_by_system
from entente.fetching.robots import Robots
from entente.reading.encoding import content_type

AGENT = "Entente"
USER_AGENT = f"{AGENT}/0.1 (reads news for one person's research; obeys robots.txt)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BLOCK = 65_536
_LOOKED_EVERY = 0.2  # seconds between two looks whether to stop
# The kinds of content that the readers know, each with the suffix that names its format.
_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/rdf+xml": ".rss",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
}
_ENCODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch. Times in seconds; ``total`` holds for one hop with its body, ``size`` also after decompression.

    ``pause`` is the least time between two requests to one host; a Crawl-delay in robots.txt raises it, up to ``longest_pause``.
    """

    connect: float = 10.0
    read: float = 15.0
    total: float = 60.0
    size: int = 20_000_000
    redirects: int = 5
    pause: float = 1.0
    longest_pause: float = 30.0


@dataclass(frozen=True, slots=True)
class Page:
    """What an address gave. ``url`` is where redirects ended; ``suffix`` is the format by content type and ``charset`` the encoding that
    it names, each empty if not told.

    ``etag`` and ``modified`` go into the next request for the same address, so that what has not changed is not sent again.
    """

    url: str
    data: bytes
    suffix: str
    at: dt.datetime
    charset: str = ""
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Any
    data: bytes


class GatheringStopped(Exception):  # noqa: N818 - a wish, no error
    """Raised by whoever is told of an address, or by a client, when no more shall be fetched."""


class Client:
    """Fetches addresses for one run; remembers each site's robots.txt and when each host was last asked.

    ``permits`` says which IP addresses may be connected to; ``resolve`` looks names up. When ``stopping`` is set, what is being fetched
    ends with GatheringStopped.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        permits: Callable[[IP], bool] = is_public,
        resolve: Resolve = resolve_by_system,
        stopping: threading.Event | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._permits = permits
        self._resolve = resolve
        self._stopping = stopping or threading.Event()
        self._asked: dict[str, float] = {}
        self._robots: dict[str, Robots] = {}

    def fetch(self, url: str, *, etag: str = "", modified: str = "") -> Page | None:
        """The page at ``url``, or None when it is the one that ``etag`` or ``modified`` told of. Raises FetchError."""
        known = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
        address, answer = self._follow(parse_address(url), known, obey=True)
        if answer.status == 304 and known:
            return None
        if answer.status != 200:
            raise FetchError(f"the site answered {answer.status} {http.client.responses.get(answer.status, '')}".rstrip())
        kind, charset = content_type(answer.headers.get("Content-Type", ""))
        if kind and kind not in _KINDS:
            raise FetchError(f"is {kind[:60]}, which is no page, feed or text")
        return Page(
            address.url,
            answer.data,
            _KINDS.get(kind, ""),
            dt.datetime.now(dt.UTC),
            charset,
            answer.headers.get("ETag", "")[:500],
            answer.headers.get("Last-Modified", "")[:100],
        )

    def _follow(self, address: Address, headers: dict[str, str], *, obey: bool) -> tuple[Address, _Answer]:
        """Ask, and go where redirects lead. Every hop is parsed, looked up and, if ``obey``, held to its site's robots.txt."""
        for _ in range(self.limits.redirects + 1):
            if obey:
                robots = self._robots_of(address)
                if not robots.allows(address.url):
                    raise FetchError(robots.refusal)
            answer = self._ask(address, headers)
            where = answer.headers.get("Location", "")
            if answer.status not in _REDIRECTS or not where:
                return address, answer
            address = parse_address(urljoin(address.url, where))
        raise FetchError(f"more than {self.limits.redirects} redirects")

    def _robots_of(self, address: Address) -> Robots:
        origin = address.origin
        if origin not in self._robots:
            try:
                _, answer = self._follow(parse_address(f"{origin}/robots.txt"), {}, obey=False)
                self._robots[origin] = Robots(answer.status, answer.data, AGENT)
            except FetchError as error:
                # Kept too: a host that does not answer is asked once, not once for each of its pages.
                self._robots[origin] = Robots(0, b"", AGENT, str(error))
        return self._robots[origin]

    def _wait(self, address: Address) -> None:
        robots = self._robots.get(address.origin)
        pause = min(max(self.limits.pause, robots.delay if robots else 0.0), self.limits.longest_pause)
        rest = self._asked.get(address.host, -pause) + pause - time.monotonic()
        if rest > 0 and self._stopping.wait(rest):
            raise GatheringStopped
        self._asked[address.host] = time.monotonic()

    def _ask(self, address: Address, headers: dict[str, str]) -> _Answer:
        """One request and its whole body. Raises FetchError."""
        ips = find_addresses(address.host, self._permits, self._resolve, self.limits.connect)
        self._wait(address)
        connection = self._connect(address, ips)
        sent = {
            "Host": address.origin.partition("://")[2],
            "User-Agent": USER_AGENT,
            "Accept": "text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.1",
            "Accept-Encoding": "gzip, deflate",
            **headers,
        }
        try:
            with self._deadline(connection):
                connection.request("GET", address.target, headers=sent, preload_content=False)
                response = connection.getresponse()
                body = self._body(response) if response.status == 200 else b""
        except (urllib3.exceptions.TimeoutError, TimeoutError):
            raise FetchError(f"no answer within {self.limits.read:g} s") from None
        except (urllib3.exceptions.DecodeError, urllib3.exceptions.IncompleteRead) as error:
            told = "is cut off" if isinstance(error, urllib3.exceptions.IncompleteRead) else "is wrongly compressed"
            raise FetchError(f"the answer {told}") from None
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            cut = isinstance(error, http.client.IncompleteRead) or "IncompleteRead" in str(error)
            raise FetchError("the answer is cut off" if cut else f"the answer broke off ({type(error).__name__})") from None
        finally:
            connection.close()
        return _Answer(response.status, response.headers, body)

    def _connect(self, address: Address, ips: list[str]) -> HTTPConnection:
        """Connected to the first of the checked IP addresses that answers; the name serves for the certificate only."""
        reason = ""
        for ip in ips[:4]:
            connection: HTTPConnection
            if address.scheme == "https":
                connection = HTTPSConnection(
                    ip,
                    address.port,
                    timeout=self.limits.connect,
                    server_hostname=address.host,
                    ssl_context=ssl.create_default_context(),
                )
            else:
                connection = HTTPConnection(ip, address.port, timeout=self.limits.connect)
            try:
                connection.connect()
            except (urllib3.exceptions.HTTPError, OSError) as error:
                connection.close()
                if "certificate" in str(error).lower():
                    reason = "its certificate is not valid"
                elif isinstance(error, ssl.SSLError):
                    reason = "it speaks no TLS that could be agreed on"
                else:
                    reason = "no connection to it could be made"
                continue
            connection.timeout = self.limits.read
            connection.sock.settimeout(self.limits.read)
            return connection
        raise FetchError(f"{address.host}: {reason}")

    @contextlib.contextmanager
    def _deadline(self, connection: HTTPConnection) -> Iterator[None]:
        """Ends the connection after ``total`` seconds, since a server that sends a byte now and then never meets the read timeout, and
        soon after a stop."""
        late, done = threading.Event(), threading.Event()
        raw = connection.sock

        def watch() -> None:
            end = time.monotonic() + self.limits.total
            while not done.wait(min(_LOOKED_EVERY, max(0.0, end - time.monotonic()))):
                if self._stopping.is_set() or time.monotonic() >= end:
                    late.set()
                    with contextlib.suppress(OSError):
                        raw.shutdown(socket.SHUT_RDWR)
                    return

        threading.Thread(target=watch, daemon=True).start()
        try:
            yield
        except Exception:
            if not late.is_set():
                raise
        finally:
            done.set()
        # A body without a stated length ends like a whole one when its connection is shut.
        if late.is_set():
            if self._stopping.is_set():
                raise GatheringStopped
            raise FetchError(f"took longer than {self.limits.total:g} s")

    def _body(self, response: urllib3.BaseHTTPResponse) -> bytes:
        """The decompressed body, never more than ``size`` bytes of it held. Raises FetchError."""
        for encoding in response.headers.get("Content-Encoding", "").lower().split(","):
            if encoding.strip() not in _ENCODINGS:
                raise FetchError(f"is compressed as {encoding.strip()[:20]}, which was not asked for")
        too_large = f"is larger than {self.limits.size:,} bytes"
        stated = response.headers.get("Content-Length", "")
        if stated.isdecimal() and (len(stated) > 15 or int(stated) > self.limits.size):
            raise FetchError(too_large)
        data = bytearray()
        for block in response.stream(_BLOCK, decode_content=True):
            data += block
            if len(data) > self.limits.size:
                raise FetchError(too_large)
        return bytes(data)


def open_client(stopping: threading.Event | None = None) -> Client:
    """A client with the usual limits, which ends when ``stopping`` is set. ENTENTE_FETCH_LOCAL=1 lets it ask this machine and its network: for tests."""
    return Client(permits=is_any if os.environ.get("ENTENTE_FETCH_LOCAL") == "1" else is_public, stopping=stopping)
