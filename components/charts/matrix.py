"""Actors by actors: who acts down the side, on whom across the top."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from components.charts.frames import rows_of
from components.charts.layout import house_layout
from components.charts.palette import Palette

Count = Literal["events", "reports", "outlets"]
Colour = Literal["count", "balance"]

_ROW = 27  # pixels an actor
_WORDY = 26  # actors up to which the numbers fit into the cells


def matrix(
    totals: pd.DataFrame,
    colours: Palette,
    *,
    order: Sequence[str],
    names: Mapping[str, str],
    count: Count = "events",
    colour: Colour = "count",
    breaks: Sequence[int] = (),
) -> go.Figure:
    """The actors of ``order``, the first on top and on the left; a line is drawn before each place in ``breaks``.

    ``totals``: one row a directed pair [actor, recipient, mutual, events, reports, outlets, cooperation, conflict]; a mutual one
    stands in both its cells. ``colour`` "balance" runs from all conflict to all cooperation. A mark's customdata is
    [actor, recipient].
    """
    place = {code: i for i, code in enumerate(order)}
    cells: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows_of(totals[totals["actor"].isin(place) & totals["recipient"].isin(place)]):
        for ends in ((row.actor, row.recipient), (row.recipient, row.actor))[: 2 if row.mutual else 1]:
            cell = cells.setdefault(ends, dict.fromkeys(("shown", "cooperation", "conflict", "mutual"), 0))
            cell["shown"] += int(getattr(row, count))
            cell["cooperation"] += int(row.cooperation)
            cell["conflict"] += int(row.conflict)
            cell["mutual"] += int(row.events) if row.mutual else 0
    shades: list[list[float | None]] = [[None] * len(order) for _ in order]
    numbers = [[""] * len(order) for _ in order]
    for (actor, recipient), cell in cells.items():
        both = cell["cooperation"] + cell["conflict"]
        shade = (cell["cooperation"] - cell["conflict"]) / both if colour == "balance" else math.log1p(cell["shown"])
        shades[place[actor]][place[recipient]] = shade
        numbers[place[actor]][place[recipient]] = f"{cell['shown']:,}"
    if colour == "balance":
        low, high = -1.0, 1.0
        scale = [[0.0, colours.balance[0]], [0.5, colours.balance[1]], [1.0, colours.balance[2]]]
    else:
        low = 0.0
        high = max([math.log1p(cell["shown"]) for cell in cells.values()] + [math.log(4)])
        scale = [[i / (len(colours.shades) - 1), c] for i, c in enumerate(colours.shades)]
    ticks = [escape(names.get(code, code)) for code in order]
    figure = go.Figure()
    figure.add_trace(
        go.Heatmap(
            z=shades,
            x=list(range(len(order))),
            y=list(range(len(order))),
            zmin=low,
            zmax=high,
            colorscale=scale,
            showscale=False,
            xgap=1,
            ygap=1,
            text=numbers,
            texttemplate="%{text}" if len(order) <= _WORDY else None,
            textfont={"color": colours.ink},
            hoverinfo="skip",
        )
    )
    # A heat map is not selected by a click: what is seen by nobody lies on each cell and is.
    figure.add_trace(
        go.Scatter(
            x=[place[recipient] for _, recipient in cells],
            y=[place[actor] for actor, _ in cells],
            mode="markers",
            marker={"symbol": "square", "size": 22, "opacity": 0},
            selected={"marker": {"opacity": 0}},
            unselected={"marker": {"opacity": 0}},
            customdata=[list(ends) for ends in cells],
            text=[_text(ends, cell, names, count) for ends, cell in cells.items()],
            hovertemplate="%{text}<extra></extra>",
        )
    )
    axis = {"tickvals": list(range(len(order))), "ticktext": ticks, "showgrid": False, "zeroline": False, "fixedrange": True}
    # Upright and small, the names fit a phone's narrow columns too.
    upright = {"side": "top", "tickangle": -90, "tickfont": {"size": 12}, "ticks": ""}
    figure.update_xaxes(range=[-0.5, len(order) - 0.5], automargin=True, **upright, **axis)
    figure.update_yaxes(
        range=[len(order) - 0.5, -0.5], automargin=True, ticks="outside", ticklen=5, tickcolor="rgba(0,0,0,0)", **axis
    )
    for place_ in breaks:
        for line in (figure.add_hline, figure.add_vline):
            line(place_ - 0.5, line={"color": colours.quiet, "width": 1})
    figure.update_layout(
        **house_layout(colours, colours.ink) | {"plot_bgcolor": colours.land},
        height=150 + _ROW * max(1, len(order)),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        dragmode=False,
        clickmode="event+select",
        hovermode="closest",
        uirevision="matrix",
    )
    return figure


def _text(ends: tuple[str, str], cell: Mapping[str, int], names: Mapping[str, str], count: Count) -> str:
    actor, recipient = (escape(names.get(code, code)) for code in ends)
    mutual = f", {cell['mutual']:,} mutual" if cell["mutual"] else ""
    return (
        f"<b>{actor} → {recipient}</b><br>{cell['shown']:,} {count}{mutual}<br>"
        f"{cell['cooperation']:,} cooperation, {cell['conflict']:,} conflict"
    )
