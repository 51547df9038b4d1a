"""Counts beside what is usual: a dot for what was counted, a band for where it would lie if nothing had changed."""

from __future__ import annotations

from html import escape
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from components.charts.frames import rows_of
from components.charts.layout import house_layout
from components.charts.palette import Palette

_ROW = 32  # pixels a row
_WRAP = 21  # characters of a line of a pair's name


def usual_spans(counts: pd.DataFrame, colours: Palette) -> go.Figure:
    """One row for each of ``counts`` [row, events, expected, low, high], the first on top; all in events.

    A column ``before``, where there is one, is what was counted before: a ring.
    """
    places = list(range(len(counts) - 1, -1, -1))
    figure = go.Figure()
    for place, one in zip(places, rows_of(counts), strict=True):
        # Half an event to either side, so that a span of a single count is seen.
        span = {"x0": max(0.0, one.low - 0.5), "x1": one.high + 0.5}
        band = {"fillcolor": colours.shades[1], "line": {"width": 0}}
        figure.add_shape(type="rect", **span, y0=place - 0.36, y1=place + 0.36, layer="below", **band)
    if "before" in counts:
        figure.add_trace(
            go.Scatter(
                x=[int(number) for number in counts["before"]],
                y=places,
                mode="markers",
                marker={"size": 12, "color": colours.ground, "line": {"color": colours.quiet, "width": 2}},
                cliponaxis=False,
                text=[escape(row) for row in counts["row"]],
                hovertemplate="%{text}<br>before: %{x:,}<extra></extra>",
            )
        )
    figure.add_trace(
        go.Scatter(
            x=[int(number) for number in counts["events"]],
            y=places,
            mode="markers",
            marker={"size": 11, "color": colours.ink},
            cliponaxis=False,
            text=[escape(row) for row in counts["row"]],
            hovertemplate=[
                f"%{{text}}<br>{one.events:,} events, {one.expected:,.1f} expected<br>usual: {one.low:,} to {one.high:,}<extra></extra>"
                for one in rows_of(counts)
            ],
        )
    )
    # Long pairs take several lines, so that on a phone the bars keep their room.
    labels = ["<br>".join(escape(line) for line in wrap(row, _WRAP)) for row in counts["row"]]
    lines = max((label.count("<br>") + 1 for label in labels), default=1)
    most = max([*counts["events"], *counts["high"], *counts.get("before", ()), 4])
    figure.update_layout(
        height=66 + max(_ROW, 17 * lines + 8) * max(1, len(counts)),
        margin={"l": 8, "r": 14, "t": 6, "b": 46},
        **house_layout(colours),
        dragmode=False,
    )
    figure.update_xaxes(range=[-0.02 * most, most * 1.04], tickformat=",d", nticks=6, gridcolor=colours.line, zeroline=False)
    figure.update_xaxes(title={"text": "events", "standoff": 2, "font": {"size": 13}})
    figure.update_xaxes(fixedrange=True)
    figure.update_yaxes(
        tickvals=places,
        ticktext=labels,
        tickfont={"color": colours.ink},
        range=[-0.6, max(1, len(counts)) - 0.4],
        automargin=True,
        ticklabelstandoff=6,
        showgrid=False,
        zeroline=False,
        fixedrange=True,
    )
    return figure
