"""The day an article was published, from what its page states: metadata, JSON-LD, address, dateline. Nothing is guessed.

``published_basis`` says which it was, that others on the page differ, and that a day lies in the future.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import re
from collections.abc import Iterable, Iterator

from entente.model import IN_THE_FUTURE, MONTH_NAMES, MONTHS, SEVERAL_DAYS, Article
from entente.reading.text import parse_published

METADATA = "page metadata"
JSON_LD = "JSON-LD"
ADDRESS = "address"
DATELINE = "dateline"
BY_HAND = "given by hand"
_FUTURE = f"; {IN_THE_FUTURE}"
_MAX_TAGS = 2_000
_META = re.compile(r"<meta\b([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\b(property|name|itemprop|content)\s*=\s*(?:\"([^\"]{0,300})\"|'([^']{0,300})')", re.IGNORECASE)
_NAMES = frozenset(
    [
        "article:published_time",
        "og:published_time",
        "og:article:published_time",
        "datepublished",
        "date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publish_date",
        "publication_date",
        "dc.date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.date",
        "sailthru.date",
        "parsely-pub-date",
        "article.published",
    ]
)
_LINKED = re.compile(r"\"datePublished\"\s{0,20}:\s{0,20}\"([^\"]{4,40})\"")
_SCRIPT = re.compile(r"<script\b[^<>]{0,500}ld\+json[^<>]{0,500}>", re.IGNORECASE)
_PATH_DAY = re.compile(r"/((?:19|20)\d\d)([-/]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=[-/._]|$)")
_PATH_MONTH = re.compile(r"/((?:19|20)\d\d)[-/]?(0[1-9]|1[0-2])(?=/|$)")
# "SEOUL, April 28 (Yonhap)", "NEW YORK, Sept. 3, 2025 -": a place in capitals, a day, and the sign that ends a dateline.
_LINE = re.compile(
    r"[A-Z][A-Z.'’ -]{1,40}(?:, [A-Z][\w. ]{1,30})?,? "
    r"(?i:(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.? (\d{1,2})(?:, ((?:19|20)\d\d))?,? ?(?:\(|[-–—]|/)"
)


def stated_days(markup: str) -> Iterator[tuple[dt.date, str]]:
    """Each day that a page's metadata and then its JSON-LD give as that of publication, with which of them it was."""
    for number, tag in enumerate(_META.finditer(markup)):
        if number == _MAX_TAGS:
            break
        said = {m[1].lower(): html.unescape(m[2] or m[3] or "") for m in _ATTRIBUTE.finditer(tag[1])}
        key = said.get("property") or said.get("name") or said.get("itemprop") or ""
        day = parse_published(said.get("content")) if key.lower() in _NAMES else None
        if day:
            yield day, METADATA
    end = 0
    while script := _SCRIPT.search(markup, end):
        end = markup.find("</script", script.end())
        if end < 0:
            break
        for match in _LINKED.finditer(markup, script.end(), end):
            if day := parse_published(match[1]):
                yield day, JSON_LD


def is_doubtful(day: dt.date, markup: str) -> bool:
    """Whether a page seems to write a day only in figures that could be another: 04/05/2025."""
    if day.day > 12 or day.day == day.month:
        return False
    d, m, y = rf"0?{day.day}", rf"0?{day.month}", day.year
    month = MONTH_NAMES[day.month - 1][:3]
    unclear = rf"\b(?:{d}/{m}|{m}/{d})/{y}\b|\b(?:{d}-{m}|{m}-{d})-{y}\b"
    clear = rf"\b{y}[-/.]?{m}[-/.]?{d}(?!\d)|\b{d}\.{m}\.{y}\b|\b{d}(?:st|nd|rd|th)? {month}|\b{month}[a-z]*\.? {d}\b"
    return bool(re.search(unclear, markup)) and not re.search(clear, markup, re.IGNORECASE)


def choose_day(found: list[tuple[dt.date, str]]) -> tuple[dt.date | None, str]:
    """The first day with its basis. Others more than a day off, which time zones do not explain, are named in the basis."""
    if not found:
        return None, ""
    first, basis = found[0]
    others = {day: source for day, source in reversed(found) if abs((day - first).days) > 1}
    named = ", ".join(f"{day.isoformat()} ({source})" for day, source in sorted(others.items())[:3])
    return first, f"{basis}; {SEVERAL_DAYS} {named}" if named else basis


def address_day(url: str) -> dt.date | None:
    """The day in an address such as ``https://example.org/2025/04/28/title``."""
    match = _PATH_DAY.search(url[:2000].partition("?")[0])
    return parse_published(f"{match[1]}-{match[3]}-{match[4]}") if match else None


def dateline_day(text: str, url: str) -> dt.date | None:
    """The day of the dateline that opens ``text``: with its year, or with the year of an address that names the same month."""
    match = _LINE.match(text[:200])
    if not match:
        return None
    month, year = MONTHS[match[1].lower()], match[3]
    if not year:
        path = _PATH_MONTH.search(url[:2000].partition("?")[0])
        if not path or int(path[2]) != month:
            return None
        year = path[1]
    return parse_published(f"{year}-{month:02}-{int(match[2]):02}")


def is_weak(basis: str) -> bool:
    """Whether a feed's day is to be believed before one of this basis."""
    return not basis or basis.startswith((ADDRESS, DATELINE))


def complete_day(article: Article, today: dt.date) -> Article:
    """The article dated by its address, else by its dateline, where nothing better dated it; a day in the future is flagged."""
    day, basis = article.published, article.published_basis
    if day is None:
        day, basis = address_day(article.url), ADDRESS
    if day is None:
        day, basis = dateline_day(article.text, article.url), DATELINE
    if day is None:
        return article
    if day > today + dt.timedelta(days=1) and not basis.endswith(_FUTURE):
        basis += _FUTURE
    return dataclasses.replace(article, published=day, published_basis=basis)


def date_undated(articles: Iterable[Article], day: dt.date) -> list[Article]:
    """The articles, those that nothing dates of the day that a person gave."""
    return [dataclasses.replace(a, published=day, published_basis=BY_HAND) if a.published is None else a for a in articles]
