"""Addresses of https against a TLS server on this machine, with certificates made for the test."""

from __future__ import annotations

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from fetching.site import Site, page, redirect, serving
from fetching.test_client import PAGE, QUICK, loopback_only

from entente.errors import FetchError
from entente.fetching import Client, Source, State, gather
from entente.reading import Skipped

NAME = "news.example"


def make_certificate(folder: Path, name: str, days: int = 1) -> tuple[Path, Path]:
    """A certificate that vouches for itself and for ``name``, and its key."""
    certificate, key = folder / f"{name}{days}.pem", folder / f"{name}{days}.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", str(days),
         "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return certificate, key


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(scope="module")
def trusted(folder: Path) -> tuple[Path, Path]:
    return make_certificate(folder, NAME)


@pytest.fixture
def secure(trusted: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site behind TLS, whose certificate this process trusts as it does those of the system."""
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted[0]))
    with behind_tls(*trusted) as site:
        yield site


def behind_tls(certificate: Path, key: Path) -> AbstractContextManager[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return serving(context)


def client(**names: str) -> Client:
    """A client that knows ``news.example`` as this machine, and may ask it alone."""
    known = {NAME: "127.0.0.1", "other.example": "127.0.0.1", **names}
    return Client(QUICK, permits=loopback_only, resolve=lambda host: [known.get(host, host)])


def address(site: Site, name: str = NAME) -> str:
    return f"https://{name}:{site.server_address[1]}"


def test_a_page_behind_a_valid_certificate_is_fetched(secure: Site) -> None:
    secure.pages["/a"] = page(PAGE)
    got = client().fetch(f"{address(secure)}/a")
    assert got is not None and got.data.decode() == PAGE and got.url == f"{address(secure)}/a"
    assert {host for _, host, *_ in secure.asked} == {f"{NAME}:{secure.server_address[1]}"}


def test_a_certificate_of_another_name_is_refused(secure: Site) -> None:
    secure.pages["/"] = page(PAGE)
    with pytest.raises(FetchError, match=r"other\.example: its certificate is not valid"):
        client().fetch(address(secure, "other.example"))
    assert not secure.asked


def test_a_certificate_nobody_vouches_for_ends_in_the_skipped_with_its_reason(
    trusted: tuple[Path, Path], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted[0]))
    with behind_tls(*make_certificate(folder, NAME, days=2)) as site:
        site.pages["/"] = page(PAGE)
        (skipped,) = gather([Source(address(site))], client(), State(None))
        assert isinstance(skipped, Skipped) and "its certificate is not valid" in skipped.reason
        assert not site.asked


def test_a_server_that_speaks_no_tls_is_refused(site: Site) -> None:
    with pytest.raises(FetchError, match="it speaks no TLS"):
        client().fetch(address(site))
    assert not site.asked


@pytest.mark.parametrize(
    "where", ["http://10.0.0.1/", "http://169.254.169.254/", "https://inside.example/", "http://inside.example/"]
)
def test_a_secure_page_leads_to_no_private_address(secure: Site, where: str) -> None:
    secure.pages["/"] = redirect(where)
    with pytest.raises(FetchError, match="not on the open internet"):
        client(**{"inside.example": "192.168.1.7"}).fetch(address(secure))
    assert secure.paths() == ["/"]


def test_a_name_that_comes_to_lead_to_a_private_address_is_not_asked_there(secure: Site) -> None:
    """Also where the second answer comes between a redirect and the page it leads to, on the same host."""
    secure.pages |= {"/robots.txt": page("", "text/plain"), "/": redirect("/inside"), "/inside": page("secret")}
    answers = iter(["127.0.0.1", "127.0.0.1", "10.0.0.1"])
    asking = Client(QUICK, permits=loopback_only, resolve=lambda host: [next(answers)])
    with pytest.raises(FetchError, match=r"10\.0\.0\.1, which is not on the open internet"):
        asking.fetch(address(secure))
    assert secure.paths() == ["/"]
