"""A page as a scraper leaves it: lines of text, with menus, lists of other headlines and captions around one article."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from entente.reading.text import WRITTEN_DAY, written_day

_BULLET = re.compile(r"\s*(?:[-*•·‣▪–—>»]|\d{1,2}[.)])\s+(\S.*)")
_ENDS = re.compile(r"[.!?…][\"'”’)\]]*$")
# Lines that pages put around every article, whole or by how they begin.
_FURNITURE = re.compile(
    "|".join(
        (
            r"advert\w*|sponsored(?: content)?|story continues below.*|related(?: articles| stories| news)?:?",
            r"most (?:read|popular).*|trending(?: now)?|top stories|recommended.*|more on this story|you may also like",
            r"share(?: this.*)?|tweet|email|print|copy link|facebook|twitter|x|whatsapp|telegram|reddit|linkedin",
            r"instagram|youtube|follow us.*|subscribe.*|sign up.*|sign in|log ?in|register|menu|search|skip to .*|home|news|world|politics",
            r"business|sports?|opinion|live|video|photos|comments?(?: \(\d+\))?|\d+ comments?|all rights reserved.*|©.*",
            r"copyright.*|getty images|listen to this article.*|\d+ min(?:ute)?s?(?: read)?|\d+ (?:minutes?|hours?|days?) ago|cookie policy",
            r"privacy policy|terms of (?:use|service)|(?:file )?(?:photo|image|picture)s?(?: by.*|:.*|/.*)",
            r"file (?:photo|-|–|—).*|\(?photo by.*|caption:.*|advertise with us",
        )
    ),
    re.IGNORECASE,
)
_CAPTION = re.compile(r"\([^()]{0,60}(?:photo|image|getty|reuters/|ap/|afp/)[^()]{0,60}\)$", re.IGNORECASE)
_POINTER = re.compile(r"(?:related|read more|read also|also read|see also|watch|listen|more)\s*[:|»]\s*(\S.*)", re.IGNORECASE)
_BYLINE = re.compile(
    r"By ((?:[A-Z][\w.'’-]*)(?: (?:and |de |van |von |al-|bin )?[A-Z][\w.'’-]*){1,7})(?:, .{2,60}| in [A-Z]\w+)?"
)
_DAY = rf"(?:(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})|{WRITTEN_DAY})"
_STAMP = re.compile(
    rf"(?P<word>published|posted|(?:last )?updated|modified)?(?: on| at)?\s*[:|]?\s*{_DAY}(?:\D.{{0,40}})?", re.IGNORECASE
)
# What may stand behind a day that stands alone, or behind a name: an hour, how long it takes to read.
_ALONE = re.compile(
    rf"(?:By (?P<who>[^|·•,]{{3,80}}?)\s*[|·•,–—-]\s*)?{_DAY}[\s,|·•–—-]*(?:at\s+)?(?:\d{{1,2}}[:.h]\d{{2}}(?::\d{{2}})?\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{{2,5}})?)?"
    r"[\s|·•–—-]*(?:\d+ min\w*(?: read)?)?",
    re.IGNORECASE,
)
# A paragraph is at least this long, or is a sentence with its full stop.
_LONG = 90
_VERY_LONG = 140


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page, and the other headlines that stood around it. ``published`` is what a line "Published ..." says, or a day that
    stands alone between headline and text, if it is the only one."""

    title: str
    paragraphs: tuple[str, ...]
    headlines: tuple[str, ...]
    author: str = ""
    published: dt.date | None = None


def parse_page(text: str) -> Page:
    """Tell the article from what stands around it.

    Lists of bullets before or behind the article are other headlines, as are short lines far from it; lines of page furniture
    are dropped. The title is the last short line before the first paragraph.
    """
    rows = [
        row for line in text.split("\n") if (row := line.strip()) and not _FURNITURE.fullmatch(row) and not _CAPTION.search(row)
    ]
    bullets = [_BULLET.fullmatch(row) for row in rows]
    headlines: list[str] = []
    lines: list[str] = []
    for i, row in enumerate(rows):
        bullet = bullets[i]
        if pointer := _POINTER.fullmatch(row):
            headlines.append(pointer[1])
        elif not bullet:
            lines.append(row)
        elif _inside_article(i, rows, [b is not None for b in bullets]):
            lines.append(bullet[1])
        else:
            headlines.append(bullet[1])
    first = next((i for i, line in enumerate(lines) if _is_paragraph(line)), None)
    if first is None:
        return Page(lines[0] if lines else "", tuple(lines[1:]), tuple(headlines))
    before, author, published, alone = _without_credits(lines[:first])
    title = ""
    if before:
        place = max(range(max(0, len(before) - 3), len(before)), key=lambda i: (len(before[i].split()) >= 4, i))
        title = before[place]
        below = {
            day for above, day in alone if above > place
        }  # above the headline stands the day on which the page was looked at
        published = published or (below.pop() if len(below) == 1 else None)
        headlines += [line for i, line in enumerate(before) if i != place and len(line.split()) >= 5]
    body = lines[first:]
    tail: list[str] = []
    while len(body) > 1 and not _is_paragraph(body[-1]):
        tail.append(body.pop())
    headlines += [line for line in reversed(tail) if len(line.split()) >= 5]
    if not title and len(body) > 1 and len(body[0]) < _LONG:
        title, body = body[0], body[1:]
    return Page(title, tuple(body), tuple(headlines), author, published)


def _is_furniture(row: str) -> bool:
    return bool(len(row) < 300 and _FURNITURE.fullmatch(row)) or bool(_CAPTION.search(row[-130:]))


def _without_credits(lines: Sequence[str]) -> tuple[list[str], str, dt.date | None, list[tuple[int, dt.date]]]:
    """The lines above an article without its byline and its lines of dates; the author and the day "Published" that those give; and each
    day that stands alone, with how many of the lines are above it."""
    kept: list[str] = []
    alone: list[tuple[int, dt.date]] = []
    author, published = "", None
    for line in lines:
        byline, stamp = _BYLINE.fullmatch(line), _STAMP.fullmatch(line)
        if (by_itself := _ALONE.fullmatch(line)) and (day := _day(by_itself)):
            alone.append((len(kept), day))
            author = author or by_itself["who"] or ""
        if byline:
            author = author or byline[1]
        elif stamp:
            if (stamp["word"] or "").lower() in ("published", "posted"):
                published = published or _day(stamp)
        elif not by_itself:
            kept.append(line)
    return kept, author, published, alone


def _day(stamp: re.Match[str]) -> dt.date | None:
    try:
        return dt.date.fromisoformat(stamp["iso"]) if stamp["iso"] else written_day(stamp)
    except ValueError:
        return None


def _is_paragraph(line: str) -> bool:
    """Whether a line reads like prose: several sentences' length, or a sentence with its full stop."""
    if len(line) >= _VERY_LONG:
        return True
    if not _ENDS.search(line):
        return False
    return len(line) >= _LONG or (len(line.split()) >= 8 and line[0].isupper())


def _inside_article(i: int, rows: Sequence[str], bullets: Sequence[bool]) -> bool:
    """Whether a bullet belongs to the article: one of a short list of sentences with paragraphs before and behind."""
    if not _ENDS.search(rows[i]):
        return False
    before = any(not bullets[j] and _is_paragraph(rows[j]) for j in range(max(0, i - 6), i))
    behind = any(not bullets[j] and _is_paragraph(rows[j]) for j in range(i + 1, min(len(rows), i + 7)))
    return before and behind
