"""What can be asked of one pair: who acts, how often against before, what places are named, which pairs stand beside it."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from entente.coder import LexiconCoder
from entente.corpus import Corpus, Filters
from entente.model import Article, Status
from entente.reading import article_id


def told(text: str, day: str) -> Article:
    return Article(article_id("News", text), "News", text, dt.date.fromisoformat(day), "given by hand", "", "Wire")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    coder = LexiconCoder()
    Corpus.open(folder).add(
        [
            told(
                "North Korea sent troops to Russia on Monday. Ukraine accused Russia of lying. Reporters waited in Vladivostok.",
                "2025-03-04",
            ),
            told("North Korea sent shells to Russia on Sunday, to a depot near Kursk.", "2025-03-17"),
            told("Russia thanked North Korea on Monday.", "2025-03-24"),
            told("Russia and North Korea signed a treaty in Pyongyang on Tuesday.", "2025-03-25"),
            told("North Korea denied on Monday that it had sent weapons to Russia.", "2025-03-31"),
            told("North Korea sent shells to Russia in February.", "2025-03-31"),
            told("The United States attacked Iran on Monday.", "2025-03-18"),
        ],
        coder,
        lexicon_version=coder.version,
        processes=1,
    )
    return Corpus.open(folder)


def pair(*codes: str, **more: object) -> Filters:
    return Filters(countries=codes, side="both", **more)  # type: ignore[arg-type]


def test_one_way_keeps_what_the_first_does_and_mutual_what_both_do(corpus: Corpus) -> None:
    def types(side: str, *codes: str) -> set[str]:
        return set(corpus.events(Filters(countries=codes, side=side))["type"])  # type: ignore[arg-type]

    assert types("first", "RUS", "PRK") == {"SUPPORT"}
    assert "AID" in types("first", "PRK", "RUS") and "SUPPORT" not in types("first", "PRK", "RUS")
    assert types("mutual", "RUS", "PRK") == {"AGREE"}
    assert types("first", "RUS") == set()
    arcs = corpus.arcs(Filters(countries=("PRK", "RUS"), side="first"))
    assert set(arcs["actor"]) == {"PRK"} and not arcs["mutual"].any()


def test_the_breakdown_tells_what_happened_apart_from_what_is_denied(corpus: Corpus) -> None:
    rows = corpus.pair_breakdown(pair("RUS", "PRK"))

    def events(told: bool, **about: object) -> int:
        found = rows[rows["told"] == told]
        for column in ("status", "conflict", "direction", "type"):
            found = found[found[column] == about[column]] if column in about else found[found[column].isna()]
        return int(found["events"].iloc[0]) if len(found) else 0

    happened = corpus.count(pair("RUS", "PRK", statuses=(Status.HAPPENED, Status.BACKGROUND)))["events"]
    assert (
        events(True)
        == happened
        == events(True, direction="first") + events(True, direction="second") + events(True, direction="mutual")
    )
    assert events(True, direction="first") == 1 and events(True, direction="mutual") == 1
    assert events(True, direction="second", type="AID") == 3
    assert events(False, status="denied") == 1 and events(True, status="denied") == 0


def test_the_span_of_the_breakdown_leaves_out_what_is_planned(corpus: Corpus) -> None:
    rows = corpus.pair_breakdown(pair("RUS", "PRK"))
    whole = rows[rows["told"] & rows[["status", "conflict", "direction", "type"]].isna().all(axis=1)].iloc[0]
    assert (whole["first_day"].date(), whole["last_day"].date()) == (dt.date(2025, 2, 1), dt.date(2025, 3, 25))


def test_steps_count_back_from_the_span_and_the_volume_is_the_whole_corpus(corpus: Corpus) -> None:
    happened = pair("RUS", "PRK", statuses=(Status.HAPPENED,))
    volumes, sides = corpus.weekly_sides(happened, dt.date(2025, 3, 17), dt.date(2025, 3, 30))
    assert sides == [(-2, False, 1), (-1, False, 1), (1, False, 2)]
    # Ukraine's accusation stands beside the first; the strike on Iran in the span itself.
    assert volumes == {-2: 2, -1: 1, 0: 1, 1: 2}


def test_what_is_known_by_month_is_in_no_step(corpus: Corpus) -> None:
    _, sides = corpus.weekly_sides(pair("RUS", "PRK"), dt.date(2025, 2, 1), dt.date(2025, 2, 28))
    assert sides == []


def test_a_place_in_the_sentence_of_an_event_is_told_apart_from_one_elsewhere_in_the_article(corpus: Corpus) -> None:
    places = corpus.places_named(pair("RUS", "PRK")).set_index("place")
    assert places.loc["Kursk", "told"] == 1 and places.loc["Vladivostok", "told"] == 0
    assert bool(places.loc["Pyongyang", "capital"]) and not bool(places.loc["Kursk", "capital"])
    assert corpus.places_named(pair("USA", "IRN")).empty


def test_pairs_beside_are_those_of_the_same_articles(corpus: Corpus) -> None:
    beside: pd.DataFrame = corpus.pairs_beside(pair("PRK", "RUS"))
    assert list(beside[["left", "right", "articles"]].itertuples(index=False, name=None)) == [("RUS", "UKR", 1)]
