"""Plain text and Markdown: a page with front matter, a page as a scraper left it, or a dated list of headlines."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import yaml

from entente.model import Article
from entente.reading.canonical import author_names
from entente.reading.encoding import decode
from entente.reading.model import Skipped
from entente.reading.scraped import parse_page
from entente.reading.text import MAX_TEXT, is_binary, make_article, parse_published, tidy

_FRONT = re.compile(r"\s*---[ \t]*\n(.{0,20000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADLINE = re.compile(r"[-*•][ \t]+(\S.*)[ \t]+[-–—][ \t]+([^–—]{2,60})")
_UPDATED = re.compile(r"^[_*]{0,2}Updated:?[ \t]*(\d{4}-\d{2}-\d{2})", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,2000}(?:[ \t]+\"[^\"\n]{0,200}\")?\)")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)([^\n]{1,500}?)(?<=\S)\1")


def read_text(data: bytes, name: str, charset: str = "") -> Iterator[Article | Skipped]:
    """The article of a text or Markdown file, or the headlines of a dated list of them. ``charset`` is the encoding that its server names."""
    text = decode(data, charset)
    if is_binary(text):
        yield Skipped(name, "", "is not text", data)
        return
    text = tidy(text)
    if not text.strip():
        yield Skipped(name, "", "is empty", data)
        return
    longest = max(map(len, text.split("\n")))
    if longest > MAX_TEXT:
        yield Skipped(name, "", f"holds a line of {longest:,} characters (limit {MAX_TEXT:,}), longer than any article", data)
        return
    meta, body = parse_front_matter(text)
    listed = parse_headline_list(body)
    if listed:
        yield from listed
        return
    if meta or name.lower().endswith((".md", ".markdown")):
        body = _without_markup(body)
    page = parse_page(body)
    title, paragraphs = _word(meta.get("title")), list(page.paragraphs)
    if title and page.title and page.title != title:
        paragraphs.insert(0, page.title)
    title = title or page.title
    if not title and not paragraphs:
        yield Skipped(name, "", "holds no article", data)
        return
    day = parse_published(meta.get("published") or meta.get("date"))
    basis = "front matter" if day else "the page's own line" if page.published else ""
    yield make_article(
        title,
        "\n\n".join(paragraphs),
        published=day or parse_published(page.published),
        published_basis=basis,
        outlet=_word(meta.get("outlet") or meta.get("source")),
        url=_word(meta.get("url")),
        author=author_names(meta.get("author") or meta.get("authors")) or page.author,
        language=_word(meta.get("language") or meta.get("lang")),
        headlines=page.headlines,
    )


def parse_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The YAML block between two lines of dashes at the top, and the rest; no block when it is not YAML."""
    match = _FRONT.match(text)
    if not match:
        return {}, text
    try:
        meta = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}, text
    return (meta, text[match.end() :]) if isinstance(meta, dict) else ({}, text)


def parse_headline_list(text: str) -> list[Article]:
    """A dated list of headlines with their outlets, as aggregators show them: each headline is an article without text."""
    updated = _UPDATED.search(text)
    if not updated:
        return []
    day = parse_published(updated[1])
    found = [m for line in text.split("\n") if len(line) < 2000 and (m := _HEADLINE.fullmatch(line.strip()))]
    return [
        make_article(m[1], "", outlet=m[2].strip(), published=day, published_basis="the list's own date" if day else "")
        for m in found
    ]


def _without_markup(text: str) -> str:
    """Markdown without the signs of headings, links, emphasis and quotes; its words stay."""
    lines = [_HEADING.sub("", line).removeprefix("> ") for line in text.split("\n")]
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", "\n".join(lines)))


def _word(value: Any) -> str:
    """A value of one line: text, a number or a day. Lists are none: with references in it a small one may be gigabytes when written out."""
    return str(value) if isinstance(value, str | int | float | dt.date) else ""
