"""Relations as a graph: both directions of a pair together, circles, a layout that stays, GraphML that others can read."""

from __future__ import annotations

import io
import math
from itertools import pairwise
from xml.etree import ElementTree

import networkx as nx
import pandas as pd
import pytest

from entente.graph import actor_events, as_graphml, circle_of, circles, layout, pairs_of

COLUMNS = ["actor", "recipient", "mutual", "events", "reports", "outlets", "cooperation", "conflict"]
TOTALS = pd.DataFrame(
    [
        ("PRK", "RUS", False, 7, 9, 3, 7, 0),
        ("RUS", "PRK", False, 4, 5, 2, 3, 1),
        ("PRK", "RUS", True, 3, 3, 1, 3, 0),
        ("PRK", "UKR", False, 2, 2, 1, 0, 2),
        ("RUS", "UKR", False, 6, 8, 4, 0, 6),
        ("FRA", "NER", False, 5, 5, 5, 0, 5),
        ("DZA", "FRA", False, 4, 4, 4, 0, 4),
        ("DZA", "NER", False, 1, 1, 1, 0, 1),
        ("NER", "RUS", False, 1, 1, 1, 1, 0),
    ],
    columns=COLUMNS,
)
ACTORS = pd.DataFrame(
    {"name": ["Russia", "North <Korea>"], "kind": ["country", "country"], "lat": [61.9, 40.1], "lon": [97.2, 127.2]},
    index=pd.Index(["RUS", "PRK"], name="code"),
)


def test_both_directions_of_a_pair_are_one_row_that_still_tells_them() -> None:
    first = pairs_of(TOTALS).iloc[0]
    assert (first.left, first.right, first.events, first.cooperation, first.conflict) == ("PRK", "RUS", 14, 13, 1)
    assert (first.forth, first.back, first.mutual) == (7, 4, 3)


def test_an_actor_counts_in_every_pair_it_is_part_of() -> None:
    assert list(actor_events(TOTALS).items())[:2] == [("RUS", 21), ("PRK", 16)]


def test_those_who_deal_with_each_other_are_one_circle() -> None:
    found = circles(pairs_of(TOTALS))
    assert found == [["RUS", "PRK", "UKR"], ["FRA", "NER", "DZA"]]
    assert circle_of(found)["DZA"] == 1


def test_the_layout_is_the_same_each_time_and_keeps_circles_apart() -> None:
    pairs = pairs_of(TOTALS)
    places = layout(pairs)
    assert places == layout(pairs)
    assert all(-1 <= number <= 1 for spot in places.values() for number in spot)
    assert len(set(places.values())) == 6
    assert math.dist(places["RUS"], places["PRK"]) < math.dist(places["PRK"], places["FRA"])


def test_two_who_deal_with_each_other_alone_leave_no_room_empty_between_them_and_the_rest() -> None:
    ring = [f"A{number:02}" for number in range(40)]
    rows = [(one, other, False, 3, 3, 1, 3, 0) for one, other in zip(ring, ring[1:] + ring[:1], strict=True)]
    rows += [("A00", other, False, 2, 2, 1, 0, 2) for other in ring[2:20]]
    alone = [("SDN", "ARE", False, 1, 1, 1, 0, 1)]
    places = layout(pairs_of(pd.DataFrame([*rows, *alone], columns=COLUMNS)))
    for axis in (0, 1):
        along = sorted(spot[axis] for spot in places.values())
        assert max(after - before for before, after in pairwise(along)) < 0.2  # of a picture 2 wide
    near = math.dist(places["SDN"], places["ARE"])
    assert all(near < math.dist(places["SDN"], places[one]) for one in ring)


@pytest.mark.parametrize("rows", [0, 1])
def test_no_pair_and_one_pair_have_a_layout(rows: int) -> None:
    pairs = pairs_of(TOTALS.head(rows))
    assert len(layout(pairs)) == 2 * rows
    assert len(circles(pairs)) == rows


def test_graphml_is_read_back_with_its_counts_and_names_escaped() -> None:
    data = as_graphml(TOTALS, ACTORS)
    ElementTree.fromstring(data)
    graph = nx.read_graphml(io.BytesIO(data))
    assert graph.is_directed()
    assert graph.nodes["PRK"]["label"] == "North <Korea>" and graph.nodes["RUS"]["lat"] == 61.9
    # A mutual relation is two edges, so there is one more than rows.
    assert graph.number_of_edges() == len(TOTALS) + 1
    between = [data for _, to, data in graph.edges("RUS", data=True) if to == "PRK"]
    assert sorted((d["events"], d["mutual"]) for d in between) == [(3, True), (4, False)]
