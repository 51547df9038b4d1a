"""Articles in other languages: how many were read for mentions only is said where it matters."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from conftest import Open, link_parts, map_figures, shown

from components.wording import foreign_words, language_name
from entente.coder import LexiconCoder
from entente.corpus import Corpus, Filters
from entente.model import Article
from entente.reading import read_bytes

SPANISH = "El canciller de Chile viajó a Perú para hablar de la frontera.\nChile y Perú firmarán un acuerdo, según el ministerio."
ARABIC = "وصل وزير خارجية إيران إلى العراق لبحث مسألة الحدود بين البلدين."
SAID = "read only for the countries named: 1 Arabic, 1 Spanish, 1 Polish"


def foreign() -> list[Article]:
    polish = "Minister pojechał do stolicy, żeby rozmawiać o granicy. Oba kraje podpiszą umowę w maju."
    return [read_bytes(text.encode(), "a.txt").articles[0] for text in (SPANISH, ARABIC, polish)]


def test_the_world_says_how_many_articles_were_read_for_mentions_only(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    assert f"3 articles in other languages were {SAID}." in shown(open_app(corpus=make_corpus(thanked, *foreign())))


def test_a_corpus_without_english_draws_what_is_named_and_its_page_says_why(
    open_app: Open, make_corpus: Callable[..., Path]
) -> None:
    folder = make_corpus(*foreign())
    app = open_app(corpus=folder)
    assert not app.exception and not app.warning
    assert len(map_figures(app)) == 1 and not app.get("plotly_chart") and SAID in shown(app)
    assert SAID in shown(open_app("corpus", corpus=folder))
    assert "No event matches" in shown(open_app(corpus=folder, c="CHL"))


def test_the_reader_tells_the_language_and_marks_the_countries(open_app: Open, make_corpus: Callable[..., Path]) -> None:
    spanish = foreign()[0]
    html = shown(open_app("articles", corpus=make_corpus(spanish), article=spanish.id))
    assert "Spanish: only the countries named were read" in html
    assert 'title="Chile: Spanish name"' in html and "0 events" in html


def test_the_list_of_articles_tells_the_language_where_it_would_count_events(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    app = open_app("articles", corpus=make_corpus(thanked, foreign()[1]))
    told = [entry["aside"].partition(" · ")[2] or entry["aside"] for entry in link_parts(app, "articles")]
    assert told == ["28 April 2025 · 2 events", "Arabic, read for countries only"]


def test_english_corpora_say_nothing_of_languages(open_app: Open, make_corpus: Callable[..., Path], thanked: Article) -> None:
    assert "other languages" not in shown(open_app("corpus", corpus=make_corpus(thanked)))


def test_the_corpus_counts_them_by_language(make_corpus: Callable[..., Path], thanked: Article) -> None:
    first = foreign()[0]
    more = dataclasses.replace(first, id="b" * 16, text="Chile")
    corpus = Corpus.open(make_corpus(thanked, *foreign(), more))
    assert corpus.foreign().values.tolist() == [["es", 2, 2], ["ar", 1, 1], ["pl", 1, 0]]
    assert corpus.coverage()["foreign_articles"] == 4
    named = corpus.countries(Filters()).set_index("code")["articles"]
    assert (named["CHL"], named["IRQ"]) == (2, 1)
    stored = corpus.article(first.id)
    assert stored is not None and stored[0] == first


def test_articles_kept_before_languages_were_told_apart_get_theirs_when_coded_again(
    make_corpus: Callable[..., Path], thanked: Article, coder: LexiconCoder
) -> None:
    early = [dataclasses.replace(article, language="en") for article in foreign()]
    folder = make_corpus(thanked, *early)
    before = Corpus.open(folder)
    assert before.foreign().empty and before.countries(Filters()).set_index("code")["articles"].get("IRQ") is None
    Corpus.open(folder).recode(coder, processes=1)
    after = Corpus.open(folder)
    assert after.foreign()["language"].tolist() == ["ar", "es", "pl"]
    assert after.countries(Filters()).set_index("code")["articles"]["IRQ"] == 1
    assert after.summary()["articles"] == 4 and after.count(Filters()) == before.count(Filters())
    assert {a.id: after.article(a.id) for a in foreign()} == {a.id: (a, coder(a)) for a in foreign()}
    assert before.foreign().empty, "an open corpus stays what it was"


def test_many_languages_are_told_in_one_line() -> None:
    rows = pd.DataFrame([{"language": code, "articles": 2} for code in ("el", "ms", "fa", "zh", "ko")])
    assert foreign_words(rows).endswith(
        "10 articles in other languages were read only for the countries named: 2 Greek, 2 Malay, 2 Persian, 2 Chinese, …"
    )
    assert language_name("x-") == "x-"
