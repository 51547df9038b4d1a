"""What the reader has chosen to see, and its two forms: query parameters of the address and values of the widgets.

Addresses carry codes, never labels, so that a link outlives a renamed country: ``?c=RUS&c=PRK&side=both&from=2024-01-01``.
What an address says that is not known is left out; it never raises.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal, TypeVar

from entente.corpus import Filters, Side
from entente.model import TOLD, EventType, Quad, Status

Count = Literal["events", "reports", "outlets"]
Shade = Literal["mentions", "events", "balance", "share"]
Play = Literal["", "week", "month"]
Alone = Literal["", "map", "timeline"]
Drawing = Literal["matrix", "network"]
Order = Literal["total", "name", "circle"]
Colour = Literal["count", "balance"]
Sort = Literal["newest", "surest"]
Params = dict[str, list[str]]

COUNTS: tuple[Count, ...] = ("events", "reports", "outlets")
SIDES: tuple[Side, ...] = ("either", "both", "first", "mutual")
SHADES: tuple[Shade, ...] = ("mentions", "events", "balance", "share")
PLAYS: tuple[Play, ...] = ("", "week", "month")
ALONE: tuple[Alone, ...] = ("", "map", "timeline")
DRAWINGS: tuple[Drawing, ...] = ("matrix", "network")
ORDERS: tuple[Order, ...] = ("circle", "total", "name")
SORTS: tuple[Sort, ...] = ("newest", "surest")
COLOURS: tuple[Colour, ...] = ("count", "balance")
UNFILTERED = ("accuracy", "about")  # pages that show the same whatever is narrowed
UNCOUNTED = ("articles", "corpus")  # pages that show the same whatever is counted
SHADED = ("",)  # pages on which something is shaded by the reader's choice
NAMED = ("leader", "government", "organisation", "group", "said")  # who may be named: "said" is an actor that is quoted
TOPS = (25, 10, 40, 60)  # actors in the matrix, the first unless the reader says otherwise
LONGEST_TEXT = 200  # characters of a search or an outlet's name that are kept
MOST_VALUES = 60  # values of one parameter that are read
VERSION = re.compile(r"\d{1,9}")  # of the corpus, by its number
FINGERPRINT = re.compile(r"\d{1,9}-(?:[0-9a-f]{8}|empty)")
_ID = re.compile(r"[\w.:#/-]{1,200}")
_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T", bound=str)


@dataclass(frozen=True, slots=True)
class View:
    """All that decides what a page shows. ``article`` and ``event`` are the ids of what is opened, or empty; ``draw``, ``order``,
    ``colour`` and ``top`` (how many actors) are about the matrix, ``sort`` and ``find`` (words) about the table of events,
    ``named`` about a country: of whom the evidence is shown, as "leader:Vladimir Putin"; ``play`` is
    the step by which the map goes through time, ``at`` the first day of the step it stands at; ``only`` is what is shown alone, in
    a frame on another page. ``version`` is the older version of the corpus that is shown, or empty; ``made`` the fingerprint of the
    one on which the link was made that was opened."""

    filters: Filters = field(default_factory=Filters)
    count: Count = "events"
    shade: Shade = SHADES[0]
    article: str = ""
    event: str = ""
    draw: Drawing = "matrix"
    order: Order = "circle"
    colour: Colour = "count"
    top: int = TOPS[0]
    sort: Sort = "newest"
    find: str = ""
    named: str = ""
    play: Play = ""
    at: dt.date | None = None
    only: Alone = ""
    version: str = ""
    made: str = ""


def parse_view(params: Mapping[str, Sequence[str]], *, actors: Collection[str], outlets: Collection[str]) -> View:
    """The view that an address asks for. ``actors`` and ``outlets`` are those that may be filtered by; all else is dropped."""

    def values(key: str) -> list[str]:
        return [value[:LONGEST_TEXT] for value in list(params.get(key, ()))[:MOST_VALUES]]

    def first(key: str) -> str:
        return next(iter(values(key)), "")

    since, until = _day(first("from")), _day(first("to"))
    if since and until and since > until:
        since, until = until, since
    return View(
        filters=Filters(
            countries=_known(values("c"), actors),
            side=_one_of(SIDES, first("side")),
            since=since,
            until=until,
            clock="published" if first("clock") == "published" else "happened",
            quads=_members(Quad, [value.replace("-", " ") for value in values("quad")]),
            types=_members(EventType, values("type")),
            statuses=_members(Status, values("status")),
            outlets=_known(values("outlet"), outlets),
            text=first("q").strip(),
        ),
        count=_one_of(COUNTS, first("count")),
        shade=_one_of(SHADES, first("shade")),
        article=first("article") if _ID.fullmatch(first("article")) else "",
        event=first("event") if _ID.fullmatch(first("event")) else "",
        draw=_one_of(DRAWINGS, first("draw")),
        order=_one_of(ORDERS, first("order")),
        colour=_one_of(COLOURS, first("colour")),
        sort=_one_of(SORTS, first("sort")),
        find=" ".join(first("find").split()),
        named=first("named") if first("named").partition(":")[0] in NAMED else "",
        play=_one_of(PLAYS, first("play")),
        at=_day(first("at")),
        only=_one_of(ALONE, first("only")),
        version=first("version") if VERSION.fullmatch(first("version")) else "",
        made=first("made") if FINGERPRINT.fullmatch(first("made")) else "",
        top=next((top for top in TOPS if str(top) == first("top")), TOPS[0]),
    )


def view_params(view: View) -> Params:
    """The query parameters of a view; what is at its default is left out."""
    f = view.filters
    params: Params = {
        "c": list(f.countries),
        "side": [] if f.side == "either" else [f.side],
        "from": [f.since.isoformat()] if f.since else [],
        "to": [f.until.isoformat()] if f.until else [],
        "clock": [] if f.clock == "happened" else [f.clock],
        "quad": [quad.value.replace(" ", "-") for quad in f.quads],
        "type": [kind.value for kind in f.types],
        "status": [status.value for status in f.statuses],
        "outlet": list(f.outlets),
        "q": [f.text] if f.text else [],
        "count": [] if view.count == "events" else [view.count],
        "shade": [] if view.shade == SHADES[0] else [view.shade],
        "article": [view.article] if view.article else [],
        "event": [view.event] if view.event else [],
        "draw": [] if view.draw == DRAWINGS[0] else [view.draw],
        "order": [] if view.order == ORDERS[0] else [view.order],
        "colour": [] if view.colour == COLOURS[0] else [view.colour],
        "sort": [] if view.sort == SORTS[0] else [view.sort],
        "find": [view.find] if view.find else [],
        "named": [view.named] if view.named else [],
        "play": [view.play] if view.play else [],
        "at": [view.at.isoformat()] if view.play and view.at else [],
        "only": [view.only] if view.only else [],
        "version": [view.version] if view.version else [],
        "made": [view.made] if view.made else [],
        "top": [] if view.top == TOPS[0] else [str(view.top)],
    }
    return {key: values for key, values in params.items() if values}


def pair_of(view: View) -> tuple[str, str] | None:
    """The two actors when exactly two are chosen."""
    chosen = view.filters.countries
    return (chosen[0], chosen[1]) if len(chosen) == 2 else None


def drawn_filters(filters: Filters) -> Filters:
    """What the map and the timeline draw: what happened, unless the reader chose among the statuses. A denial is not an event."""
    return filters if filters.statuses else replace(filters, statuses=TOLD)


def about_pair(view: View, left: str, right: str) -> View:
    """The same view narrowed to what two actors do to each other, or, where they are those already chosen, to the one direction
    that is."""
    f = view.filters
    side: Side = f.side if f.countries == (left, right) and f.side != "either" else "both"
    return replace(view, named="", filters=replace(f, countries=(left, right), side=side))


def about_first(view: View) -> View:
    """The same view narrowed to the first of the chosen actors, if any is chosen."""
    return replace(view, filters=replace(view.filters, countries=view.filters.countries[:1], side="either"))


def shown_on(page: str, view: View) -> View:
    """What a page shows of a view: the page of a pair and that of a country narrow it further, some pages show nothing of it."""
    if page in UNFILTERED:
        return View()
    if page == "country":
        return about_first(view)
    pair = pair_of(view) if page == "pair" else None
    return about_pair(view, *pair) if pair else view


def _one_of(allowed: tuple[_T, ...], value: str) -> _T:
    """The value when it is allowed, else the first that is."""
    return next((one for one in allowed if one == value), allowed[0])


def _known(values: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value in known))


def _members(kind: type[_E], values: Sequence[str]) -> tuple[_E, ...]:
    known = {member.value: member for member in kind}
    return tuple(dict.fromkeys(known[value] for value in values if value in known))


def _day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None
    except ValueError:
        return None
