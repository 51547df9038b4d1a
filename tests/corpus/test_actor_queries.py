"""What can be asked of one actor, and of all pairs: outlets, names beside it, totals of the classes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from entente.coder import LexiconCoder
from entente.corpus import Corpus, Filters
from entente.model import Article, Quad
from entente.reading import article_id


def told(text: str, outlet: str, day: int = 28) -> Article:
    return Article(article_id("News", text), "News", text, dt.date(2025, 4, day), "given by hand", "", outlet)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    coder = LexiconCoder()
    Corpus.open(folder).add(
        [
            told("Vladimir Putin thanked Kim Jong Un on Monday. The Kremlin said more would follow.", "Wire"),
            told("Russia attacked Ukraine on Sunday. NATO condemned Russia on Monday.", "Wire", 29),
            told("Russia and North Korea signed a treaty on 1 April 2025.", "Gazette"),
            told("The weather in Moscow was mild, NATO was not named for it.", "Gazette"),
        ],
        coder,
        lexicon_version=coder.version,
        processes=1,
    )
    return Corpus.open(folder)


def rows(frame: pd.DataFrame, *columns: str) -> set[tuple[object, ...]]:
    return set(frame[list(columns)].itertuples(index=False, name=None))


def test_outlets_are_ranked_by_the_articles_that_name_it(corpus: Corpus) -> None:
    every = corpus.outlets_on("RUS", Filters(countries=("RUS",)))
    assert dict(rows(every, "outlet", "articles")) == {"Wire": 2, "Gazette": 2}
    assert dict(rows(every, "outlet", "reports"))["Wire"] == 3
    assert rows(corpus.outlets_on("RUS", Filters(countries=("RUS",), outlets=("Wire",))), "outlet") == {("Wire",)}
    assert corpus.outlets_on("BRA", Filters()).empty


def test_people_and_institutions_are_those_of_the_actor_organisations_those_beside_its_events(corpus: Corpus) -> None:
    named = rows(corpus.named_with("RUS", Filters(countries=("RUS",))), "kind", "name")
    assert ("leader", "Vladimir Putin") in named and ("government", "Kremlin") in named
    assert ("leader", "Kim Jong Un") not in named
    nato = corpus.named_with("RUS", Filters(countries=("RUS",)))
    # The article about the weather tells no event, so what it names is not beside one.
    assert rows(nato[nato["kind"] == "organisation"], "name", "articles") == {("NATO", 1)}


def test_no_more_names_of_a_kind_than_asked_for(corpus: Corpus) -> None:
    assert corpus.named_with("RUS", Filters(), limit=1).groupby("kind").size().max() == 1


def test_totals_of_pairs_are_those_of_the_arcs_with_the_classes_together(corpus: Corpus) -> None:
    filters = Filters(countries=("RUS",))
    totals, arcs = corpus.dyad_totals(filters), corpus.arcs(filters)
    assert totals["events"].sum() == arcs["events"].sum() == (totals["cooperation"] + totals["conflict"]).sum()
    assert ("RUS", "UKR", False, 1, 0, 1) in rows(totals, "actor", "recipient", "mutual", "events", "cooperation", "conflict")
    assert ("PRK", "RUS", True) in rows(totals, "actor", "recipient", "mutual")
    only = corpus.dyad_totals(Filters(countries=("RUS",), quads=(Quad.MATERIAL_CONFLICT,)))
    assert rows(only, "actor", "recipient") == {("RUS", "UKR")}


def test_an_empty_corpus_answers_with_no_row(tmp_path: Path) -> None:
    empty = Corpus.open(tmp_path / "none")
    assert empty.outlets_on("RUS", Filters()).empty
    assert empty.named_with("RUS", Filters()).empty
    assert empty.dyad_totals(Filters()).empty


def test_a_leader_has_the_offices_of_the_days_of_the_articles(tmp_path: Path) -> None:
    coder = LexiconCoder()
    Corpus.open(tmp_path).add(
        [
            Article(
                f"{n}" * 16,
                "News",
                "Sergei Shoigu met Kim Jong Un on Monday.",
                dt.date.fromisoformat(day),
                "given by hand",
                "",
                "Wire",
            )
            for n, day in ((1, "2023-07-25"), (2, "2023-07-26"), (3, "2025-06-17"))
        ],
        coder,
        lexicon_version=coder.version,
        processes=1,
    )
    named = Corpus.open(tmp_path).named_with("RUS", Filters(countries=("RUS",)))
    (offices,) = named[named["name"] == "Sergei Shoigu"]["offices"]
    assert offices == ["defence minister", "security council secretary"]


def test_the_evidence_of_a_name_is_its_first_mention_in_each_article(corpus: Corpus) -> None:
    everything = Filters(countries=("RUS",))
    putin = corpus.mentions_of("RUS", "leader", "Vladimir Putin", everything)
    assert rows(putin, "start", "end", "text") == {(0, 14, "Vladimir Putin")}
    assert "president" in putin["rule"].iloc[0] and putin["outlet"].iloc[0] == "Wire"
    # NATO is named in two articles; only one of them tells an event.
    assert len(corpus.mentions_of("RUS", "organisation", "NATO", everything)) == 1
    assert corpus.mentions_of("UKR", "leader", "Vladimir Putin", everything).empty


def test_who_is_quoted_is_counted_by_event_and_leads_to_them(tmp_path: Path) -> None:
    coder = LexiconCoder()
    Corpus.open(tmp_path).add(
        [told("South Korea said on Monday that North Korea had sent troops to Russia.", "Wire")],
        coder,
        lexicon_version=coder.version,
        processes=1,
    )
    corpus, pair = Corpus.open(tmp_path), Filters(countries=("RUS", "PRK"), side="both")
    assert rows(corpus.attributed(pair), "code", "events") == {("KOR", 1)}
    assert list(corpus.events_attributed("KOR", pair)["type"]) == ["AID"]
    assert corpus.events_attributed("USA", pair).empty
    assert corpus.attributed(Filters(countries=("JPN",))).empty
