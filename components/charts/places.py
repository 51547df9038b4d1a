"""Places that articles name, on a map of just the part of the world where they lie."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from components.charts.frames import rows_of
from components.charts.palette import FONT, Palette
from components.charts.projection import Point, wrapped
from components.charts.world_map import SHAPES, MapFigure, Trace

LABELS = 14  # places whose names are written, those in most articles
_LEAST = 12.0  # degrees of longitude that the map shows at least
_ROOM = 0.14  # of what the places span, left free on each side
_WIDTH = 360.0  # pixels for which the names are laid out: those of a phone, so that none is cut off there
ASPECT = 0.56  # height to width
_POLAR = 83.0  # degrees; nearer to a pole Mercator's map has no end


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the world in Mercator's projection: its middle longitude and its width in degrees, and its lower and upper edge in
    degrees as at the equator."""

    lon: float
    wide: float
    low: float
    high: float

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a place lies inside."""
        return abs(wrapped(lon - self.lon)) <= self.wide / 2 and self.low <= _mercator(lat) <= self.high

    def pixels(self, lon: float, lat: float) -> Point:
        """Where a place lies, from the lower left."""
        return (
            (wrapped(lon - self.lon) / self.wide + 0.5) * _WIDTH,
            (_mercator(lat) - self.low) / self.wide * _WIDTH,
        )


def place_map(
    places: pd.DataFrame, frame: Frame, colours: Palette, *, shapes: Collection[str], chosen: Collection[str]
) -> MapFigure:
    """The places as dots, as large as the articles that name them are many.

    ``places``: one row a place [place, code, lat, lon, capital, articles, mentions, told], all within ``frame``, those in most
    articles first. Filled: in the sentence of an event; hollow: elsewhere in its article; square: a capital. ``shapes`` are the ids
    of the base map, ``chosen`` those shaded.
    """
    land: list[Trace] = [
        {
            "type": "choropleth",
            "geojson": SHAPES,
            "featureidkey": "id",
            "locations": sorted(codes),
            "z": [0] * len(codes),
            "colorscale": [[0, colour], [1, colour]],
            "showscale": False,
            "marker": {"line": {"color": colours.coast, "width": 0.8}},
        }
        for codes, colour in ((set(shapes) - set(chosen), colours.land), (set(shapes) & set(chosen), colours.shades[1]))
    ]
    geo = {
        "projection": {"type": "mercator", "rotation": {"lon": frame.lon}},
        "lonaxis": {"range": [frame.lon - frame.wide / 2, frame.lon + frame.wide / 2]},
        "lataxis": {"range": [_latitude(frame.low), _latitude(frame.high)]},
        "framecolor": colours.line,
        "framewidth": 1,
    }
    return {"data": [*land, _dots(places, frame, colours)], "layout": {"geo": geo, "uirevision": "places"}}


def _dots(places: pd.DataFrame, frame: Frame, colours: Palette) -> Trace:
    most = int(places["articles"].max())
    sizes = [7 + 13 * math.sqrt(n / most) for n in places["articles"]]
    said, sides = _labels(places, frame, sizes)
    return {
        "type": "scattergeo",
        "lon": places["lon"].tolist(),
        "lat": places["lat"].tolist(),
        "mode": "markers+text",
        "marker": {
            "size": sizes,
            "symbol": ["square" if capital else "circle" for capital in places["capital"]],
            "color": [colours.ink if told else colours.ground for told in places["told"]],
            "opacity": 0.86,
            "line": {"color": [colours.ground if told else colours.ink for told in places["told"]], "width": 1.6},
        },
        "text": said,
        "textposition": sides,
        "textfont": {"color": colours.ink, "size": 13, "family": FONT},
        "hovertext": [
            f"<b>{escape(str(row.place))}</b><br>named in {row.articles:,} article{'' if row.articles == 1 else 's'}, "
            f"{row.told:,} of {row.mentions:,} times in the sentence of an event"
            for row in rows_of(places)
        ],
    }


def frame_of(points: Sequence[Point]) -> Frame:
    """The frame around ``points`` (longitude, latitude; at least one), the short way round the earth."""
    lons = sorted(wrapped(lon) for lon, _ in points)
    # The widest stretch without a point is what the frame leaves out.
    gap, before = max((after - lon, lon) for lon, after in zip(lons, [*lons[1:], lons[0] + 360.0], strict=True))
    ys = [_mercator(lat) for _, lat in points]
    wide = max((360.0 - gap) * (1 + 2 * _ROOM), _LEAST)
    high = (max(ys) - min(ys)) * (1 + 2 * _ROOM)
    wide = min(max(wide, high / ASPECT), 350.0)
    middle, high = (max(ys) + min(ys)) / 2, max(high, wide * ASPECT)
    return Frame(wrapped(before + gap + (360.0 - gap) / 2), wide, middle - high / 2, middle + high / 2)


def _mercator(lat: float) -> float:
    """A latitude as Mercator's height, in degrees at the equator."""
    lat = max(-_POLAR, min(_POLAR, lat))
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def _latitude(height: float) -> float:
    return math.degrees(2 * math.atan(math.exp(math.radians(height))) - math.pi / 2)


def _labels(places: pd.DataFrame, frame: Frame, sizes: Sequence[float]) -> tuple[list[str], list[str]]:
    """What is written at each place and where beside its dot, so that no name lies on another name or dot; a place for whose name
    there is no room is told on hovering and in the table."""
    spots = [frame.pixels(lon, lat) for lon, lat in zip(places["lon"], places["lat"], strict=True)]
    taken = [(x - size / 2, y - size / 2, x + size / 2, y + size / 2) for (x, y), size in zip(spots, sizes, strict=True)]
    texts, sides = [], []
    for number, name in enumerate(places["place"]):
        (x, y), away, wide = spots[number], sizes[number] / 2 + 3, 7.2 * len(str(name))
        boxes = {
            "middle right": (x + away, y - 8, x + away + wide, y + 8),
            "middle left": (x - away - wide, y - 8, x - away, y + 8),
            "top center": (x - wide / 2, y + away, x + wide / 2, y + away + 16),
            "bottom center": (x - wide / 2, y - away - 16, x + wide / 2, y - away),
        }
        free = (
            side
            for side, (a, b, c, d) in boxes.items()
            if a > 0 and c < _WIDTH and not any(a < g and e < c and b < h and f < d for e, f, g, h in taken)
        )
        side = next(free, "") if number < LABELS else ""
        if side:
            taken.append(boxes[side])
        texts.append(escape(str(name)) if side else "")
        sides.append(side or "middle right")
    return texts, sides
