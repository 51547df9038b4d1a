"""Leaders and places: valid codes, dates and points; a few facts that anybody can check."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from itertools import pairwise
from math import cos, hypot, radians

import pytest

from entente.lexicon import LEXICON_FOLDER, Lexicon
from entente.model import MentionKind, days_of


def rows_of(file: str) -> list[dict[str, str]]:
    with (LEXICON_FOLDER / file).open(newline="", encoding="utf-8") as f:
        return list(csv.DictReader(f))


LEADERS = rows_of("leaders.csv")
PLACES = rows_of("places.csv")
EXTRA = rows_of("places-extra.csv")
KINDS = {"city", "province", "sea", "strait", "region", "site", "island", "base"}


def first_day(row: dict[str, str]) -> dt.date:
    return days_of(row["since"])[0] if row["since"] else dt.date.min


def last_day(row: dict[str, str]) -> dt.date:
    return days_of(row["until"])[1] if row["until"] else dt.date.max


def in_office(code: str, role: str, day: str) -> set[str]:
    on = dt.date.fromisoformat(day)
    return {r["person"] for r in LEADERS if (r["code"], r["role"]) == (code, role) and first_day(r) <= on <= last_day(r)}


# ---------------------------------------------------------------- leaders


def test_every_leader_has_a_known_code_a_role_and_a_source(lexicon: Lexicon) -> None:
    for row in LEADERS:
        assert row["code"] in lexicon.names.actors, row
        assert row["role"] and row["source"] and row["person"] == row["person"].strip(), row


def test_terms_have_dates_that_exist_and_end_after_they_begin() -> None:
    for row in LEADERS:
        assert first_day(row) <= last_day(row), row


def test_no_term_stands_twice() -> None:
    twice = [k for k, n in Counter((r["person"], r["code"], r["role"], r["since"]) for r in LEADERS).items() if n > 1]
    assert twice == []


@pytest.mark.parametrize(
    ("code", "role", "day", "person"),
    [
        ("USA", "president", "2013-05-01", "Barack Obama"),
        ("USA", "president", "1991-01-17", "George H. W. Bush"),
        ("USA", "secretary of state", "2019-06-01", "Mike Pompeo"),
        ("RUS", "president", "2010-06-01", "Dmitry Medvedev"),
        ("RUS", "soviet leader", "1986-04-26", "Mikhail Gorbachev"),
        ("GBR", "prime minister", "1982-05-01", "Margaret Thatcher"),
        ("UKR", "president", "2022-02-24", "Volodymyr Zelenskyy"),
        ("UN", "secretary-general", "2003-03-20", "Kofi Annan"),
        ("NATO", "secretary-general", "2022-06-29", "Jens Stoltenberg"),
        ("NATO", "secretary-general", "2025-06-25", "Mark Rutte"),
        ("SYR", "president", "2015-09-30", "Bashar al-Assad"),
        ("CHN", "foreign minister", "2023-05-01", "Qin Gang"),
        ("IRN", "supreme leader", "1985-01-01", "Ruhollah Khomeini"),
        ("HAMAS", "leader", "2024-09-01", "Yahya Sinwar"),
        ("JPN", "defence minister", "2012-03-01", "Naoki Tanaka"),
        ("IRN", "guards commander", "2024-04-14", "Hossein Salami"),
        ("ITA", "defence minister", "1992-12-01", "Salvo Andò"),
        ("PAK", "army chief", "1990-08-02", "Mirza Aslam Beg"),
        ("UN", "peacekeeping chief", "1994-04-07", "Kofi Annan"),
        ("NORTHCYPRUS", "turkish cypriot leader", "2021-04-27", "Ersin Tatar"),
    ],
)
def test_who_held_office(code: str, role: str, day: str, person: str) -> None:
    assert in_office(code, role, day) == {person}


def test_great_powers_have_one_head_of_state_or_government_on_any_day() -> None:
    for code, role in (
        ("USA", "president"),
        ("RUS", "president"),
        ("FRA", "president"),
        ("GBR", "prime minister"),
        ("DEU", "chancellor"),
    ):
        for year in range(1992, 2026):
            assert len(in_office(code, role, f"{year}-03-01")) == 1, (code, role, year)


def test_nobody_holds_one_office_twice_at_a_time() -> None:
    terms: dict[tuple[str, str, str], list[tuple[dt.date, dt.date]]] = {}
    for row in LEADERS:
        terms.setdefault((row["person"], row["code"], row["role"]), []).append((first_day(row), last_day(row)))
    for office, spans in terms.items():
        spans.sort()
        for (_, end), (start, _) in pairwise(spans):
            # a month that ends one term may begin the next
            assert start > end - dt.timedelta(days=31), office


_FOREIGN = ("foreign minister", "foreign secretary", "secretary of state")
_DEFENCE = ("defence minister", "defence secretary")


@pytest.mark.parametrize(
    ("offices", "since", "codes"),
    [
        (
            _FOREIGN,
            1995,
            "ARE ARG AUS AZE BLR BRA CAN CHN DEU EGY ESP ETH FRA GBR GRC HUN IDN IND IRN IRQ ISR ITA JPN KEN KOR NLD",
        ),
        (_FOREIGN, 1995, "NZL PER PHL POL PRK RUS SAU SWE SYR TUR TWN UKR USA VEN ZAF"),
        (_DEFENCE, 2010, "ARE AZE BLR BRA CAN CHN COD COL DEU EGY ESP ETH FRA GBR GRC HUN IDN IND IRN ISR ITA JPN KEN LBN MEX"),
        (_DEFENCE, 2010, "NLD PHL POL PRK RUS SAU SRB SWE SYR TUR TWN UKR USA VEN ZAF"),
    ],
)
def test_a_minister_is_known_in_every_year(offices: tuple[str, ...], since: int, codes: str) -> None:
    nobody = [
        (code, year)
        for code in codes.split()
        for year in range(since, 2026)
        if not any(in_office(code, office, f"{year}-06-30") for office in offices)
    ]
    assert nobody == []


def test_without_a_date_an_office_in_an_organisation_comes_first(lexicon: Lexicon) -> None:
    first = {
        name: lexicon.names.names[name][0].code
        for name in ("António Guterres", "Ursula von der Leyen", "Mark Rutte", "Ismail Haniyeh")
    }
    assert first == {"António Guterres": "UN", "Ursula von der Leyen": "EU", "Mark Rutte": "NATO", "Ismail Haniyeh": "HAMAS"}


def test_a_name_with_accents_is_found_without_them(lexicon: Lexicon) -> None:
    names = lexicon.names.names
    for with_accents, without in (
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
        ("Nicolás Maduro", "Nicolas Maduro"),
        ("Tô Lâm", "To Lam"),
    ):
        assert {n.person for n in names[with_accents]} & {n.person for n in names[without]}


def test_family_names_of_many_are_no_short_forms(lexicon: Lexicon) -> None:
    for name in ("Kim", "Lee", "Park", "Johnson", "Brown", "May", "Smith", "Khan", "Singh"):
        assert all(n.kind is not MentionKind.LEADER for n in lexicon.names.names.get(name, ()))


# ---------------------------------------------------------------- places


def test_every_place_lies_on_earth_in_a_known_country(lexicon: Lexicon) -> None:
    for row in PLACES:
        assert row["kind"] in KINDS, row
        assert -90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180, row
        assert row["code"] in lexicon.names.actors or (row["code"] == "" and row["source"] == "by hand"), row
        assert row["population"] == "" or int(row["population"]) >= 0, row


def test_no_place_stands_twice() -> None:
    assert [k for k, n in Counter((r["name"], r["code"]) for r in PLACES).items() if n > 1] == []


def test_every_place_by_hand_reached_the_made_file() -> None:
    made = {(r["name"], r["code"], r["kind"]) for r in PLACES}
    assert {(r["name"], r["code"], r["kind"]) for r in EXTRA} <= made


def test_everyday_words_and_capitals_are_no_towns() -> None:
    names = {r["name"] for r in PLACES}
    assert not names & {
        "Kyiv",
        "Moscow",
        "Washington",
        "Georgia",
        "Reading",
        "Mobile",
        "Nice",
        "Bath",
        "Orange",
        "March",
        "Hope",
        "Same",
        "Most",
        "Of",
    }


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Kursk", "RUS"),
        ("Vostochny Cosmodrome", "RUS"),
        ("Crimea", "UKR"),
        ("Bakhmut", "UKR"),
        ("Golan Heights", "SYR"),
        ("East Jerusalem", "PSE"),
        ("Rafah", "PSE"),
        ("Nagorno-Karabakh", "AZE"),
        ("Natanz", "IRN"),
        ("South China Sea", ""),
        ("Spratly Islands", ""),
    ],
)
def test_where_a_place_belongs(name: str, code: str) -> None:
    assert {r["code"] for r in PLACES if r["name"] == name} == {code}


def test_punjab_is_in_two_countries() -> None:
    assert {r["code"] for r in PLACES if r["name"] == "Punjab"} == {"IND", "PAK"}


def test_the_states_of_the_union_are_provinces_but_for_the_two_that_mean_something_else_first() -> None:
    states = {r["name"] for r in PLACES if r["code"] == "USA" and r["kind"] == "province"}
    assert len(states) == 48
    assert not states & {"Georgia", "Washington"}


@pytest.mark.parametrize(
    ("name", "code", "lat", "lon"),
    [
        ("Basra", "IRQ", 30.5, 47.8),
        ("Qamishli", "SYR", 37.05, 41.2),
        ("Shanghai", "CHN", 31.2, 121.5),
        ("Goma", "COD", -1.7, 29.2),
        ("Kirkenes", "NOR", 69.7, 30.0),
    ],
)
def test_a_point_is_within_thirty_kilometres(name: str, code: str, lat: float, lon: float) -> None:
    row = next(r for r in PLACES if (r["name"], r["code"]) == (name, code))
    north, east = float(row["lat"]) - lat, (float(row["lon"]) - lon) * cos(radians(lat))
    assert hypot(north, east) * 111 < 30


def test_a_group_governs_its_country_from_day_to_day(lexicon: Lexicon) -> None:
    terms = lexicon.names.actors["TALIBAN"].governs
    assert [
        any(a <= dt.date.fromisoformat(day) <= b for a, b in terms) for day in ("1999-01-01", "2015-01-01", "2024-01-01")
    ] == [
        True,
        False,
        True,
    ]
