"""Whole files of every format, damaged at random: whatever comes of it must be articles or reasons, and no reader may fall or hang.

python tests/reading/fuzzing.py [--seconds 60] [--seed 1] [--keep FOLDER]

The suite runs a short while of it; run alone it goes on as long as is asked, and keeps each file that a reader could not stand.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from entente.reading import find_tables, read_bytes

TEXT = "Chad thanked Togo for its help on Monday, the foreign ministry said in Lome after a meeting of both sides."
_MARKDOWN = f"---\ntitle: Chad thanks Togo\npublished: 2025-01-02\noutlet: The Gazette\n---\n# Chad thanks Togo\n\n{TEXT}\n\n- More headlines\n- Of today\n".encode()
_HTML = f"""<!doctype html><html lang="en"><head><title>Chad thanks Togo</title><meta property="article:published_time" content="2025-01-02">
<link rel="canonical" href="https://a.example/2025/01/02/x"><script type="application/ld+json">{{"datePublished": "2025-01-02",
"author": {{"name": "Ana Rojas"}}}}</script></head><body><nav><a href="/">Home</a></nav><article><h1>Chad thanks Togo</h1><p>{TEXT}</p>
<table><tr><td>a</td></tr></table></article></body></html>""".encode()
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + _HTML
_WARC = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
_CSV = f'title,text,date,author\n"Chad thanks Togo","{TEXT}",2025-01-02,Ana\n"A ""B""","two\nlines",,\n'.encode()


def _packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return out.getvalue()


def _parquet() -> bytes:
    out = io.BytesIO()
    columns = {"title": ["Chad thanks Togo", None], "text": [TEXT, ""], "date": ["2025-01-02", ""], "authors": [["Ana"], []]}
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


_LINE = f'{{"title": "Chad thanks Togo", "text": "{TEXT}", "date": "2025-01-02", "author": ["Ana"], "headlines": ["A"]}}'.encode()
# A whole file of each format, by suffix.
SEEDS = {
    ".jsonl": _LINE + b"\n" + _LINE.replace(b"Chad", b"Mali") + b"\n",
    ".json": b'{"articles": [{"url": "u", "title": "Chad thanks Togo", "seendate": "20250102T101500Z", "domain": "d"},' + _LINE + b"]}",
    ".md": _MARKDOWN,
    ".txt": f"Chad thanks Togo\n\nLOME, Jan. 2, 2025 (Wire) - {TEXT}\n\nRead more\nOther headline\n".encode(),
    ".html": _HTML,
    ".csv": _CSV,
    ".tsv": _CSV.replace(b",", b"\t"),
    ".parquet": _parquet(),
    ".rss": f"<?xml version='1.0'?><rss version='2.0'><channel><title>T</title><item><title>Chad</title><link>http://a.example/1</link><pubDate>Mon, 28 Apr 2025 10:00:00 GMT</pubDate><description><![CDATA[<p>{TEXT}</p>]]></description></item></channel></rss>".encode(),
    ".atom": f"<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><title>Chad</title><updated>2025-04-28T10:00:00Z</updated><content type='html'>{TEXT}</content></entry></feed>".encode(),
    ".zip": _packed(a_md=_MARKDOWN, b_csv=_CSV, c_jsonl=_LINE, d_html=_HTML, d_html_json=b'{"published": "2025-04-28"}'),
    ".md.gz": gzip.compress(_MARKDOWN),
    ".warc": _WARC % (len(_ANSWER), _ANSWER) * 2,
    ".warc.gz": gzip.compress(_WARC % (len(_ANSWER), _ANSWER)),
}  # fmt: skip
_PIECES = [
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"\n", b"\r\n", b"\r", b'"', b"'", b"<", b">", b"&", b"&#x110000;", b"&amp;", b"<!--", b"-->", b"<![CDATA[", b"]]>",
    b"{", b"}", b"[", b"]", b":", b",", b"\\u0000", b"\\ud800", b"null", b"NaN", b"1e999", b"-1", b"4294967295", b"99999999999999999999", b"---\n", b"!!python/object:os.system",
    b"0000-00-00", b"9999-12-31", b"2025-02-30", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08", b"PAR1", b"WARC/1.0\r\n", b"Content-Length: 0\r\n", b"Content-Encoding: gzip\r\n",
    b"<script>", b"</script>", b"<table><td>", b"<item>", b"</item>", b"http://[", b"//", b"\xcc\x81\xcc\x96" * 50, "\u202e".encode(), "\ufffe".encode(), b"\xed\xa0\x80",
]  # fmt: skip
_LONGEST = 200_000  # bytes of a damaged file


def damaged(chance: random.Random) -> tuple[str, bytes]:
    """A suffix and a file that was whole before some bytes of it were changed, taken out, put in, doubled or taken from another."""
    suffix = chance.choice(list(SEEDS))
    data = bytearray(SEEDS[suffix])
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((0, 1, 2, 8, 40, len(data))))
        how = chance.randrange(6)
        if how == 0:
            data[at:end] = chance.choice(_PIECES)
        elif how == 1:
            data[at:end] = chance.choice(_PIECES) * chance.choice((2, 50, 2000))
        elif how == 2:
            data[at:end] = chance.randbytes(chance.choice((1, 4, 30)))
        elif how == 3:
            data[at:at] = data[at:end] * chance.choice((1, 3))
        elif how == 4:
            other = SEEDS[chance.choice(list(SEEDS))]
            data[at:end] = other[(start := chance.randrange(len(other))) : start + chance.choice((8, 100, 1000))]
        elif at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        del data[_LONGEST:]
    return suffix, bytes(data)


def fault(data: bytes, name: str) -> str:
    """What is wrong with how a file was read; empty when nothing is."""
    try:
        find_tables(data, name)
        reading = read_bytes(data, name)
    except Exception as error:
        return f"raises {type(error).__name__}: {error}"
    if not reading.articles and not reading.skipped:
        return "gives neither article nor reason"
    odd = [s.reason for s in reading.skipped if not s.reason or "brought down" in s.reason or "took longer" in s.reason]
    return odd[0] or "gives an empty reason" if odd else ""


def faults(more: Callable[[], bool], seed: int, tried: Counter[str]) -> Iterator[tuple[str, str, bytes]]:
    """Damage files as long as there are to be ``more``; what was wrong, with suffix and bytes. ``tried`` counts the files."""
    chance = random.Random(seed)
    while more():
        suffix, data = damaged(chance)
        tried[suffix] += 1
        if wrong := fault(data, "any" + suffix):
            yield wrong, suffix, data


def main() -> None:
    """Run it alone. Exit code 1 when a reader could not stand a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--keep", type=Path, default=Path(".cache") / "fuzz")
    said = parser.parse_args()
    tried: Counter[str] = Counter()
    found = 0
    end = time.monotonic() + said.seconds
    for wrong, suffix, data in faults(lambda: time.monotonic() < end, said.seed, tried):
        found += 1
        said.keep.mkdir(parents=True, exist_ok=True)
        (said.keep / f"{said.seed}-{found}{suffix}").write_bytes(data)
        print(f"{said.keep / f'{said.seed}-{found}{suffix}'}: {wrong}")
    print(
        f"seed {said.seed}: {tried.total():,} files, {found} that a reader could not stand; of each format {min(tried.values())} at least"
    )
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
