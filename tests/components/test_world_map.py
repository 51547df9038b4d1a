"""What the map's figure holds, asserted on the figure."""

from __future__ import annotations

import json
import math
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest
from conftest import Open, shown

from components.charts.palette import DARK, LIGHT, Palette
from components.charts.projection import ROTATION, curve, equal_earth, heading, wrapped
from components.charts.world_map import WIDTHS, Shade, largest, shaded, width_class, world_map
from entente.model import Quad

ACTORS = pd.DataFrame(
    [
        ("RUS", "Russia", "country", 60.0, 96.0),
        ("UKR", "Ukraine", "country", 49.0, 31.0),
        ("PRK", "North Korea", "country", 40.0, 127.0),
        ("USA", "United States", "country", 39.0, -98.0),
        ("SGP", "Singapore", "country", 1.35, 103.8),
        ("NATO", "NATO <b>&", "organisation", 50.88, 4.43),
    ],
    columns=["code", "name", "kind", "lat", "lon"],
).set_index("code")
AREAS = {"RUS": 2900.0, "UKR": 74.0, "PRK": 12.0, "USA": 1100.0, "BRA": 700.0, "SGP": 0.03, "LUX": 0.3}


def arcs(*rows: tuple[str, str, Quad, int, bool]) -> pd.DataFrame:
    columns = ["actor", "recipient", "quad", "events", "mutual"]
    frame = pd.DataFrame([(a, r, q.value, n, m) for a, r, q, n, m in rows], columns=columns)
    return frame.assign(reports=frame["events"] + 1, outlets=1)


def countries(*rows: tuple[str, int, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["code", "articles", "cooperation", "conflict"])
    return frame.assign(events=frame["cooperation"] + frame["conflict"], mentions=3 * frame["articles"])


SOME = arcs(
    ("RUS", "UKR", Quad.MATERIAL_CONFLICT, 41, False),
    ("RUS", "PRK", Quad.VERBAL_COOPERATION, 9, False),
    ("PRK", "RUS", Quad.MATERIAL_COOPERATION, 4, False),
    ("PRK", "USA", Quad.VERBAL_CONFLICT, 1, False),
    ("PRK", "RUS", Quad.VERBAL_COOPERATION, 12, True),
)
NAMED = countries(("RUS", 50, 20, 30), ("UKR", 40, 1, 40), ("SGP", 3, 2, 0), ("NATO", 5, 0, 1))


def drawn(colours: Palette = LIGHT, frame: pd.DataFrame = SOME, **more: object) -> go.Figure:
    return go.Figure(world_map(NAMED, frame, ACTORS, colours, areas=AREAS, articles=200, **more))  # type: ignore[arg-type]


def lines(figure: go.Figure) -> list[go.Scattergeo]:
    return [trace for trace in figure.data if trace.type == "scattergeo" and trace.mode == "lines"]


def named(figure: go.Figure, name: str) -> go.Figure:
    return next(trace for trace in figure.data if trace.name == name)


def test_nothing_is_fetched_from_a_cdn() -> None:
    for trace in drawn().data:
        if trace.type == "choropleth":
            assert trace.geojson == "app/static/countries.geojson"


def test_conflict_is_dashed_and_orange_cooperation_solid_and_blue() -> None:
    seen = set()
    for trace in lines(drawn()):
        quad = next(quad for quad in Quad if trace.name.startswith(quad.value))
        assert trace.line.color == LIGHT.quads[quad]
        assert (trace.line.dash != "solid") == ("conflict" in quad.value)
        seen.add(quad)
    assert seen == set(Quad)


def test_the_head_of_an_arrow_is_at_its_recipient_and_points_there() -> None:
    heads = named(drawn(), "heads")
    found = {
        tuple(pair): (lon, lat, angle)
        for pair, lon, lat, angle in zip(heads.customdata, heads.lon, heads.lat, heads.marker.angle, strict=True)
    }
    assert set(found) == {("RUS", "UKR"), ("RUS", "PRK"), ("PRK", "RUS"), ("PRK", "USA")}
    for (_, recipient), (lon, lat, angle) in found.items():
        place = ACTORS.loc[recipient]
        assert math.hypot(wrapped(lon - place.lon), lat - place.lat) < 7
        # One small step along the angle brings the head nearer to the recipient.
        x, y = equal_earth(lon, lat)
        target = equal_earth(place.lon, place.lat)
        ahead = x + 0.01 * math.sin(math.radians(angle)), y + 0.01 * math.cos(math.radians(angle))
        assert math.dist(ahead, target) < math.dist((x, y), target)
    assert heads.marker.angleref == "up"


def test_a_mutual_relation_has_a_line_but_no_head() -> None:
    only = drawn(frame=arcs(("CHN", "RUS", Quad.VERBAL_COOPERATION, 3, True), ("PRK", "RUS", Quad.VERBAL_COOPERATION, 3, True)))
    assert len(lines(only)) == 1
    assert len(named(only, "heads").lon) == 0


def test_width_grows_with_the_count() -> None:
    assert [width_class(n, 100) for n in (1, 5, 20, 50, 100)] == sorted(width_class(n, 100) for n in (1, 5, 20, 50, 100))
    assert width_class(100, 100) == len(WIDTHS) - 1
    assert width_class(1, 1) == 0
    widths = {trace.name.split(",")[0]: trace.line.width for trace in lines(drawn()) if "conflict" in trace.name}
    assert widths["material conflict"] > widths["verbal conflict"]


def test_the_count_may_be_reports() -> None:
    frame = arcs(("RUS", "UKR", Quad.VERBAL_CONFLICT, 1, False), ("PRK", "USA", Quad.VERBAL_CONFLICT, 9, False))
    frame["reports"] = [9, 1]
    assert largest(frame, ACTORS, "reports", 1)["actor"].tolist() == ["RUS"]
    assert largest(frame, ACTORS, "events", 1)["actor"].tolist() == ["PRK"]


def test_only_the_largest_are_drawn_and_no_arrow_to_oneself() -> None:
    frame = arcs(
        *[("RUS", "UKR", quad, n, False) for n, quad in enumerate(Quad, 1)], ("RUS", "RUS", Quad.VERBAL_CONFLICT, 99, False)
    )
    kept = largest(frame, ACTORS, "events", 2)
    assert kept["events"].tolist() == [3, 4]


def test_a_country_too_small_to_see_and_an_organisation_get_marks_of_their_own() -> None:
    figure = drawn()
    assert set(named(figure, "countries").locations) == {"RUS", "UKR", "SGP"}
    dots = named(figure, "small countries, organisations and groups")
    assert [code for (code,) in dots.customdata] == ["SGP", "NATO"]
    assert list(dots.marker.symbol) == ["circle", "diamond"]


def test_land_without_data_has_the_colour_of_no_data() -> None:
    land = named(drawn(), "no data")
    assert set(land.locations) == {"PRK", "USA", "BRA", "LUX"}
    assert land.colorscale[0][1] == LIGHT.land


def test_names_are_escaped_in_hover_texts() -> None:
    dots = named(drawn(), "small countries, organisations and groups")
    assert "NATO &lt;b&gt;&amp;" in dots.text[1]


def test_the_chosen_countries_are_outlined() -> None:
    shapes = named(drawn(chosen=["UKR"]), "countries")
    widths = dict(zip(shapes.locations, shapes.marker.line.width, strict=True))
    assert widths["UKR"] > widths["RUS"]


def test_shading_by_balance_is_cooperation_less_conflict() -> None:
    assert dict(zip(NAMED["code"], shaded(NAMED, "balance", 200), strict=True)) == {"RUS": -10, "UKR": -39, "SGP": 2, "NATO": -1}
    shapes = named(drawn(shade="balance"), "countries")
    shown = dict(zip(shapes.locations, shapes.z, strict=True))
    assert shown["RUS"] < 0 < shown["SGP"]
    assert shown["UKR"] == pytest.approx(shapes.zmin, abs=1e-3) and shapes.zmin == -shapes.zmax
    assert shapes.colorscale[0][1] == LIGHT.balance[0]


def test_shading_by_share_counts_of_a_hundred_articles() -> None:
    assert shaded(NAMED, "share", 200).tolist() == [25, 20, 1.5, 2.5]
    assert shaded(NAMED, "mentions", 200).tolist() == [150, 120, 9, 15]
    assert any("25.0 of a hundred" in text for text in named(drawn(), "countries").text)


@pytest.mark.parametrize("shade", ["mentions", "events", "balance", "share"])
def test_who_has_nothing_to_be_shaded_by_is_land_without_data(shade: Shade) -> None:
    frame = pd.concat([NAMED, countries(("BRA", 0, 0, 0))])
    figure = go.Figure(world_map(frame, SOME, ACTORS, LIGHT, areas=AREAS, articles=200, shade=shade))
    assert "BRA" in named(figure, "no data").locations
    assert "BRA" not in named(figure, "countries").locations


def test_one_step_of_many_is_drawn_to_the_scale_of_all() -> None:
    few = arcs(("RUS", "UKR", Quad.MATERIAL_CONFLICT, 4, False))
    assert [trace.line.width for trace in lines(drawn(frame=few))] == [WIDTHS[-2]]
    assert [trace.line.width for trace in lines(drawn(frame=few, most=400))] == [WIDTHS[0]]
    assert named(drawn(strongest=9000.0), "countries").zmax == pytest.approx(math.log1p(9000))


def test_every_curve_says_whose_it_is_one_entry_a_path() -> None:
    said = [(tuple(pair), text) for trace in lines(drawn()) for pair, text in trace.meta]
    assert {pair for pair, _ in said} == {("RUS", "UKR"), ("RUS", "PRK"), ("PRK", "RUS"), ("PRK", "USA")}
    assert any("41 events" in text for _, text in said)
    for trace in lines(drawn()):
        assert list(trace.lon).count(None) == len(trace.meta)


def test_a_figure_is_plain_json_that_the_browsers_side_can_read() -> None:
    """An array of numpy would be sent as packed bytes."""
    assert "bdata" not in json.dumps(drawn().to_plotly_json())


def test_dark_is_drawn_in_its_own_colours() -> None:
    assert {trace.line.color for trace in lines(drawn(DARK))} == set(DARK.quads.values())


def test_empty_frames_draw_an_empty_world() -> None:
    figure = go.Figure(world_map(NAMED.iloc[:0], SOME.iloc[:0], ACTORS, LIGHT, areas=AREAS, articles=0))
    assert not lines(figure)
    assert len(named(figure, "no data").locations) == len(AREAS)


def test_there_and_back_run_apart() -> None:
    there, back = curve((30, 50), (100, 55), 0.15), curve((100, 55), (30, 50), 0.15)
    middles = there[len(there) // 2], back[len(back) // 2]
    assert math.dist(*middles) > 5


def test_a_curve_takes_the_short_way_across_the_date_line() -> None:
    path = curve((127, 40), (-98, 39), 0.1)
    assert any(abs(a[0] - b[0]) > 300 for a, b in pairwise(path))
    assert all(-180 <= lon < 180 and -85 < lat < 85 for lon, lat in path)
    # It never crosses Europe.
    assert not any(-60 < lon < 100 for lon, _ in path[1:-1])


@pytest.mark.parametrize(
    ("end", "angle"), [((ROTATION, 10), 0), ((ROTATION + 10, 0), 90), ((ROTATION, -10), 180), ((ROTATION - 10, 0), -90)]
)
def test_headings_are_clockwise_from_up(end: tuple[float, float], angle: float) -> None:
    assert abs(wrapped(heading([(ROTATION, 0), end]) - angle)) < 1e-6


def test_the_legend_names_the_classes_as_the_filters_do_and_the_shapes_of_actors(open_app: Open) -> None:
    app = open_app()
    legend = shown(app).partition('<div class="e-legend">')[2].partition("</div>")[0]
    (pills,) = (one for one in app.sidebar.get("button_group") if one.proto.label == "Class")
    classes = [option.content for option in pills.proto.options]
    assert len(classes) == 4 and all(name in legend for name in classes)
    assert all(words in shown(app) for words in ("organisation", "small country"))
