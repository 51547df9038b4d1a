"""The first real input, in a page of our own of the same shape: headlines of another year, then one article without a date."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from entente.coding import code_article
from entente.lexicon import Lexicon
from entente.model import Article, Coded, Event, EventType, Status
from entente.reading import read_file

PAGE = """- City council approves the new bus lanes
- S. Korea names its team for the archery cup
- US and Japan sign a fishing accord
- Ten recipes for a rainy weekend
- Golfer returns after a long injury
Putin thanks N. Korean leader for soldiers sent to Russia: Kremlin
Russian President Vladimir Putin thanked North Korean leader Kim Jong-un on Monday for soldiers who took part in the war with Ukraine, the Kremlin said.
Putin praised the role played by North Korean soldiers in the fight against Ukraine, in a statement that his office published hours after Pyongyang spoke of them.
Putin also accused Ukraine of shelling Russian villages and said that the help was lawful under the treaty which he and Kim signed in June last year in Pyongyang.
Since more than 9,000 North Korean troops were deployed to Russia in October, both capitals had kept silent about them for many months.
Observers say that Kim may travel to Russia for a summit with Putin before the end of the year, perhaps to speak of the dead.
A Russian newspaper reported on Monday that Putin has no plans to hold talks with Kim yet, and named Kremlin spokesman Dmitry Peskov.
"""


@pytest.fixture
def page(tmp_path: Path) -> Article:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    reading = read_file(path)
    assert not reading.skipped
    (article,) = reading.articles
    return article


@pytest.fixture
def coded(page: Article, lexicon: Lexicon) -> Coded:
    return code_article(dataclasses.replace(page, published=dt.date(2025, 4, 28)), lexicon)


def one(coded: Coded, actor: set[str], kind: EventType, recipient: set[str]) -> Event:
    found = [e for e in coded.events if e.type is kind and set(e.actor) == actor and set(e.recipient) == recipient]
    assert len(found) == 1, [(e.actor, e.type, e.recipient, e.status) for e in coded.events]
    return found[0]


def test_the_list_above_is_kept_as_headlines_and_never_coded(page: Article, coded: Coded) -> None:
    assert page.headlines[0] == "City council approves the new bus lanes"
    assert len(page.headlines) == 5
    assert page.title.startswith("Putin thanks N. Korean leader")
    assert "archery" not in page.text and "fishing" not in page.text
    assert not any("JPN" in (*e.actor, *e.recipient) for e in coded.events)


def test_without_a_date_nothing_is_put_on_a_day(page: Article, lexicon: Lexicon) -> None:
    assert page.published is None
    undated = code_article(page, lexicon)
    assert undated.events
    assert all(e.when.value is None for e in undated.events)


def test_thanks_are_support_on_monday(coded: Coded) -> None:
    event = one(coded, {"RUS"}, EventType.SUPPORT, {"PRK"})
    assert event.when.value == "2025-04-28"
    assert event.when.basis == "'on Monday' as of 2025-04-28" or event.when.basis == "'Monday' as of 2025-04-28"
    assert event.attributed_to == ("RUS",)


def test_troops_sent_in_october_are_aid_of_the_year_before(coded: Coded) -> None:
    event = one(coded, {"PRK"}, EventType.AID, {"RUS"})
    assert (event.when.value, event.when.precision) == ("2024-10", "month")


def test_the_fight_goes_against_ukraine(coded: Coded) -> None:
    one(coded, {"PRK"}, EventType.ASSAULT, {"UKR"})


def test_an_accusation_is_one_and_what_is_alleged_is_only_possible(coded: Coded) -> None:
    one(coded, {"RUS"}, EventType.ACCUSE, {"UKR"})
    assert one(coded, {"UKR"}, EventType.ASSAULT, {"RUS"}).status is Status.POSSIBLE


def test_the_treaty_is_of_june_last_year_and_background(coded: Coded) -> None:
    event = one(coded, {"RUS", "PRK"}, EventType.AGREE, {"RUS", "PRK"})
    assert (event.when.value, event.status) == ("2024-06", Status.BACKGROUND)


def test_a_possible_visit_and_denied_talks(coded: Coded) -> None:
    assert one(coded, {"PRK"}, EventType.CONSULT, {"RUS"}).status is Status.POSSIBLE
    talks = [e for e in coded.events if e.type is EventType.CONSULT and set(e.actor) == {"RUS", "PRK"}]
    # The summit that Kim may travel for is the visit; of the talks there are no plans.
    assert {e.status for e in talks} == {Status.DENIED}


def test_every_span_holds_its_words(page: Article, coded: Coded) -> None:
    for event in coded.events:
        text = page.title if event.part == "title" else page.text
        assert text[event.sentence[0] : event.sentence[1]].strip()
        for start, end in (event.trigger, *event.actor_span, *event.recipient_span):
            assert 0 <= start < end <= len(text)
        assert event.sentence[0] <= event.trigger[0] < event.sentence[1]
    for mention in coded.mentions:
        text = page.title if mention.part == "title" else page.text
        assert text[mention.start : mention.end] == mention.text


def test_who_is_taken_up_from_the_title_has_no_span_in_the_text(lexicon: Lexicon) -> None:
    """Its place there would be some other word's."""
    text = "The government thanked France on Monday."
    article = Article(id="t" * 16, title="Georgia warns Russia", text=text, published=dt.date(2024, 12, 1))
    (event,) = (event for event in code_article(article, lexicon).events if event.part == "text")
    assert event.actor == ("GEO",) and event.actor_span == ()
    assert [text[slice(*span)] for span in event.recipient_span] == ["France"]
