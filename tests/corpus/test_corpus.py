"""The corpus: adding, counting, listing, changing, opening older states, and what is refused."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import threading
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Put
from deltalake import CommitProperties, DeltaTable, write_deltalake
from telling import article, many, tell

from entente.corpus import Corpus, Filters, event_ids
from entente.corpus.schema import ARTICLES, LAYOUT, TABLES
from entente.corpus.tables import open_snapshot
from entente.errors import CorpusError, InputError
from entente.model import Article, EventType, Quad, Status
from entente.reading import Skipped
from entente.records import event_record

STORIES = [
    article("RUS ASSAULT UKR happened on 2025-04-26 near Sumy. USA ACCUSE RUS said so.", "2025-04-28", "Wire"),
    article("RUS ASSAULT UKR happened on 2025-04-26 at Sumy, a mayor wrote.", "2025-04-27", "Gazette"),
    article("RUS CONSULT PRK happened on 2024-06. PRK AID RUS planned.", "2025-04-20", "Wire"),
    article("UKR SANCTION RUS happened.", None, ""),
    article("CHN MOBILIZE none happened on 2023.", "2025-01-05", "Wire"),
    article("No relation here, only a ball game.", "2025-02-01", "Sport"),
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    folder = tmp_path_factory.mktemp("corpus")
    Corpus.open(folder).add(STORIES, tell)
    return Corpus.open(folder)


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return list(frame[list(columns)].itertuples(index=False, name=None))


def test_the_summary_counts_what_is_there_and_what_is_missing(corpus: Corpus) -> None:
    said = corpus.summary()
    assert (said["articles"], said["undated_articles"], said["outlets"], said["skipped"]) == (6, 1, 3, 0)
    assert (said["events"], said["reports"], said["undated_events"]) == (6, 7, 1)
    assert (said["first_published"], said["last_published"]) == (dt.date(2025, 1, 5), dt.date(2025, 4, 28))
    assert (said["first_day"], said["last_day"]) == (dt.date(2023, 1, 1), dt.date(2025, 4, 28))


def test_two_reports_of_one_event_count_once_and_say_why(corpus: Corpus) -> None:
    arcs = corpus.arcs(Filters(types=("ASSAULT",)))  # type: ignore[arg-type]
    assert rows(arcs, "actor", "recipient", "mutual", "events", "reports", "outlets") == [("RUS", "UKR", False, 1, 2, 2)]
    found = corpus.events(Filters(types=(EventType.ASSAULT,)))
    assert found["incident_id"].nunique() == 1
    assert found["reason"].str.contains("both ASSAULT, both on 2025-04-26").all()
    assert set(corpus.reports_of(found["event_id"][0])["event_id"]) == set(found["event_id"])


def test_a_mutual_act_stands_once_under_both(corpus: Corpus) -> None:
    arcs = corpus.arcs(Filters(types=(EventType.CONSULT,)))
    assert rows(arcs, "actor", "recipient", "mutual", "events") == [("PRK", "RUS", True, 1)]


def test_either_side_and_both_sides(corpus: Corpus) -> None:
    assert corpus.count(Filters(countries=("PRK",)))["reports"] == 2
    assert corpus.count(Filters(countries=("RUS", "UKR"), side="both"))["reports"] == 3
    assert corpus.count(Filters(countries=("RUS",), side="both"))["reports"] == 0
    assert corpus.count(Filters(countries=("CHN",)))["reports"] == 1
    arcs = corpus.arcs(Filters(countries=("USA",)))
    assert rows(arcs, "actor", "recipient") == [("USA", "RUS")]


@pytest.mark.parametrize(
    ("filters", "reports"),
    [
        (Filters(since=dt.date(2025, 4, 26), until=dt.date(2025, 4, 26)), 2),
        (Filters(since=dt.date(2024, 6, 15), until=dt.date(2024, 6, 16)), 1),  # a month overlaps each of its days
        (Filters(since=dt.date(2025, 4, 27), clock="published"), 3),
        (Filters(since=dt.date(2030, 1, 1), until=dt.date(2020, 1, 1)), 0),
        (Filters(quads=(Quad.MATERIAL_CONFLICT,)), 4),
        (Filters(statuses=(Status.PLANNED,)), 1),
        (Filters(outlets=("Gazette",)), 1),
        (Filters(outlets=("Nobody' or 1=1 --",)), 0),
        (Filters(text="SUMY near"), 2),
        (Filters(text='"near sumy"'), 2),
        (Filters(text="'; drop table marks; --"), 0),
    ],
)
def test_filters_narrow(corpus: Corpus, filters: Filters, reports: int) -> None:
    assert corpus.count(filters)["reports"] == reports
    assert len(corpus.events(filters)) == reports


def test_the_timeline_holds_only_what_fits_its_bins(corpus: Corpus) -> None:
    weeks = corpus.timeline(Filters(), "week")
    assert rows(weeks, "quad", "events", "reports") == [
        ("material cooperation", 1, 1),
        ("material conflict", 1, 2),
        ("verbal conflict", 1, 1),
    ]
    assert [b.date() for b in weeks["bin"]] == [dt.date(2025, 4, 14), dt.date(2025, 4, 21), dt.date(2025, 4, 28)]
    assert corpus.coarse(Filters(), "week") == 2
    assert list(corpus.coarse_events(Filters(), "week")["when_value"]) == ["2023", "2024-06"]
    assert corpus.coarse(Filters(), "month") == 1
    assert corpus.coarse(Filters(), "year") == 0
    assert int(corpus.timeline(Filters(), "year")["reports"].sum()) == 6
    assert int(corpus.timeline(Filters(clock="published"), "day")["reports"].sum()) == 6


def test_step_by_step_each_event_stands_where_the_timeline_counts_it(corpus: Corpus) -> None:
    weeks = {
        day: corpus.arcs_in_bin(Filters(), "week", day) for day in (dt.date(2025, 4, 14) + dt.timedelta(7 * i) for i in range(4))
    }
    assert {day: rows(arcs, "actor", "recipient") for day, arcs in weeks.items()} == {
        dt.date(2025, 4, 14): [("PRK", "RUS")],
        dt.date(2025, 4, 21): [("RUS", "UKR")],
        dt.date(2025, 4, 28): [("USA", "RUS")],
        dt.date(2025, 5, 5): [],
    }
    april = dt.date(2025, 4, 1)
    assert rows(corpus.arcs_in_bin(Filters(countries=("USA",)), "month", april), "actor", "recipient") == [("USA", "RUS")]
    countries, _ = corpus.countries_in_bin(Filters(), "week", dt.date(2025, 4, 21))
    assert dict(rows(countries, "code", "events"))["UKR"] == 1  # type: ignore[arg-type]
    days = (dt.date(2024, 12, 30), dt.date(2025, 1, 27), dt.date(2025, 4, 14), dt.date(2025, 4, 21), dt.date(2025, 4, 28))
    articles = {day: corpus.countries_in_bin(Filters(), "week", day)[1] for day in days}
    assert articles == dict.fromkeys(days, 1)
    assert sum(articles.values()) == 5 and corpus.count_articles(Filters()) == 6
    assert corpus.count_articles(Filters(outlets=("Wire",), text="sumy")) == 1


def test_undated_events_are_listed_apart_and_never_on_a_day(corpus: Corpus) -> None:
    assert rows(corpus.undated(Filters()), "type") == [("SANCTION",)]
    assert len(corpus.events(Filters(), undated=False)) == 6
    assert corpus.count(Filters())["undated"] == 1
    assert corpus.events(Filters())["first_day"].isna().tolist() == [False] * 6 + [True]


def test_countries_count_articles_mentions_and_both_classes(corpus: Corpus) -> None:
    found = corpus.countries(Filters()).set_index("code")
    assert found.loc["RUS", ["articles", "events", "reports", "cooperation", "conflict"]].tolist() == [4, 5, 6, 2, 3]
    assert found.loc["CHN", ["articles", "mentions", "events"]].tolist() == [1, 1, 1]
    assert found.loc["UKR", "articles"] == 3
    only = corpus.countries(Filters(outlets=("Gazette",))).set_index("code")
    assert only.loc["RUS", ["articles", "events"]].tolist() == [1, 1]


def test_events_come_newest_first_with_their_evidence(corpus: Corpus) -> None:
    found = corpus.events(Filters(), limit=2)
    assert rows(found, "type", "sentence", "outlet") == [
        ("ACCUSE", "USA ACCUSE RUS said so.", "Wire"),
        ("ASSAULT", "RUS ASSAULT UKR happened on 2025-04-26 near Sumy.", "Wire"),
    ]
    assert list(found["attributed_to"][0]) == ["USA"]
    record = json.loads(found["record"][0])
    assert record["when"]["basis"] == "published 2025-04-28"
    assert len(corpus.events(Filters(), limit=3, offset=2)) == 3
    assert corpus.event("no such event").empty


def test_an_article_comes_back_as_it_was_coded(corpus: Corpus) -> None:
    for story in STORIES:
        found = corpus.article(story.id)
        assert found is not None
        assert found[0] == story
        assert found[1] == tell(story)
        ids = event_ids(story.id, [event_record(e) for e in found[1].events])
        assert all(corpus.event(i)["event_id"].tolist() == [i] for i in ids)
    assert corpus.article("none") is None


def test_an_article_says_when_it_came_in(corpus: Corpus) -> None:
    added = corpus.added(STORIES[0].id)
    assert added is not None and dt.timedelta(0) <= dt.datetime.now(dt.UTC) - added < dt.timedelta(hours=1)
    assert corpus.added("none") is None


def test_articles_are_listed_newest_first_undated_last(corpus: Corpus) -> None:
    found = corpus.articles(Filters())
    assert found["published"].isna().tolist() == [False] * 5 + [True]
    assert found["events"].tolist() == [2, 1, 2, 0, 1, 1]
    assert len(corpus.articles(Filters(text="ball"))) == 1
    assert len(corpus.articles(Filters(countries=("PRK",)))) == 1
    assert rows(corpus.undated_articles(), "article_id", "events") == [(STORIES[3].id, 1)]
    assert corpus.outlets() == ["Wire", "Gazette", "Sport"]
    assert corpus.actors()["code"].tolist()[:2] == ["RUS", "UKR"]


def test_filters_refuse_nonsense_and_are_keys() -> None:
    for wrong in (
        {"countries": ("Russia!",)},
        {"side": "left"},
        {"clock": "x"},
        {"quads": ("war",)},
        {"since": "2025"},
        {"types": (3,)},
    ):
        with pytest.raises(InputError):
            Filters(**wrong)  # type: ignore[arg-type]
    assert Filters(countries=("rus", "RUS")) == Filters(countries=("RUS",))  # type: ignore[comparison-overlap]
    assert len({Filters(text=" a  b "), Filters(text="a b")}) == 1
    assert not Filters().narrows and Filters(text="x").narrows


def test_an_unknown_grain_is_refused(corpus: Corpus) -> None:
    with pytest.raises(InputError, match="grain"):
        corpus.timeline(Filters(), "day'); drop table marks; --")  # type: ignore[arg-type]


# ------------------------------------------------------------ adding


def test_adding_again_changes_nothing(tmp_path: Path) -> None:
    first = Corpus.open(tmp_path).add([*STORIES, STORIES[0]], tell)
    assert (first.added, first.unchanged) == (6, 1)
    before = Corpus.open(tmp_path)
    again = Corpus.open(tmp_path).add(STORIES, tell)
    assert (again.added, again.unchanged, again.dated) == (0, 6, 0)
    assert before.is_current()
    assert Corpus.open(tmp_path).fingerprint == before.fingerprint


def test_the_same_corpus_has_the_same_fingerprint_anywhere(tmp_path: Path) -> None:
    for name in ("a", "b"):
        Corpus.open(tmp_path / name).add(many(30), tell, batch=10)
    Corpus.open(tmp_path / "c").add(many(31), tell, batch=10)
    prints = [Corpus.open(tmp_path / name).fingerprint for name in "abc"]
    assert prints[0] == prints[1] != prints[2]


def test_batches_of_any_size_give_the_same_corpus(tmp_path: Path) -> None:
    stories = [*many(40), *STORIES]
    Corpus.open(tmp_path / "one").add(stories, tell)
    Corpus.open(tmp_path / "many").add(reversed(stories), tell, batch=3)
    columns = ["event_id", "incident_id", "type", "when_value", "sentence"]
    one, other = (Corpus.open(tmp_path / n).events(Filters(), 1000)[columns].sort_values("event_id") for n in ("one", "many"))
    pd.testing.assert_frame_equal(one.reset_index(drop=True), other.reset_index(drop=True))


def test_a_date_given_later_dates_the_article_and_its_events(tmp_path: Path) -> None:
    Corpus.open(tmp_path).add([article("UKR SANCTION RUS happened.", None), article("USA THREATEN CHN happened.", None)], tell)
    result = Corpus.open(tmp_path).add([article("UKR SANCTION RUS happened.", "2025-04-28")], tell)
    assert (result.added, result.dated, result.unchanged) == (0, 1, 0)
    found = Corpus.open(tmp_path)
    assert found.summary()["undated_articles"] == 1
    assert rows(found.events(Filters()), "type", "when_value")[0] == ("SANCTION", "2025-04-28")
    assert len(found.events(Filters())) == 2


def test_set_published_codes_the_article_again_and_says_who(tmp_path: Path) -> None:
    first = article("RUS ASSAULT UKR happened near Sumy.", None)
    Corpus.open(tmp_path).add([first, article("RUS ASSAULT UKR happened at Sumy.", "2025-04-28", "Gazette")], tell)
    assert Corpus.open(tmp_path).summary()["events"] == 2
    Corpus.open(tmp_path).set_published(first.id, dt.date(2025, 4, 28), tell, who="A. Reader")
    found = Corpus.open(tmp_path)
    said = found.article(first.id)
    assert said is not None
    assert (said[0].published, said[0].published_basis) == (dt.date(2025, 4, 28), "given by A. Reader")
    assert (found.summary()["events"], found.summary()["reports"]) == (1, 2)
    assert rows(found.corrections(), "verdict", "who") == [("published", "A. Reader")]
    Corpus.open(tmp_path).set_published(first.id, dt.date(2025, 3, 1), tell, who="B. Reader")
    apart = Corpus.open(tmp_path)
    assert (apart.summary()["events"], apart.summary()["reports"]) == (2, 2)
    with pytest.raises(CorpusError, match="no article"):
        found.set_published("none", dt.date(2025, 1, 1), tell, who="x")


def test_what_was_skipped_is_kept_once(tmp_path: Path) -> None:
    skipped = [Skipped("a.jsonl", "line 2", "is not JSON", b"{"), Skipped("b.bin", "", "is not text", b"\x00")]
    for _ in range(2):
        Corpus.open(tmp_path).add([], tell, skipped=skipped)
    found = Corpus.open(tmp_path)
    assert sorted(rows(found.skipped(), "name", "position", "reason")) == [
        ("a.jsonl", "line 2", "is not JSON"),
        ("b.bin", "", "is not text"),
    ]


def test_what_was_skipped_is_read_again_and_taken_out_where_that_gave_an_article(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    odd = [Skipped(f"{n}.html", "", "no article", bytes([n]) * n) for n in range(4)]
    Corpus.open(folder).add([], tell, skipped=odd)
    before = Corpus.open(folder)
    assert sorted((one for _, one in before.skipped_inputs()), key=lambda one: one.name) == odd

    def read(one: Skipped) -> list[Article | Skipped]:
        answers = {
            "1.html": [article("RUS AID PRK."), Skipped("1.html", "entry 2", "is empty", b"")],
            "2.html": [one],
            "3.html": [one],
        }
        return answers.get(one.name, [])  # type: ignore[return-value]

    result = before.retry_skipped(read, tell)
    assert (result.read, result.still, result.lost, result.added, result.unchanged) == (1, 2, 1, 1, 0)
    after = Corpus.open(folder)
    assert sorted(f"{one.name} {one.position}".strip() for _, one in after.skipped_inputs()) == [
        "0.html",
        "1.html entry 2",
        "2.html",
        "3.html",
    ]
    assert after.summary()["articles"] == 1
    assert len(list(before.skipped_inputs())) == 4, "an open corpus stays what it was"


def test_recoding_replaces_what_was_found_and_keeps_corrections(tmp_path: Path, put: Put) -> None:
    put(tmp_path, STORIES)
    target = Corpus.open(tmp_path).events(Filters(types=(EventType.AID,)))["event_id"][0]
    Corpus.open(tmp_path).correct(target, "reject", who="A. Reader", why="no troops in it")
    before = Corpus.open(tmp_path)
    assert Corpus.open(tmp_path).recode(tell, lexicon_version="new") == 6
    after = Corpus.open(tmp_path)
    assert after.coders() == {"new": 6}
    assert not before.is_current() and after.fingerprint != before.fingerprint
    assert after.count(Filters()) == before.count(Filters())
    assert after.count(Filters(types=(EventType.AID,)))["reports"] == 0
    assert after.event(target)["verdict"].tolist() == ["reject"]


def test_a_fix_is_seen_in_every_answer_and_the_newest_judgement_holds(tmp_path: Path, put: Put) -> None:
    put(tmp_path, STORIES)
    target = Corpus.open(tmp_path).events(Filters(types=(EventType.AID,)))["event_id"][0]
    change = {"type": "SUPPORT", "actor": "BLR", "recipient": ["RUS"], "when": "2024-10", "status": "happened"}
    Corpus.open(tmp_path).correct(target, "fix", who="me", change=change)
    fixed = Corpus.open(tmp_path)
    assert rows(fixed.arcs(Filters(countries=("BLR",))), "actor", "recipient", "quad") == [("BLR", "RUS", "verbal cooperation")]
    (row,) = fixed.events(Filters(types=(EventType.SUPPORT,))).itertuples()
    assert (list(row.actor), row.when_value, row.when_precision, row.verdict) == (["BLR"], "2024-10", "month", "fix")
    assert json.loads(str(row.record))["type"] == "SUPPORT"
    assert row.first_day == pd.Timestamp(2024, 10, 1)
    Corpus.open(tmp_path).correct(target, "accept", who="me")
    assert Corpus.open(tmp_path).count(Filters(types=(EventType.AID,)))["reports"] == 1


@pytest.mark.parametrize(
    ("verdict", "change"),
    [
        ("fix", {}),
        ("maybe", {}),
        ("accept", {"type": "AID"}),
        ("fix", {"type": "WAR"}),
        ("fix", {"when": "soon"}),
        ("fix", {"rule": "x"}),
        ("fix", {"actor": []}),
    ],
)
def test_a_correction_that_cannot_be_is_refused(corpus: Corpus, verdict: str, change: dict[str, object]) -> None:
    target = corpus.events(Filters(), 1)["event_id"][0]
    with pytest.raises(InputError):
        corpus.correct(target, verdict, who="me", change=change)
    assert corpus.is_current()


# ------------------------------------------------------------ states, threads, refusals


def test_an_older_state_can_be_opened_and_stays_what_it_was(tmp_path: Path) -> None:
    Corpus.open(tmp_path).add(STORIES[:2], tell)
    old = Corpus.open(tmp_path)
    Corpus.open(tmp_path).add(STORIES[2:], tell)
    assert not old.is_current()
    assert old.summary()["articles"] == 2
    reopened = Corpus.open(tmp_path, old.version)
    assert reopened.fingerprint == old.fingerprint
    assert reopened.summary() == old.summary()
    assert Corpus.open(tmp_path).versions()["version"].tolist() == [2, 1, 0]
    with pytest.raises(CorpusError, match="no version 99"):
        Corpus.open(tmp_path, 99)


def test_no_corpus_opens_as_an_empty_one(tmp_path: Path) -> None:
    empty = Corpus.open(tmp_path / "none")
    assert empty.version == -1 and empty.is_current()
    assert empty.summary()["articles"] == 0
    for frame in (
        empty.arcs(Filters()),
        empty.timeline(Filters()),
        empty.countries(Filters()),
        empty.events(Filters()),
        empty.articles(Filters()),
    ):
        assert frame.empty and len(frame.columns)
    assert empty.recode(tell) == 0
    assert not (tmp_path / "none").exists()


def test_many_threads_may_ask_at_once(tmp_path: Path) -> None:
    Corpus.open(tmp_path).add(many(200), tell)
    shared = Corpus.open(tmp_path)
    expected = shared.count(Filters(text="happened"))
    wrong: list[object] = []

    def ask(n: int) -> None:
        try:
            for k in range(5):
                shared.events(Filters(countries=("RUS",)), 20)
                shared.arcs(Filters(text=f"Place{n}{k}"))
                if shared.count(Filters(text="happened")) != expected:
                    wrong.append("count")
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not wrong


@pytest.mark.parametrize("name", ["a corpus", "it's", "k=v", "a*b?", "é한", "#;--", '"{x}"', ".."])
def test_the_folder_may_have_an_odd_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in" / name
    Corpus.open(folder).add(STORIES, tell)
    found = Corpus.open(folder)
    assert found.summary()["reports"] == len(found.events(Filters())) == 7
    Corpus.open(folder).set_published(STORIES[3].id, dt.date(2025, 4, 1), tell, who="me")
    assert Corpus.open(folder).summary()["undated_articles"] == 0


@pytest.mark.parametrize("name", ["a[1]", "a%20b", "a|b", "a^b"])
def test_a_folder_that_delta_cannot_take_is_refused_with_advice(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusError, match="may not hold"):
        Corpus.open(tmp_path / name)


def test_searches_are_kept_in_bounds(tmp_path: Path, put: Put) -> None:
    put(tmp_path, STORIES)
    found = Corpus.open(tmp_path)
    for n in range(120):
        assert found.count(Filters(text=f"none{n}"))["reports"] == 0
    assert found.count(Filters(text="sumy"))["reports"] == found.count(Filters(text="sumy"))["reports"] == 3
    assert found._rows("select count(distinct words) from sought")[0][0] <= 100


def test_a_newer_layout_is_refused_with_advice(tmp_path: Path, put: Put) -> None:
    put(tmp_path, STORIES)
    content = json.dumps({"layout": 99, "versions": {}, "digest": ""})
    write_deltalake(
        str(tmp_path / "articles"),
        ARTICLES.empty_table(),
        mode="append",
        commit_properties=CommitProperties(custom_metadata={"entente": content}),
    )
    with pytest.raises(CorpusError, match=r"newer Entente.*update"):
        Corpus.open(tmp_path)


def test_another_engines_commit_changes_nothing(tmp_path: Path, put: Put) -> None:
    put(tmp_path, STORIES)
    before = Corpus.open(tmp_path)
    write_deltalake(str(tmp_path / "articles"), ARTICLES.empty_table(), mode="append")
    assert Corpus.open(tmp_path).summary() == before.summary()


@pytest.mark.parametrize("table", sorted(TABLES))
def test_damage_is_told_with_advice(tmp_path: Path, table: str) -> None:
    Corpus.open(tmp_path).add(STORIES, tell, skipped=[Skipped("a", "", "b", b"")])
    for log in (tmp_path / table / "_delta_log").glob("*.json"):
        log.write_bytes(b"\x00garbage\xff")
    with pytest.raises(CorpusError, match=r"restore|cannot be|make one"):
        Corpus.open(tmp_path)


def test_a_table_that_is_gone_is_not_told_as_no_corpus(tmp_path: Path, put: Put) -> None:
    put(tmp_path, STORIES)
    shutil.rmtree(tmp_path / "mentions")
    for use in (lambda: Corpus.open(tmp_path).summary(), lambda: Corpus.open(tmp_path).add(STORIES, tell)):
        with pytest.raises(CorpusError, match="mentions is missing from this corpus; restore"):
            use()


def test_a_lost_or_broken_file_of_rows_is_told_with_advice(tmp_path: Path, put: Put) -> None:
    put(tmp_path, STORIES)
    for file in (tmp_path / "events").glob("*.parquet"):
        file.write_bytes(b"PAR1 is not enough")
    with pytest.raises(CorpusError, match="restore"):
        Corpus.open(tmp_path).arcs(Filters())
    for file in (tmp_path / "events").glob("*.parquet"):
        file.unlink()
    with pytest.raises(CorpusError, match="restore"):
        Corpus.open(tmp_path).arcs(Filters())


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "corpus").write_text("x")
    with pytest.raises(CorpusError, match="is a file"):
        Corpus.open(tmp_path / "corpus")
    with pytest.raises(CorpusError, match="created"):
        Corpus.open(tmp_path / "corpus" / "below").add(STORIES, tell)


def test_a_table_with_other_columns_is_read_and_never_written_to(tmp_path: Path, put: Put) -> None:
    put(tmp_path, STORIES)
    events = open_snapshot(tmp_path).files["events"]
    older = pa.concat_tables(pq.read_table(file) for file in events).drop_columns(["url"])
    write_deltalake(str(tmp_path / "events"), older, mode="overwrite", schema_mode="overwrite")
    pinned = {name: int(DeltaTable(str(tmp_path / name)).version()) for name in TABLES if name != "articles"}
    commit = json.dumps({"layout": LAYOUT, "versions": pinned, "digest": "x"})
    properties = CommitProperties(custom_metadata={"entente": commit})
    write_deltalake(str(tmp_path / "articles"), ARTICLES.empty_table(), mode="append", commit_properties=properties)
    before = Corpus.open(tmp_path)
    assert before.summary()["events"] > 0
    for change in (lambda: before.add([article("RUS AID PRK happened on 2025-05-01.")], tell), lambda: before.recode(tell)):
        with pytest.raises(CorpusError, match=r"the table events has not the columns .*\(see url\)"):
            change()
    assert Corpus.open(tmp_path).fingerprint == before.fingerprint
