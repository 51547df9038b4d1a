"""A public host: Debian's nginx with deploy/nginx.conf in front of the dashboard, and a real OpenID Connect provider beside it."""

from __future__ import annotations

import base64
import contextlib
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import PUBLIC_NAME, ROOT, Open, free_port, serve, settle, wait_for_map
from playwright.sync_api import Page, expect

EDITORS = "anna@example.org"
PEOPLE = [
    '{"sub": "anna", "email": "Anna@example.org", "email_verified": true}',
    '{"sub": "eve", "email": "eve@example.org", "email_verified": true}',
]
# What changes the corpus, by the words on it; and the way in.
WRITING = ("Add", "Fetch", "Refresh feeds", "Set date", "Accept", "Reject")


@dataclass(frozen=True)
class Host:
    """What a reader reaches: ``address`` over TLS, ``plain`` without; ``port`` is that of TLS."""

    address: str
    plain: str
    port: int
    log: Path


def program(name: str, package: str) -> str:
    """Where a program is. A machine without it fails: nothing that was promised of it would be tested."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin:/usr/local/sbin")
    if not found:
        pytest.fail(f"no {name}: install it (apt-get install {package})")
    return found


@contextlib.contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[None]:
    """A program that has started when something listens at its port."""
    with log.open("w") as told:
        process = subprocess.Popen(command, stdout=told, stderr=subprocess.STDOUT)
    try:
        end = time.monotonic() + 30
        while not listens(port):
            if process.poll() is not None or time.monotonic() > end:
                pytest.fail(f"{command[0]} did not start:\n{log.read_text()}")
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def nginx_conf(folder: Path, app: str, tls: int, plain: int) -> str:
    """deploy/nginx.conf as it is, with the ports, the certificate and the upstream of this test; IPv6 may be missing here."""
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for was, now in (
        (r"listen 80;", f"listen 127.0.0.1:{plain};"),
        (r"listen 443 ssl http2;", f"listen 127.0.0.1:{tls} ssl http2;"),
        (r" *listen \[::\].*\n", ""),
        (r"server 127\.0\.0\.1:8501;", f"server {app};"),
        (r"/etc/letsencrypt/live/news\.example\.org/(fullchain|privkey)\.pem", rf"{folder}/\1.pem"),
    ):
        site, done = re.subn(was, now, site)
        assert done, f"deploy/nginx.conf has no {was}"
    kept = " ".join(f"{part}_temp_path {folder}/{part};" for part in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    # Started by root, nginx would serve as another user, who cannot reach the test's folder.
    user = "user root;" if os.getuid() == 0 else ""
    return (
        f"{user} daemon off; worker_processes 2; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ include /etc/nginx/mime.types; access_log {folder}/access.log; {kept}\n{site}\n}}\n"
    )


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The whole set-up of docs/hosting-server.md: nginx, the dashboard with a login, a provider. Readers come by a public name."""
    nginx, openssl = program("nginx", "nginx-light"), program("openssl", "openssl")
    folder = tmp_path_factory.mktemp("host")
    tls, plain, provider = free_port(), free_port(), free_port()
    corpus = folder / "corpus"
    subprocess.run(
        [sys.executable, "-m", "entente", "add", str(ROOT / "data" / "sample" / "briefs.jsonl"), "--corpus", str(corpus)],
        cwd=ROOT, check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={PUBLIC_NAME}",
         "-addext", f"subjectAltName=DNS:{PUBLIC_NAME}", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True, timeout=30,
    )  # fmt: skip
    (folder / "secrets.toml").write_text(
        f"""[auth]
redirect_uri = "https://{PUBLIC_NAME}:{tls}/oauth2callback"
cookie_secret = "{os.urandom(32).hex()}"
client_id = "entente"
client_secret = "between the dashboard and the provider"
server_metadata_url = "http://127.0.0.1:{provider}/.well-known/openid-configuration"
""",
        encoding="utf-8",
    )
    users = [word for person in PEOPLE for word in ("--user-claims", person)]
    oidc = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(provider), *users]
    with contextlib.ExitStack() as until:
        until.enter_context(running(oidc, provider, folder / "oidc.log"))
        app = until.enter_context(
            contextlib.contextmanager(serve)(
                folder, "--secrets.files", str(folder / "secrets.toml"), "--browser.serverAddress", PUBLIC_NAME,
                ENTENTE_CORPUS=str(corpus), ENTENTE_EDITORS=EDITORS, ENTENTE_REQUEST_LOG="1",
            )
        )  # fmt: skip
        (folder / "nginx.conf").write_text(nginx_conf(folder, app.removeprefix("http://"), tls, plain), encoding="utf-8")
        until.enter_context(running([nginx, "-c", f"{folder}/nginx.conf", "-p", str(folder)], tls, folder / "nginx.log"))
        yield Host(f"https://{PUBLIC_NAME}:{tls}", f"http://127.0.0.1:{plain}", tls, folder / "server.log")


def unchecked() -> ssl.SSLContext:
    """TLS without a look at the certificate, which nobody has signed."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def connection(host: Host, source: str) -> http.client.HTTPSConnection:
    """To nginx from a loopback address of choice: the limits are an address's own."""
    return http.client.HTTPSConnection("127.0.0.1", host.port, timeout=60, source_address=(source, 0), context=unchecked())


def controls(page: Page) -> set[str]:
    """What can be pressed or typed into and changes the corpus, with the two ways of signing."""
    every = page.locator("[data-testid=stMain] button, [data-testid=stSidebar] button").all_inner_texts()
    return {word.strip() for word in every} & {*WRITING, "Sign in to edit", "Sign out"}


def sign_in(page: Page, who: str) -> None:
    page.get_by_role("button", name="Sign in to edit").click()
    page.get_by_role("button", name=who, exact=True).click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    wait_for_map(page)  # Plotly takes it amiss when a map goes while it is being drawn
    page.get_by_role("link", name="Corpus", exact=True).click()
    expect(page.get_by_role("heading", name="Articles without a date")).to_be_visible()
    settle(page)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    expect(page.get_by_role("button", name="Sign in to edit")).to_be_visible()


def test_a_page_behind_nginx_is_whole_and_breaks_no_policy(host: Host, open_page: Open) -> None:
    page = open_page("about:blank", ignore_https_errors=True, settled=False)
    told: list[str] = []
    statuses: list[int] = []
    page.on("console", lambda message: told.append(message.text) if message.type in ("error", "warning") else None)
    page.on("response", lambda answer: statuses.append(answer.status))
    page.goto(host.address)
    settle(page)
    wait_for_map(page)
    # The websocket carries what a choice changes, without the page being loaded again.
    page.locator(".st-key-quads button").filter(has_text="verbal conflict").click()
    page.wait_for_url("**quad=verbal-conflict*")
    page.get_by_role("link", name="Events", exact=True).click()
    expect(page.locator("h1").first).to_contain_text("told in")
    expect(page.locator("[data-testid=stDataFrame] canvas").first).to_be_visible()
    # Streamlit's own CSV, which may hold formulas, is not offered, though the rest of the table's tools are.
    page.locator("[data-testid=stDataFrame]").first.hover()
    expect(page.get_by_role("button", name="Fullscreen").first).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Download as CSV"))).to_have_count(0)
    refused = [line for line in told if "Content Security Policy" in line or "Refused to" in line]
    assert not refused
    assert statuses and max(statuses) < 400, "one reader is far from the limits"


def test_headers_compression_and_limits_are_there(host: Host) -> None:
    there = connection(host, "127.0.0.1")
    there.request("GET", "/", headers={"Host": PUBLIC_NAME, "Accept-Encoding": "gzip"})
    answer = there.getresponse()
    answer.read()
    assert answer.status == 200 and answer.headers["Content-Encoding"] == "gzip"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy and "object-src 'none'" in policy
    assert not re.search(r"https?:|\*", policy), "no other host"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert int(answer.headers["Strict-Transport-Security"].partition("max-age=")[2]) >= 31_536_000
    assert "/" not in answer.headers["Server"], "no version"
    there.request("GET", "/_stcore/metrics", headers={"Host": PUBLIC_NAME})
    answer = there.getresponse()
    answer.read()
    assert answer.status == 404 and answer.headers["X-Frame-Options"] == "DENY"

    plain = http.client.HTTPConnection(host.plain.removeprefix("http://"), timeout=10)
    plain.request("GET", "/pair?c=RUS", headers={"Host": PUBLIC_NAME})
    moved = plain.getresponse()
    assert (moved.status, moved.headers["Location"]) == (301, f"https://{PUBLIC_NAME}/pair?c=RUS")


def test_a_flood_from_one_address_is_stopped_and_others_read_on(host: Host) -> None:
    flood, other = connection(host, "127.0.0.2"), connection(host, "127.0.0.3")
    seen = [status(flood) for _ in range(800)]
    assert seen[:200] == [200] * 200, "room for a page of 150 files"
    assert 429 in seen and set(seen) == {200, 429}
    assert status(other) == 200


def status(there: http.client.HTTPSConnection) -> int:
    there.request("GET", "/_stcore/health", headers={"Host": PUBLIC_NAME})
    answer = there.getresponse()
    answer.read()
    return answer.status


def test_one_address_holds_so_many_websockets_and_no_more(host: Host) -> None:
    held = [connection(host, "127.0.0.4") for _ in range(41)]
    assert [upgraded(there) for there in held] == [101] * 40 + [429]
    other = connection(host, "127.0.0.5")
    assert upgraded(other) == 101
    for there in (*held, other):
        there.close()


def upgraded(there: http.client.HTTPSConnection) -> int:
    """How a websocket's first request is answered; 101 means that it is open."""
    key = base64.b64encode(os.urandom(16)).decode()
    there.request(
        "GET", "/_stcore/stream",
        headers={"Host": PUBLIC_NAME, "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": key, "Sec-WebSocket-Version": "13"},
    )  # fmt: skip
    return there.getresponse().status


def test_roles_with_a_real_provider(host: Host, open_page: Open) -> None:
    # The provider's own pages ask for a style sheet.
    page = open_page("about:blank", ignore_https_errors=True, settled=False, unreached=["cdn.jsdelivr.net"])
    page.goto(f"{host.address}/corpus")
    expect(page.get_by_role("heading", name="Articles without a date")).to_be_visible()
    settle(page)
    expect(page.get_by_role("button", name="Sign in to edit")).to_be_visible()
    assert controls(page) == {"Sign in to edit"}

    sign_in(page, "eve")
    assert controls(page) == {"Sign out"}, "somebody whom no setting names is shown nothing that would do nothing"
    sign_out(page)

    sign_in(page, "anna")
    expect(page.get_by_role("button", name="Add", exact=True).first).to_be_visible()
    assert {"Add", "Sign out"} <= controls(page)

    log = host.log.read_text(encoding="utf-8")
    assert "Traceback" not in log and "between the dashboard" not in log and "anna@" not in log.casefold()
    assert '"page": "corpus"' in log and "verbal" not in log, "what a page cost, not what was asked"
    assert "client: 127.0.0.1" not in (host.log.parent / "error.log").read_text(encoding="utf-8"), "ordinary use meets no limit"
