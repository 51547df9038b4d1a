"""Actors by actors: who acts down the side, on whom across the top."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Literal

import pandas as pd
import plotly.graph_objects as go

from components.charts.frames import rows_of
from components.charts.layout import house_layout
from components.charts.palette import Palette, ink_on, mixed

Count = Literal["events", "reports", "outlets"]
Colour = Literal["count", "balance"]

_ROW = 27  # pixels an actor
_WORDY = 26  # actors up to which the numbers fit into the cells


@dataclass(slots=True)
class Cell:
    """What one actor does to another, a mutual event among it. ``shown`` is the count that the reader chose."""

    shown: int = 0
    cooperation: int = 0
    conflict: int = 0
    mutual: int = 0

    def shade(self, colour: Colour) -> float:
        """Where the cell stands on the scale: from -1, all conflict, to 1, or by the logarithm of its count."""
        both = self.cooperation + self.conflict
        return (self.cooperation - self.conflict) / both if colour == "balance" else math.log1p(self.shown)


def matrix_cells(totals: pd.DataFrame, order: Sequence[str], count: Count) -> dict[tuple[str, str], Cell]:
    """The cells in which there is something, by actor and recipient; a mutual event stands in both its cells.

    ``totals``: one row a directed pair [actor, recipient, mutual, events, reports, outlets, cooperation, conflict].
    """
    place = set(order)
    cells: dict[tuple[str, str], Cell] = {}
    for row in rows_of(totals[totals["actor"].isin(place) & totals["recipient"].isin(place)]):
        for ends in ((row.actor, row.recipient), (row.recipient, row.actor))[: 2 if row.mutual else 1]:
            cell = cells.setdefault(ends, Cell())
            # An outlet that tells of what one did and of what both did is still one: the cell has the more of either.
            cell.shown = max(cell.shown, int(row.outlets)) if count == "outlets" else cell.shown + int(getattr(row, count))
            cell.cooperation += int(row.cooperation)
            cell.conflict += int(row.conflict)
            cell.mutual += int(row.events) if row.mutual else 0
    return cells


def cell_colours(cells: Mapping[tuple[str, str], Cell], colours: Palette, colour: Colour) -> dict[tuple[str, str], str]:
    """The colour of each cell."""
    scale, low, high = _scale(cells, colours, colour)
    return {ends: _between(scale, (cell.shade(colour) - low) / (high - low)) for ends, cell in cells.items()}


def _between(scale: Sequence[tuple[float, str]], share: float) -> str:
    (low, one), (high, other) = next(pair for pair in pairwise(scale) if share <= pair[1][0])
    return mixed(one, other, (share - low) / (high - low))


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

    ``totals`` are as in ``matrix_cells``. ``colour`` "balance" runs from all conflict to all cooperation. A mark's customdata is
    [actor, recipient].
    """
    place = {code: i for i, code in enumerate(order)}
    cells = matrix_cells(totals, order, count)
    shades: list[list[float | None]] = [[None] * len(order) for _ in order]
    for (actor, recipient), cell in cells.items():
        shades[place[actor]][place[recipient]] = cell.shade(colour)
    scale, low, high = _scale(cells, colours, colour)
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
            hoverinfo="skip",
        )
    )
    # What is seen by nobody lies on each cell with a number of events, and says what it is. It also holds the numbers, each in an ink of
    # its own.
    inks = [ink_on(fill) for fill in cell_colours(cells, colours, colour).values()]
    figure.add_trace(
        go.Scatter(
            x=[place[recipient] for _, recipient in cells],
            y=[place[actor] for actor, _ in cells],
            mode="markers+text" if len(order) <= _WORDY else "markers",
            marker={"symbol": "square", "size": 22, "opacity": 0},
            text=[f"{cell.shown:,}" for cell in cells.values()],
            textfont={"color": inks, "size": 12},
            customdata=[list(ends) for ends in cells],
            hovertext=[
                "<b>{}</b><br>{}".format(*map(escape, cell_text(ends, cell, names, count))) for ends, cell in cells.items()
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    axis = {"tickvals": list(range(len(order))), "ticktext": ticks, "showgrid": False, "zeroline": False, "fixedrange": True}
    # Unseen, the ticks keep the names off the cells.
    axis |= {"ticks": "outside", "ticklen": 5, "tickcolor": "rgba(0,0,0,0)", "automargin": True}
    # Upright and small, the names fit narrow columns too.
    upright = {"side": "top", "tickangle": -90, "tickfont": {"size": 12}}
    figure.update_xaxes(range=[-0.5, len(order) - 0.5], **upright, **axis)
    figure.update_yaxes(range=[len(order) - 0.5, -0.5], **axis)
    # Lines from edge to edge, along and across; all at once, since to add one Plotly copies those that are there.
    line = {"type": "line", "line": {"color": colours.quiet, "width": 1}}
    along = [line | {"xref": "x domain", "x0": 0, "x1": 1, "yref": "y", "y0": at - 0.5, "y1": at - 0.5} for at in breaks]
    across = [line | {"yref": "y domain", "y0": 0, "y1": 1, "xref": "x", "x0": at - 0.5, "x1": at - 0.5} for at in breaks]
    figure.update_layout(
        shapes=[*along, *across],
        **house_layout(colours, colours.ink) | {"plot_bgcolor": colours.land},
        height=150 + _ROW * max(1, len(order)),
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        dragmode=False,
        hovermode="closest",
        uirevision="matrix",
    )
    return figure


def _scale(
    cells: Mapping[tuple[str, str], Cell], colours: Palette, colour: Colour
) -> tuple[list[tuple[float, str]], float, float]:
    """The colour scale, and the shades at its ends."""
    if colour == "balance":
        return [(i / 2, one) for i, one in enumerate(colours.balance)], -1.0, 1.0
    most = max([cell.shade(colour) for cell in cells.values()] + [math.log(4)])
    return [(i / (len(colours.shades) - 1), one) for i, one in enumerate(colours.shades)], 0.0, most


def cell_text(ends: tuple[str, str], cell: Cell, names: Mapping[str, str], count: Count) -> tuple[str, str]:
    """Who to whom, and what a cell counts."""
    actor, recipient = (names.get(code, code) for code in ends)
    mutual = f", {cell.mutual:,} mutual" if cell.mutual else ""
    return (
        f"{actor} → {recipient}",
        f"{cell.shown:,} {count}{mutual}; {cell.cooperation:,} cooperation, {cell.conflict:,} conflict",
    )
