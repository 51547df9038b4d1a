"""States that a corpus can be in, page by page: one event alone, and many thousands."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PAGES, Open, shown, unfold

from components import reader
from entente.coder import LexiconCoder
from entente.corpus import Corpus
from entente.model import Article

EVERY_PAGE = pytest.mark.parametrize("page", PAGES)
MANY = 2_400  # articles, so more reports than a list on the screen holds


@pytest.fixture(scope="session")
def many_events(tmp_path_factory: pytest.TempPathFactory, coder: LexiconCoder) -> Path:
    """A corpus of MANY articles that tell two events each, spread over six years."""
    code = coder.load()
    text = "Russia thanked North Korea on Monday for its soldiers.\nFrance imposed sanctions on Mali on Tuesday."
    first = dt.date(2019, 1, 4)
    articles = [
        Article(
            id=f"{number:016x}",
            title=f"Note {number}",
            text=text,
            published=first + dt.timedelta(days=number % 2190),
            published_basis="made",
            outlet=f"Gazette {number % 40}",
        )
        for number in range(MANY)
    ]
    folder = tmp_path_factory.mktemp("many")
    Corpus.open(folder).add(articles, code, lexicon_version=coder.version, processes=1)
    return folder


@EVERY_PAGE
def test_a_page_with_one_event_draws_it(page: str, open_app: Open, make_corpus: Callable[..., Path], thanked: Article) -> None:
    one = dataclasses.replace(thanked, text="Russia thanked North Korea on Monday for its soldiers.")
    pair = {"c": ["RUS", "PRK"]} if page in ("country", "pair") else {}
    app = open_app(page, corpus=make_corpus(one), **pair)
    assert not app.exception and not app.warning
    said = shown(app)
    assert "1 event" in said and "1 events" not in said


def test_a_pair_with_more_reports_than_are_drawn_says_so(open_app: Open, many_events: Path) -> None:
    app = open_app("pair", corpus=many_events, c=["RUS", "PRK"])
    assert f"The newest {reader.LONGEST_LIST:,} of {MANY:,} reports are drawn" in shown(app)


def test_a_pair_without_a_date_has_no_empty_axes(open_app: Open, make_corpus: Callable[..., Path], thanked: Article) -> None:
    told = dataclasses.replace(thanked, published=None, text="Russia thanked North Korea for its soldiers.")
    app = open_app("pair", corpus=make_corpus(told), c=["RUS", "PRK"])
    assert not app.exception and not app.warning
    said = shown(app)
    assert "No event here has a date" in said and "No article of the corpus has a date" in said
    assert all("Events by type and date" not in chart.proto.alt for chart in app.get("plotly_chart"))


def test_a_plan_for_years_ahead_is_not_the_newest_event(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article
) -> None:
    plan = "Russia and North Korea will sign a treaty in 2031."
    both = dataclasses.replace(thanked, text=f"Russia thanked North Korea on Monday for its soldiers.\n{plan}")
    app = open_app("pair", corpus=make_corpus(both), c=["RUS", "PRK"])
    cards = shown(app).split("Newest events between them")[1].split("Related pairs")[0]
    assert "thanked" in cards and "2031" not in cards
    only = open_app("pair", corpus=make_corpus(dataclasses.replace(both, id="b" * 16)), c=["RUS", "PRK"], status="planned")
    assert "2031" in shown(only).split("Newest events between them")[1]


@EVERY_PAGE
def test_a_page_with_thousands_of_events_is_bounded(page: str, open_app: Open, many_events: Path) -> None:
    pair = {"c": ["RUS", "PRK"]} if page in ("country", "pair") else {}
    app = open_app(page, corpus=many_events, **pair)
    unfold(app)
    assert not app.exception and not app.warning
    sent = sum(
        element.proto.ByteSize() for kind in ("html", "plotly_chart", "arrow_data_frame", "table") for element in app.get(kind)
    )
    assert sent < 2_500_000
    assert all(len(frame.value) <= reader.LONGEST_LIST for frame in app.dataframe)
