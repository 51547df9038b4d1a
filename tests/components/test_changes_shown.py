"""What changed, on the world page: a planted change in a corpus is drawn and said; a steady corpus says that nothing is."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from conftest import Open, shown, unfold

from components.charts.palette import LIGHT
from components.charts.usual import usual_spans
from components.wording import chance_words, number_words
from entente.corpus import Corpus, Filters
from entente.model import Article
from entente.reading import article_id

MONDAY = dt.date(2025, 4, 28)
Make = Callable[..., Path]
# What is told each week, by the day of the week.
STEADY = (
    "Japan thanked South Korea.",
    "China accused the Philippines.",
    "Germany criticized Hungary.",
    "Russia attacked Ukraine.",
)


def told(day: dt.date, text: str) -> Article:
    text = text.replace(".", f" on {day:%A}.")
    return Article(article_id(text, str(day)), "News", text, day, "given by hand", outlet="Test Gazette")


def steady(weeks: int = 27) -> list[Article]:
    return [
        told(MONDAY - dt.timedelta(weeks=back) + dt.timedelta(days=n), text)
        for back in range(weeks)
        for n, text in enumerate(STEADY)
    ]


def planted() -> list[Article]:
    return [told(MONDAY + dt.timedelta(days=n), "India attacked Pakistan.") for n in range(7)]


def test_weeks_and_pairs_are_counted_whatever_the_direction(make_corpus: Make) -> None:
    corpus = Corpus.open(make_corpus(*steady(3), told(MONDAY, "Ukraine attacked Russia.")))
    volumes, counts = corpus.weekly_pairs(Filters(), 2)
    assert volumes == {MONDAY: 5, MONDAY - dt.timedelta(weeks=1): 4}
    assert [row for row in counts if "RUS" in row] == [
        ("RUS", "UKR", MONDAY - dt.timedelta(weeks=1), 1),
        ("RUS", "UKR", MONDAY, 2),
    ]


def test_a_filter_narrows_the_pairs_but_not_the_volume_they_are_held_against(make_corpus: Make) -> None:
    corpus = Corpus.open(make_corpus(*steady(3)))
    whole, _ = corpus.weekly_pairs(Filters(), 27)
    narrowed, counts = corpus.weekly_pairs(Filters(countries=("JPN",), since=MONDAY), 27)
    assert narrowed == whole
    # The past is not cut off by the reader's dates.
    assert {row[:2] for row in counts} == {("JPN", "KOR")} and len(counts) == 3


def test_a_week_after_the_newest_article_is_a_date_misread(make_corpus: Make) -> None:
    late = Article("e" * 16, "News", "Japan thanked South Korea on 5 May 2031.", MONDAY, "given by hand")
    volumes, _ = Corpus.open(make_corpus(*steady(2), late)).weekly_pairs(Filters(), 27)
    assert max(volumes) == MONDAY


def test_a_corpus_without_events_has_no_weeks(tmp_path: Path) -> None:
    assert Corpus.open(tmp_path / "nothing").weekly_pairs(Filters(), 27) == ({}, [])


def test_a_planted_change_is_said_drawn_and_leads_to_its_pair(open_app: Open, make_corpus: Make) -> None:
    app = open_app(corpus=make_corpus(*steady(), *planted()))
    assert not app.exception and not app.warning
    html = shown(app)
    assert "India and Pakistan more than usual in the week of 28 April 2025: 7 events" in html
    assert "one in twenty at most" in html
    chart = next(c for c in (json.loads(c.proto.spec) for c in app.get("plotly_chart")) if c["layout"].get("shapes") and len(c["data"]) == 1)  # fmt: skip
    assert chart["data"][0]["x"][0] == 7 and chart["layout"]["yaxis"]["ticktext"][0] == "India and Pakistan"
    link = next(one.proto for one in app.get("page_link") if one.proto.label == "India and Pakistan")
    assert "c=IND" in link.query_string and "c=PAK" in link.query_string
    table = next(d.value for d in unfold(app).dataframe if "weeks before" in d.value)
    assert list(table["pair"]) == ["India and Pakistan"] and sum(table["weeks before"][0]) == 0


def test_a_steady_corpus_says_that_nothing_is_out_of_line_and_what_was_looked_at(open_app: Open, make_corpus: Make) -> None:
    html = shown(open_app(corpus=make_corpus(*steady())))
    assert "No pair is out of line in the week of 28 April 2025" in html
    assert "4 pairs with 5 events or more in 27 weeks were looked at" in html


def test_a_short_past_says_that_it_is_too_little(open_app: Open, make_corpus: Make) -> None:
    html = shown(open_app(corpus=make_corpus(*steady(4), *planted())))
    assert "too few earlier events to tell" in html and "3 weeks of the 26 before had events" in html


def test_the_dot_lies_outside_its_band_and_a_hostile_name_is_text() -> None:
    rows = pd.DataFrame([("<b>A</b> and B", 9, 2.0, 0, 5), ("C and D", 0, 8.0, 3, 14)], columns=["row", "events", "expected", "low", "high"])  # fmt: skip
    figure = usual_spans(rows, LIGHT)
    first, second = figure.layout.shapes
    assert figure.data[0].x[0] > first.x1 and figure.data[0].x[1] < second.x0
    assert figure.data[0].y[0] > figure.data[0].y[1] and first.y0 < figure.data[0].y[0] < first.y1
    assert figure.layout.yaxis.ticktext[0].startswith("&lt;b&gt;")


@pytest.mark.parametrize(
    ("chance", "says"),
    [(0.025, "1 in 40"), (1 / 123_456, "1 in 120,000"), (0.0, "less than 1 in a million"), (1.0, "1 in 1")],
)
def test_a_chance_is_told_in_people_s_words(chance: float, says: str) -> None:
    assert chance_words(chance) == says


def test_an_expected_count_has_no_more_figures_than_it_knows() -> None:
    assert [number_words(n) for n in (0.02, 1.44, 12.4, 1204.0)] == ["under 0.1", "1.4", "12", "1,204"]
