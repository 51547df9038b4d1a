"""The world: countries shaded, relations as directed curves."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import pandas as pd

from components.charts.frames import rows_of
from components.charts.palette import Palette, is_conflict
from components.charts.projection import ROTATION, Point, curve, heading, wrapped
from entente.model import Quad

Count = Literal["events", "reports", "outlets"]
Shade = Literal["mentions", "events", "balance", "share"]
MapFigure = dict[str, Any]  # a figure in Plotly's form: {"data": traces, "layout": {"geo", "uirevision"}}
Trace = dict[str, Any]

# The browser fetches the shapes from this server and keeps them; relative, so that a base path in front does no harm.
SHAPES = "app/static/countries.geojson"
POINTS = 21  # of a curve: smooth to the eye, quick to draw
WIDTHS = (1.2, 2.0, 3.0, 4.4, 6.0)  # pixels, for the five classes of count
# The inhabited world fills the picture from edge to edge.
SCALE, MIDDLE = 1.0, 6.0
MOST_CLOSE = 8.0  # times the scale of the whole world, of a map of few places
SMALL = 0.9  # square degrees below which a shape is too small to be seen and gets a dot
# Four classes of one pair lie side by side instead of on top of each other.
_BEND = {
    Quad.VERBAL_COOPERATION: 0.10,
    Quad.MATERIAL_COOPERATION: 0.15,
    Quad.VERBAL_CONFLICT: 0.20,
    Quad.MATERIAL_CONFLICT: 0.25,
}
_SYMBOL = {"country": "circle", "organisation": "diamond", "group": "square"}


def width_class(count: int, most: int) -> int:
    """Which of the five line widths a count gets: by equal steps of its square root up to the most; two are never the widest."""
    if most <= 1:
        return 0
    return min(4, count - 1, int(5 * (math.sqrt(count) - 1) / (math.sqrt(most) - 1)))


def world_map(
    countries: pd.DataFrame,
    arcs: pd.DataFrame,
    actors: pd.DataFrame,
    colours: Palette,
    *,
    areas: Mapping[str, float],
    articles: int,
    shade: Shade = "mentions",
    count: Count = "events",
    limit: int = 60,
    chosen: Collection[str] = (),
    most: int = 0,
    strongest: float = 0.0,
) -> MapFigure:
    """The world map.

    ``countries``: one row a code [code, articles, mentions, events, cooperation, conflict]; ``articles`` is of how many articles.
    ``arcs``: one row a directed pair and class
    [actor, recipient, quad, events, reports, outlets, mutual]; the ``limit`` largest by ``count`` are drawn. ``actors``: one
    row an actor, indexed by code [name, kind, lat, lon]. ``areas``: the size of each shape of the base map in square degrees; who
    has data and no shape, or one too small to see, gets a dot. ``chosen``: codes outlined. ``most`` and ``strongest``: the count of
    the widest arc and the strongest value of ``shaded``, where several maps are to be compared; else those of this one. A mark's
    customdata is [code] of a country or [actor, recipient] of an arrow's head; a trace of lines has in its meta, a path each,
    [[actor, recipient], text]. All is plain lists, as the browser's side takes them (``components/maps.js``).
    """
    names = dict(zip(actors.index.tolist(), map(escape, actors["name"].tolist()), strict=True))
    rows = countries.loc[[code in names for code in countries["code"].tolist()]]
    rows = rows.assign(value=shaded(rows, shade, articles), texts=_country_texts(rows, names, articles)).dropna(subset="value")
    scale = _scale(rows["value"], shade, strongest, colours)
    drawn = largest(arcs, actors, count, limit)
    geo = {
        "projection": {"type": "equal earth", "rotation": {"lon": ROTATION}, "scale": SCALE},
        "center": {"lon": ROTATION, "lat": MIDDLE},
        # A curve that leaves the map at one edge and enters at the other needs to be seen leaving.
        "framecolor": colours.line,
        "framewidth": 1,
        # The south is all Antarctica and sea.
        "lataxis": {"range": [-57, 84]},
        "lonaxis": {"range": [ROTATION - 180, ROTATION + 180]},
    }
    return {
        "data": [
            *_countries(rows, actors, names, colours, areas=areas, scale=scale, chosen=chosen),
            *_arcs(drawn, actors, names, colours, count=count, most=max([most, *drawn[count]])),
        ],
        # The reader's zoom stays when a filter changes.
        "layout": {"geo": geo, "uirevision": "world"},
    }


def turn_to(figure: MapFigure, points: Sequence[Point], revision: str) -> None:
    """Have a world map show the part in which ``points`` lie, as ``closeup`` finds it. The reader's own zoom stays for as long as the
    ``revision`` is the same."""
    lon, lat, scale = closeup(points)
    figure["layout"]["geo"]["center"] = {"lon": lon, "lat": lat}
    figure["layout"]["geo"]["projection"]["scale"] = scale
    figure["layout"]["uirevision"] = revision


def shaded(countries: pd.DataFrame, shade: Shade, articles: int) -> pd.Series:
    """What each country is shaded by; missing where it has nothing of it.

    Mentions; events; events of cooperation less those of conflict; or, of a hundred of the ``articles``, those that name it.
    """
    if shade == "balance":
        return (countries["cooperation"] - countries["conflict"]).where(countries["cooperation"] + countries["conflict"] > 0)
    values = 100 * countries["articles"] / max(1, articles) if shade == "share" else countries[shade]
    return values.where(values > 0)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Colours from ``-high`` (for a balance) or nought up to ``high``, by the logarithm: counts run over orders of magnitude."""

    low: float
    high: float
    colours: list[list[Any]]

    @staticmethod
    def place(value: float) -> float:
        return math.copysign(math.log1p(abs(value)), value)


def _scale(values: pd.Series, shade: Shade, strongest: float, colours: Palette) -> _Scale:
    high = math.log1p(max([strongest, 3.0, *values.abs()]))
    hues = colours.balance if shade == "balance" else colours.shades
    return _Scale(-high if shade == "balance" else 0.0, high, [[i / (len(hues) - 1), hue] for i, hue in enumerate(hues)])


def closeup(points: Sequence[Point]) -> tuple[float, float, float]:
    """Middle longitude and latitude in degrees and the scale at which ``points`` (longitude, latitude; at least one) fill the map;
    that of the whole world when they lie all over it, or on both sides of its edge."""
    lons, lats = [wrapped(lon - ROTATION) for lon, _ in points], [lat for _, lat in points]
    wide, high = max(lons) - min(lons), max(lats) - min(lats)
    scale = min(260.0 / max(wide, 1.0), 100.0 / max(high, 1.0), MOST_CLOSE)
    if scale <= 1.2:
        return ROTATION, MIDDLE, SCALE
    # Not so far north or south that the map's own edge comes into sight.
    north, south = 84.0 - 82.0 / scale, -57.0 + 82.0 / scale
    return wrapped((max(lons) + min(lons)) / 2 + ROTATION), max(south, min(north, (max(lats) + min(lats)) / 2)), scale


def largest(arcs: pd.DataFrame, actors: pd.DataFrame, count: Count, limit: int) -> pd.DataFrame:
    """The ``limit`` largest arcs by ``count`` that have a place at both ends, smallest first so that the largest lie on top."""
    # By lists: of a column of strings one by one, or of many to look among, pandas makes ten times the work.
    placed, ends = set(actors.index.tolist()), zip(arcs["actor"].tolist(), arcs["recipient"].tolist(), strict=True)
    known = arcs.loc[[a in placed and b in placed and a != b for a, b in ends]]
    return known.sort_values([count, "actor", "recipient", "quad"], ascending=[False, True, True, True]).head(limit).iloc[::-1]


def _countries(
    rows: pd.DataFrame,
    actors: pd.DataFrame,
    names: Mapping[str, str],
    colours: Palette,
    *,
    areas: Mapping[str, float],
    scale: _Scale,
    chosen: Collection[str],
) -> list[Trace]:
    """All land in the colour of no data, then each actor with data as its shape or, where there is none to see, as a dot.

    ``rows``: [code, events, value, texts].
    """
    rows = rows.assign(shown=[scale.place(value) for value in rows["value"]])
    land = sorted(set(areas) - set(rows["code"]))
    shaped = rows.loc[[code in areas for code in rows["code"]]]
    # A dot for everyone ever named would hide what the filters leave.
    dots = rows.loc[
        [areas.get(code, 0.0) < SMALL and events > 0 for code, events in zip(rows["code"], rows["events"], strict=True)]
    ]
    places = actors.loc[dots["code"]]
    common = {"type": "choropleth", "geojson": SHAPES, "featureidkey": "id", "showscale": False}
    picked = [code in chosen for code in shaped["code"]]
    ringed = [code in chosen for code in dots["code"]]
    return [
        {
            **common,
            "locations": land,
            "z": [0] * len(land),
            "colorscale": [[0, colours.land], [1, colours.land]],
            "marker": {"line": {"color": colours.coast, "width": 0.6}},
            "text": [f"<b>{names.get(code, code)}</b><br>not named" for code in land],
            "name": "no data",
        },
        {
            **common,
            "locations": shaped["code"].tolist(),
            "z": shaped["shown"].round(3).tolist(),
            "zmin": scale.low,
            "zmax": scale.high,
            "colorscale": scale.colours,
            "marker": {
                "line": {
                    "color": [colours.chosen if p else colours.coast for p in picked],
                    "width": [1.4 if p else 0.6 for p in picked],
                }
            },
            "customdata": [[code] for code in shaped["code"]],
            "text": shaped["texts"].tolist(),
            "name": "countries",
        },
        {
            "type": "scattergeo",
            "lon": places["lon"].tolist(),
            "lat": places["lat"].tolist(),
            "mode": "markers",
            "marker": {
                "size": [8 if k == "country" else 9 for k in places["kind"]],
                "symbol": [_SYMBOL[k] for k in places["kind"]],
                "color": dots["shown"].round(3).tolist(),
                "cmin": scale.low,
                "cmax": scale.high,
                "colorscale": scale.colours,
                "opacity": 1,
                "line": {
                    "color": [colours.chosen if r else colours.quiet for r in ringed],
                    "width": [2.0 if r else 1.0 for r in ringed],
                },
            },
            "customdata": [[code] for code in dots["code"]],
            "text": dots["texts"].tolist(),
            "name": "small countries, organisations and groups",
        },
    ]


def _country_texts(rows: pd.DataFrame, names: Mapping[str, str], articles: int) -> list[str]:
    return [
        f"<b>{names[row.code]}</b><br>"
        f"{_many(row.mentions, 'mention')} in {_many(row.articles, 'article')}, {100 * row.articles / max(1, articles):.1f}"
        f" of a hundred<br>{_many(row.events, 'event')}: {row.cooperation:,} cooperation, {row.conflict:,} conflict"
        for row in rows_of(rows)
    ]


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


@dataclass(frozen=True, slots=True)
class _Arc:
    """One relation as it is drawn."""

    quad: Quad
    step: int
    path: list[Point]  # hundredths of a degree are less than a pixel
    mutual: bool
    text: str
    pair: list[str]


def _arcs(
    arcs: pd.DataFrame, actors: pd.DataFrame, names: Mapping[str, str], colours: Palette, *, count: Count, most: int
) -> list[Trace]:
    """Lines, one trace for each class and width, since a line's width holds for its whole trace, and heads."""
    drawn: list[_Arc] = []
    traces: list[Trace] = []
    places: dict[str, Point] = dict(zip(actors.index.tolist(), zip(actors["lon"], actors["lat"], strict=True), strict=True))
    for row in rows_of(arcs):
        quad = Quad(row.quad)
        here, there = places[row.actor], places[row.recipient]
        path = [(round(lon, 2), round(lat, 2)) for lon, lat in curve(here, there, _BEND[quad], points=POINTS, reach=0.97)]
        step = width_class(int(getattr(row, count)), most)
        drawn.append(_Arc(quad, step, path, bool(row.mutual), _arc_text(row, names), [str(row.actor), str(row.recipient)]))
    for step in range(len(WIDTHS)):
        for quad in Quad:
            some = [arc for arc in drawn if arc.quad is quad and arc.step == step]
            if some:
                traces.append(_lines(some, quad, step, colours))
    return [*traces, _heads([arc for arc in drawn if not arc.mutual], colours)]


def _lines(arcs: list[_Arc], quad: Quad, step: int, colours: Palette) -> Trace:
    return {
        "type": "scattergeo",
        "lon": [lon for arc in arcs for lon in [*(x for x, _ in arc.path), None]],
        "lat": [lat for arc in arcs for lat in [*(y for _, y in arc.path), None]],
        "mode": "lines",
        "line": {"color": colours.quads[quad], "width": WIDTHS[step], "dash": "5px,4px" if is_conflict(quad) else "solid"},
        "meta": [[arc.pair, arc.text] for arc in arcs],
        "name": f"{quad}, width {step + 1} of {len(WIDTHS)}",
    }


def _heads(arcs: list[_Arc], colours: Palette) -> Trace:
    return {
        "type": "scattergeo",
        "lon": [arc.path[-1][0] for arc in arcs],
        "lat": [arc.path[-1][1] for arc in arcs],
        "mode": "markers",
        "marker": {
            "symbol": "arrow",
            "angleref": "up",
            "angle": [round(heading(arc.path), 1) for arc in arcs],
            "size": [8 + 1.6 * arc.step for arc in arcs],
            "color": [colours.quads[arc.quad] for arc in arcs],
            "opacity": 1,
            "line": {"width": 0},
        },
        "customdata": [arc.pair for arc in arcs],
        "text": [arc.text for arc in arcs],
        "name": "heads",
    }


def _arc_text(row: object, names: Mapping[str, str]) -> str:
    actor, recipient, quad, events, reports, outlets, mutual = (
        getattr(row, name) for name in ("actor", "recipient", "quad", "events", "reports", "outlets", "mutual")
    )
    sign = "and" if mutual else "→"
    return (
        f"<b>{names[actor]} {sign} {names[recipient]}</b><br>"
        f"{_many(events, 'event')}, {quad}<br>{_many(reports, 'report')}, {_many(outlets, 'outlet')}"
    )
