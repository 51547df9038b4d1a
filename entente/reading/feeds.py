"""Feeds: the entries of an RSS or Atom file. feedparser does the work."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

from entente.model import Article
from entente.reading.canonical import author_names
from entente.reading.encoding import decode
from entente.reading.html import plain_text
from entente.reading.model import Skipped
from entente.reading.text import make_article, parse_published

MAX_FEED_BYTES = 5_000_000
# What entities a feed defines itself can grow without bound when they are put in; no feed needs them.
_ENTITY = re.compile(r"<!entity", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([a-z][a-z0-9_-]{2,20})", re.IGNORECASE)
# Feeds are handed to the parser in this, whatever they came in.
_HANDED = {"content-type": "application/xml; charset=utf-8"}
# What may stand before a feed's first element, one after another: a declaration, how to show it, a document type. A comment is ended by hand.
_BEFORE = re.compile(rb"<\?xml[^>]{0,300}\?>|<!DOCTYPE\s[^>\[]{0,300}>", re.IGNORECASE)
_FIRST = re.compile(rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_LOOKED_AT = 8000  # bytes


def looks_like_feed(data: bytes) -> bool:
    """Whether a file of unknown suffix begins as a feed does."""
    start = data.removeprefix(b"\xef\xbb\xbf")[:_LOOKED_AT].lstrip()
    while not _FIRST.match(start):
        if start.startswith(b"<!--"):
            _, _, start = start.partition(b"-->")
        elif before := _BEFORE.match(start):
            start = start[before.end() :]
        else:
            return False
        start = start.lstrip()
    return True


def read_feed(data: bytes, name: str, charset: str = "") -> Iterator[Article | Skipped]:
    """An article for each entry of the feed: its content where the feed has it, else its summary. ``charset`` is the encoding that its
    server names."""
    # Imported here: most runs read no feed.
    import feedparser

    if len(data) > MAX_FEED_BYTES:
        yield Skipped(name, "", f"is larger than {MAX_FEED_BYTES:,} bytes, too large for one feed", data)
        return
    declared = _DECLARED.match(data)
    text = decode(data, charset, declared[1].decode("ascii") if declared else "")
    if _ENTITY.search(text):
        yield Skipped(name, "", "defines entities of its own, which no feed needs and which could unpack without end", data)
        return
    try:
        # As an open file: text and bytes would be tried as an address or a path.
        file = io.BytesIO(text.encode("utf-8", "replace"))
        feed = feedparser.parse(file, response_headers=_HANDED, sanitize_html=False, resolve_relative_uris=False)
    except MemoryError:
        raise  # a matter of the process, see ``apart``
    except Exception as error:  # whatever hostile bytes make the parser stumble over, the file is kept as skipped
        yield Skipped(name, "", f"the feed could not be parsed ({type(error).__name__})", data)
        return
    if not feed.entries:
        reason = "the feed has no entries" if feed.get("version") else "is no RSS or Atom feed"
        yield Skipped(name, "", reason, data)
    outlet = _word(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries, 1):
        title = plain_text(_word(entry.get("title")))
        contents = [_word(c.get("value")) for c in entry.get("content") or []]
        words = plain_text(max(contents, key=len, default="") or _word(entry.get("summary")))
        if not title and not words:
            yield Skipped(name, f"entry {number}", "has neither title nor text", b"")
            continue
        day, basis = _day(entry)
        yield make_article(
            title,
            "" if words == title else words,
            published=day,
            published_basis=basis,
            url=_word(entry.get("feedburner_origlink")) or _word(entry.get("link")),
            outlet=_word((entry.get("source") or {}).get("title")) or plain_text(outlet),
            author=author_names(entry.get("authors")) or author_names(entry.get("author")),
            language=_word(feed.feed.get("language")),
        )


def _day(entry: Any) -> tuple[dt.date | None, str]:
    """The day as the feed writes it, in the outlet's own time zone; where only its parsed form is known, in UTC."""
    for key, basis in (("published", "feed"), ("updated", "the feed's date of change")):
        # Asked of the keys themselves: feedparser answers for one with the other.
        if key not in entry.keys():  # noqa: SIM118
            continue
        day = parse_published(entry[key])
        parsed = entry.get(f"{key}_parsed")
        if day is None and parsed is not None:
            try:
                day = parse_published(dt.date(*parsed[:3]))
            except (ValueError, OverflowError):
                continue
        if day is not None:
            return day, basis
    return None, ""


def _word(value: Any) -> str:
    return value if isinstance(value, str) else ""
