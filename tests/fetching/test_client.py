"""One address against a real server on this machine: what is fetched, and what is refused and why."""

from __future__ import annotations

import dataclasses
import ipaddress
import threading
import time
import tracemalloc

import pytest
from fetching import site as sites
from fetching.site import Site, page, redirect

from entente.errors import FetchError
from entente.fetching import Client, GatheringStopped, Limits
from entente.fetching.addresses import IP, find_addresses, is_any, is_public, parse_address
from entente.fetching.robots import Robots

QUICK = Limits(connect=1, read=0.4, total=0.8, size=300_000, redirects=3, pause=0)
PAGE = "<html><body><p>Chad and Niger signed a treaty on Monday.</p></body></html>"


def client(limits: Limits = QUICK, names: dict[str, list[str]] | None = None) -> Client:
    """A client that may ask this machine, and knows the ``names`` given."""
    return Client(limits, permits=is_any, resolve=lambda host: (names or {}).get(host, [host]))


def loopback_only(address: IP) -> bool:
    return address == ipaddress.ip_address("127.0.0.1")


def test_a_page_is_fetched_under_our_name(site: Site) -> None:
    site.pages["/a?b=1"] = page(PAGE)
    got = client().fetch(f"{site.url}/a?b=1#part")
    assert got is not None
    assert (got.data.decode(), got.suffix, got.url) == (PAGE, ".html", f"{site.url}/a?b=1")
    assert [path for path, *_ in site.asked] == ["/robots.txt", "/a?b=1"]
    assert all(headers["User-Agent"].startswith("Entente/") for _, _, headers, _ in site.asked)


def test_a_compressed_page_is_unpacked(site: Site) -> None:
    import gzip

    site.pages["/"] = lambda h: h.give(200, gzip.compress(PAGE.encode()), Content_Type="text/html", Content_Encoding="gzip")
    got = client().fetch(site.url)
    assert got is not None and got.data.decode() == PAGE


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (sites.silent, "no answer within 0.4 s"),
        (sites.dripping_body, "took longer than 0.8 s"),
        (sites.dripping_headers, "took longer than 0.8 s"),
        (sites.cut_off, "cut off"),
        (sites.cut_off_chunk, "cut off"),
        (sites.ten_gigabytes_promised, "larger than 300,000 bytes"),
        (sites.endless, "larger than 300,000 bytes"),
        (sites.bomb, "larger than 300,000 bytes"),
        (page("x", "image/png"), "is image/png"),
        (page("not gzip", Content_Encoding="gzip"), "wrongly compressed"),
        (page("x", Content_Encoding="br"), "compressed as br"),
        (lambda h: h.give(500), "answered 500 Internal Server Error"),
        (lambda h: h.give(304), "answered 304"),
        (lambda h: h.wfile.write(b"nonsense\r\n\r\n"), "broke off"),
        (lambda h: None, "broke off"),
    ],
)
def test_a_bad_answer_is_refused_soon_with_its_reason(site: Site, answer: sites.Answer, reason: str) -> None:
    site.pages["/"] = answer
    start = time.monotonic()
    with pytest.raises(FetchError, match=reason):
        client().fetch(site.url)
    assert time.monotonic() - start < 3


def test_a_stop_ends_a_slow_answer_and_a_pause(site: Site) -> None:
    site.pages |= {"/": sites.dripping_body, "/a": page("x"), "/b": page("x")}
    stopping = threading.Event()
    asking = Client(Limits(total=30, read=30, pause=30), permits=is_any, stopping=stopping)
    asking._robots[site.url] = Robots(404, b"", "Entente")
    for path in ("/", "/a"):  # the answer drips, then the host is given its pause
        threading.Timer(0.3, stopping.set).start()
        start = time.monotonic()
        with pytest.raises(GatheringStopped):
            asking.fetch(site.url + path)
        assert time.monotonic() - start < 3
        stopping.clear()


def test_a_decompression_bomb_is_never_held(site: Site) -> None:
    site.pages["/"] = sites.bomb
    tracemalloc.start()
    with pytest.raises(FetchError, match="larger than"):
        client().fetch(site.url)
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert held < 5_000_000


def test_nobody_there_is_told(site: Site) -> None:
    with pytest.raises(FetchError, match="no connection"):
        client().fetch(f"http://127.0.0.1:{sites.closed_port()}/")


def test_an_unchanged_page_is_not_sent_again(site: Site) -> None:
    def answer(handler: sites.Handler) -> None:
        same = handler.headers.get("If-None-Match") == '"v1"' and handler.headers.get("If-Modified-Since") == "Mon"
        handler.give(304) if same else handler.give(
            200, PAGE.encode(), Content_Type="text/html", ETag='"v1"', Last_Modified="Mon"
        )

    site.pages["/"] = answer
    got = client().fetch(site.url)
    assert got is not None and (got.etag, got.modified) == ('"v1"', "Mon")
    assert client().fetch(site.url, etag=got.etag, modified=got.modified) is None


def test_redirects_are_followed_up_to_a_limit(site: Site) -> None:
    site.pages |= {"/1": redirect("/2"), "/2": redirect(f"{site.url}/3", 308), "/3": page(PAGE), "/loop": redirect("/loop")}
    got = client().fetch(f"{site.url}/1")
    assert got is not None and got.url == f"{site.url}/3"
    with pytest.raises(FetchError, match="more than 3 redirects"):
        client().fetch(f"{site.url}/loop")


@pytest.mark.parametrize(
    ("where", "reason"),
    [
        ("http://10.0.0.1/", "10.0.0.1, which is not on the open internet"),
        ("http://169.254.169.254/latest/meta-data", "not on the open internet"),
        ("http://[::1]/", "not on the open internet"),
        ("http://inside.example/", "192.168.1.7, which is not on the open internet"),
        ("file:///etc/passwd", "only http and https"),
        ("gopher://127.0.0.1/", "only http and https"),
        ("http://user:word@127.0.0.1/", "name or password"),
    ],
)
def test_a_redirect_leads_to_no_private_address_and_no_other_scheme(site: Site, where: str, reason: str) -> None:
    site.pages["/"] = redirect(where)
    names = {"inside.example": ["192.168.1.7"], "::1": ["::1"]}
    asking = Client(QUICK, permits=loopback_only, resolve=lambda host: names.get(host, [host]))
    with pytest.raises(FetchError, match=reason):
        asking.fetch(site.url)
    assert site.paths() == ["/"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "0.0.0.0", "[::ffff:127.0.0.1]"])
def test_this_machine_is_refused_by_whatever_name(site: Site, host: str) -> None:
    site.pages["/"] = page(PAGE)
    with pytest.raises(FetchError, match=r"not on the open internet|is not known"):
        Client(QUICK).fetch(f"http://{host}:{site.server_address[1]}/")
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("100.64.0.1", False),
        ("169.254.1.1", False),
        ("224.0.0.1", False),
        ("239.1.1.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("198.18.0.1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff0e::1", False),
        ("::ffff:8.8.8.8", False),
        ("::7f00:1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_the_open_internet_is_public(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


def test_one_private_address_among_public_ones_refuses_the_name() -> None:
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        find_addresses("mixed.example", is_public, lambda host: ["8.8.8.8", "10.0.0.1"], 1)


def test_a_resolver_that_hangs_is_not_waited_for() -> None:
    def hang(host: str) -> list[str]:
        time.sleep(2)
        return []

    with pytest.raises(FetchError, match=r"not resolved within 0\.1 s"):
        find_addresses("slow.example", is_public, hang, 0.1)


def test_the_connection_goes_to_the_address_that_was_checked(site: Site) -> None:
    """A name that answers once with what is allowed and then with something else is never asked for the second answer."""
    site.pages |= {"/robots.txt": page("", "text/plain"), "/": page(PAGE)}
    asked: list[str] = []

    def rebind(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) <= 2 else ["10.0.0.1"]

    asking = Client(QUICK, permits=loopback_only, resolve=rebind)
    port = site.server_address[1]
    assert asking.fetch(f"http://news.example:{port}/") is not None
    assert asked == ["news.example"] * 2  # once for robots.txt, once for the page: one look a connection
    assert {host for _, host, *_ in site.asked} == {f"news.example:{port}"}
    with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
        asking.fetch(f"http://news.example:{port}/")


def test_robots_txt_is_obeyed(site: Site) -> None:
    rules = "User-agent: Other\nDisallow:\n\nUser-agent: *\nDisallow: /private\n"
    site.pages |= {"/robots.txt": page(rules, "text/plain"), "/private/a": page(PAGE), "/b": page(PAGE)}
    site.pages["/c"] = redirect("/private/a")
    asking = client()
    for path in ("/private/a", "/c"):
        with pytest.raises(FetchError, match=r"robots\.txt does not allow"):
            asking.fetch(site.url + path)
    assert asking.fetch(f"{site.url}/b") is not None
    assert site.paths() == ["/c", "/b"]
    assert [path for path, *_ in site.asked].count("/robots.txt") == 1


def test_a_site_whose_robots_txt_cannot_be_had_is_left_alone(site: Site) -> None:
    site.pages |= {"/robots.txt": lambda h: h.give(503), "/": page(PAGE)}
    with pytest.raises(FetchError, match=r"robots\.txt could not be had"):
        client().fetch(site.url)
    assert site.paths() == []


def test_a_host_is_given_a_pause_and_its_crawl_delay(site: Site) -> None:
    site.pages |= {"/robots.txt": page("User-agent: *\nCrawl-delay: 9\n", "text/plain"), "/": page(PAGE)}
    asking = client(dataclasses.replace(QUICK, pause=0.1, longest_pause=0.3))
    for _ in range(2):
        asking.fetch(site.url)
    robots, first, second = (when for *_, when in site.asked)
    # The server notes when it gets round to a request, which on a busy machine is late; the client's own pause would be 0.1 s.
    assert first - robots >= 0.2
    assert second - first >= 0.2


@pytest.mark.parametrize(
    "text",
    [
        "ftp://news.example/",
        "http://",
        "news.example",
        "http://a b/",
        "http://news.example:99999/",
        "https://x.example/" + "a" * 2000,
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(FetchError):
        parse_address(text)


def test_an_address_is_one_line_and_ascii() -> None:
    found = parse_address("HTTP://Bücher.example/a b\r\nX: y?q=ü")
    assert found.host == "xn--bcher-kva.example"
    assert found.target.isascii() and "\n" not in found.target and " " not in found.target
