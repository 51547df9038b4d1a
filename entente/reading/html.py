"""A saved web page: its article, and the date, outlet and author that its metadata give. trafilatura does the work."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from entente.model import Article
from entente.reading.canonical import author_names, linked_facts, stated_address
from entente.reading.dating import ADDRESS, METADATA, address_day, choose_day, is_doubtful, stated_days
from entente.reading.encoding import decode
from entente.reading.model import Skipped
from entente.reading.text import make_article, parse_published, without_piles

# The extraction takes some seconds for each megabyte of markup; no article needs more.
MAX_MARKUP = 2_000_000
# The parser gives up at 256 and then finds nothing; well-kept pages nest some dozens deep.
MAX_DEPTH = 240
# Elements that end by themselves, or where the next of their kind begins, or that hold no others.
_NOT_NESTING = (
    "a area base br col embed hr img input link meta param source track wbr "
    "html head body p li dt dd tr td th thead tbody tfoot colgroup caption option optgroup rt rp "
    "script style textarea title noscript iframe"
)
_SHALLOW = frozenset(_NOT_NESTING.split())
_ELEMENT = re.compile(r"<(/?)([a-z][a-z0-9]{0,30})\b[^<>]{0,5000}?(/?)>", re.IGNORECASE)
# What a server says in place of a page, as "404 Not Found": by its number, and by the words alone where no headline has them.
_ERRORS = (
    "400 bad request|401 unauthorized|402 payment required|403 forbidden|404 not found|404 page not found|405 method not allowed|"
    "406 not acceptable|408 request timeout|410 gone|418 i'm a teapot|421 misdirected request|429 too many requests|451 unavailable for legal reasons|"
    "500 internal server error|501 not implemented|502 bad gateway|503 service unavailable|503 service temporarily unavailable|"
    "504 gateway timeout|504 gateway time-out"
).replace(" ", r"\W+(?:error\W+)?")
_ERROR_PAGE = re.compile(
    rf"(?:(?:http|error)\W+)*(?:{_ERRORS}|[45]\d\d)\W*"
    r"|(?:page |file )?not found\W*|forbidden|access denied|service unavailable|bad gateway|internal server error",
    re.IGNORECASE,
)
_MOST_SAID = 300  # characters that a server adds: its name, which address was asked for
# Less text than this without a title is a menu, not an article.
_LEAST_UNTITLED = 40
_DEAD = re.compile(r"<(script|style|svg|noscript|template)\b(?![^<>]*ld\+json)[^<>]*>|<!--", re.IGNORECASE)
_INLINE = re.compile(r"\"data:[^\"]{200,}\"|'data:[^']{200,}'")
# Ends of what a reader sees as a paragraph, and any other tag.
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr|/blockquote)\b[^<>]{0,1000}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,5000}>", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html\b[^<>]{0,1000}?\slang\s*=\s*[\"']?([A-Za-z][\w-]{1,20})", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([a-z][a-z0-9_-]{2,20})", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([a-z][a-z0-9_-]{2,20})", re.IGNORECASE)


def read_html(data: bytes, name: str, charset: str = "") -> Iterator[Article | Skipped]:
    """The article of an HTML page, or the reason why there is none. ``charset`` is the encoding that its server names."""
    markup = _INLINE.sub('""', _without_dead(without_piles(_decode(data, charset))))
    if not markup.strip():
        yield Skipped(name, "", "is empty", data)
        return
    if len(markup) > MAX_MARKUP:
        reason = f"{len(markup):,} characters of markup: too large for one page (limit {MAX_MARKUP:,})"
        yield Skipped(name, "", reason, data)
        return
    if _nests_deeply(markup):
        reason = f"nests its elements more than {MAX_DEPTH} deep, which no page does that is meant to be read"
        yield Skipped(name, "", reason, data)
        return
    try:
        found = _extract(markup)
    except MemoryError:
        raise  # a matter of the process, see ``apart``
    except Exception as error:  # whatever a hostile page makes the parser stumble over, the page is kept as skipped
        yield Skipped(name, "", f"the page could not be parsed ({type(error).__name__})", data)
        return
    text = (found or {}).get("text") or ""
    if not found or len(text.strip()) < (1 if found.get("title") else _LEAST_UNTITLED):
        yield Skipped(name, "", "no article was found on the page", data)
        return
    title = " ".join((found.get("title") or "").split())
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if lines and lines[0] == title:
        lines = lines[1:]
    if _ERROR_PAGE.fullmatch(title) and sum(map(len, lines)) <= _MOST_SAID:
        yield Skipped(name, "", f"is no article but an error of its server: {title[:100]}", data)
        return
    author, linked = linked_facts(markup)
    url = stated_address(markup) or found.get("url") or linked
    dates = list(stated_days(markup))
    if in_address := address_day(url):
        dates.append((in_address, ADDRESS))
    if not dates and (marked := parse_published(found.get("date"))) and not is_doubtful(marked, markup):
        dates.append((marked, METADATA))
    day, basis = choose_day(dates)
    yield make_article(
        title,
        "\n\n".join(lines),
        published=day,
        published_basis=basis,
        url=url,
        outlet=found.get("sitename") or found.get("hostname") or "",
        author=author_names(found.get("author")) or author,
        language=stated[1] if (stated := _LANGUAGE.search(markup[:20_000])) else "",
    )


def _nests_deeply(markup: str) -> bool:
    """Whether more than MAX_DEPTH elements are open at once. An end closes what was left open inside, as in a parser."""
    opened: list[str] = []
    for tag in _ELEMENT.finditer(markup):
        name = tag[2].lower()
        if name in _SHALLOW or tag[3]:
            continue
        if not tag[1]:
            opened.append(name)
            if len(opened) > MAX_DEPTH:
                return True
        elif name in opened:
            while opened.pop() != name:
                pass
    return False


def plain_text(markup: str) -> str:
    """The words of a piece of markup, as feeds hold one: paragraphs parted by an empty line, tags and entities resolved."""
    text = _TAG.sub("", _BREAK.sub("\n", _without_dead(markup[:MAX_MARKUP])))
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    return "\n\n".join(line for line in lines if line)


def _without_dead(markup: str) -> str:
    """The markup without comments and elements that hold no words. One pass: an end that is missing is looked for only once."""
    kept, at, start = [], 0, 0
    endless: set[str] = set()
    while opening := _DEAD.search(markup, start):
        start = opening.end()
        name = (opening[1] or "").lower()
        if name in endless:
            continue
        end = re.compile(rf"</{name}\s*>" if name else "-->", re.IGNORECASE).search(markup, start)
        if end is None:
            endless.add(name)
            continue
        kept += [markup[at : opening.start()], " "]
        at = start = end.end()
    return "".join([*kept, markup[at:]])


def _extract(markup: str) -> dict[str, Any] | None:
    # Imported here: the parser is heavy and most runs read no HTML.
    from trafilatura import bare_extraction
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")  # its timeout is a signal, which works in no thread but the main one
    # Only dates that the page states; a guess from its text would be no better than the coder's own.
    dates = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
    document: Any = bare_extraction(
        markup, with_metadata=True, include_comments=False, include_tables=False, config=config, date_extraction_params=dates
    )
    return document.as_dict() if document is not None else None


def _decode(data: bytes, charset: str) -> str:
    said = _CHARSET.search(data[:4000]) or _XML_CHARSET.match(data)
    stated = said[1].decode("ascii").lower() if said else ""
    # What could be found as single bytes is not in pairs of them, whatever it says.
    return decode(data, charset, "utf-8" if stated.startswith("utf-16") else stated)
