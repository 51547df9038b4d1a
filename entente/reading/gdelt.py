"""Article lists of the GDELT DOC service: titles and addresses without text, so that each is coded as a headline."""

from __future__ import annotations

from typing import Any

from entente.errors import InputError
from entente.model import Article
from entente.reading.text import make_article, parse_published

# GDELT knows when its crawler met the page, at most hours after it appeared; it does not know the day the page states.
BASIS = "headline from GDELT, the day it was first seen"


def is_gdelt(row: Any) -> bool:
    """Whether an entry of a JSON document has the shape of GDELT's."""
    return isinstance(row, dict) and "seendate" in row and "url" in row and "domain" in row


def parse_entry(row: dict[str, Any]) -> Article:
    """An article of a title without text. Raises InputError when the title is missing."""
    title = row.get("title")
    if not isinstance(title, str) or not title.strip():
        raise InputError("has no title")
    day = parse_published(row["seendate"])
    return make_article(
        _joined(title),
        "",
        published=day,
        published_basis=BASIS if day else "",
        url=row["url"] if isinstance(row["url"], str) else "",
        outlet=row["domain"] if isinstance(row["domain"], str) else "",
        language=row["language"] if isinstance(row.get("language"), str) else "",
    )


def _joined(title: str) -> str:
    """GDELT's titles have spaces around punctuation ("U . S . signs"): taken back, so that names are found."""
    words = title.split()
    out: list[str] = []
    for word in words:
        if (out and (word in ",;:!?%)]" or (word == "." and out[-1]))) or (
            out and len(word) == 1 and word.isupper() and len(out[-1]) >= 2 and out[-1][-1] == "." and out[-1][-2].isupper()
        ):
            out[-1] += word
        else:
            out.append(word)
    return " ".join(out)
