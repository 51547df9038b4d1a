"""Text that every format shares: tidying, the identity of an article, days of publication."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from entente.model import MONTH_NAMES, MONTHS, Article
from entente.reading.language import detect_language

MAX_TEXT = 400_000  # characters of one article that are kept: a book, not a page, has more
MAX_TITLE = 1_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Marks over and under letters are among these, and no letter, space or ASCII is. As many on one letter as Unicode's stream-safe form has.
_MOST_MARKS = 30
_PILED = re.compile(rf"[^\w\s\x00-\x7f]{{{_MOST_MARKS + 1},}}")
# Days as pages write them. What stands behind, as an hour does, is left unread.
_DATE = re.compile(r"(?P<year>\d{4})(?:([-/.])|年|년)\s?(?P<month>\d{1,2})(?(2)\2|[月월])\s?(?P<day>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T?\d{4,6}Z?)?$")
_TURNED = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_SECONDS = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d{1,9})?$")  # since 1970, or thousandths of them
_MONTH = "|".join(sorted((*MONTH_NAMES, *MONTHS, "sept"), key=len, reverse=True))
WRITTEN_DAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
    rf"(?:(?P<m1>{_MONTH})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})|"
    rf"(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<m2>{_MONTH})\.?[\s,-]+(?P<y2>\d{{4}}))(?!\d)"
)
_WRITTEN = re.compile(WRITTEN_DAY, re.IGNORECASE)
_EARLIEST = dt.date(1800, 1, 1)
_LATEST = dt.date(2200, 1, 1)


def is_binary(text: str) -> bool:
    """Whether decoded text is no text at all: more than a few control or replacement characters in its beginning."""
    start = text[:4000]
    odd = sum(c in "\x00\ufffd" or (c < " " and c not in "\t\n\r\f\v\x1b") for c in start)
    return odd > 2 + len(start) / 50


def without_surrogates(text: str) -> str:
    """Half characters, as broken escapes in JSON leave them, become the replacement character; offsets stay."""
    return _SURROGATE.sub("\ufffd", text)


def without_piles(text: str) -> str:
    """Of the marks that pile up on one letter the first thirty stay. No script has more, and to put them in order takes a time that grows
    with the square of their number: seconds for a page of nothing else."""
    return _PILED.sub(_unpiled, text)


def _unpiled(run: re.Match[str]) -> str:
    kept, height = [], 0
    for character in run[0]:
        height = height + 1 if unicodedata.combining(character) else 0
        if height <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


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
    """A day of publication; None when it is none or could be either of two: 04/05/2025 is another day in New York than in London.

    Read are "2025-04-28", a timestamp that begins so, "2025.4.28", "2025年4月28日", "20250428", "28/04/2025", "28.04.2025", "28 April
    2025", "Apr. 28, 2025", "Mon, 28 Apr 2025 10:00:00 GMT", and seconds since 1970. Days before 1800 or after 2200 are taken for errors.
    """
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = f"{value:.0f}"
        if isinstance(value, dt.datetime):
            day: dt.date | None = value.date()
        elif isinstance(value, dt.date):
            day = value
        else:
            day = _said_day(value.strip()[:60]) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None
    return day if day and _EARLIEST <= day <= _LATEST else None


def _said_day(said: str) -> dt.date | None:
    """The day that a text begins with. Raises ValueError and OverflowError where there is no such day."""
    if match := _SECONDS.match(said):
        return dt.datetime.fromtimestamp(int(match[1]), dt.UTC).date()
    if match := _DATE.match(said) or _COMPACT.match(said):
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    if match := _TURNED.match(said):
        first = _day_comes_first(match)
        return None if first is None else _turned_day(match, first)
    match = _WRITTEN.match(said)
    return written_day(match) if match else None


def _day_comes_first(match: re.Match[str]) -> bool | None:
    """Whether in a day such as 28/04/2025 the day stands before the month; None where it could be either."""
    one, other = int(match[1]), int(match[3])
    # With dots the day is first wherever they are used.
    return True if match[2] == "." or one > 12 or one == other else False if other > 12 else None


def _turned_day(match: re.Match[str], day_first: bool) -> dt.date:
    one, other = int(match[1]), int(match[3])
    return dt.date(int(match[4]), *((other, one) if day_first else (one, other)))


def day_order(column: Iterable[object]) -> bool | None:
    """Whether days in figures, such as 28/04/2025, stand before their months in a column; None where nothing or more than one thing is
    said."""
    said = {
        _day_comes_first(match)
        for value in column
        if isinstance(value, str) and (match := _TURNED.match(value.strip()[:60])) and match[2] != "." and match[1] != match[3]
    } - {None}
    return said.pop() if len(said) == 1 else None


def clear_day(value: object, day_first: bool) -> dt.date | None:
    """The day of a value that alone could be two, by the order of its column; None where it is no such value."""
    match = _TURNED.match(value.strip()[:60]) if isinstance(value, str) else None
    if match is None or _day_comes_first(match) is not None:
        return None
    try:
        return _turned_day(match, day_first)
    except ValueError:
        return None


# How far into a text its own day may stand: behind a headline.
_OWN_DAY = 400


def settled_day(value: object, text: str) -> dt.date | None:
    """The day of a value that alone could be two, where the beginning of the text writes out one of them; None otherwise."""
    either = {day for order in (True, False) if (day := clear_day(value, order)) is not None}
    told = set()
    for match in _WRITTEN.finditer(text[:_OWN_DAY]) if either else ():
        try:
            told.add(written_day(match))
        except ValueError:
            continue
    settled = either & told
    return settled.pop() if len(settled) == 1 else None


def written_day(match: re.Match[str]) -> dt.date:
    """The day of a match of WRITTEN_DAY. Raises ValueError where there is no such day."""
    month = MONTHS[(match["m1"] or match["m2"]).lower()[:3]]
    return dt.date(int(match["y1"] or match["y2"]), month, int(match["d1"] or match["d2"]))
