"""A pair in words: a paragraph composed from its events, each clause of which leads to the events that it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from components.charts.frames import rows_of
from components.charts.palette import is_conflict
from components.links import Link
from components.view import View
from components.wording import TYPE_WORDS, Names, date_words, many
from entente.corpus import Side
from entente.model import TOLD, EventType, Quad, Status

TYPES_SAID = 2  # of each direction
Parts = list[str | Link]
_About = tuple[str, ...]  # what a row of the breakdown is about, in words; nothing: all


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest dated event that happened: its id, who to whom, what, and its date value."""

    event_id: str
    who: str
    kind: EventType
    value: str


def plain(parts: Sequence[str | Link]) -> str:
    """The paragraph as text."""
    return "".join(part.text if isinstance(part, Link) else part for part in parts)


def pair_parts(view: View, breakdown: pd.DataFrame, outlets: int, newest: Newest | None, names: Names) -> Parts:
    """What the events between the two chosen actors say.

    ``view`` is narrowed to the pair; ``breakdown`` has the columns of ``Corpus.pair_breakdown``; ``outlets`` is how many told what
    happened. Nothing planned, possible, demanded or denied is counted among what happened: it has a sentence of its own.
    """
    left, right = (names.get(code, code) for code in view.filters.countries)
    told, rest = (_counted(rows_of(breakdown[breakdown["told"] == so])) for so in (True, False))
    view = replace(view, event="", article="", find="")
    f = view.filters
    happened = replace(view, filters=replace(f, statuses=tuple(s for s in TOLD if not f.statuses or s in f.statuses)))
    parts: Parts = []
    if whole := told.get(()):
        parts += ["The corpus tells of ", Link(many(whole.events, "event"), happened), f" between {left} and {right}"]
        parts += [_span(whole), *_classes(told, happened), ". "]
        if f.side == "both":
            parts += _directions(told, happened, left, right)
        if newest:
            words = f"{date_words(newest.value)}: {newest.who}, {TYPE_WORDS[newest.kind]}"
            parts += ["The most recent is dated ", Link(words, replace(happened, event=newest.event_id)), ". "]
        source = f" from {many(outlets, 'outlet')}" if outlets else ""
        parts.append(f"{'It rests' if whole.events == 1 else 'They rest'} on {many(whole.articles, 'article')}{source}.")
    else:
        parts.append(f"The corpus tells of no event between {left} and {right} that happened.")
    return parts + _not_told(rest, view, bool(whole))


def _counted(rows: Iterable[Any]) -> dict[_About, Any]:
    """The rows of a breakdown by what they are about."""
    found = {}
    for row in rows:
        conflict = () if pd.isna(row.conflict) else ("conflict" if row.conflict else "cooperation",)
        found[conflict + tuple(value for value in (row.status, row.direction, row.type) if isinstance(value, str))] = row
    return found


def _span(whole: Any) -> str:
    """Between which months it happened, in words; nothing when that is not known."""
    if pd.isna(whole.first_day):
        return ""
    first, last = f"{whole.first_day:%B %Y}", f"{whole.last_day:%B %Y}"
    return f" in {first}" if first == last else f" from {first} to {last}"


def _classes(told: Mapping[_About, Any], view: View) -> Parts:
    """How many are cooperation and how many conflict."""
    said: Parts = []
    for side in ("cooperation", "conflict"):
        row = told.get((side,))
        if row is None:
            continue
        quads = tuple(
            q for q in Quad if is_conflict(q) == (side == "conflict") and (not view.filters.quads or q in view.filters.quads)
        )
        number = "all" if row.events == told[()].events and len(said) == 0 else f"{row.events:,}"
        said += [
            " and " if said else ", ",
            Link(f"{number} of {side}" if told[()].events > 1 else f"of {side}", _narrowed(view, quads=quads)),
        ]
    return said


def _directions(told: Mapping[_About, Any], view: View, left: str, right: str) -> Parts:
    """Who acts toward whom, the busier first, and what they do together."""
    parts: Parts = []
    pair = view.filters.countries
    ways: list[tuple[str, str, tuple[str, ...], Side]] = [
        ("first", f"{left} acts toward {right}", pair, "first"),
        ("second", f"{right} acts toward {left}", pair[::-1], "first"),
    ]
    ways.sort(key=lambda way: -told[way[0],].events if (way[0],) in told else 0)
    ways.append(("mutual", "The two act together", pair, "mutual"))
    for direction, words, countries, side in ways:
        row = told.get((direction,))
        if row is None:
            continue
        one_way = _narrowed(view, countries=countries, side=side)
        parts += [f"{words} in ", Link(f"{row.events:,}", one_way), ", "]
        kinds = sorted((-other.events, about[1]) for about, other in told.items() if len(about) == 2 and about[0] == direction)
        parts.append("by " if len(kinds) == 1 else "most often by ")
        for place, (number, kind) in enumerate(kinds[:TYPES_SAID]):
            counted = f" ({-number:,})" if len(kinds) > 1 else ""
            parts += [
                " and " if place else "",
                Link(f"{TYPE_WORDS[EventType(kind)]}{counted}", _narrowed(one_way, types=(EventType(kind),))),
            ]
        parts.append(". ")
    return parts


def _not_told(rest: Mapping[_About, Any], view: View, counted: bool) -> Parts:
    """What is told only as planned, possible, demanded or denied, apart from what happened."""
    found = [(status, rest[status.value,]) for status in Status if (status.value,) in rest]
    if not found:
        return []
    parts: Parts = [" Not counted among them: " if counted else " Told of are: "]
    for place, (status, row) in enumerate(found):
        before = "" if not place else " and " if place == len(found) - 1 else ", "
        parts += [before, Link(f"{row.events:,} {status}", _narrowed(view, statuses=(status,)))]
    return [*parts, "."]


def _narrowed(view: View, **changes: Any) -> View:
    """The view with some of its filters changed."""
    return replace(view, filters=replace(view.filters, **changes))
