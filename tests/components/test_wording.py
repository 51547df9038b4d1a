"""Titles and paragraphs composed from data say what the data says."""

from __future__ import annotations

import pandas as pd
import pytest

from components.wording import (
    basis_words,
    lanes_finding,
    map_finding,
    matrix_finding,
    parties,
    set_off,
    shortened,
    timeline_finding,
)

NAMES = {"RUS": "Russia", "PRK": "North Korea", "UKR": "Ukraine"}


def arcs(*rows: tuple[str, str, str, int, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["actor", "recipient", "quad", "events", "mutual"])


def bins(*rows: tuple[str, str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["bin", "quad", "events"])
    return frame.assign(bin=pd.to_datetime(frame["bin"]))


def test_the_map_is_titled_by_its_largest_relation() -> None:
    frame = arcs(
        ("RUS", "UKR", "material conflict", 5, False),
        ("RUS", "UKR", "verbal conflict", 2, False),
        ("PRK", "RUS", "verbal cooperation", 6, True),
    )
    assert map_finding(frame, NAMES, "events") == "Russia → Ukraine: 7 events, 5 of them material conflict"
    assert map_finding(frame.iloc[2:], NAMES, "events") == "North Korea and Russia: 6 events, all verbal cooperation"
    # Outlets are not added up: one that tells of two classes would be two.
    assert map_finding(frame, NAMES, "outlets") == map_finding(frame, NAMES, "events")
    assert map_finding(frame.iloc[:0], NAMES, "events") == "No relation between two actors"


def test_where_both_act_alike_no_title_says_that_one_of_them_does_more() -> None:
    frame = arcs(
        ("KHM", "THA", "verbal conflict", 7, False),
        ("KHM", "THA", "material conflict", 7, False),
        ("THA", "KHM", "material conflict", 14, False),
        ("KHM", "THA", "verbal cooperation", 9, True),
    )
    names = {"KHM": "Cambodia", "THA": "Thailand"}
    assert map_finding(frame, names, "events") == "Cambodia ⇄ Thailand: 28 events, 14 each way, 21 of them material conflict"
    assert map_finding(frame[frame["actor"] == "THA"], names, "events") == "Thailand → Cambodia: 14 events, all material conflict"
    totals = frame.groupby(["actor", "recipient", "mutual"])[["events"]].sum().reset_index()
    assert matrix_finding(totals, names, "events") == (
        "Cambodia and Thailand act toward each other most: 14 events each way, 9 mutual"
    )


def test_the_lanes_are_titled_by_what_is_told_most_often() -> None:
    assert lanes_finding(["ASSAULT", "ACCUSE", "ASSAULT"]) == "Told most often: assault, 2 of 3 reports"
    assert lanes_finding(["ASSAULT", "ACCUSE", "ASSAULT", "ACCUSE", "AID"]) == (
        "Told most often: accusation and assault, 2 of 5 reports each"
    )
    assert lanes_finding(["AID"]) == "Only aid: 1 report"
    assert lanes_finding(["AID", "ACCUSE", "ASSAULT", "REJECT"]) == "By type: none told more often than once"


def test_words_from_right_to_left_are_set_off_and_others_left_as_they_are() -> None:
    assert set_off("صحيفة المساء") == "\u2068صحيفة المساء\u2069"
    assert set_off("Bangkok Ledger") == "Bangkok Ledger"


def test_the_timeline_is_titled_by_what_outweighs() -> None:
    conflict, cooperation = ("2024-01-01", "verbal conflict", 3), ("2024-01-08", "material cooperation", 5)
    both = bins(conflict, cooperation)
    assert timeline_finding(both, "events", "week", events=8) == "Cooperation outweighs conflict, 5 events to 3"
    assert timeline_finding(both, "outlets", "week", events=8) == "Cooperation outweighs conflict, 5 events to 3"
    assert timeline_finding(bins(conflict), "events", "week", events=3) == "Only conflict, 3 events"
    more = bins(conflict, cooperation, ("2024-02-05", "verbal conflict", 1))
    assert timeline_finding(more, "events", "week", events=9).endswith("; most in the week of 8 January 2024")
    assert timeline_finding(more, "events", "month", events=9).endswith("; most in January 2024")
    assert timeline_finding(more, "events", "day", events=9).endswith("; most on 8 January 2024")
    assert "closely enough" in timeline_finding(more.iloc[:0], "events", "week", events=9)


def test_the_timelines_title_says_of_which_events_it_speaks_where_it_cannot_draw_all() -> None:
    drawn = bins(("2024-01-01", "verbal conflict", 3), ("2024-01-08", "material cooperation", 5))
    assert timeline_finding(drawn, "events", "week", events=9) == (
        "Where the week is known, cooperation outweighs conflict, 5 events to 3"
    )
    assert timeline_finding(drawn, "events", "day", events=9).startswith("Where the day is known, cooperation outweighs")


@pytest.mark.parametrize(
    ("actor", "recipient", "said"),
    [
        (["RUS"], ["UKR"], "Russia → Ukraine"),
        (["RUS", "PRK"], ["PRK", "RUS"], "Russia and North Korea"),
        (["PRK"], [], "North Korea"),
        (["XXX"], ["UKR"], "XXX → Ukraine"),
    ],
)
def test_who_to_whom(actor: list[str], recipient: list[str], said: str) -> None:
    assert parties(actor, recipient, NAMES) == said


def test_how_a_date_is_known_is_said_with_days_and_types_as_people_write_them_and_quotes_nobody_wrongly() -> None:
    assert basis_words("'this month' as of 2025-06-18") == "'this month' as of 18 June 2025"
    assert (
        basis_words("same parties, both SUPPORT, both on 2025-04-28, 100% of the words")
        == "same parties, both support, both on 28 April 2025, 100% of the words"
    )
    assert basis_words("same parties, REQUEST and CONSULT, both verbal conflict, dates") == (
        "same parties, demand and talks, both verbal conflict, dates"
    )
    assert basis_words("'both AID, as promised' as of 2025-06-18") == "'both AID, as promised' as of 18 June 2025"
    assert basis_words("'2025-04-28'") == "'2025-04-28'"


def test_a_long_label_ends_after_a_whole_item_and_shows_that_it_goes_on() -> None:
    assert shortened("Russia or China", 20) == "Russia or China"
    assert shortened("Russia, China, South Korea or Japan", 20) == "Russia, China …"
    assert shortened("between Somaliland and Somalia", 24) == "between Somaliland …"
    assert shortened("x" * 50, 20) == "x" * 18 + " …"
