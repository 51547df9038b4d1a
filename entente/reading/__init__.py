"""From bytes to articles: one function a format. The only place that knows HTML, JSON lines and their like."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from entente.errors import InputError
from entente.model import Article
from entente.reading.model import Reading, Skipped
from entente.reading.scraped import parse_page
from entente.reading.text import article_id, decode, parse_published, tidy

__all__ = [
    "SUFFIXES",
    "Reading",
    "Skipped",
    "article_id",
    "find_files",
    "parse_json_line",
    "parse_published",
    "read_bytes",
    "read_file",
]

SUFFIXES = (".jsonl", ".ndjson", ".json", ".txt", ".md", ".markdown", ".html", ".htm")
MAX_PAGE_BYTES = 20_000_000
MAX_LINES_BYTES = 2_000_000_000
MAX_LINE_BYTES = 5_000_000
MAX_TEXT = 400_000  # characters of one article that are kept: a book, not a page, has more
_RAW_KEPT = 65_536
_HEADLINE = re.compile(r"^\s*[-*•]\s+(.*\S)\s+[-–—]\s+([^-–—]{2,60})$")
_UPDATED = re.compile(r"_?Updated:\s*(\d{4}-\d{2}-\d{2})")


def find_files(path: Path) -> Iterator[Path]:
    """The readable files under ``path``, or itself, in order. Sidecars (NAME.meta.json) and hidden files are left out."""
    if path.is_file():
        yield path
        return
    for found in sorted(path.rglob("*")):
        hidden = any(part.startswith(".") for part in found.relative_to(path).parts)
        if found.is_file() and not hidden and found.suffix.lower() in SUFFIXES and not found.name.endswith(".meta.json"):
            yield found


def read_file(path: Path, *, published: dt.date | None = None, outlet: str = "") -> Reading:
    """The articles of one file. ``published`` and ``outlet`` given by hand win over what the file says.

    A sidecar ``page.txt.meta.json`` beside ``page.txt`` may give published, outlet, url and title. What cannot be read is
    among the skipped, with its reason; the function raises nothing for bad content.
    """
    try:
        size = path.stat().st_size
        if size > (MAX_LINES_BYTES if path.suffix.lower() in (".jsonl", ".ndjson") else MAX_PAGE_BYTES):
            return Reading(
                (), (Skipped(str(path), "", f"{size:,} bytes: too large for one page (limit {MAX_PAGE_BYTES:,})", b""),)
            )
        data = path.read_bytes()
    except OSError as error:
        return Reading((), (Skipped(str(path), "", f"cannot be opened: {error.strerror}", b""),))
    reading = read_bytes(data, str(path))
    try:
        side = _sidecar(path)
    except InputError as error:
        return Reading(reading.articles, (*reading.skipped, Skipped(str(path), "sidecar", str(error), b"")))
    articles = []
    for article in reading.articles:
        if side:
            day = parse_published(side.get("published"))
            article = dataclasses.replace(
                article,
                title=str(side.get("title") or article.title),
                outlet=str(side.get("outlet") or article.outlet),
                url=str(side.get("url") or article.url),
                published=day or article.published,
                published_basis="sidecar file" if day else article.published_basis,
            )
        if published is not None:
            article = dataclasses.replace(article, published=published, published_basis="given by hand")
        if outlet:
            article = dataclasses.replace(article, outlet=outlet)
        articles.append(article)
    return Reading(tuple(articles), reading.skipped)


def _sidecar(path: Path) -> dict[str, Any]:
    side = path.with_name(path.name + ".meta.json")
    if not side.is_file():
        return {}
    try:
        content = json.loads(side.read_bytes()[:MAX_LINE_BYTES])
    except ValueError as error:
        raise InputError(f"{side.name} is not JSON ({error}); the page was read without it") from None
    if not isinstance(content, dict):
        raise InputError(f"{side.name} must hold one object with published, outlet, url or title; the page was read without it")
    return content


def read_bytes(data: bytes, name: str, *, published: dt.date | None = None) -> Reading:
    """The articles in ``data``; the format is told by the suffix of ``name``, else by the content."""
    if len(data) > MAX_PAGE_BYTES and not name.lower().endswith((".jsonl", ".ndjson")):
        return Reading((), (Skipped(name, "", f"{len(data):,} bytes: too large for one page (limit {MAX_PAGE_BYTES:,})", b""),))
    suffix = name.lower().rsplit(".", 1)[-1] if "." in name else ""
    try:
        if suffix in ("jsonl", "ndjson"):
            reading = _read_lines(data, name)
        elif suffix == "json" or (not suffix and data.lstrip()[:1] in (b"{", b"[")):
            reading = _read_json(data, name)
        elif suffix in ("html", "htm") or (suffix not in ("txt", "md", "markdown") and b"<html" in data[:2000].lower()):
            reading = _read_html(data, name)
        else:
            reading = _read_text(data, name)
    except RecursionError:
        return Reading((), (Skipped(name, "", "nested too deeply to be read", data[:_RAW_KEPT]),))
    if published is not None:
        reading = Reading(
            tuple(dataclasses.replace(a, published=published, published_basis="given by hand") for a in reading.articles),
            reading.skipped,
        )
    return reading


def _article(title: str, text: str, **more: Any) -> Article:
    title = " ".join(tidy(title).split())[:1000]
    text = tidy(text).strip()[:MAX_TEXT]
    return Article(id=article_id(title, text), title=title, text=text, **more)


# -------------------------------------------------------------------- JSON


def _first(record: dict[str, Any], *keys: str) -> Any:
    return next((record[k] for k in keys if record.get(k)), None)


def parse_json_line(record: Any, *, keep_id: bool = False) -> Article:
    """One JSON object as an article. Other common names of the fields are understood. Raises InputError saying what is missing."""
    if not isinstance(record, dict):
        raise InputError("is not an object with title and text")
    title = _first(record, "title", "headline", "name") or ""
    text = _first(record, "text", "body", "content", "article", "description", "summary") or ""
    if not isinstance(title, str) or not isinstance(text, str):
        raise InputError("title and text must be strings")
    if not title.strip() and not text.strip():
        raise InputError("has neither title nor text")
    said = _first(record, "published", "date", "published_at", "publishedAt", "pubDate", "datetime")
    day = parse_published(said)
    headlines = record.get("headlines")
    if keep_id:
        # Offsets must count in the text exactly as it was given.
        return Article(
            id=str(record.get("id") or article_id(title, text)), title=title, text=text, published=day,
            published_basis="the record's own date" if day else "", url=str(record.get("url") or ""), outlet=str(record.get("outlet") or ""),
        )  # fmt: skip
    return _article(
        title,
        text,
        published=day,
        published_basis="the record's own date" if day else "",
        url=str(_first(record, "url", "link") or ""),
        outlet=str(_first(record, "outlet", "source", "publisher") or ""),
        author=str(_first(record, "author", "byline") or ""),
        headlines=tuple(str(h) for h in headlines) if isinstance(headlines, list) else (),
    )


def _read_lines(data: bytes, name: str) -> Reading:
    articles: list[Article] = []
    skipped: list[Skipped] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        where = f"line {number}"
        if len(line) > MAX_LINE_BYTES:
            skipped.append(Skipped(name, where, f"{len(line):,} bytes in one line (limit {MAX_LINE_BYTES:,})", line[:_RAW_KEPT]))
            continue
        try:
            articles.append(parse_json_line(json.loads(decode(line))))
        except ValueError as error:
            skipped.append(Skipped(name, where, f"is not JSON: {error}", line[:_RAW_KEPT]))
        except InputError as error:
            skipped.append(Skipped(name, where, str(error), line[:_RAW_KEPT]))
    if not articles and not skipped:
        skipped.append(Skipped(name, "", "is empty", b""))
    return Reading(tuple(articles), tuple(skipped))


def _read_json(data: bytes, name: str) -> Reading:
    try:
        content = json.loads(decode(data))
    except ValueError:
        return _read_lines(data, name)
    rows = (
        content
        if isinstance(content, list)
        else content.get("articles")
        if isinstance(content, dict) and isinstance(content.get("articles"), list)
        else [content]
    )
    articles: list[Article] = []
    skipped: list[Skipped] = []
    for number, row in enumerate(rows, 1):
        try:
            articles.append(parse_json_line(row))
        except InputError as error:
            skipped.append(Skipped(name, f"entry {number}", str(error), json.dumps(row)[:_RAW_KEPT].encode()))
    if not rows:
        skipped.append(Skipped(name, "", "is empty", data[:_RAW_KEPT]))
    return Reading(tuple(articles), tuple(skipped))


# -------------------------------------------------------------------- text and Markdown


def _read_text(data: bytes, name: str) -> Reading:
    if b"\x00" in data[:4000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Reading((), (Skipped(name, "", "is not text", data[:_RAW_KEPT]),))
    text = tidy(decode(data))
    if not text.strip():
        return Reading((), (Skipped(name, "", "is empty", data[:_RAW_KEPT]),))
    meta, body = _front_matter(text)
    listed = _headline_list(body)
    if listed:
        return Reading(tuple(listed), ())
    page = parse_page(body)
    title = str(meta.get("title") or "")
    if not title and page.title.startswith("#"):
        title = page.title.lstrip("# ")
    paragraphs = [p.lstrip("# ") for p in page.paragraphs]
    title = title or page.title
    if meta.get("title") and page.title and page.title.lstrip("# ") != title:
        paragraphs.insert(0, page.title.lstrip("# "))
    day = parse_published(_first(meta, "published", "date"))
    if not title and not paragraphs:
        return Reading((), (Skipped(name, "", "holds no article", data[:_RAW_KEPT]),))
    article = _article(
        title,
        "\n\n".join(paragraphs),
        published=day,
        published_basis="front matter" if day else "",
        outlet=str(_first(meta, "outlet", "source") or ""),
        url=str(meta.get("url") or ""),
        author=str(meta.get("author") or ""),
        headlines=page.headlines,
    )
    return Reading((article,), ())


def _front_matter(text: str) -> tuple[dict[str, Any], str]:
    """The YAML block between two lines of dashes at the top, and the rest."""
    match = re.match(r"\s*---[ \t]*\n(.{0,20000}?)\n---[ \t]*(?:\n|$)", text, re.DOTALL)
    if not match:
        return {}, text
    try:
        meta = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError):
        return {}, text
    return (meta, text[match.end() :]) if isinstance(meta, dict) else ({}, text)


def _headline_list(text: str) -> list[Article]:
    """A dated list of headlines with their outlets, as aggregators show them: each headline is an article without text."""
    updated = _UPDATED.search(text)
    if not updated:
        return []
    day = parse_published(updated[1])
    found = [m for line in text.split("\n") if (m := _HEADLINE.match(line))]
    return [_article(m[1], "", outlet=m[2].strip(), published=day, published_basis="the list's own date") for m in found]


# -------------------------------------------------------------------- HTML


def _read_html(data: bytes, name: str) -> Reading:
    # Imported here: the parser is heavy and most runs read no HTML.
    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
    html = decode(data)
    try:
        document = bare_extraction(html, with_metadata=True, include_comments=False, include_tables=False, config=config)
    except Exception as error:  # the parser meets hostile pages; whatever it stumbles over, the page is kept as skipped
        return Reading((), (Skipped(name, "", f"the page could not be parsed ({type(error).__name__})", data[:_RAW_KEPT]),))
    if document is None:
        return Reading((), (Skipped(name, "", "no article was found on the page", data[:_RAW_KEPT]),))
    found = document.as_dict() if hasattr(document, "as_dict") else dict(document)
    text = found.get("text") or ""
    title = found.get("title") or ""
    if not text.strip():
        return Reading((), (Skipped(name, "", "the page has no text besides its menus", data[:_RAW_KEPT]),))
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if lines and lines[0] == title.strip():
        lines = lines[1:]
    day = parse_published(found.get("date"))
    article = _article(
        title,
        "\n\n".join(lines),
        published=day,
        published_basis="page metadata" if day else "",
        url=found.get("url") or "",
        outlet=found.get("sitename") or found.get("hostname") or "",
        author=found.get("author") or "",
    )
    return Reading((article,), ())
