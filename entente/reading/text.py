"""Text that every format shares: decoding, tidying, the identity of an article, days of publication."""

from __future__ import annotations

import datetime as dt
import email.utils
import hashlib
import re
import unicodedata
from typing import Any

from entente.model import Article
from entente.reading.language import detect_language

MAX_TEXT = 400_000  # characters of one article that are kept: a book, not a page, has more
MAX_TITLE = 1_000
_BOM = b"\xef\xbb\xbf"
_UTF_16_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DATE = re.compile(r"(\d{4})([-/])(\d{2})\2(\d{2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{4,6}Z?)?")
_TURNED = re.compile(r"(\d{2})-(\d{2})-(\d{4})")
_MAIL = re.compile(r"(?:[A-Z][a-z]{2},?\s+)?\d{1,2}\s+[A-Z][a-z]{2}\s+\d{4}\s+\d{1,2}:\d{2}.{0,20}")
_EARLIEST = dt.date(1800, 1, 1)
_LATEST = dt.date(2200, 1, 1)


def decode(data: bytes) -> str:
    """Bytes as text: by byte-order mark, else UTF-8, else UTF-16 when every other byte is null, else Windows-1252.

    What fits none becomes the replacement character.
    """
    if encoding := utf_16_of(data):
        return data.decode(encoding, errors="replace").removeprefix("\ufeff")
    if data.startswith(_BOM):
        return data.removeprefix(_BOM).decode("utf-8", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def utf_16_of(data: bytes) -> str:
    """Which UTF-16 bytes are in: "utf-16-le" or "utf-16-be" by their byte-order mark, or when every other byte is null; else ""."""
    for mark, encoding in _UTF_16_MARKS:
        if data.startswith(mark):
            return encoding
    start = data[:2000]
    if len(start) >= 4 and b"\x00" in start:
        even, odd = start[::2].count(0), start[1::2].count(0)
        if max(even, odd) > 0.4 * len(start) / 2 and min(even, odd) < 0.05 * len(start):
            return "utf-16-be" if even > odd else "utf-16-le"
    return ""


def is_binary(text: str) -> bool:
    """Whether decoded text is no text at all: more than a few control or replacement characters in its beginning."""
    start = text[:4000]
    odd = sum(c in "\x00\ufffd" or (c < " " and c not in "\t\n\r\f\v\x1b") for c in start)
    return odd > 2 + len(start) / 50


def without_surrogates(text: str) -> str:
    """Half characters, as broken escapes in JSON leave them, become the replacement character; offsets stay."""
    return _SURROGATE.sub("\ufffd", text)


def tidy(text: str) -> str:
    """One form for line ends and composed letters, without control and direction marks, which could hide what a text says."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return _CONTROL.sub("", unicodedata.normalize("NFC", without_surrogates(text)))


def article_id(title: str, text: str) -> str:
    """The identity of an article: 16 hexadecimal digits of a hash over its words, white space and forms of letters aside."""
    words = " ".join(unicodedata.normalize("NFC", f"{title}\n{text}").split())
    return hashlib.sha256(words.encode("utf-8", errors="replace")).hexdigest()[:16]


def make_article(title: str, text: str, *, language: str = "", **more: Any) -> Article:
    """An article of tidied title and text, bounded in length, with its identity and language.

    ``language`` is the one that its page states, in any form; it is checked (see ``detect_language``).
    """
    title = " ".join(tidy(title).split())[:MAX_TITLE]
    text = tidy(text).strip()[:MAX_TEXT]
    for name in ("outlet", "url", "author"):
        if name in more:
            more[name] = " ".join(tidy(str(more[name] or "")).split())[:MAX_TITLE]
    language = detect_language(f"{title}\n{text}", language)
    return Article(id=article_id(title, text), title=title, text=text, language=language, **more)


def parse_published(value: object) -> dt.date | None:
    """A day of publication from "2025-04-28", a timestamp that begins so, "20250428", "28-04-2025" or "Mon, 28
    Apr 2025 10:00:00 GMT"; None when it is none of them.

    Days before 1800 or after 2200 are taken for errors.
    """
    if isinstance(value, dt.datetime):
        day = value.date()
    elif isinstance(value, dt.date):
        day = value
    elif isinstance(value, str):
        said = value.strip()[:40]
        match = _DATE.match(said)
        compact = _COMPACT.fullmatch(said)
        turned = _TURNED.fullmatch(said)
        try:
            if match:
                day = dt.date(int(match[1]), int(match[3]), int(match[4]))
            elif compact:
                day = dt.date(int(compact[1]), int(compact[2]), int(compact[3]))
            elif turned:
                day = dt.date(int(turned[3]), int(turned[2]), int(turned[1]))
            elif _MAIL.fullmatch(said):
                day = email.utils.parsedate_to_datetime(said).date()
            else:
                return None
        except ValueError:
            return None
    else:
        return None
    return day if _EARLIEST <= day <= _LATEST else None
