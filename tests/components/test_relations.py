"""The matrix and the network: what a cell and a line say, in which order, and what a page without pairs says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from conftest import Open, shown

from components.charts.matrix import cell_colours, matrix, matrix_cells
from components.charts.network import network
from components.charts.palette import LIGHT
from components.wording import matrix_finding, network_finding
from entente.graph import layout, pairs_of
from entente.model import Article, Quad

TOTALS = pd.DataFrame(
    [
        ("PRK", "RUS", False, 7, 9, 3, 7, 0),
        ("RUS", "PRK", False, 4, 5, 2, 3, 1),
        ("PRK", "RUS", True, 3, 3, 1, 3, 0),
        ("RUS", "UKR", False, 6, 8, 4, 0, 6),
        ("NATO", "RUS", False, 2, 2, 1, 1, 1),
    ],
    columns=["actor", "recipient", "mutual", "events", "reports", "outlets", "cooperation", "conflict"],
)
NAMES = {"RUS": "Russia", "PRK": "North Korea", "UKR": "Ukraine", "NATO": "NATO <b>"}
ACTORS = pd.DataFrame(
    {"name": NAMES.values(), "kind": ["country", "country", "country", "organisation"]}, index=pd.Index(NAMES, name="code")
)
ORDER = ["PRK", "RUS", "UKR", "NATO"]


def test_a_mutual_event_stands_in_both_cells_a_directed_one_in_one() -> None:
    heat, marks = matrix(TOTALS, LIGHT, order=ORDER, names=NAMES).data
    assert dict(zip(map(tuple, marks.customdata), marks.text, strict=True)) == {
        ("PRK", "RUS"): "10", ("RUS", "PRK"): "7", ("RUS", "UKR"): "6", ("NATO", "RUS"): "2",
    }  # fmt: skip
    assert heat.z[0][1] > heat.z[1][0] > heat.z[1][2] > 0 and heat.z[2][1] is None


def test_balance_runs_from_conflict_to_cooperation() -> None:
    heat = matrix(TOTALS, LIGHT, order=ORDER, names=NAMES, colour="balance").data[0]
    assert (heat.z[0][1], heat.z[1][2], heat.z[3][1]) == (1.0, -1.0, 0.0)
    assert (heat.zmin, heat.zmax) == (-1, 1)


def test_a_cell_of_the_narrow_table_has_the_colour_it_has_in_the_chart() -> None:
    cells = matrix_cells(TOTALS, ORDER, "events")
    assert {ends: cell.shown for ends, cell in cells.items()} == {
        ("PRK", "RUS"): 10, ("RUS", "PRK"): 7, ("RUS", "UKR"): 6, ("NATO", "RUS"): 2,
    }  # fmt: skip
    assert matrix_cells(TOTALS, ORDER, "outlets")["PRK", "RUS"].shown == 3
    fills = cell_colours(cells, LIGHT, "count")
    assert fills["PRK", "RUS"] == LIGHT.shades[-1]
    assert len(set(fills.values())) == 4
    by_balance = cell_colours(cells, LIGHT, "balance")
    assert tuple(by_balance[pair] for pair in (("RUS", "UKR"), ("NATO", "RUS"), ("PRK", "RUS"))) == LIGHT.balance
    assert cell_colours({}, LIGHT, "count") == {}


def test_every_cell_has_a_mark_that_knows_its_pair_and_escapes_names() -> None:
    marks = matrix(TOTALS, LIGHT, order=ORDER, names=NAMES).data[1]
    assert {tuple(pair) for pair in marks.customdata} == {
        ("PRK", "RUS"), ("RUS", "PRK"), ("RUS", "UKR"), ("NATO", "RUS"),
    }  # fmt: skip
    assert any("NATO &lt;b&gt; → Russia" in text for text in marks.hovertext)


def test_actors_that_are_not_in_the_order_are_not_drawn() -> None:
    figure = matrix(TOTALS, LIGHT, order=["PRK", "RUS"], names=NAMES, breaks=[1])
    assert len(figure.data[1].x) == 2
    assert len(figure.layout.shapes) == 2


def test_a_line_says_by_colour_and_dash_which_side_outweighs() -> None:
    pairs = pairs_of(TOTALS)
    figure = network(pairs, layout(pairs), ACTORS, LIGHT, weight={"RUS": 22})
    signs = {(trace.line.color, trace.line.dash) for trace in figure.data if trace.mode == "lines"}
    assert signs == {
        (LIGHT.quads[Quad.MATERIAL_COOPERATION], "solid"),
        (LIGHT.quads[Quad.MATERIAL_CONFLICT], "5px,4px"),
        (LIGHT.quiet, "solid"),
    }
    points = next(trace for trace in figure.data if trace.name == "actors")
    assert dict(zip((c for [c] in points.customdata), points.marker.symbol, strict=True))["NATO"] == "diamond"
    assert "NATO &lt;b&gt;" in points.text
    lines = next(trace for trace in figure.data if trace.name == "relations")
    assert any("Russia acts" not in text and "North Korea acts in 7, Russia in 4, both in 3" in text for text in lines.text)


def test_the_findings_name_what_stands_out() -> None:
    assert matrix_finding(TOTALS, NAMES, "events") == ("North Korea acts toward Russia most: 7 events, 4 the other way, 3 mutual")
    assert matrix_finding(TOTALS[TOTALS["mutual"]], NAMES, "events").startswith("Only mutual")
    assert network_finding([["RUS", "PRK"], ["UKR"]], NAMES) == "Two circles, around Russia and Ukraine"
    assert network_finding([["RUS"]], NAMES) == "One circle, around Russia"


def test_the_page_draws_the_matrix_and_the_network_of_the_sample(open_app: Open) -> None:
    app = open_app("matrix", order="name", top="10")
    assert not app.exception and not app.warning
    heat = json.loads(app.get("plotly_chart")[0].proto.spec)
    names = heat["layout"]["yaxis"]["ticktext"]
    assert names == sorted(names) and len(names) <= 10
    assert "of the" in shown(app)
    app.segmented_control(key="draw").set_value("network").run()
    assert not app.exception
    assert "circle" in shown(app).split("</h1>")[0]
    drawn = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert {trace["name"] for trace in drawn["data"] if "name" in trace} == {"actors", "relations"}


def test_events_without_two_actors_make_no_matrix(open_app: Open, make_corpus: Callable[..., Path], thanked: Article) -> None:
    app = open_app("matrix", corpus=make_corpus(thanked), c="ISL")
    assert not app.exception and "No event of two actors matches" in shown(app)


def sides_of(pairs: list[tuple[str, str, int]], places: dict[str, tuple[float, float]]) -> dict[str, str]:
    """On which side of its point each name of a network stands. ``pairs``: [left, right, events]."""
    frame = pd.DataFrame(pairs, columns=["left", "right", "events"])
    frame = frame.assign(cooperation=frame["events"], conflict=0, forth=frame["events"], back=0, mutual=0)
    actors = pd.DataFrame({"name": {code: f"Republic of {code}" for code in places}, "kind": dict.fromkeys(places, "country")})
    points = next(trace for trace in network(frame, places, actors, LIGHT, weight={"A": 9}).data if trace.name == "actors")
    return dict(zip((code for [code] in points.customdata), points.textposition, strict=True))


def test_no_line_runs_through_a_name_that_can_stand_elsewhere() -> None:
    places = {"A": (0.0, 0.0), "B": (0.0, -0.9), "C": (0.0, 0.9), "D": (0.9, 0.0)}
    around = [("A", "B", 9), ("A", "C", 4)]
    assert sides_of(around[1:], places)["A"] == "bottom center"
    assert sides_of(around[:1], places)["A"] == "top center"
    assert sides_of(around, places)["A"] == "middle right"
    assert sides_of([*around, ("A", "D", 1)], places)["A"] == "middle left"


def test_where_lines_are_everywhere_a_name_stands_on_the_thinnest() -> None:
    ends = {"B": (0.0, -0.9), "C": (0.0, 0.9), "D": (0.9, 0.0), "E": (-0.9, 0.0)}
    pairs = [("A", "B", 40), ("A", "C", 40), ("A", "D", 40), ("A", "E", 1)]
    assert sides_of(pairs, {"A": (0.0, 0.0), **ends})["A"] == "middle left"


def test_a_name_hides_no_other_and_on_a_phone_none_is_cut_off() -> None:
    beside = sides_of([("A", "B", 1)], {"A": (0.0, 0.0), "B": (0.0, -0.07)})
    assert beside["A"] == "top center" and beside["B"] == "bottom center"
    # What runs up and down leaves only the sides, of which one is beyond the edge.
    edge = {"A": (-0.9, 0.0), "B": (-0.9, -0.9), "C": (-0.9, 0.9), "D": (0.0, 0.0)}
    assert sides_of([("A", "B", 9), ("A", "C", 9), ("A", "D", 9)], edge)["A"] != "middle left"
