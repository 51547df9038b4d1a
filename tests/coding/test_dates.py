"""Calendar expressions: a value as precise as the words, never a made-up day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.coding import code_article
from entente.coding.dates import _HOLIDAYS, _PATTERNS, _any_of, _expressions, basis_of, find_dateline, find_dates
from entente.lexicon import load_lexicon
from entente.model import Article, days_of

MONDAY = dt.date(2025, 4, 28)
ANY = _any_of(_PATTERNS)

CASES = [
    ("It was on April 28, 2025.", "2025-04-28"),
    ("It was on 28 April 2025.", "2025-04-28"),
    ("It was on the 28th of April 2025.", "2025-04-28"),
    ("Signed on Sept. 11, 2001.", "2001-09-11"),
    ("The report of 2025-04-02 said so.", "2025-04-02"),
    ("They met on Monday.", "2025-04-28"),
    ("They met on Friday.", "2025-04-25"),
    ("They will meet on Friday.", "2025-05-02"),
    ("They met last Saturday.", "2025-04-26"),
    ("In March Putin met Xi.", "2025-03"),
    ("In May Macron called it a threat.", "2024-05"),
    ("A week ago the army left.", "2025-W17"),
    ("In 2020 soldiers of both fought.", "2020"),
    ("Rockets fell in the night to Saturday.", "2025-04-25"),
    ("Rockets fell overnight to Sunday.", "2025-04-26"),
    ("They will meet next Wednesday.", "2025-04-30"),
    ("They spoke yesterday.", "2025-04-27"),
    ("They speak tomorrow.", "2025-04-29"),
    ("They spoke today.", "2025-04-28"),
    ("They signed in June last year.", "2024-06"),
    ("Troops were sent in October.", "2024-10"),
    ("It happened last month.", "2025-03"),
    ("It happened earlier this month.", "2025-04"),
    ("It will happen next month.", "2025-05"),
    ("It happened last year.", "2024"),
    ("It happened two days ago.", "2025-04-26"),
    ("It happened three weeks ago.", "2025-W15"),
    ("It happened two years ago.", "2023"),
    ("It began in 2014.", "2014"),
    ("It began in March 2014.", "2014-03"),
    ("It fell in the first quarter of 2008.", "2008-Q1"),
    ("It fell in Q3 2023.", "2023-Q3"),
    ("It was in the summer of 2014.", "2014-SU"),
    ("It happened last week.", "2025-W17"),
    ("They met on March 3.", "2025-03-03"),
    ("They met on December 3.", "2024-12-03"),
    ("It began on Christmas Day 2024.", "2024-12-25"),
    ("They met on New Year's Eve.", "2024-12-31"),
    ("They met on Orthodox Christmas.", "2025-01-07"),
    ("The parade was held on Bastille Day.", "2024-07-14"),
    ("The parade will be held on Bastille Day.", "2025-07-14"),
    ("They marched on International Women’s Day.", "2025-03-08"),
    ("They met over the weekend.", "2025-W17"),
    ("They met last weekend.", "2025-W17"),
    ("They will meet this weekend.", "2025-W18"),
    ("They will meet next weekend.", "2025-W18"),
    ("Output fell in the fourth quarter.", "2024-Q4"),
    ("Plants will close in the fourth quarter.", "2025-Q4"),
    ("Plants will close in the first quarter.", "2026-Q1"),
    ("The offensive was halted in winter.", "2024-WI"),
    ("They signed it in the autumn.", "2024-FA"),
    ("They will vote in the autumn.", "2025-FA"),
    ("They fought in '82.", "1982"),
    ("They fought in ’14.", "2014"),
    ("It was signed on 13/02/2024.", "2024-02-13"),
    ("It was signed on 2/13/24.", "2024-02-13"),
    ("It was signed on 07/07/2007.", "2007-07-07"),
    ("It was signed on 28.2.2014.", "2014-02-28"),
    ("It was signed on 10/12/2024.", "2024"),
    ("The deal should be completed in October.", "2025-10"),
    ("It was built by mid-2011.", "2011"),
    ("The September 11 attacks changed that.", "2001-09-11"),
    ("After the October 7 attack it was over.", "2023-10-07"),
]
NO_DATES = [
    "He may come and they march.",
    "An august assembly sat in the sun.",
    "Theresa May may resign.",
    "It lasted for two days and 24 hours.",
    "Resolution 2231 was cited.",
    "A Boeing 747 landed.",
    "About 2000 soldiers and 1945 people came.",
    "The price was $1999.",
    "One second later it was over.",
    "It was signed on 7/8/07.",
    "It was signed on 31/31/2024.",
    "Version 3.13.24 is out.",
    "Chad left the next day.",
    "Until that day comes, Chad waits.",
    "At the end of the day, Chad decides.",
    "They are open late the evening.",
    "Day by day, the day after the vote.",
    "Snow is common in winter.",
    "The fall of the city was near.",
    "Independence Day is kept everywhere.",
]


@pytest.mark.parametrize(("text", "value"), CASES)
def test_a_date_has_its_value(text: str, value: str) -> None:
    assert [d.value for d in find_dates(text, MONDAY)] == [value]


@pytest.mark.parametrize("text", NO_DATES)
def test_these_are_no_dates(text: str) -> None:
    assert find_dates(text, MONDAY) == ()


def test_a_day_earlier_counts_from_the_day_told_of() -> None:
    told, earlier = find_dates("They met on Saturday, and their aides a day earlier.", MONDAY)
    assert (told.value, earlier.value) == ("2025-04-26", "2025-04-25")
    (alone,) = find_dates("Their aides had met a day earlier.", MONDAY)
    assert alone.value == "2025-04-27"
    _, ago = find_dates("They met on Saturday, and their aides two days ago.", MONDAY)
    assert ago.value == "2025-04-26"


# What counts from a date told before, and its value in an article of Monday, 28 April 2025.
COUNTED = [
    ("They met on 3 March. On the same day, Chad left.", "2025-03-03"),
    ("They met on 3 March. The next day, Chad left.", "2025-03-04"),
    ("They met on 3 March and left the following day.", "2025-03-04"),
    ("They met on 3 March; the day before, Chad had left.", "2025-03-02"),
    ("They met on 3 March 2022. Two days later, Chad left.", "2022-03-05"),
    ("They met on 3 March 2022. Three weeks after that, Chad left.", "2022-W12"),
    ("They met on 31 December 2023. The following month, Chad left.", "2024-01"),
    ("They met in 2019. A year later, Chad left.", "2020"),
    ("They met in 2019. In the same year, Chad left.", "2019"),
    ("They met in 2019. Earlier in the year, Chad had left.", "2019"),
    ("They met in June 2023. Chad had left the previous month.", "2023-05"),
    ("They met on Saturday. Later that day, Chad left.", "2025-04-26"),
    ("Sales fell in March, against the same month a year ago.", "2024-03"),
]


@pytest.mark.parametrize(("text", "value"), COUNTED)
def test_what_is_told_counts_on(text: str, value: str) -> None:
    _, counted = find_dates(text, MONDAY)
    assert counted.value == value


ALONE = [
    ("Earlier in the day, Chad left.", "2025-04-28"),
    ("The previous day, Chad left.", "2025-04-27"),
    ("Chad will leave by the end of the year.", "2025"),
    ("Chad left at the start of the month.", "2025-04"),
    ("Shares ended the day at 40 points.", "2025-04-28"),
    ("Sales fell against the same period last year.", "2024"),
]


@pytest.mark.parametrize(("text", "value"), ALONE)
def test_without_a_date_told_before_some_count_from_publication(text: str, value: str) -> None:
    assert [d.value for d in find_dates(text, MONDAY)] == [value]


def test_what_was_told_far_off_counts_for_nothing() -> None:
    further = "They met on 3 March. " + "Nobody knows what was said. " * 20 + "The next day, Chad left."
    assert [d.value for d in find_dates(further, MONDAY)] == ["2025-03-03"]
    assert [d.value for d in find_dates("They met on 3 March.\nThe next day, Chad left.", MONDAY)] == ["2025-03-03"]
    # news in the present goes on with its own day, not with that of a vote long ago
    vote = "After the vote of 1 March, talks began. The cabinet is sworn in the same day."
    assert [d.value for d in find_dates(vote, MONDAY)] == ["2025-03-01", "2025-04-28"]


def test_a_number_in_a_name_is_no_date_to_count_from() -> None:
    text = "The March 3 Movement had taken it the previous day."
    assert [d.value for d in find_dates(text, MONDAY, names=[(4, 20)])] == ["2025-04-27"]


def test_a_range_has_two_ends() -> None:
    assert [d.value for d in find_dates("They met on May 3-5, 2024.", MONDAY)] == ["2024-05-03", "2024-05-05"]


def test_without_a_day_of_publication_only_absolute_dates_count() -> None:
    found = find_dates("On Monday, last month, in June, and on April 28, 2025, and in 2019.", None)
    assert [d.value for d in found] == ["2025-04-28", "2019"]


def test_the_basis_is_in_words() -> None:
    (date,) = find_dates("They met on Friday.", MONDAY)
    assert basis_of(date, MONDAY) == "'Friday' before 2025-04-28"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)))
def test_any_text_is_taken(text: str, day: dt.date) -> None:
    for date in find_dates(text, day):
        assert text[date.start : date.end] == date.text
        first, last = days_of(date.value)
        assert first <= last and 1000 <= first.year <= 2200


PIECES = [
    "more than",
    "about",
    "fifteen",
    "a",
    "12",
    "31",
    "3rd",
    "28",
    "2024",
    "2025-04-28",
    "3,000",
    "Throughout",
    "Earlier in",
    "mid-",
    "following",
    "Coming",
    "last",
    "this",
    "next",
    "first",
    "Q3",
    "of",
    "the",
    "to",
    "and",
    "-",
    ",",
    ".",
    "years ago",
    "weeks earlier",
    "days",
    "week",
    "quarter",
    "month",
    "Wednesday",
    "today",
    "tonight",
    "yesterday",
    "tomorrow",
    "morning",
    "last night",
    "January",
    "Sept.",
    "May",
    "March",
    "summer",
    "Autumn of",
    "Christmas Eve",
    "New Year's Day",
    "May Day",
    "last year",
    "the year before",
    "soldiers",
    "night",
    "weekend",
    "Over the",
    "During the",
    "late",
    "'24",
    "9/11",
    "3/4/2024",
    "attacks",
    *_HOLIDAYS,
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", " ", " ", "", "\n", "; "])), max_size=14))
def test_looking_only_near_hints_finds_what_a_search_of_the_whole_text_finds(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + blank for piece, blank in pieces)
    found, every = list(_expressions(text)), list(ANY.finditer(text))
    assert [(m.span(), m.lastgroup) for m in found] == [(m.span(), m.lastgroup) for m in every]


def test_the_day_between_a_headline_and_its_text_is_the_articles_own() -> None:
    day = MONDAY
    text = "Kenya expels two envoys of Chad April 28, 2025 Nairobi said on Sunday that both had left."
    span = find_dateline(text, day)
    assert span is not None
    assert text[slice(*span)] == "April 28, 2025"
    assert find_dateline(text, dt.date(2025, 4, 27)) is None, "another day is told, not the article's own"
    assert find_dateline("The deal that Kenya signed on April 28, 2025 Chad rejected.", day) is None


def test_headline_and_text_on_one_line_are_read_apart() -> None:
    text = "Kenya expels two envoys of Chad April 28, 2025 Mali praised Norway on Sunday."
    article = Article("a", "", text, MONDAY)
    coded = code_article(article, load_lexicon())
    assert [d.text for d in coded.dates] == ["Sunday"]
    assert {(e.actor, e.recipient) for e in coded.events} == {(("KEN",), ("TCD",)), (("MLI",), ("NOR",))}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They fought from March to May 2023.", ["2023-03", "2023-05"]),
        ("They fought between November and May 2023.", ["2022-11", "2023-05"]),
        ("They met on 4 May and 6 June 2023.", ["2023-05-04", "2023-06-06"]),
        ("They met in March and left in May 2023.", ["2025-03", "2023-05"]),
        ("They met on Monday and 5 May 2023.", ["2025-04-28", "2023-05-05"]),
    ],
)
def test_a_year_behind_the_second_of_two_dates_is_that_of_the_first_too(text: str, values: list[str]) -> None:
    assert [d.value for d in find_dates(text, MONDAY)] == values
