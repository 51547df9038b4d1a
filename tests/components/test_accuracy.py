"""The page of accuracy and coverage: its figures are those of the gold set and of the corpus, drawn where they are."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Open, merging, scores, shown, unfold

import components.accuracy
from components.accuracy import share_frame
from components.charts.palette import DARK, LIGHT
from components.charts.shares import interval_dots
from components.wording import confidence_finding, coverage_finding, types_finding
from entente.coder import LexiconCoder
from entente.corpus import Corpus
from entente.gold import Share
from entente.model import Article
from entente.reading.model import Skipped

COLUMNS = {"a": {"x": Share(9, 10), "y": Share(1, 4)}, "b": {"x": Share(0, 5)}}


def test_the_page_says_what_scoring_measures(open_app: Open) -> None:
    briefs = scores(components.accuracy.GOLD)["briefs"]
    app = open_app("accuracy")
    assert not app.exception and not app.warning
    assert f"Of the pairs the coder links, {briefs.share('precision').value:.0%} are right" in shown(app)
    unfold(app)
    steps, types, confidence = (app.dataframe[i].value for i in (0, 1, 2))
    recall = steps[(steps["figure"] == "pairs found") & (steps["of"] == "sample briefs")].iloc[0]
    assert (recall["hits"], recall["all"]) == briefs.share("recall")
    assault = types[(types["figure"] == "assault") & (types["of"] == "right of those coded")].iloc[0]
    assert (assault["hits"], assault["all"]) == briefs.coded["ASSAULT"]
    joined = merging(components.accuracy.GOLD)
    assert f"{joined.precision.value:.0%} tell one event" in shown(app)
    assert f"<b>{joined.second.hits} of {joined.second.of}</b>" in shown(app)
    assert sorted(confidence["all"]) == sorted(share.of for share in briefs.calibration.values())


def test_a_dot_stands_at_its_share_between_the_ends_of_its_interval(open_app: Open) -> None:
    charts = [json.loads(chart.proto.spec) for chart in open_app("accuracy").get("plotly_chart")]
    assert len(charts) == 3
    low, high = Share(9, 10).interval
    frame = share_frame(COLUMNS)
    dots = interval_dots(frame, LIGHT, series=["a", "b"]).data[0]
    assert list(dots.x) == [0.9, 0.25]
    assert dots.x[0] - dots.error_x.arrayminus[0] == pytest.approx(low)
    assert dots.x[0] + dots.error_x.array[0] == pytest.approx(high)
    assert "9 of 10" in dots.hovertemplate[0]


def test_two_series_differ_by_more_than_colour_and_do_not_hide_each_other() -> None:
    for colours in (LIGHT, DARK):
        first, second = interval_dots(share_frame(COLUMNS), colours, series=["a", "b"]).data
        assert first.marker.color != colours.ground and second.marker.color == colours.ground
        assert first.y[0] > second.y[0]


def test_the_first_row_is_on_top_and_what_is_promised_lies_behind_its_own_row() -> None:
    figure = interval_dots(share_frame(COLUMNS), LIGHT, series=["a", "b"], promised={"y": (0.2, 0.3), "z": (0, 1)})
    ticks = dict(zip(figure.layout.yaxis.ticktext, figure.layout.yaxis.tickvals, strict=True))
    assert ticks["x"] > ticks["y"]
    (band,) = figure.layout.shapes
    assert (band.x0, band.x1) == (0.2, 0.3) and band.y0 < ticks["y"] < band.y1


@pytest.mark.parametrize(
    ("share", "says"),
    [(Share(60, 100), "fewer than they claim"), (Share(95, 100), "as they claim"), (Share(8, 10), "as they claim")],
)
def test_surest_readings_that_are_too_often_wrong_are_called_so(share: Share, says: str) -> None:
    assert confidence_finding({0.5: Share(1, 2), 0.9: share}).endswith(says)


def test_types_with_few_cases_are_not_called_best_or_worst() -> None:
    said = types_finding({"aid": Share(2, 2), "talks": Share(30, 40), "assault": Share(18, 20), "protest": Share(0, 3)})
    assert said == "Read best: assault, 90% right; read worst: talks, 75%"
    assert "too few" in types_finding({"aid": Share(2, 2)})


def test_an_installation_without_the_gold_set_says_so_and_still_shows_the_coverage(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(components.accuracy, "GOLD", tmp_path / "none")
    app = open_app("accuracy")
    assert not app.exception and not app.warning
    assert "did not come with this installation" in shown(app) and "no event was found" in shown(app)
    assert not app.get("plotly_chart")


def test_coverage_counts_what_is_undated_silent_skipped_and_unplaced(
    open_app: Open, make_corpus: Callable[..., Path], thanked: Article, coder: LexiconCoder
) -> None:
    undated = dataclasses.replace(thanked, id="b" * 16, title="War", published=None, text="Russia attacked Ukraine.")
    silent = dataclasses.replace(thanked, id="c" * 16, title="Bread", text="The baker sold bread.")
    alone = dataclasses.replace(thanked, id="d" * 16, title="Drill", text="China deployed troops on Monday.")
    folder = make_corpus(thanked, undated, silent, alone)
    Corpus.open(folder).add((), coder, skipped=[Skipped("broken.html", "", "no text", b"")])
    counted = Corpus.open(folder).coverage()
    assert counted == {
        "articles": 4, "undated_articles": 1, "silent_articles": 1, "other_topic_articles": 0, "foreign_articles": 0, "skipped": 1,
        "events": 4, "undated_events": 1, "vague_events": 1, "unplaced_events": 1,
    }  # fmt: skip
    html = shown(open_app("accuracy", corpus=folder))
    assert coverage_finding(counted) == "3 of 4 articles tell an event; 1 is undated"
    assert "3 of 4 articles tell an event; 1 is undated" in html
    assert "skipped, unreadable</span><b>1 of 5</b>" in html


def test_an_empty_corpus_has_figures_of_the_coder_and_no_coverage(open_app: Open, tmp_path: Path) -> None:
    html = shown(open_app("accuracy", corpus=tmp_path / "nothing"))
    assert "Of the pairs the coder links" in html and "This corpus is empty" in html
