"""The page of one pair: every clause of its paragraph counts what it leads to; what changed is told with how sure that is."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import plotly.graph_objects as go
import pytest
from conftest import Open, map_figures, shown

from components.charts.lanes import lanes
from components.charts.palette import LIGHT
from components.charts.places import frame_of, place_map
from components.links import Bar, Link
from components.paragraph import Newest, pair_parts, plain
from components.spans import Spans, spans_finding, spans_words
from components.view import View, about_pair, parse_view, view_params
from components.wording import TYPE_WORDS, directions_finding
from entente.changes import Comparison, chance_of_shift, compare_spans
from entente.coder import LexiconCoder
from entente.corpus import Corpus, Filters, open_sample
from entente.model import Article, EventType, Status

NAMES = {"RUS": "Russia", "PRK": "North Korea", "UKR": "Ukraine", "USA": "United States", "KOR": "South Korea"}


@pytest.fixture(scope="module")
def sample(sample_cache: Path) -> Corpus:
    coder = LexiconCoder()
    return open_sample(sample_cache, coder, coder.version)


def parts_of(corpus: Corpus, view: View) -> list[str | Link]:
    return pair_parts(view, corpus.pair_breakdown(view.filters), 1, None, NAMES)


@pytest.mark.parametrize(
    "filters",
    [
        Filters(countries=("RUS", "PRK")),
        Filters(countries=("PRK", "KOR")),
        Filters(countries=("RUS", "UKR"), since=dt.date(2024, 1, 1), until=dt.date(2025, 3, 31)),
        Filters(countries=("RUS", "PRK"), statuses=(Status.HAPPENED, Status.DENIED)),
        Filters(countries=("RUS", "PRK"), text="troops"),
    ],
)
def test_every_clause_counts_the_events_that_its_link_opens(sample: Corpus, filters: Filters) -> None:
    view = about_pair(View(filters), *filters.countries)
    links = [part for part in parts_of(sample, view) if isinstance(part, Link)]
    assert len(links) > 4
    for link in links:
        opened = parse_view(parse_qs(urlsplit(link.href).query), actors=NAMES, outlets=())
        assert opened == link.view
        events = sample.count(opened.filters)["events"]
        numbers = [int(word) for word in link.text.replace("(", "").replace(")", "").replace(",", "").split() if word.isdigit()]
        # "all of cooperation" and the only type of a direction say no number: they are all that stands before.
        assert numbers == [events] or (not numbers and events), link.text


def breakdown(*rows: tuple[object, ...]) -> pd.DataFrame:
    columns = ["told", "status", "conflict", "direction", "type", "events", "articles"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(conflict=frame["conflict"].astype("boolean"), first_day=pd.NaT, last_day=pd.NaT)


def test_one_event_is_told_in_the_singular() -> None:
    rows = breakdown(
        (True, None, None, None, None, 1, 1),
        (True, None, False, None, None, 1, 1),
        (True, None, None, "first", None, 1, 1),
        (True, None, None, "first", "SUPPORT", 1, 1),
        (True, "happened", None, None, None, 1, 1),
    )
    view = about_pair(View(), "RUS", "PRK")
    newest = Newest("e1", "Russia toward North Korea", EventType.SUPPORT, "2025-04")
    assert plain(pair_parts(view, rows, 1, newest, NAMES)) == (
        "The corpus tells of 1 event between Russia and North Korea, of cooperation. Russia acts toward North Korea in 1, by "
        "support. The most recent is dated April 2025: Russia toward North Korea, support. It rests on 1 article from 1 outlet."
    )


def test_what_is_planned_or_denied_is_never_told_as_happened() -> None:
    rows = breakdown(
        (False, None, None, None, None, 3, 2),
        (False, "denied", None, None, None, 1, 1),
        (False, "planned", None, None, None, 2, 1),
        (False, None, None, "first", None, 3, 2),
    )
    said = plain(pair_parts(about_pair(View(), "RUS", "PRK"), rows, 0, None, NAMES))
    assert (
        said == "The corpus tells of no event between Russia and North Korea that happened. Told of are: 2 planned and 1 denied."
    )


def test_an_address_keeps_one_way_and_a_chip_says_it(open_app: Open) -> None:
    app = open_app("pair", c=["PRK", "RUS"], side="first")
    assert not app.exception
    assert "North Korea toward Russia" in next(button.label for button in app.button if button.key == "chip-countries")
    assert view_params(about_pair(View(Filters(countries=("PRK", "RUS"), side="first")), "PRK", "RUS"))["side"] == ["first"]
    assert view_params(about_pair(View(Filters(countries=("PRK", "RUS"), side="first")), "PRK", "USA"))["side"] == ["both"]


def test_the_direction_that_has_more_is_the_title() -> None:
    assert directions_finding({"first": 3, "second": 9, "mutual": 2}, "Russia", "North Korea", "events") == (
        "North Korea acts more toward Russia than the other way, 9 events to 3; 2 together"
    )
    assert directions_finding({"first": 1}, "Russia", "North Korea", "events") == "Only Russia acts toward North Korea: 1 event"
    assert directions_finding({"first": 2, "second": 2}, "Russia", "Iran", "events").startswith("Both act alike")
    assert directions_finding({"mutual": 2}, "Russia", "Iran", "events") == "All together: 2 events"


# ------------------------------------------------------------------ against before


def test_a_span_with_the_share_of_before_is_in_line_whatever_the_volume() -> None:
    before = dict.fromkeys(range(-26, 0), 2)
    volumes = dict.fromkeys(range(-26, 0), 20) | dict.fromkeys(range(26), 60)
    same = compare_spans(before | dict.fromkeys(range(26), 6), volumes, 26)
    assert same and same.before == 52 and same.events == 156 and same.low < 156 < same.high and same.chance > 0.5
    more = compare_spans(before | dict.fromkeys(range(26), 18), volumes, 26)
    assert more and more.events == 468 and more.expected == pytest.approx(156, rel=0.02) and more.chance < 1e-6


def test_uneven_weeks_before_make_a_rise_less_sure() -> None:
    volumes = dict.fromkeys(range(-26, 26), 50)
    even = compare_spans({**dict.fromkeys(range(-26, 0), 2), 0: 80}, volumes, 26)
    uneven = compare_spans({-3: 52, 0: 80}, volumes, 26)
    assert even and uneven and even.before == uneven.before
    assert uneven.chance > 4 * even.chance and uneven.high > even.high


def test_a_span_before_without_any_event_tells_no_share() -> None:
    assert compare_spans({0: 4}, {0: 9, 1: 3}, 26) is None


def test_the_chance_of_a_shift_is_fishers() -> None:
    # Fisher (1935), The Design of Experiments: the lady tasting tea.
    assert chance_of_shift((3, 1), (1, 3)) == pytest.approx(34 / 70)
    assert chance_of_shift((4, 0), (0, 4)) == pytest.approx(2 / 70)
    assert chance_of_shift((10, 10), (500, 500)) == pytest.approx(1)


def test_the_comparison_says_what_was_expected_and_does_not_claim_more_than_it_knows() -> None:
    since, until = dt.date(2025, 1, 1), dt.date(2025, 1, 31)
    quiet = Comparison(4, 5, 4.4, 1, 10, 0.8)
    few = Spans(
        since,
        until,
        {"all": quiet, "cooperation": Comparison(3, 2, 3.3, 0, 8, 0.7), "conflict": Comparison(1, 3, 1, 0, 4, 0.3)},
        (40, 44),
        0.5,
    )
    assert few.before == (dt.date(2024, 12, 1), dt.date(2024, 12, 31))
    assert spans_finding(few) == "In line with the span before: 5 events, 4.4 expected"
    assert "could be split so by chance alone" in spans_words(few)
    rare = Comparison(1, 0, 2.2, 0, 8, 0.4)
    assert spans_finding(Spans(since, until, {"all": rare}, (40, 44), None)) == "Too few events to compare: 1 before, 0 now"
    loud = Comparison(4, 40, 4.4, 1, 10, 1e-9)
    assert spans_finding(Spans(since, until, {"all": loud}, (40, 44), None)).startswith("More than in the span before: 40 events")
    nothing = Spans(since, until, {}, (0, 9), None)
    assert "no event from 1 December 2024 to 31 December 2024" in spans_words(nothing)


# ------------------------------------------------------------------ charts


def test_a_frame_goes_the_short_way_round_the_earth() -> None:
    frame = frame_of([(179.0, -17.0), (-179.0, -18.0)])
    assert abs(abs(frame.lon) - 180.0) < 0.01 and frame.wide < 30
    assert frame.holds(-178.0, -17.0) and not frame.holds(0.0, -17.0)


PLACES = pd.DataFrame(
    [
        ("Kursk <b>", "RUS", 51.7, 36.2, False, 5, 6, 2),
        ("Moscow", "RUS", 55.8, 37.6, True, 3, 3, 0),
        ("Near", "RUS", 55.8, 37.65, False, 1, 1, 0),
        ("Nearer", "RUS", 55.82, 37.6, False, 1, 1, 0),
        ("Next", "RUS", 55.81, 37.62, False, 1, 1, 0),
        ("Nearest", "RUS", 55.79, 37.6, False, 1, 1, 0),
    ],
    columns=["place", "code", "lat", "lon", "capital", "articles", "mentions", "told"],
)


def test_a_place_in_an_event_is_filled_a_capital_square_and_no_name_hides_another() -> None:
    frame = frame_of(list(zip(PLACES["lon"], PLACES["lat"], strict=True)))
    figure = go.Figure(place_map(PLACES, frame, LIGHT, shapes={"RUS", "UKR"}, chosen=("RUS",)))
    dots: Any = figure.data[-1]
    assert list(dots.marker.symbol)[:2] == ["circle", "square"]
    assert list(dots.marker.color)[:2] == [LIGHT.ink, LIGHT.ground]
    assert dots.marker.size[0] > dots.marker.size[2]
    assert dots.text[0] == "Kursk &lt;b&gt;" and "<b>Kursk &lt;b&gt;</b>" in dots.hovertext[0]
    # Five places on one spot: there is not room for five names.
    assert 1 <= sum(bool(text) for text in dots.text[1:]) < 5
    assert figure.data[0].geojson.startswith("app/static/")


def test_what_is_denied_is_struck_through_and_what_is_planned_hollow() -> None:
    rows = pd.DataFrame(
        [
            ("e1", ["RUS"], ["PRK"], "AID", "happened", "2025-04-01", "One."),
            ("e2", ["RUS"], ["PRK"], "AID", "denied", "2025-04", "Two."),
            ("e3", ["RUS"], ["PRK"], "AID", "planned", "2025-05-01", "Three."),
        ],
        columns=["event_id", "actor", "recipient", "type", "status", "when_value", "sentence"],
    )
    figure = lanes(rows, LIGHT, left="RUS", right="PRK", names=NAMES, words=TYPE_WORDS)
    marks = next(trace for trace in figure.data if trace.name == "material cooperation" and trace.mode == "markers")
    assert [symbol.endswith("-open") for symbol in marks.marker.symbol] == [False, True, True]
    strokes = next(trace for trace in figure.data if trace.name == "denied")
    assert len(strokes.x) == 1 and strokes.x[0] == marks.x[1]


# ------------------------------------------------------------------ the page


def test_the_page_has_each_part_with_a_table_and_words_for_who_cannot_see_it(open_app: Open) -> None:
    app = open_app("pair", c=["RUS", "PRK"])
    assert not app.exception and not app.warning
    html = shown(app)
    for heading in ("What changed lately", "Places named where this is told", "In the same articles", "North Korea with others"):
        assert heading in html
    charts = [one.proto.alt for one in app.get("plotly_chart")] + [said["alt"] for said in map_figures(app)]
    assert len(charts) == 5 and all(charts)
    assert sum("Table" in one.label for one in app.expander) == len(charts)
    assert "does not say that anything happened there" in html


def test_a_hostile_outlet_or_text_reaches_the_links_as_data_only() -> None:
    link = Link("<img src=x onerror=alert(1)>", View(Filters(text='"><script>')))
    assert "<" not in link.href and '"' not in link.href
    assert Bar(link, 1).words is link


def test_the_paragraph_can_be_copied(open_app: Open, make_corpus: Callable[..., Path], thanked: Article) -> None:
    app = open_app("pair", corpus=make_corpus(thanked), c=["RUS", "PRK"])
    assert any("between Russia and North Korea" in code.value for code in app.code)
    linked = [json.loads(one.proto.json) for one in app.get("bidi_component") if "summary" in one.proto.id]
    assert linked and linked[0]["kind"] == "prose"
