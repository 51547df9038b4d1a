"""By which address an article is known, and who wrote it, as its page states them: rel=canonical, JSON-LD, bylines."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

_MAX_LENGTH = 2_000
# An address is cleaned until nothing changes, which takes two or three times.
_MOST_TIMES = 6
# Parameters that say where a reader came from, not what is read; names that some site may need for its articles are not among them.
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|piwik|hsa|oly|vero|at|ns|mc|mkt)_\w+|_hs(?:enc|mi)|_ga|_gl|(?:fb|g|ms|y|tt|tw|dc|wb|gb|li_fat_|sc)clid|gbraid|wbraid|yclid|igshid|igsh|"
    r"mkt_tok|cmpid|ocid|smid|smtyp|xtor|ito|traffic_source|guccounter|guce_referr?er\w*|ref_src|ref_url|sref|rss|ftag|spm|srnd|at_\w+",
    re.IGNORECASE,
)
_LINK = re.compile(r"<link\b([^<>]{1,3000})>", re.IGNORECASE)
_CANONICAL = re.compile(r"\brel\s*=\s*[\"']?canonical\b", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]{1,2000})\"|'([^']{1,2000})'|([^\s\"'>]{1,2000}))", re.IGNORECASE)
_MAX_LINKS = 500
_SCRIPT = re.compile(r"<script\b[^<>]{0,500}ld\+json[^<>]{0,500}>", re.IGNORECASE)
_MAX_SCRIPT = 200_000
_MAX_SCRIPTS = 20
_MAX_NODES = 2_000
_ARTICLE = re.compile(r"(?:\w*Article|\w*Posting|Report|LiveBlogPosting)")
_BY = re.compile(r"^(?:by|from|written by)\s+(?=\S)", re.IGNORECASE)
_MAX_AUTHORS = 10


def canonical_address(stated: str, fetched: str = "") -> str:
    """``stated``, which may be relative to ``fetched``, without its fragment and the parameters that follow readers.

    Where it is no address of the web, or only the front page of the same site, the one that the page was fetched from stands in, cleaned likewise.
    What has no scheme and nothing to be joined to stays as it is.
    """
    for _ in range(_MOST_TIMES):
        cleaned = _cleaned(stated, fetched)
        if cleaned == stated:
            break
        stated = cleaned  # "/; " is joined to "/;", and that to the front page
    return stated


def _cleaned(stated: str, fetched: str) -> str:
    base = _parts(fetched)
    for address in (_joined(stated, fetched) if stated and base else stated, fetched):
        parts = _parts(address)
        if parts is None or (base and address is not fetched and base.netloc == parts.netloc and _is_front_page(parts)):
            continue
        given = parse_qsl(parts.query, keep_blank_values=True)
        kept = [(name, value) for name, value in given if not _TRACKING.fullmatch(name)]
        # A query without them stays as it is written; "?4711" for instance has no names.
        query = (parts.query if len(kept) == len(given) else urlencode(kept, errors="replace")).rstrip()
        # Blanks before a fragment that is cut away end the address, and no address ends so.
        path = parts.path if query else parts.path.rstrip()
        return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), path, query, ""))
    return "" if ":" in stated.partition("/")[0] else stated


def _is_front_page(parts: SplitResult) -> bool:
    return parts.path in ("", "/") and not parts.query


def _joined(stated: str, fetched: str) -> str:
    try:
        return urljoin(fetched, stated)
    except ValueError:
        return ""


def _parts(address: str) -> SplitResult | None:
    """The address taken apart, or None when it is no address of the web, or longer than any is."""
    if len(address) > _MAX_LENGTH:
        return None
    try:
        parts = urlsplit(address.strip())
        of_web = parts.scheme.lower() in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        return parts if of_web and not any(c.isspace() for c in parts.netloc) else None
    except ValueError:
        return None


def stated_address(markup: str) -> str:
    """What a page's rel=canonical says, be it relative; empty where it says nothing."""
    for number, link in enumerate(_LINK.finditer(markup)):
        if number == _MAX_LINKS:
            break
        if _CANONICAL.search(link[1]) and (href := _HREF.search(link[1])):
            return html.unescape(href[1] or href[2] or href[3]).strip()
    return ""


def linked_facts(markup: str) -> tuple[str, str]:
    """Author and address of the article that a page's JSON-LD describes; empty where it says nothing."""
    author = address = ""
    for node in _nodes(markup):
        kinds = node.get("@type")
        if not any(
            isinstance(kind, str) and _ARTICLE.fullmatch(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            continue
        author = author or author_names(node.get("author") or node.get("creator"))
        page = node.get("mainEntityOfPage") or node.get("url")
        page = page.get("@id") or page.get("url") if isinstance(page, dict) else page
        address = address or (page if isinstance(page, str) else "")
    return author, address


def _nodes(markup: str) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD that may describe an article, at the top, in a list or in a graph."""
    end = seen = 0
    for _ in range(_MAX_SCRIPTS):
        script = _SCRIPT.search(markup, end)
        end = markup.find("</script", script.end()) if script else -1
        if script is None or end < 0:
            return
        try:
            content = json.loads(markup[script.end() : end][:_MAX_SCRIPT])
        except (ValueError, RecursionError):
            continue
        found = content if isinstance(content, list) else [content]
        graph = content.get("@graph") if isinstance(content, dict) else None
        found = [node for node in [*found, *(graph if isinstance(graph, list) else [])] if isinstance(node, dict)]
        yield from found[: _MAX_NODES - seen]
        seen += len(found)


def author_names(value: Any) -> str:
    """Who wrote it, from a name, an object with one, or a list of either: "Ana Rojas; Luis Vega". Addresses are no names."""
    names = []
    for one in (value if isinstance(value, list) else [value])[:_MAX_AUTHORS]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str):
            name = _BY.sub("", " ".join(name.split())[:200], count=1)
            names += [name] if name and "://" not in name else []
    return "; ".join(dict.fromkeys(names))
