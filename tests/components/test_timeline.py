"""What the timeline's and the lanes' figures hold."""

from __future__ import annotations

import datetime as dt
import itertools

import pandas as pd
from conftest import Open, shown

from components.charts.lanes import lanes
from components.charts.palette import LIGHT
from components.charts.span import main_span
from components.charts.timeline import covered, grain_of, timeline
from components.wording import TYPE_WORDS
from entente.model import Quad

BINS = pd.DataFrame(
    {
        "bin": pd.to_datetime(["2024-06-17", "2024-06-17", "2024-06-24"]),
        "quad": ["verbal cooperation", "material conflict", "material cooperation"],
        "events": [5, 2, 1],
        "reports": [9, 2, 1],
        "outlets": [3, 1, 1],
    }
)
VAGUE = pd.DataFrame({"when_value": ["2024-06", "2024", "2024-SU"], "events": [3, 1, 1]})
NONE = VAGUE.iloc[:0]


def bar(figure, name):  # type: ignore[no-untyped-def]
    return next(trace for trace in figure.data if trace.name == name)


def test_cooperation_goes_up_and_conflict_down() -> None:
    figure = timeline(BINS, NONE, LIGHT)
    for quad in Quad:
        heights = list(bar(figure, quad.value).y)
        assert all(y < 0 for y in heights) if "conflict" in quad.value else all(y > 0 for y in heights)
        assert bar(figure, quad.value).marker.color == LIGHT.quads[quad]


def test_bars_may_count_reports() -> None:
    assert list(bar(timeline(BINS, NONE, LIGHT, count="reports"), "verbal cooperation").y) == [9]


def test_what_is_known_only_by_month_is_never_put_on_a_day() -> None:
    figure = timeline(BINS, VAGUE, LIGHT)
    band = bar(figure, "dated to a month or longer")
    assert band.yaxis == "y2"
    days = [width / 86_400_000 for width in band.width]
    assert days == [30, 366, 92]
    assert list(band.x) == ["2024-06-01", "2024-01-01", "2024-06-01"]
    for quad in Quad:
        assert sum(abs(y) for y in bar(figure, quad.value).y) == BINS.loc[BINS["quad"] == quad.value, "events"].sum()


def test_a_bar_and_the_band_know_from_when_to_when_they_count_and_say_it_in_words() -> None:
    found = {trace.name: [list(row) for row in trace.customdata] for trace in timeline(BINS, VAGUE, LIGHT).data}
    assert found["material cooperation"] == [
        ["2024-06-24", "2024-06-30", "material cooperation", "week of 24 June 2024", "1 event"]
    ]
    assert found["dated to a month or longer"][0] == ["2024-06-01", "2024-06-30", "", "June 2024", "3 events"]
    assert found["dated to a month or longer"][2][3:] == ["summer 2024", "1 event"]
    month = bar(timeline(BINS.assign(bin=pd.Timestamp("2024-02-01")), NONE, LIGHT, grain="month"), "material conflict")
    assert list(month.customdata[0])[:2] == ["2024-02-01", "2024-02-29"]


def test_the_axis_names_a_height_on_both_sides_where_both_have_longer_bars() -> None:
    week = pd.DataFrame(
        [(pd.Timestamp("2025-07-28"), "verbal cooperation", 4), (pd.Timestamp("2025-07-21"), "material conflict", 7)],
        columns=["bin", "quad", "events"],
    )
    ticks = timeline(week, NONE, LIGHT).layout.yaxis.tickvals
    assert min(ticks) < 0 < max(ticks)


def test_a_bar_is_as_wide_as_its_bin() -> None:
    for grain, days in (("day", 1), ("week", 7), ("month", 30)):
        width = bar(timeline(BINS, NONE, LIGHT, grain=grain), "verbal cooperation").width / 86_400_000  # type: ignore[arg-type]
        assert 0.8 * days < width <= days


def test_the_grain_follows_the_range() -> None:
    start = dt.date(2024, 1, 1)
    assert grain_of(start, start + dt.timedelta(days=40)) == "day"
    assert grain_of(start, dt.date(2025, 12, 31)) == "week"
    assert grain_of(start, dt.date(2034, 12, 31)) == "month"


def test_one_event_of_another_age_does_not_squeeze_the_rest() -> None:
    far = pd.concat([BINS, BINS.head(1).assign(bin=pd.Timestamp("1961-07-03"))])
    shown = covered(far, NONE)
    assert shown and shown[0].year == shown[1].year == 2024
    assert main_span([]) is None


def test_the_axis_holds_the_months_near_the_bars_and_never_a_single_day() -> None:
    assert covered(BINS, VAGUE) == (dt.date(2024, 6, 1), dt.date(2024, 8, 31))
    one = covered(BINS.head(1), NONE)
    assert one and (one[1] - one[0]).days == 13 and one[0] < dt.date(2024, 6, 17) < one[1]


def test_only_vague_dates_still_make_a_timeline() -> None:
    figure = timeline(BINS.iloc[:0], VAGUE[VAGUE["when_value"] == "2024"], LIGHT)
    assert figure.layout.xaxis.range[0] == "2024-01-01"


def test_no_dates_make_an_empty_figure_without_error() -> None:
    assert timeline(BINS.iloc[:0], NONE, LIGHT).layout.xaxis.range is None


EVENTS = pd.DataFrame(
    [
        ("1", ["RUS"], ["PRK"], "SUPPORT", "happened", "2025-04-28"),
        ("2", ["PRK"], ["RUS"], "AID", "happened", "2024-10"),
        ("3", ["PRK", "RUS"], ["PRK", "RUS"], "AGREE", "background", "2024-06"),
        ("4", ["PRK", "RUS"], ["PRK", "RUS"], "CONSULT", "denied", "2025-04-30"),
        ("5", ["RUS"], ["PRK"], "SUPPORT", "happened", None),
    ],
    columns=["event_id", "actor", "recipient", "type", "status", "when_value"],
).assign(sentence="Russia <b>thanked</b> North Korea.")


def drawn_lanes():  # type: ignore[no-untyped-def]
    names = {"RUS": "Russia", "PRK": "North Korea"}
    return lanes(EVENTS, LIGHT, left="RUS", right="PRK", names=names, words=TYPE_WORDS)


def marks() -> dict[str, tuple[str, str]]:
    """Symbol and colour of each event."""
    return {
        event_id: (symbol, trace.marker.color)
        for trace in drawn_lanes().data
        if trace.customdata is not None
        for (event_id,), symbol in zip(trace.customdata, trace.marker.symbol, strict=True)
    }


def test_marks_point_to_the_recipient_and_are_hollow_when_it_did_not_happen() -> None:
    found = marks()
    assert found["1"][0] == "triangle-right"
    assert found["2"][0] == "triangle-left"
    assert found["3"][0] == "diamond"
    assert found["4"][0] == "diamond-open"
    assert found["2"][1] == LIGHT.quads[Quad.MATERIAL_COOPERATION]


def test_an_undated_event_is_in_no_lane() -> None:
    assert "5" not in marks()


def test_a_mark_is_as_long_as_its_date_is_vague() -> None:
    spans = [trace for trace in drawn_lanes().data if trace.mode == "lines"]
    assert sorted(tuple(trace.x) for trace in spans) == [("2024-06-01", "2024-07-01", None), ("2024-10-01", "2024-11-01", None)]


def test_hovering_tells_the_sentence_and_brings_nothing_in_it_to_life() -> None:
    texts = [text for trace in drawn_lanes().data if trace.customdata is not None for text in trace.text]
    assert any(text.startswith("<b>Russia → North Korea</b><br>support, happened, 28 April 2025<br>") for text in texts)
    assert all("Russia &lt;b&gt;thanked&lt;/b&gt; North Korea." in text for text in texts)


def test_marks_of_nearly_one_date_stand_apart_so_that_each_can_be_pointed_at() -> None:
    days = ["2025-01-01", "2025-06-10", "2025-06-11", "2025-06-12", "2025-12-31"]
    near = EVENTS.head(1).loc[[0] * len(days)].assign(event_id=list("abcde"), when_value=days)
    figure = lanes(near, LIGHT, left="RUS", right="PRK", names={"RUS": "Russia", "PRK": "North Korea"}, words=TYPE_WORDS)
    trace = next(trace for trace in figure.data if trace.customdata is not None)
    place = {event_id: y for (event_id,), y in zip(trace.customdata, trace.y, strict=True)}
    assert place["a"] == place["b"] == place["e"] == 0
    assert len({place[one] for one in "bcd"}) == 3
    assert all(-0.5 < y < 0.5 for y in place.values())


def test_lanes_in_which_much_is_told_are_so_tall_that_no_mark_meets_one_of_another_height_or_lane() -> None:
    many = pd.concat([EVENTS.head(2)] * 200, ignore_index=True)
    many = many.assign(event_id=[str(i) for i in range(len(many))], when_value="2025-06-11")
    figure = lanes(many, LIGHT, left="RUS", right="PRK", names={"RUS": "Russia", "PRK": "North Korea"}, words=TYPE_WORDS)
    heights = sorted({y for trace in figure.data if trace.customdata is not None for y in trace.y})
    low, high = figure.layout.yaxis.range
    pixels = (figure.layout.height - figure.layout.margin.t - figure.layout.margin.b) / (high - low)
    assert len(heights) == 10
    assert min(b - a for a, b in itertools.pairwise(heights)) * pixels >= 11


def test_each_type_present_has_a_lane() -> None:
    figure = drawn_lanes()
    assert list(figure.layout.yaxis.ticktext) == ["agreement", "talks", "support", "aid"]


def test_a_week_across_two_months_is_full_where_bars_are_months_and_a_month_hatched() -> None:
    coarse = pd.DataFrame([("2024-W18", 1), ("2024-05", 2)], columns=["when_value", "events"])
    band = bar(timeline(BINS, coarse, LIGHT, grain="month"), "dated to a month or longer")
    assert list(band.marker.pattern.solidity) == [1, 0.25]


def test_the_axis_says_what_it_counts() -> None:
    assert [a.text for a in timeline(BINS, NONE, LIGHT, count="reports").layout.annotations] == [
        "cooperation, reports",
        "conflict, reports",
    ]


def test_no_bar_reaches_the_words_at_the_ends_of_the_axis() -> None:
    lopsided = pd.DataFrame(
        [(pd.Timestamp("2024-06-17"), "verbal cooperation", 9), (pd.Timestamp("2024-06-17"), "material conflict", 60)],
        columns=["bin", "quad", "events"],
    )
    for coarse in (NONE, VAGUE):
        layout = timeline(lopsided, coarse, LIGHT).layout
        low, high = layout.yaxis.range
        share = layout.yaxis.domain[1] - layout.yaxis.domain[0]
        height = (layout.height - layout.margin.t - layout.margin.b) * share
        assert min(high - 9, -60 - low) / (high - low) * height >= 18, "pixels of a line of words"


def test_hatching_is_explained_where_there_is_any(open_app: Open) -> None:
    words = "date known only by month or longer"
    assert words in shown(open_app("pair", c=["RUS", "PRK"]))
    narrow = shown(open_app("pair", c=["RUS", "PRK"], **{"from": "2025-04-20", "to": "2025-04-30"}))
    assert "verbal cooperation" in narrow and words not in narrow
