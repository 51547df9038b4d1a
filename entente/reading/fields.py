"""What records and tables call the fields of an article, and lists the articles they hold."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

# For each field of an article the names that mean it, best first; case and punctuation aside.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "articletitle", "newstitle", "webtitle", "name"),
    "text": (
        "text", "body", "content", "article", "fulltext", "maintext", "articletext", "articlebody", "bodytext", "contenttext", "contenthtml",
        "description", "summary",
    ),
    "published": (
        "published", "publishedat", "publisheddate", "publishdate", "datepublished", "datepublish", "publicationdate", "webpublicationdate",
        "pubdate", "date", "datetime", "timestamp", "day",
    ),
    "url": ("canonicalurl", "url", "link", "weburl", "address", "permalink"),
    "outlet": (
        "outlet", "publisher", "newspaper", "publication", "sourcename", "source", "sourcedomain", "domain", "paper", "outletname",
        "newspapername", "publicationname", "publishername", "newsoutlet", "mediaoutlet", "newssource", "mediasource", "media",
    ),
    "author": ("author", "authors", "byline", "creator"),
}  # fmt: skip
_MEDIA = "media"
LANGUAGE = ("language", "lang", "inlanguage")
# Under these names answers of news services keep a list of articles; one that holds another of them is opened too.
_LISTS = ("articles", "items", "results", "entries", "news", "docs", "stories", "data", "response", "hits")
_DEEP = 3
_INNER = ("fields", "_source")  # in which some services keep an article's fields


def plain_name(name: str) -> str:
    """A field's name in lower case, without punctuation: "pub_date" and "pubDate" are one."""
    return "".join(c for c in name.lower() if c.isalnum())


def named(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a record and of what lies in it that hold something, by their plain names; of two alike the first."""
    found: dict[str, Any] = {}
    inner = [record[name] for name in _INNER if isinstance(record.get(name), dict)]
    for name, value in itertools.chain.from_iterable(one.items() for one in (record, *inner)):
        plain = plain_name(str(name)[:100])
        if value and name not in _INNER and not (plain == _MEDIA and _shows(value)):
            found.setdefault(plain, value)
    return found


def _shows(media: Any) -> bool:
    """Whether that is what an article shows, pictures as objects or by their addresses, and no newspaper."""
    return not isinstance(media, str) or "/" in media


def first_of(fields: Mapping[str, Any], names: Iterable[str]) -> Any:
    """The value of the first of the names that is there."""
    return next((fields[name] for name in names if name in fields), None)


def listed_articles(content: Any, deep: int = _DEEP) -> list[Any] | None:
    """The list of articles in a document, or None where it is no list: then it is one article."""
    if isinstance(content, list):
        return content
    if not isinstance(content, dict) or not deep:
        return None
    for name in _LISTS:
        found = listed_articles(content.get(name), deep - 1)
        # An article may have a list of something else under such a name.
        if found is not None and (name == "articles" or any(isinstance(one, dict) and _is_article(one) for one in found)):
            return found
    return None


def _is_article(row: Mapping[str, Any]) -> bool:
    fields = named(row)
    return any(first_of(fields, NAMES[field]) for field in ("title", "text"))
