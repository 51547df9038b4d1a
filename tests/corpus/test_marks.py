"""What is counted from the tables in memory is what a plain count over the listed reports gives, whatever is filtered."""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import duckdb
import pandas as pd
import pytest
from telling import article, many, tell

from components.charts.world_map import shaded
from entente.corpus import Corpus, Count, Filters, Grain, Measure, marks, queries
from entente.errors import CorpusError
from entente.model import Quad, Status

FILTERS = (
    Filters(),
    Filters(statuses=(Status.HAPPENED,)),
    Filters(countries=("RUS",)),
    Filters(countries=("RUS", "UKR"), side="both"),
    Filters(countries=("RUS", "UKR", "USA"), statuses=(Status.HAPPENED, Status.BACKGROUND), quads=(Quad.MATERIAL_CONFLICT,)),
    Filters(since=dt.date(2024, 3, 1), until=dt.date(2024, 8, 31)),
    Filters(since=dt.date(2024, 3, 1), until=dt.date(2024, 8, 31), clock="published", outlets=("Outlet 1", "Outlet 3")),
    Filters(countries=("NOBODY",)),
    Filters(outlets=("no such outlet",)),
    Filters(text="Place1"),
)
STORIES = [
    *many(400),
    # Several reports of one event, one of them with a third party.
    article("RUS+PRK ASSAULT UKR happened near Kurskaya.", outlet="One", title="A"),
    article("RUS ASSAULT UKR happened near Kurskaya.", outlet="Two", title="B"),
    article("RUS ASSAULT UKR happened near Kurskaya, it was said.", outlet="Two", title="C"),
    article("USA+CHN+FRA CONSULT DEU happened on 2025-03.", outlet="", title="D"),
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("marks")
    Corpus.open(folder).add(STORIES, tell, batch=150)
    listed = Corpus.open(folder).events(Filters(countries=("RUS",)), 1000)
    for number, event_id in enumerate(listed["event_id"][:40:4]):
        fix = {"actor": ["RUS", "IRN"], "when": "2024-05"} if number % 2 else {"type": "AID", "recipient": ["USA"]}
        Corpus.open(folder).correct(event_id, "fix", who="me", change=fix)
    Corpus.open(folder).correct(listed["event_id"][50], "reject", who="me")
    found = Corpus.open(folder)
    assert found.summary()["reports"] > found.summary()["events"] + 10
    return found


def listed(corpus: Corpus, filters: Filters) -> pd.DataFrame:
    return corpus.events(filters, 10_000)


def counted(
    rows: pd.DataFrame, keys: Callable[[Any], Iterable[tuple[object, ...]]]
) -> dict[tuple[object, ...], tuple[int, int, int]]:
    """Events, reports and outlets for each key that a row has."""
    events, reports, outlets = defaultdict(set), defaultdict(int), defaultdict(set)
    for row in rows.itertuples():
        for key in set(keys(row)):
            events[key].add(row.incident_id)
            reports[key] += 1
            outlets[key] |= {row.outlet} - {""}
    return {key: (len(events[key]), reports[key], len(outlets[key])) for key in events}


def pairs(row: Any) -> set[tuple[str, str, bool]]:
    found = {(a, r) for a in row.actor for r in row.recipient if a != r}
    return {(min(p), max(p), True) if row.mutual else (*p, False) for p in found}


@pytest.mark.parametrize("filters", FILTERS, ids=range(len(FILTERS)))
def test_counts_are_those_of_the_listed_reports(corpus: Corpus, filters: Filters) -> None:
    rows = listed(corpus, filters)
    told = corpus.count(filters)
    assert (told["events"], told["reports"], told["outlets"]) == counted(rows, lambda _: [()]).get((), (0, 0, 0))
    assert told["undated"] == rows[rows["first_day"].isna()]["incident_id"].nunique()

    codes = filters.countries
    among = {"either": lambda a, r: a in codes or r in codes, "both": lambda a, r: a in codes and r in codes}[filters.side]
    expected = counted(rows, lambda row: [(*p, row.quad) for p in pairs(row) if not codes or among(p[0], p[1])])
    arcs = corpus.arcs(filters)
    assert expected == {(r.actor, r.recipient, r.mutual, r.quad): (r.events, r.reports, r.outlets) for r in arcs.itertuples()}
    whole = counted(rows, lambda row: [p for p in pairs(row) if not codes or among(p[0], p[1])])
    totals = corpus.dyad_totals(filters)
    assert whole == {(r.actor, r.recipient, r.mutual): (r.events, r.reports, r.outlets) for r in totals.itertuples()}
    by_kind = {
        kind: {k: v[0] for k, v in counted(rows[rows["quad"].str.contains(kind)], lambda row: pairs(row)).items()}
        for kind in ("cooperation", "conflict")
    }
    for r in totals.itertuples():
        key = (r.actor, r.recipient, r.mutual)
        assert (r.cooperation, r.conflict) == (by_kind["cooperation"].get(key, 0), by_kind["conflict"].get(key, 0))


@pytest.mark.parametrize("filters", FILTERS, ids=range(len(FILTERS)))
def test_actors_and_bins_are_those_of_the_listed_reports(corpus: Corpus, filters: Filters) -> None:
    rows = listed(corpus, filters)
    parties = {k: v[:2] for k, v in counted(rows, lambda row: {(c,) for c in (*row.actor, *row.recipient)}).items()}
    countries = corpus.countries(filters)
    assert parties == {(r.code,): (r.events, r.reports) for r in countries.itertuples() if r.reports}
    for kind in ("cooperation", "conflict"):
        some = counted(rows[rows["quad"].str.contains(kind)], lambda row: {(c,) for c in (*row.actor, *row.recipient)})
        assert {k: v[0] for k, v in some.items()} == {
            (r.code,): getattr(r, kind) for r in countries.itertuples() if getattr(r, kind)
        }

    def monday(row: Any) -> list[tuple[object, ...]]:
        first, last = (row.first_day, row.last_day) if filters.clock == "happened" else (row.published, row.published)
        if pd.isna(first):
            return []
        weeks = [day - pd.Timedelta(days=day.weekday()) for day in (first, last)]
        return [(weeks[0], row.quad)] if weeks[0] == weeks[1] else []

    bins = corpus.timeline(filters, "week")
    assert counted(rows, monday) == {(r.bin, r.quad): (r.events, r.reports, r.outlets) for r in bins.itertuples()}


def test_many_outlets_are_counted_as_few_are(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "_MOST_BITS", 1)
    other = Corpus.open(corpus.folder)
    for filters in FILTERS:
        assert other.count(filters) == corpus.count(filters)
        pd.testing.assert_frame_equal(other.arcs(filters), corpus.arcs(filters))
        pd.testing.assert_frame_equal(other.timeline(filters), corpus.timeline(filters))


def test_articles_come_newest_first_with_their_reports(corpus: Corpus) -> None:
    told = listed(corpus, Filters()).groupby("article_id").size().to_dict()
    found = corpus.articles(Filters(), 10_000)
    assert len(found) == corpus.summary()["articles"]
    assert {r.article_id: r.events for r in found.itertuples() if r.events} == told
    days = found["published"].dropna()
    assert list(days) == sorted(days, reverse=True) and found["published"][len(days) :].isna().all()
    paged = pd.concat([corpus.articles(Filters(), 100, offset) for offset in range(0, len(found), 100)], ignore_index=True)
    pd.testing.assert_frame_equal(paged, found)


def test_names_in_memory_come_out_as_plain_strings(corpus: Corpus) -> None:
    for frame in (
        corpus.arcs(Filters()),
        corpus.countries(Filters()),
        corpus.coarse_events(Filters()),
        corpus.timeline(Filters()),
    ):
        assert not any(isinstance(kind, pd.CategoricalDtype) for kind in frame.dtypes)


def test_the_whole_is_that_of_the_listed_reports(corpus: Corpus) -> None:
    rows = listed(corpus, Filters())
    said = corpus.coverage()
    assert said["events"] == rows["incident_id"].nunique()
    placed = [bool(pairs(row)) for row in rows.itertuples()]
    assert said["unplaced_events"] == said["events"] - rows[placed]["incident_id"].nunique()
    assert said["silent_articles"] == said["articles"] - rows["article_id"].nunique()
    assert {r.code: r.events for r in corpus.actors().itertuples() if r.events} == {
        code: n for (code,), (n, _, _) in counted(rows, lambda row: {(c,) for c in (*row.actor, *row.recipient)}).items()
    }
    assert corpus.intake(10_000)["events"].sum() == len(rows)


def test_what_came_in_is_told_by_day_and_outlet_undated_first_and_bounded(corpus: Corpus) -> None:
    told = corpus.intake(10_000)
    stories = defaultdict(int)
    for story in STORIES:
        stories[f"{story.published:%Y-%m-%d}" if story.published else "undated", story.outlet] += 1
    assert {(r.published, r.outlet): r.articles for r in told.itertuples()} == stories
    dated = [day for day in told["published"] if day != "undated"]
    assert dated == sorted(dated, reverse=True)
    assert told["published"].tolist() == ["undated"] * (len(told) - len(dated)) + dated
    assert corpus.intake(2).equals(told.head(2))


GRAINS: tuple[Grain, ...] = ("day", "week", "month", "quarter", "year")
OFFSETS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}


@functools.cache
def begin_of(day: dt.date, grain: Grain) -> dt.date:
    return pd.Timestamp(day).to_period(OFFSETS[grain]).start_time.date()


def bin_of(row: Any, filters: Filters, grain: Grain) -> dt.date | None:
    """The first day of the bin that holds all of a row's date, told without the tables in memory."""
    first, last = (row.first_day, row.last_day) if filters.clock == "happened" else (row.published, row.published)
    if pd.isna(first):
        return None
    begins = [begin_of(day, grain) for day in (first, last)]
    return begins[0] if begins[0] == begins[1] else None


@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize("filters", FILTERS, ids=range(len(FILTERS)))
def test_each_bin_holds_the_listed_reports_that_fit_it(corpus: Corpus, filters: Filters, grain: Grain) -> None:
    rows = listed(corpus, filters)
    rows["bin"] = [bin_of(row, filters, grain) for row in rows.itertuples()]
    expected = counted(rows.dropna(subset="bin"), lambda row: [(row.bin, row.quad)])
    bins = corpus.timeline(filters, grain)
    assert expected == {(r.bin.date(), r.quad): (r.events, r.reports, r.outlets) for r in bins.itertuples()}
    vague = rows[rows["bin"].isna() & rows["first_day"].notna()]
    assert corpus.coarse(filters, grain) == (vague["incident_id"].nunique() if filters.clock == "happened" else 0)
    coarse = corpus.coarse_events(filters, grain)
    if filters.clock == "happened":
        expected = counted(vague, lambda row: [(row.when_value, row.quad)])
        assert expected == {(r.when_value, r.quad): (r.events, r.reports, r.outlets) for r in coarse.itertuples()}
    else:
        assert coarse.empty


@pytest.mark.parametrize("grain", ["week", "month"])
@pytest.mark.parametrize("filters", FILTERS, ids=range(len(FILTERS)))
def test_steps_and_their_extremes_are_those_of_the_listed_reports(corpus: Corpus, filters: Filters, grain: Grain) -> None:
    rows = listed(corpus, filters)
    rows["bin"] = [bin_of(row, filters, grain) for row in rows.itertuples()]
    codes = filters.countries
    among = {"either": lambda a, r: a in codes or r in codes, "both": lambda a, r: a in codes and r in codes}[filters.side]
    days = {bin_of(row, filters, grain) for row in listed(corpus, Filters()).itertuples()} - {None}
    days |= {begin_of(day, grain) for day in corpus.articles(Filters(), 1000)["published"].dropna()}
    most = [(0, 0, 0)]
    strongest: dict[Measure, float] = {"mentions": 0.0, "share": 0.0, "events": 0.0, "balance": 0.0}
    for day in sorted(day for day in days if day):
        some = rows[rows["bin"] == day]
        expected = counted(some, lambda row: [(*p, row.quad) for p in pairs(row) if not codes or among(p[0], p[1])])
        arcs = corpus.arcs_in_bin(filters, grain, day)
        assert expected == {(r.actor, r.recipient, r.mutual, r.quad): (r.events, r.reports, r.outlets) for r in arcs.itertuples()}
        most += expected.values()
        parties = counted(some, lambda row: {(c,) for c in (*row.actor, *row.recipient)})
        countries, articles = corpus.countries_in_bin(filters, grain, day)
        assert {k: v[:2] for k, v in parties.items()} == {
            (r.code,): (r.events, r.reports) for r in countries.itertuples() if r.reports
        }
        for measure in strongest:
            values = shaded(countries, measure, articles).abs().dropna()
            strongest[measure] = max([strongest[measure], *values])
    counts: tuple[Count, ...] = ("events", "reports", "outlets")
    for place, count in enumerate(counts):
        assert corpus.most_in_a_bin(filters, grain, count) == max(one[place] for one in most)
    for measure, value in strongest.items():
        assert corpus.strongest_in_a_bin(filters, grain, measure) == pytest.approx(value)


@pytest.mark.parametrize("filters", [f for f in FILTERS if f.countries], ids=str)
def test_of_many_reports_a_join_finds_what_bits_find_of_few(
    corpus: Corpus, filters: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = (corpus.events, corpus.arcs, corpus.countries, corpus.timeline, corpus.coarse_events, corpus.attributed)
    few = [question(filters) for question in asked]
    monkeypatch.setattr(queries, "_MOST_IN_BITS", 0)
    for question, answer in zip(asked, few, strict=True):
        pd.testing.assert_frame_equal(question(filters), answer)


def test_what_does_not_fit_at_first_is_tried_with_more_memory(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    made = marks.create_marks
    tried: list[str] = []

    def too_large_once(con: duckdb.DuckDBPyConnection, *given: Any, **how: Any) -> None:
        ((bound,),) = con.execute("select current_setting('memory_limit')").fetchall()
        made(con, *given, **how)
        tried.append(bound)
        if len(tried) == 1:
            raise duckdb.OutOfMemoryException("too large")

    monkeypatch.setattr(queries, "create_marks", too_large_once)
    monkeypatch.setattr(queries, "BOUNDS", (100, 1_000_000))
    assert Corpus.open(corpus.folder).count(Filters()) == corpus.count(Filters())
    assert len(set(tried)) == 2
    monkeypatch.setattr(queries, "BOUNDS", (100,))
    tried.clear()
    with pytest.raises(CorpusError, match="free memory and space"):
        Corpus.open(corpus.folder).count(Filters())


# Questions by the most buffers that an answer may leave to what DuckDB remembers of freed ones. A join would be 20 more.
LEAVES: dict[str, tuple[int, Callable[[Corpus, Filters], object]]] = {
    "countries": (15, lambda c, f: c.countries(f)),
    "arcs": (20, lambda c, f: c.arcs(f)),
    "count": (15, lambda c, f: c.count(f)),
    "timeline": (15, lambda c, f: c.timeline(f)),
    "arcs_in_bin": (20, lambda c, f: c.arcs_in_bin(f, "month", dt.date(2024, 3, 1))),
    "dyad_totals": (40, lambda c, f: c.dyad_totals(f)),
    "weekly_pairs": (35, lambda c, f: c.weekly_pairs(f, 27)),
    "events": (25, lambda c, f: c.events(f, 100)),
    "articles": (30, lambda c, f: c.articles(f, 50)),
    "attributed": (15, lambda c, f: c.attributed(f)),
}


@pytest.mark.parametrize("question", LEAVES)
def test_an_answer_leaves_few_buffers_to_be_remembered(corpus: Corpus, question: str) -> None:
    most, ask = LEAVES[question]

    def left() -> int:
        return int(corpus._rows("select sum(total_insertions)::bigint from duckdb_eviction_queues()")[0][0])

    for filters in FILTERS:
        ask(corpus, filters)
    before = left()
    for filters in FILTERS:
        ask(corpus, filters)
    assert (left() - before) / len(FILTERS) <= most
