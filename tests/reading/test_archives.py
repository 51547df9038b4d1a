"""Zip, gzip and WARC: what they hold is read; a bomb, a broken or a locked one ends as skipped, in bounded time."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import random
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from entente.reading import archives, read_bytes, read_file
from entente.reading.model import Reading

LINE = b'{"title": "Mali thanks Niger", "text": "Mali thanked Niger."}\n'
CSV = b"title,text\nChad thanks Togo,Chad thanked Togo.\n"
PAGE = b"<html><head><title>Kenya signs a treaty</title></head><body><article><h1>Kenya signs a treaty</h1><p>Kenya signed a treaty with Uganda on Monday, the ministry said in Nairobi, after years of talks.</p></article></body></html>"


def pack(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def titles(reading: Reading) -> list[str]:
    return [article.title for article in reading.articles]


def test_a_zip_gives_the_articles_of_its_readable_members_with_their_sidecars(tmp_path: Path) -> None:
    side = b'{"published": "2025-04-28", "outlet": "Lake Gazette"}'
    data = pack(
        ("a/lines.jsonl", LINE), ("a/page.html", PAGE), ("a/page.html.json", side), ("b.csv", CSV), ("picture.png", b"x"),
        (".hidden/x.txt", b"x"), ("__MACOSX/b.csv", b"x"), ("packed.jsonl.gz", gzip.compress(LINE.replace(b"Mali", b"Peru"))),
    )  # fmt: skip
    (tmp_path / "all.zip").write_bytes(data)
    for reading in (read_bytes(data, "all.zip"), read_file(tmp_path / "all.zip")):
        assert titles(reading) == ["Mali thanks Niger", "Kenya signs a treaty", "Chad thanks Togo", "Peru thanks Niger"]
        assert not reading.skipped
        page = reading.articles[1]
        assert (page.published, page.published_basis, page.outlet) == (dt.date(2025, 4, 28), "sidecar", "Lake Gazette")


def test_columns_are_told_of_tables_within_an_archive(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(pack(("b.csv", b"kicker\nChad thanks Togo\n")))
    assert titles(read_file(tmp_path / "a.zip", columns={(): {"title": "kicker"}})) == ["Chad thanks Togo"]


def bomb(start: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return packer.compress(start) + b"".join(packer.compress(bytes(10_000_000)) for _ in range(30)) + packer.flush()


@pytest.mark.parametrize(
    ("name", "start", "reason"),
    [
        ("a.jsonl.gz", b"", "times its size"),
        ("a.csv.gz", b"title\n", "times its size"),
        ("a.txt.gz", b"", "too large for one page"),
        ("a.warc.gz", b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 300000000\r\n\r\n", "times its size"),
    ],
)
def test_a_gzip_bomb_is_skipped_in_bounded_time(name: str, start: bytes, reason: str) -> None:
    packed = bomb(start)
    begun = time.monotonic()
    reading = read_bytes(packed, name)
    assert not reading.articles
    assert reason in reading.skipped[-1].reason
    assert time.monotonic() - begun < 15


def test_a_member_that_is_a_bomb_is_skipped_alone() -> None:
    reading = read_bytes(pack(("a.txt", bytes(30_000_000)), ("b.jsonl", LINE)), "a.zip")
    assert titles(reading) == ["Mali thanks Niger"]
    assert [s.name for s in reading.skipped] == ["a.zip/a.txt"]


def test_all_members_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives.Budget, "__init__", lambda self: setattr(self, "left", 1_000))
    reading = read_bytes(pack(*((f"{i}.jsonl", LINE) for i in range(100))), "a.zip")
    assert 0 < len(reading.articles) < 1_000 / len(LINE) + 1
    assert "unpacks to more than" in reading.skipped[-1].reason
    assert len(reading.skipped) == 1


def test_nesting_is_bounded() -> None:
    inner = pack(("a.jsonl", LINE))
    assert titles(read_bytes(pack(("b.zip", inner)), "c.zip")) == ["Mali thanks Niger"]
    deep = pack(("c.zip", pack(("b.zip", inner))))
    assert "packed more than" in read_bytes(deep, "d.zip").skipped[0].reason


def test_an_archive_with_a_huge_table_of_contents_is_refused_before_it_is_read() -> None:
    data = bytearray(pack(("a.jsonl", LINE)))
    end = data.rfind(b"PK\x05\x06")
    data[end + 12 : end + 16] = (500_000_000).to_bytes(4, "little")
    assert "table of contents" in read_bytes(bytes(data), "a.zip").skipped[0].reason


@pytest.mark.parametrize("name", ["a.zip", "a.jsonl.gz", "a.warc", "a.warc.gz", "a.csv.gz"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"WARC/1.0\r\n", b"\xff" * 1000])
def test_a_broken_archive_is_skipped_with_a_reason(name: str, data: bytes) -> None:
    reading = read_bytes(data, name)
    assert not reading.articles and reading.skipped[0].reason


def test_a_zip_with_any_bytes_changed_gives_articles_or_reasons() -> None:
    whole, chance = pack(("a.jsonl", LINE * 20), ("b.csv", CSV)), random.Random(4)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        reading = read_bytes(bytes(data), "a.zip")
        assert reading.articles or reading.skipped


def record(kind: str, block: bytes, length: int | None = None) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/p\r\nContent-Length: {len(block) if length is None else length}\r\n"
    return head.encode() + b"Content-Type: application/http; msgtype=response\r\n\r\n" + block + b"\r\n\r\n"


def answer(page: bytes, more: str = "", status: str = "200 OK") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{more}\r\n".encode() + page


def test_a_warc_file_gives_the_pages_of_its_answers_with_their_address() -> None:
    chunked = f"{len(PAGE):x}\r\n".encode() + PAGE.replace(b"Kenya", b"Ghana") + b"\r\n0\r\n\r\n"
    data = b"".join(
        (
            record("warcinfo", b"software: ours"),
            record("response", answer(PAGE)),
            record("request", b"GET / HTTP/1.1\r\n\r\n"),
            record("response", answer(PAGE, status="404 Not Found")),
            record("response", answer(gzip.compress(PAGE.replace(b"Kenya", b"Benin")), "Content-Encoding: gzip\r\n")),
            record("response", answer(chunked, "Transfer-Encoding: chunked\r\n")),
        )
    )
    for name, packed in (("a.warc", data), ("a.warc.gz", gzip.compress(data))):
        reading = read_bytes(packed, name)
        assert titles(reading) == ["Kenya signs a treaty", "Benin signs a treaty", "Ghana signs a treaty"]
        assert {a.url for a in reading.articles} == {"https://example.org/p"}
        assert not reading.skipped


@pytest.mark.parametrize(
    "kind", ["application/rss+xml", "application/xml", "text/plain", "text/html; charset=utf-8", "application/json", ""]
)
def test_feeds_text_and_records_in_a_warc_file_are_pages_too(kind: str) -> None:
    feed = b"<rss version='2.0'><channel><title>W</title><item><title>Kenya signs a treaty</title></item></channel></rss>"
    page = feed if "xml" in kind else b'{"headline": "Kenya signs a treaty"}' if "json" in kind else PAGE
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n" if kind else "HTTP/1.1 200 OK\r\n\r\n"
    assert titles(read_bytes(record("response", head.encode() + page), "a.warc")) == ["Kenya signs a treaty"]
    style = b"HTTP/1.1 200 OK\r\nContent-Type: text/css\r\n\r\n" + PAGE
    assert not read_bytes(record("response", style), "a.warc").articles


def test_a_file_that_is_cut_off_gives_what_stands_before_the_cut() -> None:
    lines = b"".join(
        b'{"title": "Mali thanks Niger %d", "text": "Mali thanked Niger."}\n' % random.randrange(10**9) for _ in range(40)
    )
    table = b"title,text\n" + "".join(f"Мали {random.randrange(10**9)},Мали поблагодарила Нигер.\n" for _ in range(40)).encode(
        "cp1251"
    )
    pages = b"".join(gzip.compress(record("response", answer(PAGE.replace(b"Kenya", b"Kenya%d" % i)))) for i in range(9))
    for name, data in (("a.jsonl.gz", gzip.compress(lines)), ("a.csv.gz", gzip.compress(table)), ("a.warc.gz", pages)):
        reading = read_bytes(data[: len(data) * 3 // 4], name)
        assert len(reading.articles) > 4, name
        assert "cannot be unpacked" in reading.skipped[-1].reason


def test_what_is_broken_as_a_whole_keeps_its_bytes() -> None:
    for name, data in (("a.zip", pack(("b.csv", CSV))[:60]), ("a.txt.gz", gzip.compress(PAGE)[:60])):
        (skip,) = read_bytes(data, name).skipped
        assert (skip.name, skip.raw) == (name, data)


def test_no_word_of_a_record_reaches_the_terminal(tmp_path: Path) -> None:
    odd = record("response", answer(PAGE)).replace(b"https://example.org/p", b"https://a b\x1b[2J/p")
    (tmp_path / "a.warc").write_bytes(odd)
    script = "import sys; from pathlib import Path; from entente.reading import read_file; print(len(read_file(Path(sys.argv[1])).articles))"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "a.warc"], cwd=root, capture_output=True, text=True, timeout=120
    )
    assert (done.stdout, done.stderr) == ("1\n", "")


def test_a_bomb_within_a_warc_record_is_skipped_and_the_next_is_read() -> None:
    bomb = answer(gzip.compress(bytes(60_000_000)), "Content-Encoding: gzip\r\n")
    reading = read_bytes(record("response", bomb) + record("response", answer(PAGE)), "a.warc")
    assert titles(reading) == ["Kenya signs a treaty"]
    assert [s.position for s in reading.skipped] == ["record 1"]


def test_a_warc_record_that_lies_about_its_length_is_told() -> None:
    reading = read_bytes(record("response", answer(PAGE)) + record("response", answer(PAGE), 10**9), "a.warc")
    assert titles(reading) == ["Kenya signs a treaty"]
    assert [(s.position, s.reason) for s in reading.skipped] == [
        ("record 2", "is larger than 20,000,000 bytes, too large for one page")
    ]
