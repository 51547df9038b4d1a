"""Which date a reading has: the expression that governs its clause, else the article's day, else none. Never a made-up day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from entente.coding.dates import basis_of
from entente.coding.relations import Reading
from entente.model import DateMention, Precision, Span, Status, When, days_of

# An act dated this many days before the article is told as background, not as news.
_OLD_DAYS = 31


def bind_date(reading: Reading, text: str, dates: Sequence[DateMention], published: dt.date | None) -> tuple[When, Status]:
    """The reading's date and its status in the light of that date.

    ``dates`` are those of the sentence, which stands in ``text``. A date inside the reading's own words wins, the nearest to the trigger first; a date
    elsewhere in the sentence counts for an act told as news when it is the only one.
    """
    status = reading.status
    dates = [d for d in dates if not _only_describes(d, text)]
    mine = [d for d in dates if d.start >= reading.window[0] and d.end <= reading.window[1] + 14]
    if (
        not mine
        and len(dates) == 1
        and status in (Status.HAPPENED, Status.PLANNED, Status.DENIED)
        and not reading.features & {"noun:oblique", "background", "purpose", "told"}
    ):
        mine = list(dates)
    if mine:
        best = min(mine, key=lambda d: _distance(d, reading.trigger))
        when = When(best.value, best.precision, basis_of(best, published))
        if published is not None and status is Status.HAPPENED:
            first, last = days_of(best.value)
            if (published - last).days > _OLD_DAYS:
                status = Status.BACKGROUND
            elif first > published:
                status = Status.PLANNED
        if (
            published is not None
            and status is Status.PLANNED
            and days_of(best.value)[1] < published
            and "infinitive" not in reading.features
        ):
            status = Status.HAPPENED
        return when, status
    if status in (Status.HAPPENED, Status.DENIED) and published is not None:
        return When(published.isoformat(), Precision.DAY, f"published {published.isoformat()}"), status
    if published is None and status in (Status.HAPPENED, Status.DENIED):
        return When(None, None, "no date in the sentence, and the article has none"), status
    return When(None, None, "no date in the sentence"), status


def _only_describes(date: DateMention, text: str) -> bool:
    """Whether a year only describes a thing: "the 2020 election", "a 2024 arson attack"."""
    if date.precision is not Precision.YEAR or not date.text.isdigit():
        return False
    behind = text[date.end : date.end + 2]
    lead = text[: date.start].rstrip().rsplit(" ", 1)[-1].lower()
    return (
        len(behind) == 2
        and behind[0] == " "
        and behind[1].isalpha()
        and lead not in ("in", "since", "of", "by", "until", "from", "during", "early", "late", "around", "after", "before")
    )


def _distance(date: DateMention, trigger: Span) -> int:
    """Characters between a date and a trigger; a date before the verb counts a little further than one behind it."""
    if date.start >= trigger[1]:
        return date.start - trigger[1]
    return trigger[0] - date.end + 5
