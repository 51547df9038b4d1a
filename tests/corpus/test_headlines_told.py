"""A headline that gives no day and the text that dates its act are one event, of the text's day, told by one report."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from entente.coder import LexiconCoder
from entente.corpus import Corpus, Filters
from entente.corpus.incidents import headlines_told
from entente.corpus.merging import reports_of
from entente.model import Article, Part
from entente.reading import article_id

MONDAY = dt.date(2025, 4, 28)
HEADLINE = "Chad shells Sudan border town"


@pytest.fixture(scope="module")
def coder() -> LexiconCoder:
    return LexiconCoder()


def article(text: str, title: str = HEADLINE, outlet: str = "Wire") -> Article:
    return Article(article_id(title, text), title, text, MONDAY, outlet=outlet)


def text_of(day: str) -> str:
    return f"Chadian troops shelled a town in Sudan {day}, the army said. Three people were hurt."


def counts(folder: Path) -> tuple[int, int, list[str]]:
    """Distinct events, reports, and the days told."""
    corpus = Corpus.open(folder)
    found = corpus.count(Filters())
    return found["events"], found["reports"], sorted(corpus.events(Filters())["when_value"])


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("on Sunday", (1, 1, ["2025-04-27"])),
        ("on Friday", (1, 1, ["2025-04-25"])),
        ("last week", (1, 1, ["2025-W17"])),
        ("", (1, 1, ["2025-04-28"])),
        ("on 3 April", (2, 2, ["2025-04-03", "2025-04-28"])),  # too old to be what the day's headline tells
    ],
)
def test_a_headline_without_a_day_tells_what_its_text_dates(
    tmp_path: Path, coder: LexiconCoder, day: str, told: tuple[int, int, list[str]]
) -> None:
    Corpus.open(tmp_path).add([article(text_of(day))], coder, processes=1)
    assert counts(tmp_path) == told


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Sudan shells Chad border town", text_of("on Sunday")),
        ("Chad threatens to shell Sudan", text_of("on Sunday")),
        ("Chad sanctions Sudan", text_of("on Sunday")),
        ("Soldiers of Chad shell the Sudanese town of Tina", "Chad shelled Sudan near El Geneina on Sunday."),
        ("Chad closes border with Sudan", "Tension is high. The minister spoke on Sunday. Chad expelled six diplomats of Sudan."),
    ],
)
def test_another_act_in_the_text_leaves_the_headlines_act_alone(coder: LexiconCoder, title: str, text: str) -> None:
    one = article(text, title)
    coded = coder(one)
    assert {event.part for event in coded.events} == {Part.TITLE, Part.TEXT}
    assert len(reports_of(one, coded)) == len(coded.events)


def test_of_several_days_in_the_text_the_nearest_is_the_headlines(coder: LexiconCoder) -> None:
    one = article("Chad's army shelled a farm in Sudan on Friday. Chad's army shelled a town in Sudan on Sunday.")
    text = [report for report in reports_of(one, coder(one)) if not report.headline]
    assert [report.first.day for report in text] == [25, 27]
    headline = dataclasses.replace(text[0], event_id="h", headline=True, first=MONDAY, last=MONDAY, basis="published 2025-04-28")
    assert headlines_told([text[0], headline, text[1]])["h"][0] == text[1]


def test_both_sentences_are_kept_with_the_reason_and_can_be_taken_apart(tmp_path: Path, coder: LexiconCoder) -> None:
    Corpus.open(tmp_path).add([article(text_of("on Sunday"))], coder, processes=1)
    corpus = Corpus.open(tmp_path)
    (text,) = corpus.events(Filters())["event_id"]
    both = corpus.reports_of(text).set_index("event_id")
    assert set(both["sentence"]) == {HEADLINE, "Chadian troops shelled a town in Sudan on Sunday, the army said."}
    assert both["reason"].unique().tolist() == [
        "the headline gives no day, and the text of the article tells the same act of 2025-04-27"
    ]
    article_id = both["article_id"].iloc[0]
    assert corpus.told_again(article_id) == set(both.index) - {text}
    for taken in both.index:  # whichever of the two is taken out
        corpus.split(taken, who="A. Reader")
        assert counts(tmp_path) == (2, 2, ["2025-04-27", "2025-04-28"])
        assert Corpus.open(tmp_path).told_again(article_id) == set()
        Corpus.open(tmp_path).recode(coder)
        assert counts(tmp_path)[:2] == (2, 2)
        corpus.split(taken, who="A. Reader", undo=True)
        assert counts(tmp_path) == (1, 1, ["2025-04-27"])


def test_the_headline_counts_when_a_reader_rejects_the_text_or_gives_it_a_day(tmp_path: Path, coder: LexiconCoder) -> None:
    Corpus.open(tmp_path).add([article(text_of("on Sunday"))], coder, processes=1)
    corpus = Corpus.open(tmp_path)
    (text,) = corpus.events(Filters())["event_id"]
    (headline,) = set(corpus.reports_of(text)["event_id"]) - {text}
    corpus.correct(text, "reject", who="A. Reader")
    assert counts(tmp_path) == (1, 1, ["2025-04-28"])
    corpus.correct(text, "accept", who="A. Reader")
    corpus.correct(headline, "fix", change={"when": "2025-04-26"}, who="A. Reader")
    assert counts(tmp_path) == (1, 2, ["2025-04-26", "2025-04-27"])


def test_another_outlet_is_compared_with_the_text_and_not_with_the_headline(tmp_path: Path, coder: LexiconCoder) -> None:
    told = article("Chadian troops shelled the market of Tina in Sudan on Sunday.", "Chad shells market of Tina in Sudan")
    same = article("The army of Chad shelled a market at Tina in Sudan on Sunday.", "At the border", "Herald")
    monday = article("Chad shelled the market of Tina in Sudan again on Monday.", "No quiet yet", "Gazette")
    for number, articles in enumerate(([told, monday, same], [same, monday, told])):
        for batch in (1, 3):
            folder = tmp_path / f"{number}{batch}"
            Corpus.open(folder).add(articles, coder, processes=1, batch=batch)
            groups = Corpus.open(folder).events(Filters()).groupby("incident_id")["outlet"]
            assert sorted(sorted(group) for _, group in groups) == [["Gazette"], ["Herald", "Wire"]]
