"""A page as a scraper leaves it: lines of text, with menus, lists of other headlines and captions around one article."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BULLET = re.compile(r"^\s*(?:[-*•·‣▪–—>]|\d{1,2}[.)])\s+(\S.*)$")
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")
_FURNITURE = re.compile(
    r"^(?:advertisement|advertising|sponsored(?: content)?|related(?: articles| stories)?:?|read more:?.*|read also:?.*|see also:?.*|share(?: this.*)?|tweet|email|print|"
    r"copy link|subscribe.*|sign up.*|log ?in|menu|search|home|news|world|politics|business|sports?|opinion|follow us.*|most (?:read|popular)|trending|top stories|"
    r"comments?(?: \(\d+\))?|all rights reserved.*|©.*|copyright.*|photo:.*|image:.*|\(?photo by.*|getty images|skip to (?:main )?content|facebook|twitter|whatsapp|"
    r"listen to this article|\d+ min(?:ute)?s? read|recommended.*|more on this story|advertise with us|cookie policy|privacy policy|terms of (?:use|service))$",
    re.IGNORECASE,
)
_LONG = 90


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page, and the other headlines that stood around it."""

    title: str
    paragraphs: tuple[str, ...]
    headlines: tuple[str, ...]


def parse_page(text: str) -> Page:
    """Tell the article from what stands around it.

    Lists of bullets before or behind the article are other headlines; lines of page furniture are dropped. The title is the last
    short line before the first paragraph; paragraphs are lines that are long or end like sentences.
    """
    headlines: list[str] = []
    lines: list[str] = []
    rows = [line.strip() for line in text.split("\n")]
    rows = [r for r in rows if r and not _FURNITURE.match(r)]
    bullets = [bool(_BULLET.match(r)) for r in rows]
    for i, row in enumerate(rows):
        match = _BULLET.match(row)
        if match and not (_inside_article(i, rows, bullets)):
            headlines.append(match[1].strip())
        else:
            lines.append(match[1].strip() if match else row)
    first = next((i for i, line in enumerate(lines) if _is_paragraph(line)), None)
    if first is None:
        return Page(lines[0] if lines else "", tuple(lines[1:]), tuple(headlines))
    title = ""
    before = lines[:first]
    if before:
        title = max(reversed(before[-3:]), key=lambda line: (len(line.split()) >= 4, before.index(line)))
        headlines += [line for line in before if line is not title and len(line.split()) >= 5]
    body = lines[first:]
    while len(body) > 1 and not _is_paragraph(body[-1]):
        tail = body.pop()
        if len(tail.split()) >= 5:
            headlines.append(tail)
    if not title and len(body) > 1 and len(body[0]) < _LONG:
        title, body = body[0], body[1:]
    return Page(title, tuple(body), tuple(headlines))


def _is_paragraph(line: str) -> bool:
    """Whether a line reads like prose: several sentences' length, or a sentence with its full stop."""
    return (
        len(line) >= 140
        or (len(line) >= _LONG and bool(_ENDS.search(line)))
        or (len(line.split()) >= 8 and bool(_ENDS.search(line)) and line[0].isupper())
    )


def _inside_article(i: int, rows: list[str], bullets: list[bool]) -> bool:
    """Whether a bullet belongs to the article: one of a short list of sentences with paragraphs before and behind."""
    if not _ENDS.search(rows[i]):
        return False
    before = any(not bullets[j] and _is_paragraph(rows[j]) for j in range(max(0, i - 6), i))
    behind = any(not bullets[j] and _is_paragraph(rows[j]) for j in range(i + 1, min(len(rows), i + 7)))
    return before and behind
