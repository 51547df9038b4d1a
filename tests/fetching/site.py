"""A news site on this machine, as badly behaved as a test asks for."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# 50 MB that travel as 50 kB.
BOMB = gzip.compress(bytes(50_000_000), 5)
Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Host", ""), dict(self.headers.items()), time.monotonic()))
        self.close_connection = True
        answer = self.server.pages.get(self.path)
        with suppress(BrokenPipeError, ConnectionResetError):
            answer(self) if answer else self.give(404)

    def give(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        pass


class Site(ThreadingHTTPServer):
    """Serves ``pages`` by path, and keeps what was ``asked``: (path, host, headers, when)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, str, dict[str, str], float]] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def paths(self) -> list[str]:
        return [path for path, *_ in self.asked if path != "/robots.txt"]


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site on a free port, behind TLS where a context is given."""
    site = Site()
    if tls is not None:
        # The handshake belongs to the thread of a request: here a client that breaks it off would end the server.
        site.socket = tls.wrap_socket(site.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.over.set()
        site.shutdown()
        site.server_close()


def page(text: str, kind: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    return lambda handler: handler.give(200, text.encode(), Content_Type=kind, **headers)


def redirect(where: str, status: int = 302) -> Answer:
    return lambda handler: handler.give(status, Location=where)


def cut_off(handler: Handler) -> None:
    handler.give(200, b"<html><p>Half of", Content_Type="text/html", Content_Length="5000")


def cut_off_chunk(handler: Handler) -> None:
    handler.give(200, b"400\r\n<html>", Content_Type="text/html", Content_Length="0", Transfer_Encoding="chunked")


def silent(handler: Handler) -> None:
    handler.server.over.wait(5)


def _drip(handler: Handler, start: bytes, drop: bytes) -> None:
    handler.wfile.write(start)
    until = time.monotonic() + 5
    while time.monotonic() < until and not handler.server.over.wait(0.05):
        handler.wfile.write(drop)
        handler.wfile.flush()


def dripping_body(handler: Handler) -> None:
    _drip(handler, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"a")


def dripping_headers(handler: Handler) -> None:
    _drip(handler, b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a")


def ten_gigabytes_promised(handler: Handler) -> None:
    handler.give(200, b"<html>", Content_Type="text/html", Content_Length=str(10_000_000_000))


def endless(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    block = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    until = time.monotonic() + 5
    while time.monotonic() < until:
        handler.wfile.write(block)


def bomb(handler: Handler) -> None:
    handler.give(200, BOMB, Content_Type="text/html", Content_Encoding="gzip")


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
