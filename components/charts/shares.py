"""Shares with their intervals: a dot where the share is, a bar as wide as it is unsure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd
import plotly.graph_objects as go

from components.charts.frames import rows_of
from components.charts.layout import house_layout
from components.charts.palette import Palette

_ROW = 34  # pixels a row
_SHIFT = 0.17  # of a row, between two series


def interval_dots(
    shares: pd.DataFrame, colours: Palette, *, series: Sequence[str], promised: Mapping[str, tuple[float, float]] | None = None
) -> go.Figure:
    """One row for each ``row``, the first on top; the first of ``series`` is a filled dot, the second, if any, a hollow one.

    ``shares``: [row, series, hits, of, value, low, high], shares and the ends of their 95% intervals from 0 to 1.
    ``promised`` gives for a row the span within which the share ought to be, drawn as a band behind it.
    """
    order = list(dict.fromkeys(shares["row"]))
    place = {row: len(order) - 1 - i for i, row in enumerate(order)}
    figure = go.Figure()
    for row, (low, high) in (promised or {}).items():
        if row in place:
            figure.add_shape(
                type="rect",
                x0=low,
                x1=high,
                y0=place[row] - 0.42,
                y1=place[row] + 0.42,
                fillcolor=colours.shades[1],
                line={"width": 0},
                layer="below",
            )
    for number, name in enumerate(series):
        some = shares[shares["series"] == name]
        shift = 0.0 if len(series) == 1 else _SHIFT * (1 - 2 * number)
        colour = colours.quiet if number else colours.ink
        figure.add_trace(
            go.Scatter(
                x=some["value"],
                y=[place[row] + shift for row in some["row"]],
                mode="markers",
                name=name,
                marker={
                    "size": 10,
                    "color": colours.ground if number else colour,
                    "line": {"color": colour, "width": 2},
                },
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": some["high"] - some["value"],
                    "arrayminus": some["value"] - some["low"],
                    "color": colour,
                    "thickness": 1.6,
                    "width": 0,
                },
                text=[escape(f"{one.row}, {name}") for one in rows_of(some)],
                hovertemplate=[
                    f"%{{text}}<br>{one.value:.0%}: {one.hits:,} of {one.of:,}"
                    f"<br>95% interval {one.low:.0%} to {one.high:.0%}<extra></extra>"
                    for one in rows_of(some)
                ],
            )
        )
    figure.update_layout(
        height=44 + _ROW * max(1, len(order)),
        margin={"l": 8, "r": 14, "t": 8, "b": 30},
        **house_layout(colours),
        dragmode=False,
    )
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0)
    figure.update_xaxes(
        range=[-0.025, 1.025],
        tickvals=list(ticks),
        ticktext=[f"{tick:.0%}" for tick in ticks],
        gridcolor=colours.line,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_yaxes(
        tickvals=list(place.values()),
        ticktext=[escape(row) for row in order],
        tickfont={"color": colours.ink},
        range=[-0.6, max(1, len(order)) - 0.4],
        automargin=True,
        ticklabelstandoff=6,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    return figure
