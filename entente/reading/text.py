"""Text that every format shares: decoding, tidying, the identity of an article, dates of publication."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_EARLIEST = dt.date(1800, 1, 1)


def decode(data: bytes) -> str:
    """Bytes as text: by byte-order mark, else UTF-8, else Windows-1252; what fits none becomes the replacement character."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def tidy(text: str) -> str:
    """One form for line ends and composed letters, without control and direction marks, which could hide what a text says."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", unicodedata.normalize("NFC", text))


def article_id(title: str, text: str) -> str:
    """The identity of an article: 16 hexadecimal digits of a hash over its words, white space and case of Unicode forms aside."""
    words = " ".join(unicodedata.normalize("NFC", f"{title}\n{text}").split())
    return hashlib.sha256(words.encode("utf-8", errors="surrogatepass")).hexdigest()[:16]


def parse_published(value: object) -> dt.date | None:
    """A day of publication from "2025-04-28", a timestamp that begins so, or "28-04-2025"; None when it is none of these."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str):
        return None
    match = _DATE.match(value.strip())
    turned = re.fullmatch(r"(\d{2})-(\d{2})-(\d{4})", value.strip())
    try:
        if match:
            day = dt.date(int(match[1]), int(match[2]), int(match[3]))
        elif turned:
            day = dt.date(int(turned[3]), int(turned[2]), int(turned[1]))
        else:
            return None
    except ValueError:
        return None
    return day if day >= _EARLIEST else None
