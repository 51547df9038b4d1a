"""Addresses: what they carry, and that nothing in one can do harm."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as some

from components.view import SIDES, View, about_pair, pair_of, parse_view, view_params
from components.wording import chips, date_words, listed, span_words
from entente.corpus import Filters
from entente.model import EventType, Quad, Status

ACTORS = ("RUS", "PRK", "UKR", "NATO")
OUTLETS = ("The Gazette", "Café & Co")
NAMES = {"RUS": "Russia", "PRK": "North Korea", "UKR": "Ukraine", "NATO": "NATO"}

FULL = View(
    Filters(
        countries=("PRK", "RUS"),
        side="both",
        since=dt.date(2024, 1, 1),
        until=dt.date(2024, 12, 31),
        clock="published",
        quads=(Quad.MATERIAL_CONFLICT, Quad.VERBAL_CONFLICT),
        types=(EventType.ASSAULT,),
        statuses=(Status.DENIED,),
        outlets=("Café & Co",),
        text="peace talks",
    ),
    count="reports",
    shade="balance",
    article="abc123",
    event="def456",
)


def parse(params: dict[str, list[str]]) -> View:
    return parse_view(params, actors=ACTORS, outlets=OUTLETS)


def test_an_address_carries_codes_not_labels() -> None:
    params = view_params(FULL)
    assert sorted(params["c"]) == ["PRK", "RUS"]
    assert params["quad"] == ["material-conflict", "verbal-conflict"]
    assert params["from"] == ["2024-01-01"]


def test_the_default_has_no_parameters() -> None:
    assert view_params(View()) == {}


def test_an_address_gives_back_the_view_it_was_made_of() -> None:
    assert parse(view_params(FULL)) == FULL


@given(
    some.builds(
        View,
        some.builds(
            Filters,
            countries=some.lists(some.sampled_from(ACTORS), unique=True).map(tuple),
            side=some.sampled_from(SIDES),
            since=some.none() | some.dates(dt.date(1900, 1, 1), dt.date(1999, 1, 1)),
            until=some.none() | some.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
            quads=some.lists(some.sampled_from(Quad), unique=True).map(tuple),
            types=some.lists(some.sampled_from(EventType), unique=True).map(tuple),
            statuses=some.lists(some.sampled_from(Status), unique=True).map(tuple),
            outlets=some.lists(some.sampled_from(OUTLETS), unique=True).map(tuple),
        ),
        count=some.sampled_from(["events", "reports", "outlets"]),
        shade=some.sampled_from(["mentions", "events", "balance", "share"]),
        only=some.sampled_from(["", "map", "timeline"]),
        draw=some.sampled_from(["matrix", "network"]),
        order=some.sampled_from(["circle", "total", "name"]),
        colour=some.sampled_from(["count", "balance"]),
        top=some.sampled_from([10, 25, 40, 60]),
    )
)
def test_every_view_survives_its_address(view: View) -> None:
    assert parse(view_params(view)) == view


def test_a_step_through_time_is_part_of_the_address() -> None:
    view = View(play="week", at=dt.date(2024, 10, 21))
    assert view_params(view) == {"play": ["week"], "at": ["2024-10-21"]}
    assert parse(view_params(view)) == view
    assert parse({"play": ["century"], "at": ["soon"], "only": ["sidebar"]}) == View()


@given(
    some.dictionaries(
        some.sampled_from(
            ["c", "side", "from", "to", "clock", "quad", "type", "status", "outlet", "q", "count", "article", "top", "order", "x"]
        ),
        some.lists(some.text()),
    )
)
def test_no_address_raises(params: dict[str, list[str]]) -> None:
    view = parse(params)
    assert set(view.filters.countries) <= set(ACTORS)
    assert parse(view_params(view)) == view


def test_a_very_long_address_is_cut() -> None:
    assert len(parse({"q": ["a" * 10_000]}).filters.text) <= 200
    assert parse({"c": ["X"] * 100_000}).filters.countries == ()


def test_chips_say_in_words_what_is_narrowed() -> None:
    said = chips(FULL, NAMES)
    assert set(said) == {"countries", "dates", "quads", "types", "statuses", "outlets", "text"}
    assert said["countries"].startswith("between ")
    assert said["dates"] == "2024, by date published"
    assert said["quads"] == "conflict only"
    assert said["text"] == "“peace talks”"
    assert chips(View(), NAMES) == {}
    assert chips(View(Filters(countries=("RUS",))), NAMES) == {"countries": "Russia"}


def test_spans_are_said_as_people_write_them() -> None:
    day = dt.date
    assert span_words(day(2024, 3, 1), day(2024, 3, 31)) == "March 2024"
    assert span_words(day(2022, 1, 1), day(2024, 12, 31)) == "2022 to 2024"
    assert span_words(day(2024, 5, 3), None) == "since 3 May 2024"
    assert span_words(None, day(2024, 5, 3)) == "until 3 May 2024"
    assert span_words(day(2024, 5, 3), day(2024, 6, 9)) == "3 May 2024 to 9 June 2024"


def test_dates_are_said_as_precisely_as_they_are() -> None:
    values = ["2025-04-28", "2025-W17", "2025-04", "2025-Q2", "2025-SU", "2025", None]
    assert [date_words(value) for value in values] == [
        "28 April 2025",
        "week of 21 April 2025",
        "April 2025",
        "second quarter of 2025",
        "summer 2025",
        "2025",
        "undated",
    ]


def test_lists_are_said_as_people_write_them() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_a_pair_is_exactly_two() -> None:
    assert pair_of(View(Filters(countries=("RUS",)))) is None
    assert set(pair_of(about_pair(View(), "RUS", "PRK")) or ()) == {"RUS", "PRK"}
    assert about_pair(FULL, "RUS", "UKR").filters.since == FULL.filters.since
