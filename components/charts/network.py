"""Actors as points and their relations as lines; who has much to do with each other stands near each other."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from components.charts.frames import rows_of
from components.charts.layout import house_layout
from components.charts.palette import Palette
from entente.model import Quad

Point = tuple[float, float]

_SYMBOL = {"country": "circle", "organisation": "diamond", "group": "square"}
_WIDTHS = (1.0, 2.0, 3.4, 5.2, 7.5)  # pixels, for the five classes of count
_HANDLES = 9  # marks that can be hit along a line


def network(
    pairs: pd.DataFrame,
    places: Mapping[str, Point],
    actors: pd.DataFrame,
    colours: Palette,
    *,
    weight: Mapping[str, int],
    height: int = 640,
) -> go.Figure:
    """The graph of ``pairs``, drawn at ``places``.

    ``pairs``: one row a pair [left, right, events, cooperation, conflict, forth, back, mutual]. ``actors``: indexed by code
    [name, kind]. ``weight``: events of each actor, for the size of its point. A line is blue where cooperation outweighs, dashed
    orange where conflict does, grey where they are even. A mark's customdata is [code] of an actor or [left, right] of a line.
    """
    figure = go.Figure()
    most = int(pairs["events"].max()) if len(pairs) else 1
    rows = list(rows_of(pairs.sort_values("events")))
    for side, colour, dash in (
        (0, colours.quiet, "solid"),
        (1, colours.quads[Quad.MATERIAL_COOPERATION], "solid"),
        (-1, colours.quads[Quad.MATERIAL_CONFLICT], "5px,4px"),
    ):
        for step, width in enumerate(_WIDTHS):
            here = [row for row in rows if _side(row) == side and _step(int(row.events), most) == step]
            if here:
                figure.add_trace(_lines(here, places, colour, dash, width))
    figure.add_trace(_line_handles(rows, places, actors))
    figure.add_trace(_points(places, actors, colours, weight, _company_above(rows, places)))
    blank = {"visible": False, "fixedrange": True}
    figure.update_xaxes(range=[-1.25, 1.25], **blank)
    figure.update_yaxes(range=[-1.12, 1.12], **blank)
    figure.update_layout(
        **house_layout(colours, colours.ink),
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        dragmode=False,
        clickmode="event+select",
        hovermode="closest",
        uirevision="network",
    )
    return figure


def _side(row: Any) -> int:
    return int(row.cooperation > row.conflict) - int(row.cooperation < row.conflict)


def _step(events: int, most: int) -> int:
    """Which of the five widths: even steps of the square root."""
    return 0 if most <= 1 else min(4, int(5 * (math.sqrt(events) - 1) / (math.sqrt(most) - 1)))


def _lines(rows: list[Any], places: Mapping[str, Point], colour: str, dash: str, width: float) -> go.Scatter:
    ends = [(places[row.left], places[row.right]) for row in rows]
    return go.Scatter(
        x=[x for a, b in ends for x in (a[0], b[0], None)],
        y=[y for a, b in ends for y in (a[1], b[1], None)],
        mode="lines",
        line={"color": colour, "width": width, "dash": dash},
        opacity=0.75,
        hoverinfo="skip",
    )


def _line_handles(rows: list[Any], places: Mapping[str, Point], actors: pd.DataFrame) -> go.Scatter:
    spots = [(row, i / (_HANDLES + 1)) for row in rows for i in range(1, _HANDLES + 1)]
    between = [(_between(places[row.left], places[row.right], t), row) for row, t in spots]
    return go.Scatter(
        x=[point[0] for point, _ in between],
        y=[point[1] for point, _ in between],
        mode="markers",
        marker={"size": 9, "opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        customdata=[[row.left, row.right] for _, row in between],
        text=[_line_text(row, actors) for _, row in between],
        hovertemplate="%{text}<extra></extra>",
        name="relations",
    )


def _between(a: Point, b: Point, t: float) -> Point:
    return a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t


def _company_above(rows: list[Any], places: Mapping[str, Point]) -> dict[str, bool]:
    """Whether most lines of an actor leave it upwards, so that its name is better written beneath."""
    rise = dict.fromkeys(places, 0.0)
    for row in rows:
        step = places[row.right][1] - places[row.left][1]
        rise[row.left] += math.copysign(row.events, step)
        rise[row.right] -= math.copysign(row.events, step)
    return {code: sum_ > 0 for code, sum_ in rise.items()}


def _points(
    places: Mapping[str, Point], actors: pd.DataFrame, colours: Palette, weight: Mapping[str, int], above: Mapping[str, bool]
) -> go.Scatter:
    codes = sorted(places, key=lambda code: (-weight.get(code, 0), code))
    most = max([weight.get(code, 0) for code in codes] + [1])
    kinds = [str(actors["kind"].get(code, "country")) for code in codes]
    return go.Scatter(
        x=[places[code][0] for code in codes],
        y=[places[code][1] for code in codes],
        mode="markers+text",
        marker={
            "symbol": [_SYMBOL[kind] for kind in kinds],
            "size": [9 + 21 * math.sqrt(weight.get(code, 0) / most) for code in codes],
            "color": colours.shades[-1],
            "opacity": 1,
            "line": {"color": colours.ground, "width": 1.5},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}, "textfont": {"color": colours.ink}},
        text=[escape(str(actors["name"].get(code, code))) for code in codes],
        textposition=["bottom center" if above[code] else "top center" for code in codes],
        textfont={"color": colours.ink, "shadow": ", ".join([f"0 0 3px {colours.ground}"] * 3)},
        customdata=[[code] for code in codes],
        hovertemplate=[f"%{{text}}<br>{weight.get(code, 0):,} events of pairs<extra></extra>" for code in codes],
        name="actors",
    )


def _line_text(row: Any, actors: pd.DataFrame) -> str:
    a, b = (escape(str(actors["name"].get(code, code))) for code in (row.left, row.right))
    return (
        f"<b>{a} and {b}</b><br>{row.events:,} {'event' if row.events == 1 else 'events'}: {row.cooperation:,} cooperation, {row.conflict:,} conflict<br>"
        f"{a} acts in {row.forth:,}, {b} in {row.back:,}, both in {row.mutual:,}"
    )
