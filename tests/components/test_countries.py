"""The page of one country: its finding, its partners and their directions, who is named."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from conftest import Open, shown

from components.charts.palette import LIGHT
from components.charts.partners import partner_bars, partner_totals, partners_of
from components.wording import country_finding
from entente.model import Article

ARCS = pd.DataFrame(
    [
        ("RUS", "PRK", "verbal cooperation", False, 4, 5, 2),
        ("PRK", "RUS", "material cooperation", False, 7, 9, 3),
        ("PRK", "RUS", "verbal cooperation", True, 3, 3, 1),
        ("RUS", "UKR", "material conflict", False, 6, 8, 4),
        ("CHN", "USA", "verbal conflict", False, 9, 9, 9),
    ],
    columns=["actor", "recipient", "quad", "mutual", "events", "reports", "outlets"],
)
NAMES = {"RUS": "Russia", "PRK": "North Korea", "UKR": "Ukraine <b>"}


def test_each_partner_has_its_directions_and_its_balance() -> None:
    totals = partner_totals(partners_of("RUS", ARCS))
    assert totals["code"].tolist() == ["PRK", "UKR"]
    first = totals.iloc[0]
    assert (first.events, first.forth, first.back, first.mutual) == (14, 4, 7, 3)
    assert (first.cooperation, first.conflict) == (14, 0)
    assert (totals.iloc[1].cooperation, totals.iloc[1].conflict) == (0, 6)


def test_partners_are_ranked_by_the_count_that_was_chosen() -> None:
    arcs = ARCS.assign(outlets=[1, 1, 1, 50, 1])
    assert partner_totals(partners_of("RUS", arcs), "outlets")["code"].tolist() == ["UKR", "PRK"]


def test_conflict_lies_to_the_left_and_a_mark_knows_its_partner() -> None:
    figure = partner_bars(partners_of("RUS", ARCS), LIGHT, names=NAMES)
    for trace in figure.data:
        assert all((x < 0) == ("conflict" in trace.name) for x in trace.x)
    assert {code for trace in figure.data for [code] in trace.customdata} == {"PRK", "UKR"}
    assert "Ukraine &lt;b&gt;" in figure.layout.yaxis.ticktext
    beside = {(a.xshift, a.y): a.text for a in figure.layout.annotations if a.yref == "y"}
    assert [beside[x, 1] for x in (34, 68, 102)] == ["4", "7", "3"]
    assert [beside[x, 0] for x in (34, 68, 102)] == ["6", "·", "·"]


def test_no_partner_draws_nothing_and_breaks_nothing() -> None:
    nobody = partners_of("BRA", ARCS)
    assert partner_totals(nobody).empty
    assert not any(len(trace.x) for trace in partner_bars(nobody, LIGHT, names={}).data)


def test_the_finding_says_with_whom_and_which_side_outweighs() -> None:
    totals = partner_totals(partners_of("RUS", ARCS))
    assert country_finding("Russia", totals, NAMES, 20, 14, 6) == (
        "Russia: 14 of 20 events with North Korea; cooperation outweighs conflict, 14 to 6"
    )
    assert country_finding("Russia", totals.head(1), NAMES, 14, 14, 0) == (
        "Russia: all 14 events with North Korea; only cooperation"
    )
    assert country_finding("Chad", totals.head(0), NAMES, 1, 0, 1) == "Chad: 1 event, no partner named; only conflict"
    assert country_finding("Chad", totals.head(0), NAMES, 0, 0, 0) == "Chad: nothing that happened"


def test_the_page_shows_the_first_chosen_country_and_links_to_its_pairs(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    app = open_app("country", corpus=make_corpus(thanked), c=["RUS", "PRK"])
    html = shown(app)
    assert not app.exception and not app.warning
    assert "Russia: all 2 events with North Korea; only cooperation" in html
    assert "Test Gazette" in html
    links = [link.proto.query_string for link in app.get("page_link") if "c=" in link.proto.query_string]
    assert links == ["c=RUS&c=PRK&side=both"]
    bars = next(chart for chart in app.get("plotly_chart") if "North Korea" in chart.proto.spec)
    assert [c for trace in json.loads(bars.proto.spec)["data"] for c in trace["customdata"]] == [["PRK"], ["PRK"]]


def test_without_a_country_those_with_most_events_are_offered(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    app = open_app("country", corpus=make_corpus(thanked))
    assert "Choose a country" in shown(app)
    app.button(key="choose-PRK").click().run()
    assert app.session_state["countries"] == ["PRK"]
    assert "North Korea: all 2 events with Russia" in shown(app)


def test_a_country_that_only_is_named_still_says_who_writes_of_it(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    bare = dataclasses.replace(thanked, title="A mild spring", text="The weather in Brazil was mild.")
    html = shown(open_app("country", corpus=make_corpus(bare), c="BRA"))
    assert "No event matches" in html and "Test Gazette" in html
