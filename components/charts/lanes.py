"""The events of a pair, one lane a type.

Each mark is as long as its date is vague, filled when the event happened, struck through when it is denied, and points to the
recipient.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.frames import rows_of
from components.charts.layout import house_layout
from components.charts.palette import Palette
from components.charts.span import main_span
from components.wording import date_words
from entente.model import TOLD, EventType, Quad, Status, days_of

_FEW = (0, 0.24, -0.24)  # heights of marks in a lane; the next lane is one away
_MANY = (0, 0.18, -0.18, 0.36, -0.36)  # where three do not do
_LANE, _TALL_LANE = 40, 64  # pixels, so that a mark of 11 meets none of the next height, nor of the next lane
_PARTS = 80  # of the axis: marks in one of them or in the next overlap on a narrow screen


@dataclass(frozen=True, slots=True)
class _Mark:
    """One event as it is drawn."""

    event_id: str
    first: dt.date
    last: dt.date
    y: float
    symbol: str
    quad: Quad
    happened: bool
    denied: bool
    text: str

    @property
    def middle(self) -> str:
        """The middle of its date."""
        return (self.first + (self.last - self.first) / 2).isoformat()


def lanes(
    events: pd.DataFrame,
    colours: Palette,
    *,
    left: str,
    right: str,
    names: Mapping[str, str],
    words: Mapping[EventType, str],
    chosen: str = "",
) -> go.Figure:
    """The lanes of the pair ``left`` and ``right``, both codes.

    ``events``: one row an event [event_id, actor, recipient (lists of codes), type, status, when_value, sentence]; rows without a
    date value are left out. The axis shows the years that hold most of them; the rest is reached by dragging. ``names`` are those
    of the codes, ``words`` those of the types, ``chosen`` is the id of the event that is opened. A mark's customdata is [event_id].
    """
    rows = events[events["when_value"].notna()]
    present = [t for t in EventType if t in set(rows["type"])]
    place = {t: len(present) - 1 - i for i, t in enumerate(present)}
    span = span_of(rows)
    part = max(1, (span[1] - span[0]).days / _PARTS) if span else 1
    # Events of one type and nearly one date stand above each other, not on each other, or nobody could point at each.
    taken: Counter[tuple[EventType, int, int]] = Counter()
    found = []
    for row in rows_of(rows):
        first, last = days_of(str(row.when_value))
        found.append(
            (row, first, last, _free(taken, EventType(row.type), int((first.toordinal() + last.toordinal()) / 2 / part)))
        )
    crowded = any(height >= len(_FEW) for *_, height in found)
    marks = []
    for row, first, last, height in found:
        kind, status = EventType(row.type), Status(row.status)
        happened = status in TOLD
        symbol = _symbol(row, left, right) + ("" if happened else "-open")
        marks.append(
            _Mark(
                str(row.event_id),
                first,
                last,
                place[kind] + (_MANY if crowded else _FEW)[height],
                symbol,
                kind.quad,
                happened,
                status is Status.DENIED,
                _text(row, names, words[kind]),
            )
        )
    figure = go.Figure()
    for quad in Quad:
        here = [mark for mark in marks if mark.quad is quad]
        for happened in (True, False):
            spans = [mark for mark in here if mark.happened is happened and mark.first != mark.last]
            if spans:
                figure.add_trace(_spans(spans, colours.quads[quad], happened))
        if here:
            figure.add_trace(_markers(here, quad, colours, chosen))
    denied = [mark for mark in marks if mark.denied]
    if denied:
        figure.add_trace(_strokes(denied, colours))
    figure.update_layout(
        height=82 + (_TALL_LANE if crowded else _LANE) * max(1, len(present)),
        margin={"l": 96, "r": 12, "t": 8, "b": 42},
        **house_layout(colours),
        uirevision="lanes",
        dragmode="pan",
    )
    figure.update_xaxes(
        range=[day.isoformat() for day in span] if span else None,
        type="date",
        tickformatstops=[
            {"dtickrange": [None, 86_400_000 * 20], "value": "%-d %b\n%Y"},
            {"dtickrange": [86_400_000 * 20, None], "value": "%b\n%Y"},
        ],
        showgrid=True,
        gridcolor=colours.line,
        zeroline=False,
        ticks="outside",
        tickcolor=colours.line,
    )
    figure.update_yaxes(
        tickvals=list(place.values()),
        ticktext=[words[t] for t in place],
        range=[-0.6, max(1, len(present)) - 0.4],
        showgrid=True,
        gridcolor=colours.line,
        zeroline=False,
        fixedrange=True,
    )
    return figure


def _spans(marks: list[_Mark], colour: str, happened: bool) -> go.Scatter:
    """Bars as long as the dates are vague, all of one class and standing in one trace."""
    after = dt.timedelta(days=1)
    return go.Scatter(
        x=[x for mark in marks for x in (mark.first.isoformat(), (mark.last + after).isoformat(), None)],
        y=[y for mark in marks for y in (mark.y, mark.y, None)],
        mode="lines",
        line={"color": colour, "width": 3, "dash": "solid" if happened else "dot"},
        opacity=0.55,
        hoverinfo="skip",
    )


def _markers(marks: list[_Mark], quad: Quad, colours: Palette, chosen: str) -> go.Scatter:
    """A mark in the middle of each event's date; the one that is opened is larger and outlined."""
    colour = colours.quads[quad]
    opened = [mark.event_id == chosen for mark in marks]
    return go.Scatter(
        x=[mark.middle for mark in marks],
        y=[mark.y for mark in marks],
        mode="markers",
        marker={
            "symbol": [mark.symbol for mark in marks],
            "size": [15 if one else 11 for one in opened],
            "color": colour,
            "opacity": 1,
            "line": {
                "width": [0.8 if mark.happened and not one else 2 for mark, one in zip(marks, opened, strict=True)],
                "color": [
                    colours.ink if one else colours.ground if mark.happened else colour
                    for mark, one in zip(marks, opened, strict=True)
                ],
            },
        },
        customdata=[[mark.event_id] for mark in marks],
        text=[mark.text for mark in marks],
        hovertemplate="%{text}<extra></extra>",
        name=str(quad),
    )


def _strokes(marks: list[_Mark], colours: Palette) -> go.Scatter:
    """A stroke through what is denied."""
    return go.Scatter(
        x=[mark.middle for mark in marks],
        y=[mark.y for mark in marks],
        mode="markers",
        marker={"symbol": "line-ne-open", "size": 17, "color": colours.ink, "opacity": 1, "line": {"width": 1.6}},
        hoverinfo="skip",
        name="denied",
    )


def _text(row: Any, names: Mapping[str, str], word: str) -> str:
    """What hovering tells: who to whom, what, when, and the sentence."""
    who = " and ".join(names.get(code, code) for code in row.actor)
    whom = "" if set(row.actor) == set(row.recipient) else " → " + " and ".join(names.get(code, code) for code in row.recipient)
    lines = wrap(str(row.sentence), 72, max_lines=4, placeholder=" …")
    return f"<b>{escape(who + whom)}</b><br>{word}, {row.status}, {date_words(row.when_value)}<br>" + "<br>".join(
        map(escape, lines)
    )


def _free(taken: Counter[tuple[EventType, int, int]], kind: EventType, at: int) -> int:
    """At which of the heights in its lane a mark stands: the first that is free nearby, or the one used least there.
    ``taken`` counts the marks before it by type, height and part of the axis; this one, in part ``at``, is added."""
    used = [sum(taken[kind, height, at + step] for step in (-1, 0, 1)) for height in range(len(_MANY))]
    height = used.index(min(used))
    taken[kind, height, at] += 1
    return height


def span_of(rows: pd.DataFrame) -> tuple[dt.date, dt.date] | None:
    """First and last day of the axis, with a margin."""
    days = [day for value in rows["when_value"] for day in days_of(str(value))]
    span = main_span(days)
    if span is None:
        return None
    margin = dt.timedelta(days=max(10, (span[1] - span[0]).days // 40))
    return span[0] - margin, span[1] + margin


def _symbol(row: Any, left: str, right: str) -> str:
    """A triangle towards the recipient; a diamond where both act."""
    actor, recipient = set(row.actor), set(row.recipient)
    forth = left in actor and right in recipient
    back = right in actor and left in recipient
    if forth and back:
        return "diamond"
    return "triangle-right" if forth else "triangle-left" if back else "circle"
