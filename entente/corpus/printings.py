"""Which articles are one. The same text from the same outlet is one article, however often it is read; printed by another outlet it is a
report of its own, a printing, and told by both an event stays one, of the day on which the text was published first.

The id of an article that is read is a hash of its content. The first printing keeps it; that of another outlet has it lengthened by a hash of
the outlet, so that all printings of a text are found by how their ids begin.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from entente.corpus.copies import content_of, is_long, word_runs
from entente.model import Article
from entente.reading.dating import BY_HAND

_LENGTHENED = 8  # hexadecimal digits
# Some words alone, as a headline is, are written anew on another day: "Israel strikes Gaza".
_SHORT_WITHIN = dt.timedelta(days=1)
_GIVEN = "given by "  # how the basis of a day begins that a person gave
_KEPT_ONCE = ("outlet", "url", "author")

# Printings of each text, by its hash.
Printings = Mapping[str, tuple[Article, ...]]


@dataclass(frozen=True, slots=True)
class Settlement:
    """What articles that are read make of the printings held: all as they are then, and of these the ids of those that are new and of those
    that were held and have something more to say."""

    printings: Printings
    new: tuple[str, ...]
    changed: tuple[str, ...]


def settle(articles: Iterable[Article], held: Printings) -> Settlement:
    """Put articles that are read to the printings ``held`` of the same texts; of those titles and texts may be left out."""
    now = {content: list(printings) for content, printings in held.items()}
    before = {printing.id: printing for printings in held.values() for printing in printings}
    touched: dict[str, None] = {}
    for one in articles:
        printings = now.setdefault(content_of(one.id), [])
        known = _same(one, printings)
        if known is None:
            known = dataclasses.replace(one, id=_new_id(one, printings))
            printings.append(known)
            touched[known.id] = None
            continue
        told = _completed(known, one)
        if told != known:
            printings[printings.index(known)] = told
            touched[told.id] = None
    return Settlement(
        {content: tuple(printings) for content, printings in now.items()},
        tuple(i for i in touched if i not in before),
        tuple(i for i in touched if i in before),
    )


def days_told(printings: Iterable[Article], text: str) -> dict[str, dt.date | None]:
    """By which day of publication each printing of a text is to be coded, by id: the first on which the text was published.

    That of a short text is only looked for on the day before, and an undated one stays undated: the same few words may be written twice.
    """
    published = {one.id: one.published for one in printings}
    days = [day for day in published.values() if day]
    if len(published) < 2:
        return published
    if is_long(word_runs(text)):
        return dict.fromkeys(published, min(days, default=None))
    return {i: own and min(day for day in days if dt.timedelta(0) <= own - day <= _SHORT_WITHIN) for i, own in published.items()}


def _same(one: Article, printings: Iterable[Article]) -> Article | None:
    """The printing held that is the article itself: of its outlet, or where either names none; of several the first published."""
    like = [held for held in printings if not _written_anew(one, held)]
    own = [held for held in like if _name(held) == _name(one)]
    unnamed = [held for held in like if not held.outlet or not one.outlet]
    return min(own or unnamed, key=lambda held: (held.published or dt.date.max, held.outlet, held.id), default=None)


def _written_anew(one: Article, held: Article) -> bool:
    """Whether the same few words stand at another address, and on another day."""
    apart = one.url and held.url and one.url != held.url and not _close(one, held)
    return bool(apart) and not is_long(word_runs(one.text))


def _close(one: Article, held: Article) -> bool:
    return not (one.published and held.published) or abs(one.published - held.published) <= _SHORT_WITHIN


def _name(article: Article) -> str:
    return " ".join(article.outlet.split()).casefold()


def _new_id(one: Article, printings: Iterable[Article]) -> str:
    """The id of a printing that is not held yet."""
    taken = {held.id: held for held in printings}
    content = content_of(one.id)
    if not taken:
        return one.id
    outlets = {_name(held) for held in taken.values()}
    told = f"{_name(one)}\n{one.url}" if _name(one) in outlets else _name(one)
    return content + hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:_LENGTHENED]


def _completed(held: Article, one: Article) -> Article:
    """An article as it is held, with what the same one, read again, says beside: what it lacked, or an earlier day. What a page that names its
    outlet says goes before what one says that names none, whichever was read first."""
    found = bool(one.outlet and not held.outlet)
    more = {name: value for name in _KEPT_ONCE if (value := getattr(one, name)) and (found or not getattr(held, name))}
    if _takes_day(held, one, found):
        more |= {"published": one.published, "published_basis": one.published_basis}
    return dataclasses.replace(held, **more) if more else held


def _takes_day(held: Article, one: Article, found: bool) -> bool:
    """Whether an article that is read again brings its day: it lacked one, a person gives this one, or its outlet, which is only ``found``
    now, says so or an earlier one."""
    if one.published is None or one.published == held.published or held.published_basis.startswith(_GIVEN):
        return False
    if held.published is None or one.published_basis == BY_HAND or found:
        return True
    return (
        one.published < held.published
        and bool(one.outlet or not held.outlet)
        and (_close(one, held) or is_long(word_runs(one.text)))
    )
