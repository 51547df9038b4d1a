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
Box = tuple[float, float, float, float]  # left, top, right and bottom, in pixels

_SYMBOL = {"country": "circle", "organisation": "diamond", "group": "square"}
_WIDTHS = (1.0, 2.0, 3.4, 5.2, 7.5)  # pixels, for the five classes of count
_HANDLES = 9  # marks that can be hit along a line
_RANGE = (1.25, 1.12)  # how far the axes reach to either side of the middle
_HEIGHT = 640  # pixels
_WIDTH = 900  # pixels that the chart has on a screen: by them names are placed
_NARROW = 350  # pixels that it has on a phone: there, no name may be cut off
_LETTER, _LINE = 6.6, 17  # pixels of a letter's width and of a line's height, on average
# Where a name may stand, in the order of preference: plotly's word, and how its middle lies to the edge of the point.
_SIDES = {"bottom center": (0, 1), "top center": (0, -1), "middle right": (1, 0), "middle left": (-1, 0)}
# What it costs a name to hide another or a point, per square pixel, to be crossed by a line, per pixel of its width, and to be cut off.
_HIDES, _CROSSED, _CUT = 1.0, 25.0, 1000.0


def network(
    pairs: pd.DataFrame,
    places: Mapping[str, Point],
    actors: pd.DataFrame,
    colours: Palette,
    *,
    weight: Mapping[str, int],
    height: int = _HEIGHT,
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
    figure.add_trace(_points(places, actors, colours, weight, _label_sides(rows, places, actors, weight)))
    blank = {"visible": False, "fixedrange": True}
    figure.update_xaxes(range=[-_RANGE[0], _RANGE[0]], **blank)
    figure.update_yaxes(range=[-_RANGE[1], _RANGE[1]], **blank)
    figure.update_layout(
        **house_layout(colours, colours.ink),
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        dragmode=False,
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


def _label_sides(rows: list[Any], places: Mapping[str, Point], actors: pd.DataFrame, weight: Mapping[str, int]) -> dict[str, str]:
    """On which side of its point each name stands, in plotly's words: where it hides least and least runs through it. The busiest
    actors choose first."""
    most_events = max([int(row.events) for row in rows], default=1)
    spots = {code: _pixels(place) for code, place in places.items()}
    sizes = {code: _size(code, weight) for code in places}
    points = {
        code: (x - sizes[code] / 2, y - sizes[code] / 2, x + sizes[code] / 2, y + sizes[code] / 2)
        for code, (x, y) in spots.items()
    }
    lines = [(spots[row.left], spots[row.right], _WIDTHS[_step(int(row.events), most_events)]) for row in rows]
    taken: list[Box] = []
    sides: dict[str, str] = {}
    for code in _busiest(places, weight):
        width = _LETTER * len(str(actors["name"].get(code, code)))
        boxes = {side: _label_box(spots[code], sizes[code] / 2, width, side) for side in _SIDES}
        costs = {
            side: _HIDES * sum(_shared(box, other) for other in [*taken, *(points[one] for one in points if one != code)])
            + _CROSSED * sum(thick for a, b, thick in lines if _runs_through(a, b, box))
            + (_CUT if _is_cut(places[code], sizes[code] / 2, width, side) else 0.0)
            for side, box in boxes.items()
        }
        sides[code] = min(costs, key=lambda side: costs[side])
        taken.append(boxes[sides[code]])
    return sides


def _busiest(places: Mapping[str, Point], weight: Mapping[str, int]) -> list[str]:
    return sorted(places, key=lambda code: (-weight.get(code, 0), code))


def _size(code: str, weight: Mapping[str, int]) -> float:
    """The width of an actor's point in pixels."""
    return 9 + 21 * math.sqrt(weight.get(code, 0) / max([*weight.values(), 1]))


def _pixels(place: Point, width: float = _WIDTH) -> Point:
    """A place in pixels from the upper left corner of a chart of so many pixels."""
    return (place[0] / _RANGE[0] + 1) / 2 * width, (1 - place[1] / _RANGE[1]) / 2 * _HEIGHT


def _label_box(spot: Point, radius: float, width: float, side: str) -> Box:
    right, down = _SIDES[side]
    x, y = spot[0] + right * (radius + 3 + width / 2), spot[1] + down * (radius + _LINE / 2)
    return x - width / 2, y - _LINE / 2, x + width / 2, y + _LINE / 2


def _is_cut(place: Point, radius: float, width: float, side: str) -> bool:
    """Whether a name would leave the chart to the left or right on a phone."""
    box = _label_box(_pixels(place, _NARROW), radius, width, side)
    return box[0] < 0 or box[2] > _NARROW


def _shared(one: Box, other: Box) -> float:
    """The area that two boxes share, in square pixels."""
    across, down = (min(one[i + 2], other[i + 2]) - max(one[i], other[i]) for i in (0, 1))
    return max(0.0, across) * max(0.0, down)


def _runs_through(a: Point, b: Point, box: Box) -> bool:
    """Whether a straight line from ``a`` to ``b`` meets a box, by cutting it at each edge (Liang and Barsky)."""
    enters, leaves = 0.0, 1.0
    for axis in (0, 1):
        step = b[axis] - a[axis]
        if not step:
            if not box[axis] <= a[axis] <= box[axis + 2]:
                return False
            continue
        near, far = sorted(((box[axis] - a[axis]) / step, (box[axis + 2] - a[axis]) / step))
        enters, leaves = max(enters, near), min(leaves, far)
    return enters < leaves


def _points(
    places: Mapping[str, Point], actors: pd.DataFrame, colours: Palette, weight: Mapping[str, int], sides: Mapping[str, str]
) -> go.Scatter:
    codes = _busiest(places, weight)
    kinds = [str(actors["kind"].get(code, "country")) for code in codes]
    return go.Scatter(
        x=[places[code][0] for code in codes],
        y=[places[code][1] for code in codes],
        mode="markers+text",
        marker={
            "symbol": [_SYMBOL[kind] for kind in kinds],
            "size": [_size(code, weight) for code in codes],
            "color": colours.shades[-1],
            "opacity": 1,
            "line": {"color": colours.ground, "width": 1.5},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}, "textfont": {"color": colours.ink}},
        text=[escape(str(actors["name"].get(code, code))) for code in codes],
        textposition=[sides[code] for code in codes],
        textfont={"color": colours.ink, "shadow": ", ".join([f"0 0 2px {colours.ground}"] * 6)},
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
