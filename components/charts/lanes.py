"""The events of a pair, one lane a type.

Each mark is as long as its date is vague, filled when the event happened, and points to the recipient.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from html import escape

import pandas as pd
import plotly.graph_objects as go

from components.charts.frames import rows_of
from components.charts.palette import FONT, Palette
from components.charts.span import main_span
from entente.model import EventType, Precision, Quad, Status, days_of, precision_of

HAPPENED = (Status.HAPPENED, Status.BACKGROUND)


def lanes(events: pd.DataFrame, colours: Palette, *, left: str, right: str, words: Mapping[EventType, str]) -> go.Figure:
    """The lanes of the pair ``left`` and ``right``, both codes.

    ``events``: one row an event [event_id, actor, recipient (lists of codes), type, quad, status, when_value]; rows without a
    date value are left out. The axis shows the years that hold most of them; the rest is reached by dragging. A mark's customdata
    is [event_id].
    ``words`` names the types.
    """
    rows = events[events["when_value"].notna()]
    present = [t for t in EventType if t in set(rows["type"])]
    place = {t: len(present) - 1 - i for i, t in enumerate(present)}
    figure = go.Figure()
    spread: dict[tuple[str, str], int] = {}
    marks: dict[Quad, list[tuple[dt.date, float, str, str, str, str]]] = {}
    for row in rows_of(rows):
        kind, value, status = EventType(row.type), str(row.when_value), Status(row.status)
        first, last = days_of(value)
        # Events of one type and date stand above each other, not on each other.
        at = spread.get((kind, value), 0)
        spread[kind, value] = at + 1
        y = place[kind] + (0, 0.22, -0.22, 0.36, -0.36)[at % 5]
        colour = colours.quads[kind.quad]
        middle = first + (last - first) / 2
        if precision_of(value) is not Precision.DAY:
            figure.add_trace(
                go.Scatter(
                    x=[first.isoformat(), (last + dt.timedelta(days=1)).isoformat()],
                    y=[y, y],
                    mode="lines",
                    line={"color": colour, "width": 3, "dash": "solid" if status in HAPPENED else "dot"},
                    opacity=0.55,
                    hoverinfo="skip",
                    showlegend=False,
                )
            )
        symbol = _symbol(row, left, right) + ("" if status in HAPPENED else "-open")
        said = (
            f"<b>{escape(' and '.join(row.actor))} → {escape(' and '.join(row.recipient)) or 'nobody named'}</b><br>"
            f"{kind}, {status}, {escape(value)}"
        )
        marks.setdefault(kind.quad, []).append((middle, y, symbol, colour, said, str(row.event_id)))
    for quad, group in marks.items():
        figure.add_trace(
            go.Scatter(
                x=[mark[0].isoformat() for mark in group],
                y=[mark[1] for mark in group],
                mode="markers",
                marker={
                    "symbol": [mark[2] for mark in group],
                    "size": 11,
                    "color": [mark[3] for mark in group],
                    "opacity": 1,
                    "line": {
                        "width": [2 if mark[2].endswith("open") else 0.8 for mark in group],
                        "color": [mark[3] if mark[2].endswith("open") else colours.ground for mark in group],
                    },
                },
                selected={"marker": {"opacity": 1}},
                unselected={"marker": {"opacity": 1}},
                customdata=[[mark[5]] for mark in group],
                text=[mark[4] for mark in group],
                hovertemplate="%{text}<extra></extra>",
                name=str(quad),
            )
        )
    figure.update_layout(
        height=82 + 40 * max(1, len(present)),
        margin={"l": 96, "r": 12, "t": 8, "b": 42},
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": 13, "color": colours.quiet},
        hoverlabel={
            "bgcolor": colours.ground,
            "bordercolor": colours.line,
            "font": {"family": FONT, "size": 14, "color": colours.ink},
        },
        uirevision="lanes",
        clickmode="event+select",
        dragmode="pan",
    )
    figure.update_xaxes(
        range=[day.isoformat() for day in span] if (span := span_of(rows)) else None,
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


def span_of(rows: pd.DataFrame) -> tuple[dt.date, dt.date] | None:
    """First and last day of the axis, with a margin."""
    days = [day for value in rows["when_value"] for day in days_of(str(value))]
    span = main_span(days)
    if span is None:
        return None
    margin = dt.timedelta(days=max(10, (span[1] - span[0]).days // 40))
    return span[0] - margin, span[1] + margin


def _symbol(row: object, left: str, right: str) -> str:
    """A triangle towards the recipient; a diamond where both act."""
    actor, recipient = set(getattr(row, "actor")), set(getattr(row, "recipient"))  # noqa: B009 - a row of itertuples has no type
    forth = left in actor and right in recipient
    back = right in actor and left in recipient
    if forth and back:
        return "diamond"
    return "triangle-right" if forth else "triangle-left" if back else "circle"
