"""Which words name a country and which do not. The two lists beside this file are plain: anyone can add a line."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entente.coding.mentions import find_mentions
from entente.lexicon import Lexicon, load_lexicon
from entente.model import MentionKind

HERE = Path(__file__).parent
DAY = dt.date(2024, 3, 5)
LEXICON = load_lexicon()


def lines(name: str) -> list[tuple[str, str]]:
    rows = [
        line.split("\t")
        for line in (HERE / name).read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    return [(row[0], row[1] if len(row) > 1 else "") for row in rows]


@pytest.mark.parametrize(("text", "codes"), lines("should_match.txt"))
def test_a_name_is_found(text: str, codes: str, lexicon: Lexicon) -> None:
    found = {m.code for m in find_mentions(text, lexicon.names, DAY)}
    assert found == set(codes.split())


@pytest.mark.parametrize(("text", "_"), lines("should_not_match.txt"))
def test_what_only_looks_like_a_country_is_not_found(text: str, _: str, lexicon: Lexicon) -> None:
    assert [(m.text, m.code, m.rule) for m in find_mentions(text, lexicon.names, DAY)] == []


def test_georgia_the_us_state_is_not_georgia(lexicon: Lexicon) -> None:
    (mention,) = [m for m in find_mentions("Georgia's governor spoke in Atlanta.", lexicon.names, DAY) if m.text == "Georgia"]
    assert mention.code == "USA"
    assert "beside" in mention.rule


def test_a_leader_means_the_office_of_the_day(lexicon: Lexicon) -> None:
    (before,) = find_mentions("Mark Rutte spoke.", lexicon.names, dt.date(2023, 5, 1))
    (after,) = find_mentions("Mark Rutte spoke.", lexicon.names, dt.date(2025, 5, 1))
    assert (before.code, after.code) == ("NLD", "NATO")
    assert "2025-05-01" in after.rule


@pytest.mark.parametrize(("day", "kind"), [("1991-01-21", MentionKind.CAPITAL), ("2024-03-05", MentionKind.PLACE)])
def test_a_former_capital_speaks_for_the_government_only_while_it_sat_there(
    day: str, kind: MentionKind, lexicon: Lexicon
) -> None:
    (mention,) = find_mentions("Bonn criticised the plan.", lexicon.names, dt.date.fromisoformat(day))
    assert (mention.code, mention.kind) == ("DEU", kind)


def test_brussels_acts_for_the_union_and_is_a_town_besides(lexicon: Lexicon) -> None:
    text = "Hungary accused Brussels of delay. Two men met in Brussels, near the Brussels airport."
    assert [(m.text, m.code) for m in find_mentions(text, lexicon.names, DAY)][1:] == [
        ("Brussels", "EU"),
        ("Brussels", "BEL"),
        ("Brussels", "BEL"),
    ]


def test_the_commission_is_the_european_one_once_that_is_named(lexicon: Lexicon) -> None:
    text = "The Commission sat. The European Commission replied, and the Commission paid."
    assert [(m.text, m.start) for m in find_mentions(text, lexicon.names, DAY)] == [
        ("European Commission", 24),
        ("Commission", text.rindex("Commission")),
    ]


def test_a_family_name_alone_follows_the_full_name(lexicon: Lexicon) -> None:
    found = find_mentions("Kim Jong-un met guests. Later Kim left.", lexicon.names, DAY)
    assert [m.code for m in found] == ["PRK", "PRK"]
    assert find_mentions("Kim left early.", lexicon.names, DAY) == ()


def test_offsets_hold_with_typographic_marks(lexicon: Lexicon) -> None:
    text = "The Kremlin’s “answer” to\u00a0North\u00a0Korea"
    found = find_mentions(text, lexicon.names, DAY)
    assert [text[m.start : m.end] for m in found] == ["Kremlin", "North\u00a0Korea"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    found = find_mentions(text, LEXICON.names, DAY)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
