"""The page of one country: its finding, its partners and their directions, who is named."""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
from conftest import Open, link_parts, map_figures, shown, unfold

from components.charts.palette import LIGHT
from components.charts.partners import partner_bars, partner_totals, partners_of
from components.charts.world_map import MOST_CLOSE, SCALE, closeup
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


def test_numbers_beside_the_bars_have_room_for_their_digits() -> None:
    many = ARCS.assign(events=ARCS["events"] * 123_456)
    for arcs, digits in ((ARCS, 2), (many, 7)):
        figure = partner_bars(partners_of("RUS", arcs), LIGHT, names=NAMES)
        shifts = sorted({note.xshift for note in figure.layout.annotations if note.xanchor == "right" and note.xshift > 0})
        assert len(shifts) == 3 and all(b - a >= 7 * digits for a, b in itertools.pairwise(shifts))
        assert figure.layout.margin.r >= shifts[-1]
        assert len(figure.layout.xaxis.tickvals) <= (7 if arcs is ARCS else 3)


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
    assert [row["text"] for row in link_parts(app, "outlets")] == ["Test Gazette"]
    links = [link.proto.query_string for link in app.get("page_link") if "c=" in link.proto.query_string]
    assert links == ["c=RUS&c=PRK&side=both"]
    drawn = next(chart for chart in app.get("plotly_chart") if "North Korea" in chart.proto.spec)
    assert [c for trace in json.loads(drawn.proto.spec)["data"] for c in trace["customdata"]] == [["PRK"], ["PRK"]]


def test_without_a_country_those_with_most_events_are_offered(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    app = open_app("country", corpus=make_corpus(thanked))
    assert "Choose a country" in shown(app)
    offered = {row["text"]: row for row in link_parts(app, "choose")}
    assert offered["North Korea"]["number"] == "2" and offered["North Korea"]["href"] == "country?c=PRK"
    app = open_app("country", corpus=make_corpus(thanked), c="PRK")
    assert "North Korea: all 2 events with Russia" in shown(app)


def test_a_country_that_only_is_named_still_says_who_writes_of_it(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    bare = dataclasses.replace(thanked, title="A mild spring", text="The weather in Brazil was mild.")
    app = open_app("country", corpus=make_corpus(bare), c="BRA")
    assert "No event matches" in shown(app)
    assert [row["text"] for row in link_parts(app, "outlets")] == ["Test Gazette"]


def test_the_map_shades_a_partner_by_the_balance_with_this_country_alone(open_app: Open) -> None:
    app = open_app("country", c=["UKR"])
    assert not app.exception and not app.warning
    (chart,) = (json.loads(said["figure"]) for said in map_figures(app))
    shapes = next(trace for trace in chart["data"] if trace.get("name") == "countries")
    text = dict(zip(shapes["locations"], shapes["text"], strict=True))
    russia = next(row for row in unfold(app).dataframe[0].value.to_dict("records") if row["partner"] == "Russia")
    assert f"{russia['cooperation']} cooperation, {russia['conflict']} conflict" in text["RUS"]
    assert "UKR" in text  # outlined, itself


def test_a_map_of_few_places_comes_close_and_one_of_the_whole_world_does_not() -> None:
    near = closeup([(30.0, -2.0), (29.0, -1.9), (24.0, -3.0)])
    assert near[2] == MOST_CLOSE and abs(near[0] - 27.0) < 0.01
    assert closeup([(-100.0, 40.0), (140.0, 36.0), (37.0, 55.0)])[2] == SCALE
    # No closer to a pole than where the map ends.
    assert closeup([(20.0, 69.0), (25.0, 78.0)])[1] <= 84 - 82 / MOST_CLOSE


def test_who_was_opened_for_one_country_is_closed_with_another(open_app: Open) -> None:
    app = open_app("country", c="RUS", named="leader:Sergei Shoigu")
    assert "Where Sergei Shoigu is named" in shown(app)
    app.multiselect(key="countries").set_value(["UKR"]).run()
    assert "Shoigu is named" not in shown(app) and "named" not in app.query_params


def test_who_is_named_leads_to_the_sentence_and_the_rule(open_app: Open) -> None:
    app = open_app("country", c=["RUS"])
    shoigu = next(row for row in link_parts(app, "named-for") if row["text"] == "Sergei Shoigu")
    assert "defence minister" in shoigu["aside"] and "security council secretary" in shoigu["aside"]
    said = parse_qs(urlsplit(shoigu["href"]).query)
    assert said["named"] == ["leader:Sergei Shoigu"]
    app = open_app("country", **said)
    assert not app.exception and not app.warning
    html = shown(app)
    assert "Where Sergei Shoigu is named" in html and "Shoigu: defence minister on 2023-07-28" in html
    next(button for button in app.button if button.key == "close-named").click().run()
    assert "Where Sergei Shoigu is named" not in shown(app)


def test_who_is_quoted_leads_to_the_events_told_on_its_word(open_app: Open) -> None:
    app = open_app("country", c=["RUS"])
    quoted = next(row for row in link_parts(app, "quoted") if row["text"] == "South Korea")
    app = open_app("country", **parse_qs(urlsplit(quoted["href"]).query))
    assert "Told on the word of South Korea" in shown(app)
    cards = [button for button in app.button if button.key and button.key.startswith("open-cardsaid-")]
    assert len(cards) == int(quoted["number"])


def test_an_outlet_leads_to_its_reports(open_app: Open) -> None:
    (outlet,) = link_parts(open_app("country", c=["RUS"]), "outlets")
    assert outlet["href"].startswith("events?") and "outlet=" in outlet["href"]


def test_a_name_that_nobody_bears_is_told_as_written_and_finds_nothing(open_app: Open) -> None:
    html = shown(open_app("country", c=["RUS"], named="leader:Nobody <b>"))
    assert "Where Nobody &lt;b&gt; is named" in html and "Nothing under these filters" in html
    assert "is named" not in shown(open_app("country", c=["RUS"], named="emperor:X")).replace("Who is named", "")


def test_of_a_country_that_nothing_names_no_empty_lists_are_shown(open_app: Open) -> None:
    html = shown(open_app("country", c="FJI"))
    assert "No event matches" in html and "Who writes of it" not in html and "None under these filters" not in html


def test_the_bars_say_what_they_count() -> None:
    figure = partner_bars(partners_of("RUS", ARCS), LIGHT, names=NAMES, count="outlets")
    assert figure.layout.xaxis.title.text == "outlets"
